"""Tests of analysis/tables."""
