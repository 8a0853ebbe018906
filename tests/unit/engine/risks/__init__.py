"""Tests of engine/risks."""
