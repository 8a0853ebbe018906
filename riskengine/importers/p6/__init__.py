"""Primavera P6: XER files, and its XML, which holds the same tables."""
