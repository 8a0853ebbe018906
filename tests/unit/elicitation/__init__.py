"""Estimates of several experts."""
