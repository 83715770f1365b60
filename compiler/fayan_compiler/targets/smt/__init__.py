"""A program as formulas: one enterprise, every fact known, lists of a bounded length. What is satisfiable is an enterprise."""
