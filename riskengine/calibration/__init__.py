"""Finished work held against its estimates: how sure forecasts were, and which ranges the next ones need."""
