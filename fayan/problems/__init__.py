"""The problems of the doors, FY7xxx and FY9xxx: a file for each thing that can be wrong."""
