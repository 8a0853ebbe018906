"""Tests of cli/batch."""
