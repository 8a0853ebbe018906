"""Programmes: the plans of several projects put together, each under ids of its own."""
