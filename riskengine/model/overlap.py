"""Working time that several calendars have in common."""

from datetime import date

from riskengine.model.calendar import Calendar, Interval


def overlap(first: Calendar, others: tuple[Calendar, ...]) -> Calendar | None:
    """Return the calendar that works when all of these do, or None where no day of the week has such time.

    Notes
    -----
    Its day has the hours of ``first``. Where the others work whenever ``first`` does, it has the content of ``first``.
    """
    week, exceptions = first.week, dict(first.exceptions)
    for other in others:
        common = tuple(in_both(one_day, other_day) for one_day, other_day in zip(week, other.week, strict=True))
        common_exceptions: dict[date, tuple[Interval, ...]] = {}
        for day in sorted({*exceptions, *other.exceptions}):
            usual = day.weekday()
            shifts = in_both(exceptions.get(day, week[usual]), other.exceptions.get(day, other.week[usual]))
            if day in exceptions or shifts != common[usual]:
                common_exceptions[day] = shifts
        week, exceptions = common, common_exceptions
    if not any(week):
        return None
    return Calendar(id=first.id, name=first.name, week=week, exceptions=exceptions, hours_per_day=first.hours_per_day)


def in_both(first: tuple[Interval, ...], second: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return the intervals in which both work, sorted and apart."""
    common = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return tuple(sorted((start, end) for start, end in common if start < end))
