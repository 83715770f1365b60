"""Executions of a program beside the reference: plain Python, one plan in SQL, formulas of a solver."""
