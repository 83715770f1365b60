"""What stands between provisions, as steps over the relation of items (``items``): a file for each kind."""
