"""The typed document, and how each part of it is read."""
