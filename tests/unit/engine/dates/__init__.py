"""Tests of engine/dates."""
