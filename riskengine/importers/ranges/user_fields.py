"""Three-point ranges of durations from user fields, whatever tool the schedule comes from.

A reader puts the fields into ``ImportedSchedule.user_fields`` and what they hold into ``ImportedTask.user_values``;
everything else is done here, once for all tools.
"""

import re
from collections import Counter
from statistics import median
from typing import Final, Literal, cast

from riskengine.errors import Issue, ScenarioError, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted, first_names
from riskengine.importers.neutral import ImportedSchedule, ImportedTask, ThreePoints, UserField, UserValue
from riskengine.importers.ranges.request import RangeRequest
from riskengine.importers.to_scenario.naming import line
from riskengine.importers.to_scenario.tasks import day_length
from riskengine.model.task import SPANS
from riskengine.scenario.tables.spelling import TIMES, words
from riskengine.scenario.text.quantities import quantity, unit_meant

Unit = Literal["d", "h", "%"]

MOST_FAULTS: Final = 500
MOST_LISTED: Final = 20
APART: Final = 4.0
"""How many times the duration a middle value of plain numbers may be before their unit is asked for.

Hours taken for days are 8 times too large, percentages more than that.
"""

WORD: Final = re.compile(r"[^\W\d_]+|%")
SIGN: Final = re.compile(r"[(\[]\s*([hd%])\s*[)\]]", re.IGNORECASE)
UNIT_WORDS: Final = {"d": "working days", "h": "hours", "%": "percent of the duration"}
SAME: Final = 1e-6


def set_ranges(schedule: ImportedSchedule, request: RangeRequest, file: str) -> tuple[int, list[str]]:
    """Give tasks the ranges that user fields hold; return how many got one, and what has to be said about it.

    Parameters
    ----------
    schedule : ImportedSchedule
        Read with its user fields; its tasks are changed in place.
    request : RangeRequest
        Which fields, and how they are meant.
    file : str
        What the schedule's file is called in messages.

    Raises
    ------
    ScenarioError
        With every fault: fields that are not there or hold no length of time, values that are none, points out of
        order, numbers whose unit cannot be told.
    """
    return RangeSetter(schedule, request, file).set()


class RangeSetter:
    """Sets the ranges of one schedule; the parameters are those of :func:`set_ranges`."""

    def __init__(self, schedule: ImportedSchedule, request: RangeRequest, file: str) -> None:
        self.schedule, self.request, self.file = schedule, request, file
        self.faults: list[Issue] = []
        self.task_counts: Counter[str] = Counter()
        self.first_task: dict[str, str] = {}

    def set(self) -> tuple[int, list[str]]:
        """Give tasks their ranges, or raise every fault."""
        names = {"low": self.request.low, "likely": self.request.likely, "high": self.request.high}
        keys = {point: self._key(name, point) for point, name in names.items() if name}
        self._raise()
        fields = {point: self.schedule.user_fields[key] for point, key in keys.items()}
        units = {point: self._unit(field) for point, field in fields.items()}
        source = "user fields " + ", ".join(
            self._title(fields[point]) for point in ("low", "likely", "high") if point in fields
        )
        self._check_size(keys, fields)
        self._raise()
        count = 0
        for task in self.schedule.tasks:
            points = self._points(task, keys, units)
            if points is not None:
                task.three_points = ThreePoints(*points, source=line(source, 200))
                count += 1
        if not count and not self.faults:
            self._fault("RE823", "", f"no task to which {source} give a range", None)
        self._raise()
        return count, [*self._unit_notes(fields, units), *self._notes()]

    def _key(self, name: str, point: str) -> str:
        """Return the key of a field by what it is called: its label, its technical name, whatever the case."""
        wanted = name.casefold().strip()
        fields = self.schedule.user_fields
        by_label = [key for key, field in fields.items() if field.label.casefold().strip() == wanted]
        by_name = [
            key
            for key, field in fields.items()
            if wanted in (field.name.casefold(), *(other.casefold() for other in field.other_names))
        ]
        keys = by_label or by_name
        if len(keys) == 1:
            field = fields[keys[0]]
            if field.kind == "other":
                self._fault("RE822", point, f"{self._title(field)}, a field of dates, money or flags", None)
            return keys[0]
        titles = sorted(self._title(field) for field in fields.values())
        cure = f"the schedule has {first_names(titles, MOST_LISTED)}" if titles else "the schedule has none"
        if keys:
            cure = "give the technical name of one: " + ", ".join(sorted(fields[key].name for key in keys))
        self._fault("RE821", point, shortened(name) + (f", {counted(len(keys), 'field')}" if keys else ""), None, cure)
        return ""

    @staticmethod
    def _title(field: UserField) -> str:
        label, name = line(field.label, 60), line(field.name, 60)
        return f"{label} ({name})" if label and label != name else name

    def _unit(self, field: UserField) -> Unit:
        """Return the unit of a field's plain numbers: what was asked for, else by its type, else by its label."""
        if field.kind == "duration":
            return "h"
        return cast(Unit, self.request.unit or label_unit(field.label) or "d")

    def _check_size(self, keys: dict[str, str], fields: dict[str, UserField]) -> None:
        """Ask for the unit where nothing says it and the numbers are far from the durations."""
        if self.request.unit or not any(is_assumed(field) for field in fields.values()):
            return
        for point, field in fields.items():
            if is_assumed(field) and names_longer_unit(field.label):
                self._fault("RE826", point, f"{self._title(field)}, whose name says weeks or months", None)
        if self.faults:
            return
        ratios = []
        for task in self.schedule.tasks:
            plain = plain_hours(task)
            numbers = [
                value.value
                for point, key in keys.items()
                if is_assumed(fields[point]) and (value := task.user_values.get(key)) is not None
            ]
            amounts = [amount for number in numbers if (amount := amount_of(number, "d")) is not None]
            days = [number for number, unit in amounts if unit == "d"]
            if plain and any(days) and task.actual_start is None:
                ratios.append(median(days) * self._day(task) / plain)
        if ratios and not 1 / APART <= median(ratios) <= APART:
            times = median(ratios)
            self._fault("RE826", "", f"numbers that as days are {times:.3g} times the durations", None)

    def _day(self, task: ImportedTask) -> float:
        if task.is_elapsed:
            return 24.0
        calendars = self.schedule.calendars
        return day_length(calendars.get(task.calendar) or calendars.get(self.schedule.default_calendar))

    def _points(
        self, task: ImportedTask, keys: dict[str, str], units: dict[str, Unit]
    ) -> tuple[float, float, float] | None:
        """Return low, most likely and high in hours, or None where the task keeps its plain duration."""
        values = {point: task.user_values.get(key) for point, key in keys.items()}
        if not any(values.values()):
            if task.type == "task" and task.actual_finish is None:
                self._note("tasks without a value in the user fields keep their plain duration", task)
            return None
        if task.type in SPANS or "milestone" in task.type:
            self._note("milestones, levels of effort and summaries with values in the user fields: not used", task)
            return None
        if task.actual_finish is not None:
            return None
        if task.actual_start is not None and self.request.started == "plain":
            self._note(
                "tasks in progress keep their plain remaining duration; started=remaining or started=whole "
                "in --ranges-from says what the user fields mean for them",
                task,
            )
            return None
        if not all(values.values()):
            self._note("tasks with some of the user fields empty keep their plain duration", task)
            return None
        hours = {point: self._hours(task, point, value, units[point]) for point, value in values.items() if value}
        if any(value is None for value in hours.values()):
            return None
        return self._ordered(task, values, {point: value for point, value in hours.items() if value is not None})

    def _hours(self, task: ImportedTask, point: str, value: UserValue, unit: Unit) -> float | None:
        """Return what a field holds in hours of the task."""
        amount = amount_of(value.value, unit)
        if amount is None:
            self._fault("RE824", f"{task.id}.{point}", str(value.value), value.line)
            return None
        number, unit_of_value = amount
        if unit_of_value in ("eh", "ed") and not task.is_elapsed:
            cure = "the task is in working time: write h or d"
            self._fault("RE824", f"{task.id}.{point}", str(value.value), value.line, cure)
            return None
        if unit_of_value == "%":
            return number / 100 * self._base(task)
        return number * {"d": self._day(task), "ed": 24.0}.get(unit_of_value, 1.0)

    def _base(self, task: ImportedTask) -> float:
        """Return the hours that points stand beside: the whole duration, or what remains of it."""
        is_rest = task.actual_start is not None and self.request.started == "remaining"
        return plain_hours(task) if is_rest else task.hours

    def _ordered(
        self, task: ImportedTask, values: dict[str, UserValue | None], hours: dict[str, float]
    ) -> tuple[float, float, float] | None:
        """Return the points in order, those of the whole duration scaled to what remains; None with a fault."""
        base = self._base(task)
        low, high = hours["low"], hours["high"]
        likely = hours.get("likely", base)
        if max(hours.values()) <= SAME < base:
            self._note("tasks with nothing but zeros in the user fields keep their plain duration", task)
            return None
        if not low <= likely + SAME or not likely <= high + SAME or low < 0:
            at = next((value.line for value in values.values() if value is not None), None)
            day = self._day(task)
            middle = f"{likely / day:g}" + ("" if "likely" in hours else " (its duration)")
            self._fault("RE825", task.id, f"{low / day:g}, {middle}, {high / day:g} days", at)
            return None
        likely = min(max(likely, low), high)
        if abs(likely - base) > SAME:
            self._note("most likely durations that are not the duration in the schedule: dates move by that", task)
        if task.actual_start is not None and self.request.started == "whole":
            share = plain_hours(task) / task.hours if task.hours > 0 else 0.0
            low, likely, high = low * share, likely * share, high * share
        return low, likely, high

    def _unit_notes(self, fields: dict[str, UserField], units: dict[str, Unit]) -> list[str]:
        """Say what the numbers of each field were taken for, and why."""
        notes = []
        for point, field in fields.items():
            if field.kind == "duration":
                why = "a field of durations"
            elif self.request.unit:
                why = f"plain numbers are {UNIT_WORDS[units[point]]}, as asked for"
            elif label_unit(field.label):
                why = f"plain numbers are {UNIT_WORDS[units[point]]}, by its name"
            else:
                why = "plain numbers were taken for working days of each task's calendar; unit=h says otherwise"
            notes.append(f"{point} durations are those of the user field {self._title(field)}: {why}")
        return notes

    def _note(self, what: str, task: ImportedTask) -> None:
        self.task_counts[what] += 1
        self.first_task.setdefault(what, line(task.id, 80))

    def _notes(self) -> list[str]:
        return [
            f"{what} ({first})"
            if self.task_counts[what] == 1
            else f"{what} ({self.task_counts[what]}, the first is {first})"
            for what, first in self.first_task.items()
        ]

    def _fault(self, code: str, path: str, value: str, at: int | None, cure: str = "") -> None:
        entry = CATALOGUE[code]
        file = self.file
        self.faults.append(
            Issue(code, path, rule=entry.rule, value=shortened(value), file=file, line=at, cure=cure or entry.clause)
        )
        if len(self.faults) >= MOST_FAULTS:
            self._raise()

    def _raise(self) -> None:
        if self.faults:
            raise ScenarioError(sorted(self.faults, key=lambda issue: issue.line or 0))


def plain_hours(task: ImportedTask) -> float:
    """Return the hours that would be simulated without a range: what remains of a task in progress."""
    return task.remaining_hours if task.remaining_hours is not None else task.hours


def is_assumed(field: UserField) -> bool:
    """Whether only an assumption says in which unit the plain numbers of a field are."""
    return field.kind != "duration" and not label_unit(field.label)


def label_unit(label: str) -> str:
    """Return the unit that a label names, ``Min (h)`` or ``Optimistic hours``; empty where it names none, or two."""
    units = {sign.lower() for sign in SIGN.findall(label)}
    for word in WORD.findall(label):
        unit = "%" if word.casefold() in ("%", "percent", "pct") else unit_meant(word) if len(word) > 1 else ""
        if unit in UNIT_WORDS:
            units.add(unit)
    return units.pop() if len(units) == 1 else ""


def names_longer_unit(label: str) -> bool:
    """Whether a label names weeks or months, which no plain number of a range is in."""
    in_brackets = re.findall(r"[(\[]\s*(w|wk|wks|mo)\s*[)\]]", label, re.IGNORECASE)
    return bool(in_brackets) or any(len(word) > 2 and TIMES.get(word) in ("w", "mo") for word in words(label))


def amount_of(value: float | str, unit: str) -> tuple[float, str] | None:
    """Return the number and the unit (``h``, ``d``, ``eh``, ``ed``, ``%``) of a value; None where it is no length."""
    if not isinstance(value, str):
        return (value, unit) if value >= 0 else None
    text = value.strip().casefold()
    if text.endswith("%"):
        amount = quantity(text[:-1])
        return (amount[0], "%") if amount is not None and amount[1] is None and amount[0] >= 0 else None
    match = re.fullmatch(r"(\+?\d+(?:[.,]\d+)?)\s*([^\W\d_][\w ]*)?", text)
    if match is None or len(text) > 60 or re.fullmatch(r"\d{1,3},\d{3}", match.group(1)):  # a thousand, or one
        return None
    meant = unit_meant(match.group(2)) if match.group(2) else unit
    return (float(match.group(1).replace(",", ".")), meant) if meant in ("h", "d", "eh", "ed", "%") else None
