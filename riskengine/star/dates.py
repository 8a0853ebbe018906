"""The table of days, and which days the tables of runs name."""

from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from riskengine.results.tables.arrow_array import arrow_array
from riskengine.star.columns import Values, compute, scalar
from riskengine.star.dictionary import DIM_DATE

Span = tuple[date, date]
"""First and last day, both of them included."""


MONTHS = (
    *("", "January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In English wherever the program runs."""


def dates_of(tables: Iterable[pa.Table]) -> Span | None:
    """Return the first and the last day in any column of days; None where there is none."""
    ends: list[date] = []
    for table in tables:
        for field in table.schema:
            if field.type == pa.date32():
                extremes = compute.min_max(table[field.name]).as_py()
                ends += [day for day in extremes.values() if day is not None]
    return (min(ends), max(ends)) if ends else None


def joined(spans: Iterable[Span | None]) -> Span | None:
    """Return the span from the first day of all to the last."""
    present = [span for span in spans if span is not None]
    return (min(first for first, _ in present), max(last for _, last in present)) if present else None


def whole_years(span: Span) -> Span:
    """Return the span from the first day of its first year to the last of its last."""
    return date(span[0].year, 1, 1), date(span[1].year, 12, 31)


def dim_date(span: Span) -> pa.Table:
    """Return a row for each day of a span of time."""
    first, last = (day.toordinal() for day in span)
    epoch = date(1970, 1, 1).toordinal()
    days = arrow_array(list(range(first - epoch, last - epoch + 1)), pa.int64())
    day = days.cast(pa.int32()).cast(pa.date32())
    month, weekday = compute.month(day), compute.day_of_week(day, count_from_zero=False, week_start=1)
    iso = compute.iso_calendar(day)
    month_start = compute.floor_temporal(day, unit="month").cast(pa.date32())
    month_end = compute.subtract(
        compute.ceil_temporal(day, unit="month", ceil_is_strictly_greater=True).cast(pa.int32()),
        scalar(1, pa.int32()),
    )
    columns = {
        "date": day,
        "year": compute.year(day),
        "quarter": compute.quarter(day),
        "month": month,
        "month_name": named(MONTHS, month),
        "day": compute.day(day),
        "weekday": weekday,
        "weekday_name": named(WEEKDAYS, weekday),
        "iso_year": iso.field("iso_year"),
        "iso_week": iso.field("iso_week"),
        "year_month": compute.strftime(day, format="%Y-%m"),
        "year_quarter": year_quarter(day),
        "month_start": month_start,
        "month_end": month_end.cast(pa.date32()),
    }
    schema = DIM_DATE.schema()
    return pa.Table.from_arrays([columns[field.name].cast(field.type) for field in schema], schema=schema)


def named(names: Iterable[str], numbers: Values) -> Values:
    """Return the names with these numbers; the first name has number 0."""
    return compute.take(arrow_array(list(names), pa.utf8()), numbers)


def year_quarter(day: Values) -> Values:
    """Return year and quarter, as ``2027-Q1``."""
    year, quarter = compute.strftime(day, format="%Y"), compute.quarter(day).cast(pa.utf8())
    return compute.binary_join_element_wise(year, quarter, scalar("-Q", pa.utf8()))
