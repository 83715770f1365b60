"""Documents as they lie in files, folders and repositories."""
