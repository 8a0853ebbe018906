"""Tests of scenario/grammar."""
