"""Where things are on disk, so that a test that moves need not count its parents."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""
