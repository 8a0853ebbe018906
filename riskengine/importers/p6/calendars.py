"""Calendars of an XER file: the nested text in ``clndr_data``, and calendars that inherit from others.

The text is a tree of ``(0||name(properties)(children))``: the day of the week is 1 for Sunday, a shift is
``s|08:00|f|12:00`` with its two ends in any order, an exception is ``d|41519``, a day counted as Excel counts them,
with its shifts below it, or with none for a day off.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from riskengine.importers.neutral import ImportedCalendar, Interval
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.tables import Database, Row, refused
from riskengine.importers.worktime import DAY, merged

EPOCH: Final = date(1899, 12, 30)
FIRST_DAY, LAST_DAY = 367, 401_768
"""Excel's numbers of 1 January 1901 and of the last day of 2999."""

MOST_EXCEPTIONS: Final = 100_000
MOST_DAYS: Final = 500_000
"""Exceptions of all calendars of a file, with those that they inherit."""

DEEPEST: Final = 20
"""How often a calendar may inherit from one that inherits itself; in P6 they do once."""

TOKEN: Final = re.compile(r"\(\s*(?:\d{1,9}\s*)?\|\|([^()]*)\(([^()]*)\)\s*\(|\)")
CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp][Mm])?")
STANDARD: Final[tuple[Interval, ...]] = ((480, 720), (780, 1020))
KNOWN: Final = frozenset({"CalendarData", "DaysOfWeek", "Exceptions", "VIEW"})


@dataclass(slots=True)
class Node:
    """One element of the tree."""

    name: str
    properties: list[str]
    children: list["Node"] = field(default_factory=list)


class CalendarTextError(ValueError):
    """Text that is no calendar."""


def tree(text: str) -> tuple[Node, bool]:
    """Return the tree that the text of a calendar stands for, and whether its end is missing.

    Raises
    ------
    CalendarTextError
        When it is something else.
    """
    root = Node("", [])
    open_nodes = [root]
    closed = 0
    for token in TOKEN.finditer(text.replace("\x7f", " ")):
        if token.group(1) is None:
            # An element ends with two brackets: of its children, and its own.
            closed += 1
            if closed == 2:
                closed = 0
                if len(open_nodes) == 1:
                    break
                open_nodes.pop()
            continue
        if closed:
            raise CalendarTextError("brackets do not match")
        node = Node(token.group(1).strip(), [part.strip() for part in token.group(2).split("|")])
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
        if len(open_nodes) > 16:
            raise CalendarTextError("nested too deeply")
    if not root.children:
        raise CalendarTextError("no elements")
    return root, len(open_nodes) > 1


def _clock(text: str) -> int:
    """Return minutes after midnight."""
    match = CLOCK.fullmatch(text.strip())
    if match is None:
        raise CalendarTextError(f"{text!r} is no time of day")
    hour, minute, half = int(match.group(1)), int(match.group(2)), (match.group(3) or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or hour * 60 + minute > DAY:
        raise CalendarTextError(f"{text!r} is no time of day")
    return hour * 60 + minute


def _shifts(day: Node) -> tuple[list[Interval], list[Interval]]:
    """Return the working time of a day, and what of its last shift runs into the next day."""
    today: list[Interval] = []
    tomorrow: list[Interval] = []
    for shift in day.children:
        start = finish = None
        for key, value in zip(shift.properties[::2], shift.properties[1::2], strict=False):
            if key == "s":
                start = _clock(value)
            elif key == "f":
                finish = _clock(value)
        if start is None or finish is None:
            raise CalendarTextError(f"a shift without start or finish: {'|'.join(shift.properties)!r}")
        if finish > start:
            today.append((start, finish))
        else:  # 00:00 is the end of the day; anything else is on the day after
            today.append((start, DAY))
            if finish:
                tomorrow.append((0, finish))
    return merged([shift for shift in today if shift[0] < shift[1]]), tomorrow


def parse(text: str, id: str, name: str) -> tuple[ImportedCalendar, list[str]]:
    """Return the calendar of a text, and what in it means nothing here.

    Raises
    ------
    CalendarTextError
        When it is no calendar.
    """
    root, is_cut = tree(text)
    data = next((node for node in root.children if node.name == "CalendarData"), root)
    week: list[list[Interval]] = [[] for _ in range(7)]
    calendar = ImportedCalendar(id, name, week)
    over: list[tuple[int, Interval]] = []
    for section in data.children:
        if section.name == "DaysOfWeek":
            for day in section.children:
                if day.name not in ("1", "2", "3", "4", "5", "6", "7"):
                    raise CalendarTextError(f"{day.name!r} is no day of the week")
                weekday = (int(day.name) + 5) % 7
                week[weekday], late = _shifts(day)
                over += [((weekday + 1) % 7, shift) for shift in late]
        elif section.name == "Exceptions":
            if len(section.children) > MOST_EXCEPTIONS:
                raise CalendarTextError(f"more than {MOST_EXCEPTIONS} exceptions")
            for node in section.children:
                calendar.exceptions[_day(node)] = _shifts(node)[0]
    for weekday, shift in over:
        week[weekday] = merged([*week[weekday], shift])
    if is_cut and not any(week):
        raise CalendarTextError("the text breaks off before the days of the week")
    days = sum(len(section.children) for section in data.children if section.name == "DaysOfWeek")
    if is_cut and days < 7:
        raise CalendarTextError(f"the text breaks off after {days} of the 7 days of the week")
    unknown = [f"element {section.name[:40]!r}" for section in data.children if section.name not in KNOWN]
    return calendar, unknown + (["the end, which is missing,"] if is_cut else [])


def _day(node: Node) -> date:
    number = dict(zip(node.properties[::2], node.properties[1::2], strict=False)).get("d", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 8 and FIRST_DAY <= int(number) <= LAST_DAY):
        raise CalendarTextError(f"an exception on day {number!r}")
    return EPOCH + timedelta(int(number))


def calendars_of(database: Database, fields: Fields, needed: set[str]) -> dict[str, ImportedCalendar]:
    """Return the calendars that are needed, with what they inherit, by their keys.

    A calendar that cannot be read is a fault; one that nobody needs is left alone.
    """
    rows = {row.get("clndr_id"): row for row in database.rows("CALENDAR")}
    calendars: dict[str, ImportedCalendar] = {}
    for key in sorted(needed & rows.keys()):
        chain = _chain(key, rows, database.file)
        row = rows[key]
        texts = [(rows[ancestor], rows[ancestor].get("clndr_data")) for ancestor in chain]
        name = row.get("clndr_name")
        calendar = ImportedCalendar(key, name, [])
        for ancestor, text in texts:
            if not text:
                continue
            read = _read(database, ancestor, text, fields)
            calendar.week = calendar.week or read.week
            # What a calendar says of a day itself counts before what it inherits.
            calendar.exceptions = {**read.exceptions, **calendar.exceptions}
        database.days += len(calendar.exceptions)
        if database.days > MOST_DAYS:
            value = f"more than {MOST_DAYS:,} exceptions of calendars"
            raise refused("RE806", value, database.file, row.line)
        if not any(calendar.week):
            fields.note("calendar without working days of the week: Monday to Friday, 8 hours were taken", name)
            calendar.week = [list(STANDARD) if day < 5 else [] for day in range(7)]
        hours = fields.number(row, "day_hr_cnt")
        calendar.hours_per_day = hours if hours is not None and 0 < hours <= 24 else None
        calendars[key] = calendar
    return calendars


def _chain(key: str, rows: dict[str, Row], file: str) -> list[str]:
    """Return a calendar and those it inherits from, the nearest first."""
    chain: list[str] = []
    while key in rows and key not in chain:
        chain.append(key)
        if len(chain) > DEEPEST:
            raise refused("RE806", f"calendars that inherit more than {DEEPEST} times", file, rows[key].line)
        key = rows[key].get("base_clndr_id")
    return chain


def _read(database: Database, row: Row, text: str, fields: Fields) -> ImportedCalendar:
    """Return the calendar that a row holds itself; it is looked at once, however many projects and heirs it has."""
    key, name = row.get("clndr_id"), row.get("clndr_name")
    if key not in database.calendars:
        try:
            database.calendars[key] = parse(text, key, name)
        except CalendarTextError as error:
            database.calendars[key] = str(error)
    read = database.calendars[key]
    if isinstance(read, str):
        fields.fault("RE810", row, "clndr_data", f"{name}: {read}")
        return ImportedCalendar(key, name, [])
    calendar, unknown = read
    for what in unknown:
        fields.note(f"calendars: {what} was not understood", name)
    return calendar
