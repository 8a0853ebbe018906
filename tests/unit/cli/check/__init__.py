"""Tests of cli/check."""
