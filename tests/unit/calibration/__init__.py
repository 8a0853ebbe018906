"""Finished work held against its estimates."""
