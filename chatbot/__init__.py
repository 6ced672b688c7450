"""Turning a question into an answer, and the ways it is shown."""
