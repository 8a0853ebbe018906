"""Calendars of Microsoft Project XML: base calendars, exceptions, recurring ones, and weeks that differ for a while."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from riskengine.errors.counting import counted
from riskengine.importers.msproject.recurrence import ONCE, days_of, is_recurring, strength_of
from riskengine.importers.neutral import ImportedCalendar, Interval
from riskengine.importers.worktime import DAY, merged
from riskengine.importers.xml.fields import Fields
from riskengine.importers.xml.stream import Element

FIRST_DAY, LAST_DAY = date(1984, 1, 1), date(2149, 12, 31)
"""The years that Microsoft Project knows; exceptions without end are cut there."""
MOST_DAYS = 500_000
MOST_CALENDARS = 20_000
NO_CALENDAR = ("", "-1")
STANDARD: list[Interval] = [(8 * 60, 12 * 60), (13 * 60, 17 * 60)]
STANDARD_WEEK: list[list[Interval]] = [*([STANDARD] * 5), [], []]


@dataclass
class CalendarRecord:
    """A calendar as the file has it: None for a day that its base calendar decides."""

    uid: str
    name: str
    base: str
    line: int
    week: list[list[Interval] | None] = field(default_factory=lambda: [None] * 7)
    weeks: list[tuple[date, date, list[list[Interval] | None]]] = field(default_factory=list)
    exceptions: dict[date, list[Interval]] = field(default_factory=dict)
    strengths: dict[date, tuple[int, int]] = field(default_factory=dict)


class CalendarReader:
    """Collect the calendars of one file and resolve them when all are there.

    Parameters
    ----------
    fields : Fields
        Takes the faults.
    notes : list of str
        Takes what was assumed.
    """

    def __init__(self, fields: Fields, notes: list[str]) -> None:
        self.fields, self.notes = fields, notes
        self.records: dict[str, CalendarRecord] = {}
        self.days = 0
        self.without_times = self.idle_with_times = self.undated = 0

    def read(self, record: Element) -> None:
        """Take a ``Calendar``."""
        uid = self.fields.required(record, "UID")
        if uid in self.records:
            self.fields.fault("RE839", uid, record.line, "Calendar.UID")
            return
        if len(self.records) >= MOST_CALENDARS:
            self.fields.fault("RE833", f"more than {MOST_CALENDARS} calendars", record.line, "Calendar")
            self.fields.raise_faults()
        base = record.get("BaseCalendarUID")
        calendar = CalendarRecord(uid, record.get("Name"), "" if base in NO_CALENDAR else base, record.line)
        self.records[uid] = calendar
        self.without_times = self.idle_with_times = self.undated = 0
        for exception in record.within("Exceptions", "Exception"):
            self._exception(calendar, exception)
        is_older = not calendar.exceptions
        for day in record.within("WeekDays", "WeekDay"):
            number = self._day(day)
            if number is not None:
                calendar.week[number] = self._times(day)
            elif is_older and day.get("DayType") == "0":
                # Before Project 2007 exceptions stood among the days of the week.
                self._exception(calendar, day)
        for week in record.within("WorkWeeks", "WorkWeek"):
            self._work_week(calendar, week)
        self._note_odd_days(calendar)

    def _note_odd_days(self, calendar: CalendarRecord) -> None:
        """Say what had to be assumed of days of a calendar, and what of it was left out."""
        what = f"calendar {calendar.name or calendar.uid!r}:"
        if self.without_times:
            days = counted(self.without_times, "day is worked but has", "days are worked but have")
            self.notes.append(f"{what} {days} no working times: 08:00-12:00 and 13:00-17:00 assumed")
        if self.idle_with_times:
            days = counted(self.idle_with_times, "day has", "days have")
            self.notes.append(f"{what} {days} working times but DayWorking says that nobody works: nobody does")
        if self.undated:
            periods = counted(self.undated, "exception or week", "exceptions or weeks")
            self.notes.append(f"{what} {periods} without both dates, or with the last before the first: left out")

    def _day(self, record: Element) -> int | None:
        number = self.fields.integer(record, "DayType", -1)
        if not 0 <= number <= 7:
            self.fields.fault("RE837", record.get("DayType"), record.line, "WeekDay.DayType")
        # 1 is Sunday in the file; Monday is 0 here. 0 marks an exception, 8 nothing that is known.
        return (number + 5) % 7 if 1 <= number <= 7 else None

    def _times(self, record: Element) -> list[Interval]:
        times = list(record.within("WorkingTimes", "WorkingTime"))
        is_working = self.fields.flag(record, "DayWorking", bool(times))
        if not times:
            self.without_times += is_working
            return list(STANDARD) if is_working else []
        if not is_working:
            self.idle_with_times += 1
            return []
        shifts = []
        for time in times:
            start, end = self._minute(time, "FromTime"), self._minute(time, "ToTime")
            if bool(time.get("FromTime")) != bool(time.get("ToTime")):
                value = f"{time.get('FromTime') or 'nothing'} to {time.get('ToTime') or 'nothing'}"
                self.fields.fault("RE842", value, time.line, "WorkingTime")
            if start is None or end is None:
                continue
            end = DAY if end == 0 else end
            if start >= end:
                value = f"{time.get('FromTime')} to {time.get('ToTime')}"
                self.fields.fault("RE842", value, time.line, "WorkingTime")
                continue
            shifts.append((start, end))
        return merged(shifts)

    def _minute(self, record: Element, tag: str) -> int | None:
        text = record.get(tag)
        parts = text.partition("T")[2] or text
        numbers = parts.split(":")
        if not text:
            return None
        if len(numbers) in (2, 3) and all(part.isascii() and part.isdigit() and len(part) <= 2 for part in numbers):
            hour, minute = int(numbers[0]), int(numbers[1])
            if hour < 24 and minute < 60:
                return hour * 60 + minute
        self.fields.fault("RE842", text, record.first[tag].line, f"{record.tag}.{tag}")
        return None

    def _period(self, record: Element) -> tuple[date, date] | None:
        for period in record.within("TimePeriod"):
            first, last = self.fields.instant(period, "FromDate"), self.fields.instant(period, "ToDate")
            if first is None or last is None or last < first:
                break
            return max(first.date(), FIRST_DAY), min(last.date(), LAST_DAY)
        self.undated += 1
        return None

    def _exception(self, calendar: CalendarRecord, record: Element) -> None:
        period = self._period(record)
        if period is None:
            return
        times = self._times(record)
        days = self._days(record, *period)
        strength = strength_of(record, len(days))
        alike, unlike = 0, 0
        for day in days:
            rival = calendar.strengths.get(day)
            if rival is not None and calendar.exceptions[day] != times:
                alike += strength == rival
                unlike += strength != rival and ONCE not in (strength[0], rival[0])
            if rival is None or strength >= rival:
                calendar.exceptions[day], calendar.strengths[day] = times, strength
        what = f"calendar {calendar.name or calendar.uid!r}: the exception in line {record.line} contradicts"
        if alike:
            self.notes.append(f"{what} another of its kind on {counted(alike, 'day')}; the one that stands later holds")
        if unlike:
            self.notes.append(
                f"{what} a recurring one of another kind on {counted(unlike, 'day')}; every few days beats yearly, "
                "yearly beats monthly, monthly beats weekly"
            )

    def _days(self, record: Element, first: date, last: date) -> list[date]:
        """Return the days of an exception."""
        if is_recurring(record):
            days = days_of(record, first, last, self.fields)
        else:
            # By far the commonest; Occurrences then only repeats the length of the period.
            days = iter([first + timedelta(number) for number in range((last - first).days + 1)])
        counted_days = []
        for day in days:
            self._count(record)
            counted_days.append(day)
        return counted_days

    def _work_week(self, calendar: CalendarRecord, record: Element) -> None:
        period = self._period(record)
        if period is None:
            return
        week: list[list[Interval] | None] = [None] * 7
        for day in record.within("WeekDays", "WeekDay"):
            number = self._day(day)
            if number is not None:
                week[number] = self._times(day)
        if any(day is not None for day in week):
            # A day that such a week leaves out is no working day in it.
            week = [[] if day is None else day for day in week]
        calendar.weeks.append((*period, week))

    def _count(self, record: Element) -> None:
        self.days += 1
        if self.days > MOST_DAYS:
            self.fields.fault("RE842", f"more than {MOST_DAYS} days of exceptions", record.line, "Calendar")
            self.fields.raise_faults()

    def resolve(self, uid: str, hours_per_day: float) -> ImportedCalendar | None:
        """Return a calendar laid over its base calendars; None, with a fault, where one is missing."""
        chain, missing = self.chain_of(uid)
        if missing:
            self.fields.fault("RE841", missing, chain[-1].line if chain else None, "Calendar.BaseCalendarUID")
            return None
        record_of_calendar = chain[0]
        week = [self._week_day(chain, number) for number in range(7)]
        calendar = ImportedCalendar(
            record_of_calendar.uid,
            record_of_calendar.name or f"Calendar {record_of_calendar.uid}",
            week,
            {},
            hours_per_day,
        )
        differing: dict[date, list[Interval]] = {}
        # Laid one over the other, the strongest last: weeks of the base, own weeks, exceptions of the base, own ones.
        for record in reversed(chain):
            for first, last, days in reversed(record.weeks):
                for number in range((last - first).days + 1):
                    day = first + timedelta(number)
                    times = days[day.weekday()]
                    if times is not None:
                        self.days += 1
                        differing[day] = times
        for record in reversed(chain):
            differing.update(record.exceptions)
            self.days += len(record.exceptions)
        if self.days > MOST_DAYS:
            self.fields.fault("RE842", f"more than {MOST_DAYS} days of exceptions", record_of_calendar.line, "Calendar")
            self.fields.raise_faults()
        calendar.exceptions = {day: times for day, times in sorted(differing.items()) if times != week[day.weekday()]}
        if not any(week) and not any(calendar.exceptions.values()):
            self.fields.fault("RE842", "no working time at all", record_of_calendar.line, "Calendar")
            return None
        return calendar

    def chain_of(self, uid: str) -> tuple[list[CalendarRecord], str]:
        """Return a calendar and its bases, and the number of the base that is missing or its own; empty if none is."""
        chain: list[CalendarRecord] = []
        while uid:
            record = self.records.get(uid)
            if record is None or record in chain:
                return chain, uid
            chain.append(record)
            # 0 stands for "none" in old files; a calendar of that number is rare, but may be meant.
            uid = "" if record.base == "0" and (record.uid == "0" or "0" not in self.records) else record.base
        return chain, ""

    def _week_day(self, chain: list[CalendarRecord], number: int) -> list[Interval]:
        for record in chain:
            times = record.week[number]
            if times is not None:
                return times
        if all(day is None for record in chain for day in record.week):
            if number == 0:
                self.notes.append(
                    f"calendar {chain[-1].name or chain[-1].uid!r} has no week days in the file: Monday to Friday, "
                    "08:00-12:00 and 13:00-17:00 assumed"
                )
            return STANDARD_WEEK[number]
        return []
