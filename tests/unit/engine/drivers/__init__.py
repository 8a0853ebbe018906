"""Tests of engine/drivers."""
