"""Tests of scenario/tables."""
