"""The verbs of the command line, one file each: what it is called, which options it takes, what it does."""
