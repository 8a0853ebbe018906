"""What is left to do of an item: three points, what remains, the estimate, or points by a rule; 0 is no estimate."""

from dataclasses import dataclass, field
from typing import Final

from riskengine.errors import shortened
from riskengine.errors.counting import first_names
from riskengine.importers.items.headings import Column
from riskengine.importers.items.item_map import ItemMap
from riskengine.importers.items.numbers import Lengths, hours_of, number_of
from riskengine.importers.items.options import ItemOptions
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Row, Rows
from riskengine.importers.items.spelling import key_of
from riskengine.importers.items.states import State, States
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import cell_text, is_blank

POINTS: Final = ("low", "most_likely", "high")
MILESTONES: Final = frozenset({"milestone", "meilenstein", "hito", "jalon", "marco", "gate"})
YES: Final = frozenset(
    {"yes", "true", "1", "x", "ja", "wahr", "si", "sí", "verdadero", "oui", "vrai", "sim", "verdadeiro"}
)
WHOLE: Final = 100.0
MOST_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class Work:
    """What an item takes, in hours of one person.

    Attributes
    ----------
    hours : float
        A single number; of three points the middle one.
    points : tuple or None
        Low, most likely and high.
    is_milestone : bool
    """

    hours: float
    points: tuple[float, float, float] | None = None
    is_milestone: bool = False


@dataclass(slots=True)
class Estimates:
    """Reads what items take."""

    rows: Rows
    map: ItemMap
    options: ItemOptions
    states: States
    remarks: Remarks
    faults: SheetFaults
    has_told_columns: bool = False
    times: dict[tuple[int, str], float | None] = field(default_factory=dict)
    unread_numbers: str | None = None

    @property
    def lengths(self) -> Lengths:
        """What a day and a week are."""
        return Lengths(self.options.hours_per_day, self.options.hours_per_week)

    def time(self, item: Row, name: str) -> float | None:
        """Return the hours in a field, None where it holds none; two columns that differ are reported, once."""
        place = (item.index, name)
        if place not in self.times:
            self.times[place] = self._time(item, name)
        return self.times[place]

    def _time(self, item: Row, name: str) -> float | None:
        """Return what the cells of a time say."""
        read: list[float] = []
        for column, value in self.rows.cells(item.index, name):
            hours = hours_of(value, column.unit, self.lengths)
            if isinstance(hours, str):
                self.refuse(item, column, "RE885", hours)
            elif read and abs(hours - read[0]) > 1e-9:
                self.refuse(item, column, "RE879", f"two columns of one thing must agree: another says {read[0]:g} h")
            else:
                read.append(hours)
        return read[0] if read else None

    def refuse(self, item: Row, column: Column, code: str, rule: str) -> None:
        """Report a cell."""
        self.faults.cell(code, self.rows.sheet, item.index, column.index, column.heading, rule=rule)

    def is_milestone(self, item: Row) -> bool:
        """Return whether an item is a milestone by its type, or by a column that says so."""
        kinds = (key_of(text) for text in self.rows.texts(item.index, "type"))
        flags = (key_of(text) for text in self.rows.texts(item.index, "milestone"))
        return any(kind in MILESTONES for kind in kinds) or any(flag in YES for flag in flags)

    def has_own(self, item: Row) -> list[str]:
        """Return which estimates an item has of its own, times or points, whatever they say."""
        names = (*POINTS, "estimate", "remaining", "points")
        return [name for name in names if any(True for _ in self.rows.cells(item.index, name))]

    def read(self, item: Row, state: State) -> Work | None:
        """Return what is left of an item that is not done; None after a fault."""
        before = len(self.faults.issues)
        if self.is_milestone(item):
            return Work(0.0, None, is_milestone=True)
        points = self.three_points(item)
        if points == (0.0, 0.0, 0.0):
            return Work(0.0, None, is_milestone=True)
        is_begun = state == "doing"
        share = self.left_share(item) if is_begun else 1.0
        if points is not None:
            low, likely, high = (share * point for point in points)
            return Work(likely, (low, likely, high))
        original, remaining = self.time(item, "estimate"), self.time(item, "remaining")
        hours = self.single(item, original, remaining, is_begun=is_begun, share=share)
        if len(self.faults.issues) > before:
            return None
        if hours is None:
            hours = self.from_points(item, share)
        if len(self.faults.issues) > before:
            return None
        return Work(hours) if hours is not None else self.missing(item, remaining, is_begun=is_begun)

    def single(
        self, item: Row, original: float | None, remaining: float | None, *, is_begun: bool, share: float
    ) -> float | None:
        """Return the hours of an item from what remains of it or from its estimate."""
        if is_begun and remaining is not None:
            return remaining or None
        if original:
            if is_begun and share == 1.0:
                statement = "begun item|items without what remains: the whole estimate is taken"
                self.remarks.add(statement, item.id)
            return original * share
        if remaining:
            self.remarks.add("item|items not begun and without an estimate: what remains is taken", item.id)
            return remaining
        return None

    def left_share(self, item: Row) -> float:
        """Return the share of a begun item that is left to do, by its percentage."""
        share = self.states.share(item)
        if share is None or share <= 0:
            return 1.0
        self.remarks.add("begun item|items of which the share that is not complete is left", item.id)
        return 1.0 - min(share, WHOLE) / WHOLE

    def three_points(self, item: Row) -> tuple[float, float, float] | None:
        """Return the three points of an item, None where it has none or after a fault."""
        read = {name: self.time(item, name) for name in POINTS}
        there = [name for name, hours in read.items() if hours is not None]
        if not there:
            return None
        low, likely, high = (read[name] for name in POINTS)
        if low is None or likely is None or high is None:
            if not any(True for name in POINTS for _ in self.rows.cells(item.index, name) if read[name] is None):
                missing = " and ".join(name.replace("_", " ") for name in POINTS if read[name] is None)
                rule = f"an item must have all of its three points or none: {missing} is missing"
                self.faults.cell("RE883", self.rows.sheet, item.index, None, rule=rule)
            return None
        if not low <= likely <= high:
            rule = f"three points must be in order, best <= likely <= worst: {low:g} h, {likely:g} h, {high:g} h"
            column, _ = next(self.rows.cells(item.index, "most_likely"))
            self.refuse(item, column, "RE885", rule)
            return None
        return low, likely, high

    def from_points(self, item: Row, share: float) -> float | None:
        """Return the hours of an item's points, None where it has none; without a rule they are refused."""
        points: list[float] = []
        for column, value in self.rows.cells(item.index, "points"):
            number = number_of(value)
            if isinstance(number, str) or number < 0:
                self.refuse(item, column, "RE885", "points must be a number, 0 or more")
            elif number and self.point() is None:
                self.refuse(item, column, "RE884", "")
            elif points and number != points[0]:
                self.refuse(item, column, "RE879", f"two columns of points must agree: another says {points[0]:g}")
            else:
                points.append(number)
        each = self.point()
        if each is None or not points or not points[0]:
            return None
        self.remarks.add(f"item|items by points, {each:g} h each", item.id)
        return points[0] * each * share

    def point(self) -> float | None:
        """Return the hours of a point, None where nobody says it."""
        if self.options.point is not None:
            return self.options.point
        if self.map.point is None:
            return None
        each = self.lengths.hours(self.map.point[1])
        return self.map.point[0] * each if each is not None else None

    def missing(self, item: Row, remaining: float | None, *, is_begun: bool) -> Work | None:
        """Return what an item without an estimate takes, as an option says; else it is refused."""
        if self.options.missing is not None:
            hours = self.options.missing
            self.remarks.add(f"item|items without an estimate: {hours:g} h taken, as --missing says", item.id)
            return Work(hours)
        names = [name for name in ("estimate", "remaining", "low", "points") if self.rows.has(name)]
        if not names:
            if not self.has_told_columns:
                self.has_told_columns = True
                spelled = [self.map.columns[name].spellings[0] for name in ("estimate", "points") if self.spelled(name)]
                rule = "the file must have a column of estimates, such as " + " or ".join(f'"{s}"' for s in spelled)
                cure = "export all fields, not the shown ones; or give --missing TIME, which holds for every item"
                cure = f"{self.columns_of_numbers()}{cure}"
                self.faults.heading("RE883", self.rows.sheet, self.rows.header.row, rule, cure=cure)
            return None
        rule = "no estimate: give --missing TIME, or a throughput"
        if is_begun and remaining == 0:
            rule = "nothing remains of it, but it is not done: close it, correct what remains, or give --missing TIME"
        cure = self.columns_of_numbers().removesuffix("; ") if not is_begun else ""
        self.faults.cell("RE883", self.rows.sheet, item.index, None, heading=item.id, rule=rule, cure=cure)
        return None

    def columns_of_numbers(self) -> str:
        """Return the columns of numbers that the map does not name: points may be among them."""
        if self.unread_numbers is None:
            self.unread_numbers = self._columns_of_numbers()
        return self.unread_numbers

    def _columns_of_numbers(self) -> str:
        """Return the headings of these columns, those of custom fields first."""
        sheet, header = self.rows.sheet, self.rows.header
        headings = [cell_text(value) for value in sheet.rows[header.row]]
        numbered = []
        for index in sorted(set(range(len(headings))) - header.used()):
            cells = [sheet.cell(item.index, index) for item in self.rows.items]
            filled = [value for value in cells if not is_blank(value)]
            if headings[index] and filled and all(isinstance(number_of(value), float) for value in filled):
                numbered.append(f'"{shortened(headings[index], 60)}" ({len(filled):,})')
        if not numbered:
            return ""
        numbered.sort(key=lambda name: not name.casefold().startswith('"custom'))
        listed = first_names(numbered, MOST_NAMED)
        return f"columns of numbers that the map does not name: {listed}; one of points is read once a map names it; "

    def spelled(self, name: str) -> bool:
        """Return whether the map has a heading for a field."""
        return name in self.map.columns and bool(self.map.columns[name].spellings)
