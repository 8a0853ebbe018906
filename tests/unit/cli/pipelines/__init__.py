"""Tests of cli/pipelines."""
