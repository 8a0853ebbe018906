"""Reading calendars: weekly patterns, holidays, dated exceptions."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from riskengine.model import Calendar, Interval
from riskengine.model.calendar import MIDNIGHT, commonest_day
from riskengine.model.format import FORMAT
from riskengine.scenario.sections.lost_days import read_lost_days, share_lost_days
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.fields import Fields, instant, is_id
from riskengine.scenario.values.shifts import DAYS, Shift, day_names, joined, overlap, shifts_of

LONGEST_RANGE: Final = 3660

Week = tuple[tuple[Interval, ...], ...]

BUILT_IN: Final[Mapping[str, Mapping[str, Any]]] = {
    "standard": {"name": "Monday to Friday, eight hours", "week": "mon-fri 08:00-12:00 13:00-17:00"},
    "24h": {"name": "Round the clock", "week": "mon-sun 00:00-24:00"},
}
"""Calendars that every scenario has unless it defines its own of the same id."""


class CalendarReader:
    """Reads the calendars of one scenario, each once, bases before what extends them."""

    def __init__(self, tables: Mapping[str, Any], faults: Faults) -> None:
        self.faults = faults
        self.tables = {**{key: table for key, table in BUILT_IN.items() if key not in tables}, **tables}
        self.written = tables
        self.calendars: dict[str, Calendar | None] = {}

    def read(self) -> dict[str, Calendar]:
        """Return the sound calendars, the built-in ones among them, sorted by id."""
        for key in sorted(self.tables):
            place = ("calendars", key)
            if key in self.written:
                is_id(key, place, self.faults)
            self.resolve(key)
        calendars = share_lost_days(self.calendars, self.written, self.faults)
        return {key: calendar for key, calendar in sorted(calendars.items()) if calendar is not None}

    def resolve(self, key: str) -> Calendar | None:
        """Return a calendar after the ones it extends, following the chain without recursion."""
        chain = [key]
        while chain[-1] not in self.calendars:
            table = self.tables[chain[-1]]
            base = table.get("extends") if isinstance(table, dict) else None
            if not isinstance(base, str) or base not in self.tables or base in self.calendars:
                break
            if base in chain:
                circle = [*chain[chain.index(base) :], base]
                rule = f"a calendar must not extend itself: {' -> '.join(circle)}"
                self.faults.add("RE235", ("calendars", chain[-1], "extends"), rule=rule)
                for calendar_id in circle:
                    self.calendars[calendar_id] = None
                break
            chain.append(base)
        for calendar_id in reversed(chain):
            if calendar_id not in self.calendars:
                self.calendars[calendar_id] = self.calendar(calendar_id)
        return self.calendars[key]

    def calendar(self, key: str) -> Calendar | None:
        """Return one calendar whose base has been read, or None after reporting its faults."""
        table, place = self.tables[key], ("calendars", key)
        if not isinstance(table, Mapping):
            self.faults.add("RE113", place, table, rule="must be a table")
            return None
        fields = Fields(table, place, self.faults, FORMAT["calendars"])
        base = self.base(fields)
        week = self.week(fields, base)
        exceptions = {**(base.exceptions if base is not None else {}), **self.exceptions(fields)}
        hours = self.hours_per_day(fields, base, week)
        name = fields.text("name")
        lost = read_lost_days(fields, base)
        if week is None or hours is None:
            return None
        return Calendar.model_construct(
            id=key, name=name, week=week, exceptions=dict(sorted(exceptions.items())), hours_per_day=hours, lost=lost
        )

    def base(self, fields: Fields) -> Calendar | None:
        """Return the calendar that this one extends."""
        if "extends" not in fields.data:
            return None
        name = fields.text("extends")
        if name in self.tables:
            return self.calendars.get(name)
        if isinstance(fields.data["extends"], str):
            self.faults.add("RE234", (*fields.place, "extends"), name, cure=self.faults.near(name, self.tables))
        return None

    def week(self, fields: Fields, base: Calendar | None) -> Week | None:
        """Return seven days, Monday first, or None after reporting why there are none."""
        if "week" not in fields.data:
            if "extends" not in fields.data:
                fields.require("week")
            return base.week if base is not None else None
        value, place = fields.data["week"], (*fields.place, "week")
        patterns = value if isinstance(value, list) else [value]
        days: list[list[Shift]] = [[] for _ in DAYS]
        off: set[int] = set()
        worked: set[int] = set()
        sound = True
        for index, pattern in enumerate(patterns):
            spot = (*place, index) if isinstance(value, list) else place
            read = self.pattern(pattern, spot)
            if read is None:
                sound = False
                continue
            numbers, shifts = read
            (worked if shifts else off).update(numbers)
            for day in numbers:
                for start, end in shifts:
                    if end > start:
                        days[day].append((start, end))
                    else:
                        days[day].append((start, MIDNIGHT))
                        if end:
                            days[(day + 1) % 7].append((0, end))
        if both := sorted(off & worked):
            sound = False
            names = ",".join(DAYS[day] for day in both)
            self.faults.add("RE231", place, f"{names} off", rule="a day must not be off and have shifts")
        overlaps: dict[str, list[str]] = {}
        for day, shifts in enumerate(days):
            if twice := overlap(shifts):
                overlaps.setdefault(twice, []).append(DAYS[day])
        for twice, same in overlaps.items():
            sound = False
            self.faults.add("RE231", place, f"{','.join(same)} {twice}")
        if sound and not any(days):
            self.faults.add("RE232", place, value)
            return None
        return tuple(joined(shifts) for shifts in days) if sound else None

    def pattern(self, pattern: object, place: Place) -> tuple[list[int], list[Shift]] | None:
        """Return the days and the shifts of one pattern such as ``mon-fri 08:00-12:00 13:00-17:00``."""
        if not isinstance(pattern, str):
            self.faults.add("RE113", place, pattern, rule='must be text such as "mon-fri 08:00-16:00"')
            return None
        words = pattern.split() if len(pattern) <= 500 else []
        days = day_names(words[0]) if words else None
        if days is None:
            self.faults.add("RE230", place, pattern, rule=f"must begin with days such as mon-fri or {','.join(DAYS)}")
            return None
        shifts = shifts_of(words[1:])
        if shifts is None:
            self.faults.add("RE230", place, pattern)
            return None
        return days, shifts

    def hours_per_day(self, fields: Fields, base: Calendar | None, week: Week | None) -> float | None:
        """Return the working hours of a day of duration: the commonest working day of the week unless given."""
        if "hours_per_day" in fields.data:
            hours = fields.number("hours_per_day")
            if hours is not None and not 0 < hours <= 24:
                self.faults.add("RE233", (*fields.place, "hours_per_day"), fields.data["hours_per_day"])
                return None
            return hours
        if week is None:
            return None
        if "week" not in fields.data and base is not None:
            return base.hours_per_day
        return commonest_day(week)

    def exceptions(self, fields: Fields) -> dict[date, tuple[Interval, ...]]:
        """Return the dated exceptions of this calendar; a single date wins over a range, a range over a holiday."""
        holidays: dict[date, tuple[Interval, ...]] = {}
        for index, item in enumerate(fields.items("holidays")):
            for day in self.days(item, (*fields.place, "holidays", index)):
                holidays[day] = ()
        ranged: dict[date, tuple[Interval, ...]] = {}
        single: dict[date, tuple[Interval, ...]] = {}
        for key, value in sorted(fields.table("exceptions").items()):
            place = (*fields.place, "exceptions", key)
            days = self.days(key, place)
            shifts = self.day_shifts(value, place)
            if shifts is None:
                continue
            chosen = single if len(days) == 1 else ranged
            for day in days:
                if chosen.get(day, shifts) != shifts:
                    self.faults.add("RE237", place, day)
                    break
                chosen[day] = shifts
        return {**holidays, **ranged, **single}

    def day_shifts(self, value: object, place: Place) -> tuple[Interval, ...] | None:
        """Return the working time of one dated day."""
        if not isinstance(value, str):
            self.faults.add("RE113", place, value, rule='must be text such as "09:00-12:00" or "off"')
            return None
        shifts = shifts_of(value.split()) if len(value) <= 500 else None
        if shifts is None:
            self.faults.add("RE230", place, value, rule='must be shifts such as "09:00-12:00 13:00-15:00", or "off"')
            return None
        if any(0 < end <= start for start, end in shifts):
            cure = "end it at 24:00 and give the next day an exception of its own"
            self.faults.add("RE230", place, value, rule="a shift of an exception must end on its day", cure=cure)
            return None
        whole = [(start, end or MIDNIGHT) for start, end in shifts]
        twice = overlap(whole)
        if twice:
            self.faults.add("RE231", place, twice)
            return None
        return joined(whole)

    def days(self, value: object, place: Place) -> list[date]:
        """Return the days of a date or of a range such as ``2027-12-24..2028-01-02``."""
        if isinstance(value, datetime):
            self.faults.add("RE120", place, value, rule="must be a date without a time")
            return []
        if not isinstance(value, str) or ".." not in value:
            day = instant(value, place, self.faults)
            if isinstance(day, datetime):
                self.faults.add("RE120", place, value, rule="must be a date without a time")
                return []
            return [] if day is None else [day]
        parts = [instant(part.strip(), place, self.faults) for part in value.split("..", 1)]
        first, last = parts
        if first is None or last is None:
            return []
        if isinstance(first, datetime) or isinstance(last, datetime):
            self.faults.add("RE120", place, value, rule="must be two dates without times")
            return []
        length = (last - first).days + 1
        if not 0 < length <= LONGEST_RANGE:
            self.faults.add("RE236", place, value)
            return []
        return [first + timedelta(days=step) for step in range(length)]
