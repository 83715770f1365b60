"""Two versions of a policy compared, as people read it."""
