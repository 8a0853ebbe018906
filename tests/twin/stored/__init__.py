"""Dates that Primavera P6 and Microsoft Project stored."""
