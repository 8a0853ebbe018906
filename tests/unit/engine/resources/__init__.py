"""Tests of engine/resources."""
