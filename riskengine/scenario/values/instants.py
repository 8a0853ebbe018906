"""Instants that may be written as dates: the beginning of the day or its end."""

from datetime import date, datetime, time, timedelta

from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.fields import Fields, instant


def at_midnight(value: date | datetime) -> datetime:
    """Return an instant; a date is the midnight at its beginning."""
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def at_end(value: date | datetime) -> datetime:
    """Return an instant; a date is the midnight at its end."""
    return value if isinstance(value, datetime) else at_midnight(value) + timedelta(days=1)


def moment(value: object, place: Place, faults: Faults, *, ends: bool) -> datetime | None:
    """Return the instant of a date or a date and time, or None after reporting what it is instead.

    `ends` takes a date for its end, 24:00, as finishes do; otherwise it is its beginning, 00:00.
    """
    day_or_instant = instant(value, place, faults)
    if day_or_instant is None:
        return None
    return at_end(day_or_instant) if ends else at_midnight(day_or_instant)


def moment_of(fields: Fields, key: str, *, ends: bool) -> datetime | None:
    """Return the instant of a field, or None where it is missing or wrong."""
    if key not in fields.data:
        return None
    return moment(fields.data[key], (*fields.place, key), fields.faults, ends=ends)
