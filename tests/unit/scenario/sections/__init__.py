"""Tests of scenario/sections."""
