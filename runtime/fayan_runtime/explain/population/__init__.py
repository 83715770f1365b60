"""A decided population in words: sums, targets, what was rejected."""
