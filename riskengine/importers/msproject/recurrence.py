"""Days of a recurring calendar exception of Microsoft Project."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from types import MappingProxyType

from riskengine.importers.xml.fields import Fields
from riskengine.importers.xml.stream import Element

DAILY, YEARLY, YEARLY_BY_POSITION, MONTHLY, MONTHLY_BY_POSITION, WEEKLY, DAY_COUNT = 1, 2, 3, 4, 5, 6, 7
KINDS = frozenset(range(10))
NO_PATTERN = ("", str(DAILY), "0", "9")
"""Types of an exception that is a period of days: none, daily, and two that say that there is none."""
LAST_POSITION = 4
ONCE = 5
STRENGTHS = MappingProxyType(
    {WEEKLY: 1, MONTHLY: 2, MONTHLY_BY_POSITION: 2, YEARLY: 3, YEARLY_BY_POSITION: 3, DAILY: 4, DAY_COUNT: 4}
)
"""Which recurring exception decides a day that several name: the highest; one that does not recur is above all."""
# What MonthItem names: any day, a day from Monday to Friday, one of Saturday and Sunday, then Sunday to Saturday.
ITEMS = (
    frozenset(range(7)),
    frozenset(range(5)),
    frozenset((5, 6)),
    *(frozenset(((number + 6) % 7,)) for number in range(7)),
)


def is_recurring(record: Element) -> bool:
    """Whether an exception is a pattern, and not just a period of days."""
    return record.get("Type") not in NO_PATTERN or record.get("Period") not in ("", "1")


def strength_of(record: Element, length: int) -> tuple[int, int]:
    """Return what decides between two exceptions that name the same day: the greater one does.

    Parameters
    ----------
    record : Element
        The ``Exception``.
    length : int [d]
        How many days it names.

    Notes
    -----
    Microsoft Project lets a day or a period beat every pattern, and of patterns every few days beat yearly, yearly
    monthly, and monthly weekly. It refuses periods that overlap; where a file has them, the shorter one, which is the
    more particular, decides.

    References
    ----------
    MPXJ, ``ProjectCalendar.populateExpandedExceptions``, tested there on calendars that Microsoft Project made.
    """
    if not is_recurring(record) or length == 1:
        return ONCE, -length
    kind = record.get("Type")
    return STRENGTHS.get(int(kind) if kind.isdigit() else DAILY, STRENGTHS[DAILY]), 0


def days_of(record: Element, first: date, last: date, fields: Fields) -> Iterator[date]:
    """Yield the days that an exception names, in order.

    Parameters
    ----------
    record : Element
        The ``Exception``, with ``Type``, ``Period``, ``Occurrences``, ``DaysOfWeek``, ``Month`` and the like.
    first, last : date
        Its time period, both days included.
    fields : Fields
        Takes the faults.
    """
    kind = fields.integer(record, "Type", DAILY)
    if kind not in KINDS:
        fault_of(record, "Type", fields)
        return
    period = max(1, fields.integer(record, "Period", 1))
    count = fields.integer(record, "Occurrences", 0) if fields.flag(record, "EnteredByOccurrences") else 0
    number = 0
    for day in candidates(record, kind, period=period, first=first, last=last, fields=fields):
        if day > last or (count > 0 and number >= count):
            return
        if day >= first:
            number += 1
            yield day


def candidates(record: Element, kind: int, period: int, first: date, last: date, fields: Fields) -> Iterator[date]:
    """Yield the days of the pattern, in order, some of them perhaps outside the time period."""
    if kind == WEEKLY:
        yield from weekly(record, period, first, last, fields)
    elif kind in (MONTHLY, MONTHLY_BY_POSITION, YEARLY, YEARLY_BY_POSITION):
        months = months_of(record, kind, period=period, first=first, last=last, fields=fields)
        if kind in (MONTHLY, YEARLY):
            yield from by_day(record, months, fields)
        else:
            yield from by_position(record, months, fields)
    else:
        step = period if kind in (DAILY, DAY_COUNT) else 1
        for number in range(0, (last - first).days + 1, step):
            yield first + timedelta(number)


def weekly(record: Element, period: int, first: date, last: date, fields: Fields) -> Iterator[date]:
    """Yield days of the week by their bits, Sunday the lowest, every so many weeks."""
    bits = fields.integer(record, "DaysOfWeek", 0)
    if not 0 < bits < 128:
        fault_of(record, "DaysOfWeek", fields)
        return
    # Weeks begin on Sunday here, as in Project's own dialog.
    sunday = first - timedelta((first.weekday() + 1) % 7)
    for number in range((last - sunday).days + 1):
        if (number // 7) % period == 0 and bits >> (number % 7) & 1:
            yield sunday + timedelta(number)


def months_of(record: Element, kind: int, period: int, first: date, last: date, fields: Fields) -> Iterator[date]:
    """Yield the first day of each month in which the exception may fall."""
    if kind in (YEARLY, YEARLY_BY_POSITION):
        month = fields.integer(record, "Month", 0)
        if not 0 <= month <= 11:
            fault_of(record, "Month", fields)
            return
        for year in range(first.year, last.year + 1):
            yield date(year, month + 1, 1)
        return
    for number in range(0, (last.year - first.year) * 12 + last.month - first.month + 1, period):
        years, month = divmod(first.month - 1 + number, 12)
        yield date(first.year + years, month + 1, 1)


def by_day(record: Element, months: Iterator[date], fields: Fields) -> Iterator[date]:
    """Yield a numbered day of each month that has it."""
    number = fields.integer(record, "MonthDay", 1)
    if not 1 <= number <= 31:
        fault_of(record, "MonthDay", fields)
        return
    for month in months:
        if number <= calendar.monthrange(month.year, month.month)[1]:
            yield month.replace(day=number)


def by_position(record: Element, months: Iterator[date], fields: Fields) -> Iterator[date]:
    """Yield the first to fourth or the last Monday (weekday, weekend day ...) of each month."""
    position, item = fields.integer(record, "MonthPosition", 0), fields.integer(record, "MonthItem", 0)
    if not 0 <= position <= LAST_POSITION:
        fault_of(record, "MonthPosition", fields)
        return
    if not 0 <= item < len(ITEMS):
        fault_of(record, "MonthItem", fields)
        return
    for month in months:
        length = calendar.monthrange(month.year, month.month)[1]
        days = [month.replace(day=number) for number in range(1, length + 1)]
        days = [day for day in days if day.weekday() in ITEMS[item]]
        yield days[-1 if position == LAST_POSITION else position]


def fault_of(record: Element, tag: str, fields: Fields) -> None:
    """Collect a fault about a field of a recurring exception."""
    line = record.first[tag].line if tag in record.first else record.line
    fields.fault("RE837", record.get(tag), line, f"{record.tag}.{tag}")
