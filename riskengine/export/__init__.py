"""Runs as files and databases: one folder a format, each with the tables of the star schema."""
