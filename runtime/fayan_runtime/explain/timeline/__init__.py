"""Versions and rules in time, drawn and told."""
