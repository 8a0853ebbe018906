"""Correlation: from a rank correlation asked for to weights of the normal scores that the core adds up."""
