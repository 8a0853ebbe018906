"""How single values are written for people."""

from datetime import date, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskengine.report.text.notation import (
    NOISE,
    cells,
    chance,
    clean,
    confidence_in_hundred,
    day,
    days,
    estimate,
    fit,
    in_hundred,
    limit,
    moment,
    money,
    span,
    start_day,
)


def test_an_escape_sequence_in_a_name_is_shown_and_not_obeyed():
    assert clean("\x1b[31mred\x07") == "\\x1b[31mred\\x07"


@pytest.mark.parametrize("sign", ["\x9b", "\x7f", "\u202e", "\u200b", "\ud800", "\U000e0001"])
def test_invisible_and_direction_changing_characters_become_escapes(sign):
    shown = clean(f"a{sign}b")
    assert shown.isascii()
    assert shown.startswith("a\\") and shown.endswith("b")


def test_line_breaks_in_a_name_become_a_space():
    assert clean("first\r\n\tsecond\u2028third") == "first second third"


@given(st.text())
def test_cleaned_text_has_no_character_that_a_terminal_obeys(text):
    assert all(c.isprintable() or c == "\xa0" or c.isspace() for c in clean(text))
    assert not set(clean(text)) & set("\x1b\n\r\t\x08\x9b")


def test_names_in_any_script_are_kept():
    assert clean("Zürich Łódź 東京 \xa0") == "Zürich Łódź 東京 \xa0"


def test_wide_characters_take_two_columns_and_combining_marks_none():
    assert cells("東京") == 4
    assert cells("e\u0301") == 1


@given(st.text(alphabet="ab東e\u0301", max_size=20), st.integers(0, 12))
def test_a_fitted_text_takes_exactly_its_columns(text, width):
    assert cells(fit(text, width)) == width


def test_a_date_is_written_with_the_name_of_its_month():
    assert day(date(2028, 2, 29)) == "29 Feb 2028"


def test_a_finish_at_midnight_belongs_to_the_day_that_it_ends():
    assert day(datetime(2028, 3, 1)) == "29 Feb 2028"
    assert day(datetime(2028, 3, 1, 0, 0, 1)) == "1 Mar 2028"


def test_a_threshold_with_a_time_of_day_shows_it():
    assert moment(datetime(2028, 3, 1)) == "29 Feb 2028"
    assert moment(datetime(2028, 2, 29, 17, 30)) == "29 Feb 2028 17:30"
    assert moment(datetime(2028, 2, 29, 17, 0, 59)) == "29 Feb 2028 17:00:59"


def test_an_interval_of_days_names_a_shared_year_once():
    assert span(datetime(2028, 1, 9, 12), datetime(2028, 1, 12, 12)) == "9 Jan to 12 Jan 2028"
    assert span(datetime(2027, 12, 9, 12), datetime(2028, 1, 12, 12)) == "9 Dec 2027 to 12 Jan 2028"
    assert span(datetime(2028, 1, 9, 8), datetime(2028, 1, 9, 12)) == "9 Jan 2028"
    assert span(None, datetime(2028, 1, 9, 12)) == "up to 9 Jan 2028"
    assert span(datetime(2028, 1, 9, 12), None) == "from 9 Jan 2028 up"
    assert span(None, None) == ""


def test_money_has_thousands_and_its_currency():
    assert money(1234567.4, "EUR") == "1,234,567 EUR"
    assert money(-0.2, "EUR", signed=True) == "-0.20 EUR"
    assert money(12.5, "") == "12.50"
    assert money(1000.0, "\x1b[2J") == "1,000 \\x1b[2J"


def test_what_is_unknown_is_a_dash_and_never_nan():
    assert [money(None, "EUR"), days(float("nan")), chance(None), day(None)] == ["-"] * 4


def test_no_minus_stands_before_a_zero():
    assert days(-0.01) == "0.0 d"
    assert days(-0.01, signed=True, end="high") == "+0.0 d"
    assert days(-0.0, signed=True) == "+0.0 d"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.62, "62"), (0.997, "99.7"), (0.9999, "99.99"), (1.0, "100"), (0.0, "0"), (0.004, "0.4"), (1e-9, "<0.0001")],
)
def test_futures_in_a_hundred_are_100_or_0_only_when_they_are_that(value, shown):
    assert in_hundred(value) == shown


def test_two_shares_that_differ_never_look_alike():
    assert in_hundred(0.796, 0.8) == "79.6"
    assert in_hundred(0.79996, 0.8) == "79.996"
    assert in_hundred(0.8, 0.8) == "80"


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_share_below_the_one_asked_for_is_never_shown_as_equal(value, against):
    if abs(value - against) > 1e-6:
        assert float(in_hundred(value, against).strip("<>")) != float(confidence_in_hundred(against))


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_an_uncertain_chance_is_never_shown_as_certain(value):
    assert chance(value) not in ("0%", "100%", "0.0%", "100.0%")


def test_a_confidence_is_shown_as_it_was_written():
    assert confidence_in_hundred(0.8) == "80"
    assert confidence_in_hundred(0.625) == "62.5"
    assert confidence_in_hundred(0.07) == "7"
    assert confidence_in_hundred(0.99999999999) == "99.999999999"


def test_a_limit_of_money_is_shown_to_its_last_digit():
    """A gate that asks for 1,020.005 was said to ask for 1,020."""
    assert limit(1020.005, "EUR") == "1,020.005 EUR"
    assert limit(17_800_000.0, "EUR") == "17,800,000 EUR"
    assert limit(1500.5, "") == "1,500.50"
    assert limit(1e15, "") == "1,000,000,000,000,000"


def days_of(value, finer, end):
    return days(value, digits=1 + finer, end=end).removesuffix(" d")


@given(st.floats(-1e6, 1e6), st.floats(0, 10), st.floats(0, 10))
def test_an_interval_never_looks_narrower_than_it_is_and_holds_its_value(value, below, above):
    low, high = value - below, value + above
    shown, spread = estimate(value, low, high, days_of, days_of)
    ends = [float(end.replace(",", "")) for end in spread.split(" to ")]
    if high - low > NOISE:
        assert ends[0] - 1e-8 <= low and high <= ends[1] + 1e-8
    assert ends[0] <= float(shown.replace(",", "")) <= ends[1]


def test_ends_that_differ_never_look_alike_and_those_that_do_not_have_no_width():
    """An interval from 10.96 to 10.97 was printed as 11.0 to 11.0, as if nothing were uncertain."""
    assert estimate(10.963, 10.961, 10.967, days_of, days_of) == ("10.96", "10.96 to 10.97")
    assert estimate(11.04, 10.96, 11.13, days_of, days_of) == ("11.0", "10.9 to 11.2")
    assert estimate(10.96, 10.96, 10.96, days_of, days_of) == ("11.0", "11.0 to 11.0")
    assert estimate(9.3, 9.299999999999999, 9.4, days_of, days_of) == ("9.3", "9.3 to 9.4")


def test_an_open_end_stays_open():
    assert estimate(1.26, None, 1.26, days_of, days_of) == ("1.3", "up to 1.3")
    assert estimate(1.26, 1.26, None, days_of, days_of) == ("1.3", "from 1.2 up")


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_end_of_an_interval_of_a_chance_is_on_the_side_of_what_was_asked_that_it_is_on(value, against):
    for end, is_outward in (("low", float.__le__), ("high", float.__ge__)):
        shown = float(chance(value, against, end).rstrip("%"))
        assert is_outward(shown, 100 * value + (1e-9 if end == "low" else -1e-9))
        if abs(value - against) > 1e-6:
            assert (shown < float(confidence_in_hundred(against))) == (value < against)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(-0.04, "-0.04 d"), (-0.05, "-0.05 d"), (-0.06, "-0.1 d"), (-0.0004, "-0.0004 d"), (-1e-12, "+0.0 d")],
)
def test_what_is_short_of_a_date_never_looks_as_if_it_met_it(value, shown):
    """A gate that is missed by an hour has a slack below 0; it was written as +0.0 beside NO-GO."""
    assert days(value, signed=True) == shown
    assert days(value, signed=True, end="high") == "+0.0 d", "an end is rounded outward"


def test_money_short_of_a_limit_keeps_its_sign():
    assert money(-0.004, "EUR", signed=True) == "-0.004 EUR"
    assert money(0.004, "EUR", signed=True) == "+0.00 EUR"
    assert money(0.0, "EUR", signed=True) == "+0 EUR"


def test_a_midnight_begins_the_day_of_a_start_unless_nothing_lasts():
    midnight, noon = datetime(2027, 3, 1), datetime(2027, 3, 1, 12)
    assert start_day(midnight, noon) == "1 Mar 2027"
    assert start_day(midnight, midnight) == day(midnight) == "28 Feb 2027"
    assert start_day(noon, noon) == "1 Mar 2027"


def test_a_sum_of_floating_point_numbers_has_neither_cents_nor_an_interval_of_its_own():
    show = partial(money_of, "EUR")
    ends = estimate(499.9999999999999, 499.99999999999983, 499.99999999999994, show, show)
    assert ends == ("500 EUR", "500 EUR to 500 EUR")
    assert estimate(0.1 + 0.2 - 0.3, 0.0, 0.1 + 0.2 - 0.3, show, show) == ("0 EUR", "0 EUR to 0 EUR")


def money_of(currency, value, finer, end):
    """An amount as :func:`estimate` asks for it."""
    return money(value, currency, finer=finer, end=end)
