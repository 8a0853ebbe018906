"""Tests of cli/input."""
