"""Runs over status dates: kept in one file, read as trends, and scored once the actual finish is known."""
