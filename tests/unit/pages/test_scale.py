"""What is written below an axis, and labels that do not cover one another."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from riskengine.pages.language import read_language
from riskengine.pages.pictures.lanes import Flag, lanes
from riskengine.pages.pictures.scale import date_ticks, day_number, instant_of, number_ticks

ENGLISH = read_language("en")


def dates(first: datetime, length: timedelta, most: int = 6) -> list[str]:
    """Labels of an axis of dates."""
    ticks = date_ticks(day_number(first), day_number(first + length), most, ENGLISH)
    assert all(day_number(first) <= tick.value <= day_number(first + length) for tick in ticks)
    return [tick.label for tick in ticks]


def test_ticks_are_times_days_months_or_years_as_the_axis_is_long():
    start = datetime(2027, 12, 30, 7, 30)
    assert dates(start, timedelta(minutes=50)) == ["07:30 30 Dec 2027", "07:40", "07:50", "08:00", "08:10", "08:20"]
    assert dates(start, timedelta(days=1)) == ["12:00 30 Dec 2027", "18:00", "00:00 31 Dec 2027", "06:00"]
    assert dates(start, timedelta(days=5)) == ["31 Dec 2027", "1 Jan 2028", "2 Jan", "3 Jan", "4 Jan"]
    assert dates(start, timedelta(days=150)) == ["Jan 2028", "Feb", "Mar", "Apr", "May"]
    assert dates(start, timedelta(days=365 * 12)) == ["2028", "2030", "2032", "2034", "2036", "2038"]


@pytest.mark.parametrize("days", [0.01, 0.5, 2.9, 3, 10, 40, 100, 400, 2000, 30_000, 2_000_000])
@pytest.mark.parametrize("most", [3, 4, 10])
def test_there_are_ticks_and_never_too_many(days, most):
    low = day_number(datetime(1999, 3, 7, 5, 13))
    high = min(low + days, day_number(datetime(9999, 12, 30)))
    ticks = date_ticks(low, high, most, ENGLISH)
    assert len(ticks) <= most + 1
    assert ticks
    assert all(low <= tick.value <= high for tick in ticks)
    assert [instant_of(tick.value).second for tick in ticks] == [0] * len(ticks)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 10, "0 2 4 6 8 10"),
        (15.7e6, 18.4e6, "16.0_M 16.5_M 17.0_M 17.5_M 18.0_M"),
        (-500, 200, "-400 -200 0 200"),
        (0.001, 0.0035, "0.0010 0.0015 0.0020 0.0025 0.0030 0.0035"),
        (3000, 9000, "3_k 4_k 5_k 6_k 7_k 8_k 9_k"),
        (2450, 2600, "2,450 2,475 2,500 2,525 2,550 2,575 2,600"),
        (-3e9, 2e9, "-3_bn -2_bn -1_bn 0_bn 1_bn 2_bn"),
    ],
)
def test_round_numbers_stand_below_an_axis_of_money(low, high, labels):
    ticks = number_ticks(low, high, 6, ENGLISH)
    assert " ".join(tick.label for tick in ticks).replace("\u202f", "_") == labels
    steps = [two.value - one.value for one, two in pairwise(ticks)]
    assert steps == pytest.approx([steps[0]] * len(steps))


def test_labels_never_cover_one_another_or_an_upright_that_stands_apart():
    flags = [Flag(x, "gate with a name", "gate") for x in (100, 130, 131, 400, 700, 840)]
    placed, count = lanes(flags, 46, 846)
    reach = [
        (flag.x - 124, flag.x, flag.lane) if flag.is_left else (flag.x, flag.x + 124, flag.lane) for flag in placed
    ]
    for at, (low, high, lane) in enumerate(reach):
        assert low >= 46 and high <= 846
        for other_low, other_high, other_lane in reach[at + 1 :]:
            assert lane != other_lane or high <= other_low or other_high <= low
    assert count == max(flag.lane for flag in placed) + 1


def test_a_label_longer_than_the_picture_is_cut():
    (placed,), count = lanes([Flag(200, "x" * 300, "gate")], 46, 366)
    assert placed.label.endswith("\u2026") and len(placed.label) < 40 and count == 1
