"""What MPXJ loses of GanttProject files: relationships of nested tasks, yearly holidays, where tasks were put.

MPXJ reads the relationships of the outermost tasks only, and no holiday without a year. GanttProject keeps a task where
it was put until a relationship pushes it; only one with a strong relationship is drawn to its predecessor. It stores no
finishes: those that MPXJ works out know nothing of those holidays.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from riskengine.errors import ScenarioError
from riskengine.importers.msproject.calendars import STANDARD, CalendarRecord
from riskengine.importers.msproject.records import Kind, RelationshipRecord
from riskengine.importers.xml.fields import number_of
from riskengine.importers.xml.stream import CHUNK, MOST_DEPTH, fault

KINDS: dict[str, Kind] = {"1": "SS", "2": "FS", "3": "FF", "4": "SF"}
MARKS = frozenset(("view-date", "webLink", "gantt-divider-location"))
"""Attributes of the root that no other tool writes."""
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
HOURS_A_DAY = 8.0
"""What MPXJ makes of a day in which GanttProject counts."""


@dataclass
class GanttTasks:
    """Relationships and pins of a GanttProject file, by the numbers that MPXJ gives its tasks.

    Parameters
    ----------
    is_gantt_project : bool
        Whether the file is one of GanttProject.
    relationships : dict of str to list of RelationshipRecord
        All relationships, nested ones too, by the task that they act on.
    pulled_tasks : set of str
        Tasks that a strong relationship draws to a predecessor.
    yearly : dict of (int, int) to bool
        Month and day of holidays, or of days worked (true), that come every year.
    are_weekends_worked : bool
        Whether weekends are only shown, and worked all the same.
    """

    is_gantt_project: bool = False
    relationships: dict[str, list[RelationshipRecord]] = field(default_factory=dict)
    pulled_tasks: set[str] = field(default_factory=set)
    yearly: dict[tuple[int, int], bool] = field(default_factory=dict)
    are_weekends_worked: bool = False

    def correct_calendars(self, calendars: Iterable[CalendarRecord], first_year: int, last_year: int) -> None:
        """Put what comes every year, and weekends that are worked, into calendars that MPXJ wrote."""
        for calendar in calendars:
            if self.are_weekends_worked:
                calendar.week = [list(STANDARD) if day == [] else day for day in calendar.week]
            for (month, day), is_worked in self.yearly.items():
                for year in range(first_year, last_year + 1):
                    if day <= monthrange(year, month)[1]:
                        calendar.exceptions.setdefault(date(year, month, day), list(STANDARD) if is_worked else [])


def read_gantt_tasks(path: Path, file: str) -> GanttTasks:
    """Return the relationships of a GanttProject file; of no other file anything.

    Raises
    ------
    ScenarioError
        Where a relationship is none: of an unknown type, or without a number.
    """
    return _Reader(path, file).read()


class _Reader:
    def __init__(self, path: Path, file: str) -> None:
        self.path, self.file = path, file
        self.tasks = GanttTasks()
        self.open: list[str] = []
        self.numbers: set[str] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self) -> GanttTasks:
        try:
            with self.path.open("rb") as stream:
                while chunk := stream.read(CHUNK):
                    self.parser.Parse(chunk, False)
                self.parser.Parse(b"", True)
        except OSError as error:
            raise ScenarioError([fault("RE849", error.strerror or str(error), self.file)]) from None
        except (expat.ExpatError, LookupError, ValueError) as error:
            self._refuse("RE830", str(error))
        return self.tasks

    def _refuse(self, code: str, value: str, path: str = "") -> NoReturn:
        line = max(1, self.parser.CurrentLineNumber)
        raise ScenarioError([fault(code, value, self.file, line, path)]) from None

    def _doctype(self, *_: object) -> NoReturn:
        self._refuse("RE831", "<!DOCTYPE")

    def _start(self, tag: str, fields: dict[str, str]) -> None:
        if len(self.open) >= MOST_DEPTH:
            self._refuse("RE832", f"level {len(self.open) + 1}")
        if not self.open:
            self.tasks.is_gantt_project = bool(MARKS & fields.keys())
        if self.tasks.is_gantt_project and self.open:
            if tag == "depend":
                self._depend(self.open[-1], fields)
            elif tag == "date" and not fields.get("year"):
                self._yearly(fields)
            elif tag == "only-show-weekends":
                self.tasks.are_weekends_worked = fields.get("value") == "true"
        self.open.append(self._task_number(fields) if tag == "task" else "")

    def _task_number(self, fields: dict[str, str]) -> str:
        """Return the number of a task; a second one of the same number would take relationships of the first."""
        number = number_in_mpxj(fields.get("id", ""))
        if self.tasks.is_gantt_project and number:
            if number in self.numbers:
                self._refuse("RE839", fields["id"], "task.id")
            self.numbers.add(number)
        return number

    def _end(self, _: str) -> None:
        self.open.pop()

    def _yearly(self, fields: dict[str, str]) -> None:
        month, day = (number_of(fields.get(name, "")) or 0 for name in ("month", "date"))
        if not 1 <= month <= len(LONGEST_MONTHS) or not 1 <= day <= LONGEST_MONTHS[int(month) - 1]:
            self._refuse("RE837", f"{fields.get('month', '')}-{fields.get('date', '')}", "calendars.date")
        self.tasks.yearly[int(month), int(day)] = fields.get("type", "HOLIDAY") == "WORKING_DAY"

    def _depend(self, predecessor: str, fields: dict[str, str]) -> None:
        """Take a relationship, which stands in the task that it leads from."""
        successor, lag = number_in_mpxj(fields.get("id", "")), number_of(fields.get("difference", "0") or "0")
        kind = fields.get("type", "2")
        if not predecessor or not successor:
            self._refuse("RE838", fields.get("id", ""), "depend.id")
        if kind not in KINDS:
            self._refuse("RE837", kind, "depend.type")
        if lag is None:
            self._refuse("RE837", fields["difference"], "depend.difference")
        record = RelationshipRecord(
            predecessor, KINDS[kind], lag=lag * HOURS_A_DAY, unit="h", project="", line=self.parser.CurrentLineNumber
        )
        self.tasks.relationships.setdefault(successor, []).append(record)
        if fields.get("hardness", "Strong").lower() == "strong":
            self.tasks.pulled_tasks.add(successor)


def number_in_mpxj(id: str) -> str:
    """Return the number that MPXJ gives a task: one more than GanttProject's, which begin at 0; empty if none."""
    return str(int(id) + 1) if id.isascii() and id.isdigit() and len(id) < 10 else ""
