"""Dates of a run in user fields of a copy of the file that its scenario was imported from."""
