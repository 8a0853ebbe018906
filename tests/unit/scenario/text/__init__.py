"""Tests of scenario/text."""
