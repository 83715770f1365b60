"""What differs between two things of one kind: a file for each kind of thing."""
