"""Shares as natural frequencies, and digits that an interval bears."""

import pytest

from riskengine.pages.explained.frequency import exact_frequency, frequency
from riskengine.pages.explained.precision import bearable


@pytest.mark.parametrize(
    ("share", "against", "part", "whole"),
    [
        (0.7, None, 7, 10),
        (0.712, None, 7, 10),
        (0.65, None, 65, 100),
        (0.005, None, 5, 1000),
        (0.997, None, 997, 1000),
        (0.794, 0.8, 79, 100),
        (0.7962, 0.8, 796, 1000),
        (0.801, 0.8, 801, 1000),
        (0.8, 0.8, 8, 10),
        (0.0149, 0.01, 15, 1000),
    ],
)
def test_a_share_is_so_many_of_so_many(share, against, part, whole):
    assert frequency(share, against) == (part, whole)


def test_what_a_thousand_cannot_say_is_none_of_these():
    assert frequency(0.0002) is None and frequency(0.9999) is None and frequency(0.79999, 0.8) is None


def test_a_wish_is_said_exactly_or_not_at_all():
    assert [exact_frequency(share) for share in (0.8, 0.75, 0.995, 1.0, 0.9999)] == [
        *((8, 10), (75, 100), (995, 1000), (10, 10), None)
    ]


@pytest.mark.parametrize(
    ("value", "low", "high", "rounded"),
    [
        (45.93, 44.2, 47.5, 46),
        (1_458_911, 1_452_000, 1_466_000, 1_459_000),
        (0.4, -1.0, 3.0, 0.4),
        (12.34, 12.3, 12.4, 12.34),
    ],
)
def test_a_value_has_the_digits_that_its_interval_bears(value, low, high, rounded):
    found = bearable(value, low, high)
    assert found is not None and found[0] == pytest.approx(rounded)


def test_what_is_exact_or_open_keeps_its_digits():
    assert bearable(12.34, 12.34, 12.34) is None and bearable(12.34, None, 13.0) is None
