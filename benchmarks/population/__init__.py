"""Whole populations: see docs/benchmarks.md."""
