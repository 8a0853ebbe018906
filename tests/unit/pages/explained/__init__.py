"""Runs explained in plain words."""
