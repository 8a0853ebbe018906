"""Parameters of a test of which some are left to the slow marker."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def with_slow(values: Iterable[Any], slow: Collection[Any]) -> list[Any]:
    """Return the values as parameters, and those that are slow with the marker."""
    return [pytest.param(each, marks=pytest.mark.slow) if each in slow else each for each in values]
