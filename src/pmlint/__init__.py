"""A linter and quality gate for incident postmortems."""

__version__ = "0.1.0"
