"""Expressions, names resolved and units checked, made into the core form: ``makers`` says which node is made where."""
