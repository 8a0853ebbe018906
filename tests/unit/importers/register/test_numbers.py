"""Numbers that people type: what is certain is read, what can be read in two ways is not."""

import pytest

from riskengine.importers.register.numbers import decimal_mark, typed
from riskengine.scenario.tables.digits import digits


@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [
        ("5", 5, ""),
        ("1234", 1234, ""),
        ("2.5", 2.5, "."),
        ("2,5", 2.5, ","),
        (".5", 0.5, "."),
        ("1234,56", 1234.56, ","),
        ("0.125", 0.125, "."),
        ("0,125", 0.125, ","),
        ("1,234.5", 1234.5, "."),
        ("1.234,5", 1234.5, ","),
        ("1.234,567", 1234.567, ","),
        ("1,234,567", 1234567, "."),
        ("1.234.567", 1234567, ","),
        ("1 234 567", 1234567, ""),
        ("1 234,5", 1234.5, ","),
        ("1'234.50", 1234.5, "."),
        ("1 234,567", 1234.567, ","),
        ("1234.567", 1234.567, "."),
    ],
)
def test_certain_numbers_are_read_and_tell_their_decimal_mark(text, value, mark):
    found = digits(text)
    assert (found.value, found.grouped, found.mark) == (value, None, mark)


@pytest.mark.parametrize(("text", "decimal", "grouped"), [("1,500", 1.5, 1500), ("25.000", 25, 25000)])
def test_one_mark_before_three_digits_may_be_either(text, decimal, grouped):
    found = digits(text)
    assert (found.value, found.grouped) == (decimal, grouped)


@pytest.mark.parametrize("text", ["1,23,4", "1.234,5.6", "12 34", "1,2345,678", "..", "", "0,1,2", "1 23", "٣", "²"])
def test_what_is_no_number_is_none(text):
    assert digits(text) is None


@pytest.mark.parametrize(
    ("text", "purpose", "number", "unit"),
    [
        ("5d", "delay", 5, "d"),
        ("2 weeks", "delay", 2, "w"),
        ("1,5 Monate", "delay", 1.5, "mo"),
        ("10 calendar days", "delay", 10, "ed"),
        ("3 jours", "delay", 3, "d"),
        ("-5", "delay", -5, ""),
        ("−5", "delay", -5, ""),
        ("€ 25 000", "cost", 25000, ""),
        ("25k€", "cost", 25000, ""),
        ("1.2 M$", "cost", 1200000, ""),
        ("TEUR 5", "cost", 5000, ""),
        ("3,5 Mio. EUR", "cost", 3500000, ""),
        ("(500)", "cost", -500, ""),
        ("USD 12,000.50", "cost", 12000.5, ""),
        ("30 %", "probability", 30, "%"),
    ],
)
def test_a_unit_or_a_currency_may_stand_beside_a_number(text, purpose, number, unit):
    found = typed(text, purpose)
    assert (found.amount(""), found.unit) == (number, unit)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("about 5", "delay"),
        ("5-10 days", "delay"),
        ("5m", "delay"),
        ("5 parsecs", "delay"),
        ("days 5", "delay"),
        ("< 5", "cost"),
        ("5 XYZ", "cost"),
        ("€ 5 $", "cost"),
        ("5 kM", "cost"),
        ("5 t", "cost"),
        ("30 d", "probability"),
        ("", "cost"),
        ("5" * 61, "cost"),
        ("5e9", "cost"),
        ("%30", "delay"),
        ("1/2", "probability"),
    ],
)
def test_what_is_not_understood_beside_a_number_is_none(text, purpose):
    assert typed(text, purpose) is None


@pytest.mark.parametrize(("mark", "number"), [("", None), (",", 1.5), (".", 1500)])
def test_the_decimal_mark_in_use_settles_what_may_be_either(mark, number):
    assert typed("1,500 EUR", "cost").amount(mark) == number


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["2,5", "1.500", "x"], ","),
        (["1.500"], ""),
        (["2,5", "2.5"], ""),
        (["1,234,567"], "."),
        ([], ""),
    ],
)
def test_the_decimal_mark_is_told_by_cells_that_are_certain(cells, mark):
    assert decimal_mark((cell, "cost") for cell in cells) == mark
