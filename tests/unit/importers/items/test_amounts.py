"""Times, numbers and dates in cells: what they are, and what is refused because it may be something else."""

from datetime import date, datetime

import pytest

from riskengine.importers.items.dates import DateReader
from riskengine.importers.items.months import month_of
from riskengine.importers.items.numbers import Lengths, hours_of
from riskengine.importers.items.relationships import circle
from riskengine.scenario.tables.sheets import Odd


@pytest.mark.parametrize(
    ("cell", "unit", "hours"),
    [
        ("57600", "s", 16),
        ("2w 3d", "", 104),
        ("2w 3d", "s", 104),
        ("1.5 week", "", 60),
        ("1,5", "h", 1.5),
        ("1.234,5", "h", 1234.5),
        ("4 hrs", "", 4),
        ("3d?", "", 24),
        ("90m", "", 1.5),
        ("2 Tage", "", 16),
        ("1 semana", "", 40),
        (3.0, "d", 24),
        ("7200000", "ms", 2),
    ],
)
def test_a_time_is_what_its_unit_says(cell, unit, hours):
    assert hours_of(cell, unit, Lengths()) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("cell", "unit", "words"),
    [
        ("8", "", "unit"),
        ("1,500", "h", "clear"),
        ("-4", "h", "negative"),
        ("3ed", "", "elapsed"),
        ("2 mo", "", "months"),
        ("8:00", "h", "such as"),
        ("C", "h", "such as"),
        ("4x", "", "known"),
        ("1e9", "h", "known"),
        ("99999999", "h", "at most"),
        (True, "h", "length of time"),
        (Odd("error", "#REF!"), "h", "length of time"),
        ("9" * 5000, "h", "such as"),
    ],
)
def test_a_time_that_is_not_clear_is_refused(cell, unit, words):
    said = hours_of(cell, unit, Lengths())
    assert isinstance(said, str) and words in said


def test_days_and_weeks_are_as_long_as_is_said():
    assert hours_of("2w 3d", "", Lengths(day=7.0, week=28.0)) == 77.0


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("15/Feb/26 4:31 PM", datetime(2026, 2, 15, 16, 31)),
        ("26/Mar/27 12:00 AM", date(2027, 3, 26)),
        ("07/abr/26 8:28 PM", datetime(2026, 4, 7, 20, 28)),
        ("07/Mai/26", date(2026, 5, 7)),
        ("3/août/26", date(2026, 8, 3)),
        ("2027-03-26T10:00:00.000+0000", datetime(2027, 3, 26, 10)),
        ("2027-03-26T00:00:00Z", date(2027, 3, 26)),
        ("Mon Feb 06 2023 05:00:00 GMT+0000 (GMT)", datetime(2023, 2, 6, 5)),
        ("26.03.2027", date(2027, 3, 26)),
        ("8. März 2027", date(2027, 3, 8)),
        ("8 de marzo de 2027", date(2027, 3, 8)),
        ("Mar 8, 2027", date(2027, 3, 8)),
        ("Mon 3/8/27", None),
        ("25/12/2027", None),
        ("03/03/2027", date(2027, 3, 3)),
        ("31/Feb/27", "calendar"),
        ("12/03/2027", "day or month"),
        ("soon", "known"),
        ("12/Foo/27", "month"),
        ("01/Jan/27 25:00", "calendar"),
        ("0001-01-01", "between"),
    ],
)
def test_dates_as_trackers_write_them(text, read):
    said = DateReader().read(text, "")
    if read is None or isinstance(read, str):
        assert isinstance(said, str) and (read or "") in said
    else:
        assert said == read and type(said) is type(read)


def test_a_day_above_twelve_shows_the_order_of_its_column():
    reader = DateReader()
    assert reader.order_of(["12/03/2027", "25/03/2027"]) == "dmy"
    assert reader.order_of(["12/03/2027", "03/25/2027"]) == "mdy"
    assert reader.order_of(["25/03/2027", "03/25/2027"]) == ""
    assert reader.read("12/03/2027", "dmy") == date(2027, 3, 12)
    assert reader.read("12/03/2027", "mdy") == date(2027, 12, 3)
    assert DateReader(order="mdy").order_of(["25/03/2027"]) == "mdy"


def test_zones_are_dropped_and_counted_or_converted():
    dropping, converting = DateReader(), DateReader(zone="Europe/Berlin")
    assert dropping.read("2027-03-26T23:30:00Z", "") == datetime(2027, 3, 26, 23, 30)
    assert dropping.dropped_zones == 1
    assert converting.read("2027-03-26T23:30:00Z", "") == datetime(2027, 3, 27, 0, 30)
    assert converting.read("2027-03-26T23:30:00-05:00", "") == datetime(2027, 3, 27, 5, 30)
    assert converting.dropped_zones == 0


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Dez", 12),
        ("déc.", 12),
        ("ene", 1),
        ("Mrz", None),
        ("juin", 6),
        ("juillet", 7),
        ("2月", 2),
        ("13月", None),
        ("xyz", None),
    ],
)
def test_months_of_many_languages(word, month):
    assert month_of(word) == month


def test_a_circle_is_given_in_order():
    assert circle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c"]
    assert circle({"a": ["b", "c"], "b": ["d"], "c": ["d"]}) == []
    assert circle({str(n): [str(n + 1)] for n in range(5_000)}) == []
