"""Estimates of several experts: blind forms that they fill in, and what comes of them together."""
