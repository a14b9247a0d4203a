"""Checks: what a rule is, the catalogue, and the rules themselves, one module for each family."""
