"""A program as plain Python functions: ``closure`` decides one enterprise with them."""
