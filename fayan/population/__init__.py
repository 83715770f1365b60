"""Deciding a whole population: typed tables in, decisions, sums and rejected rows out."""
