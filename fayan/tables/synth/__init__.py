"""A made-up district for any policy: the same for a seed, however it is cut into parts."""
