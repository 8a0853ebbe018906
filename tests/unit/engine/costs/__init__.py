"""Tests of engine/costs."""
