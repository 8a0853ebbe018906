"""Tests of scenario/values."""
