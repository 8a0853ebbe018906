"""Tests of scenario/document."""
