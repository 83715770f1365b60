"""A program as one plan in SQL for a whole population: ``plan`` is where it begins."""
