"""Sprints, labels, components, teams and priorities of items."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from riskengine.importers.items.dates import DateReader, Instant
from riskengine.importers.items.item_map import DATES, ItemMap
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Row, Rows
from riskengine.importers.items.spelling import key_of
from riskengine.importers.sheets.faults import SheetFaults

MIDDLE: Final = 500
BETWEEN: Final = (";", ",", "\n")


@dataclass(slots=True)
class Dates:
    """Reads the dates of items, each column in the order that it shows."""

    rows: Rows
    reader: DateReader
    faults: SheetFaults
    orders: dict[int, str] = field(default_factory=dict)
    moments: dict[tuple[int, str], Instant | None] = field(default_factory=dict)

    def prepare(self) -> None:
        """Find out the order of day and month in each column of dates."""
        for name in DATES:
            for column in self.rows.header.columns.get(name, ()):
                cells = (self.rows.sheet.cell(item.index, column.index) for item in self.rows.items)
                self.orders[column.index] = self.reader.order_of(cells)

    def read(self, item: Row, name: str) -> Instant | None:
        """Return a date of an item, None where it has none or after a fault; two that differ are reported, once."""
        place = (item.index, name)
        if place not in self.moments:
            self.moments[place] = self._read(item, name)
        return self.moments[place]

    def planned(self, item: Row, remarks: Remarks) -> tuple[Instant | None, Instant | None]:
        """Return when an item is planned to start and to finish; what cannot be told is noted."""
        moments: list[Instant | None] = []
        for name in ("planned_start", "planned_finish"):
            column, value = next(self.rows.cells(item.index, name), (None, None))
            moment = None if column is None else self.reader.read(value, self.orders.get(column.index, ""))
            if isinstance(moment, str):
                remarks.add("item|items with a planned date that cannot be told: not compared", item.id)
            moments.append(None if isinstance(moment, str) else moment)
        return moments[0], moments[1]

    def _read(self, item: Row, name: str) -> Instant | None:
        """Return what the cells of a date say."""
        dates: list[Instant] = []
        for column, value in self.rows.cells(item.index, name):
            read = self.reader.read(value, self.orders.get(column.index, ""))
            if isinstance(read, str):
                cure = "give --dates dmy, mdy or ymd" if "day or month" in read else ""
                self.faults.cell(
                    "RE887", self.rows.sheet, item.index, column.index, column.heading, rule=read, cure=cure
                )
            elif dates and read != dates[0]:
                self.faults.cell(
                    "RE879",
                    self.rows.sheet,
                    item.index,
                    column.index,
                    column.heading,
                    rule=f"two columns of one date must agree: another says {dates[0]}",
                )
            else:
                dates.append(read)
        return dates[0] if dates else None


@dataclass(slots=True)
class Tags:
    """Reads what an item is filed under."""

    rows: Rows
    map: ItemMap
    dates: Dates
    remarks: Remarks
    inner_paths: frozenset[str] = frozenset()

    def prepare(self) -> None:
        """Note the iteration paths that others lie below: they are no sprints."""
        inner: set[str] = set()
        for item in self.rows.items:
            for path in self.rows.texts(item.index, "sprint"):
                parts = path.split("\\")
                inner.update("\\".join(parts[:depth]) for depth in range(1, len(parts)))
        self.inner_paths = frozenset(inner)

    def sprint(self, item: Row) -> str:
        """Return the sprint of an item, the last of several; of a path its last part."""
        sprints = self.rows.texts(item.index, "sprint")
        if not sprints:
            number = next(iter(self.rows.texts(item.index, "sprint_number")), "")
            return f"Cycle {number}" if number else ""
        last = sprints[-1]
        if "\\" in last:
            return "" if last in self.inner_paths else last.rpartition("\\")[2]
        return "" if last in self.inner_paths else last

    def all(self, item: Row) -> list[str]:
        """Return the tags of an item: labels, components, and its sprint."""
        tags = [
            tag
            for name in ("labels", "components")
            for text in self.rows.texts(item.index, name)
            for tag in split(text)
        ]
        tags += [text for name in ("section", "list") for text in self.rows.texts(item.index, name)]
        if len(self.rows.texts(item.index, "sprint")) > 1:
            self.remarks.add("item|items in several sprints: the last one is taken", item.id)
        sprint = self.sprint(item)
        return list(dict.fromkeys([*tags, *([sprint] if sprint else [])]))

    def team(self, item: Row) -> str:
        """Return the team of an item."""
        return next(iter(self.rows.texts(item.index, "team")), "")

    def priority(self, item: Row) -> int | None:
        """Return the priority of an item, None where it is in the middle or not known."""
        text = next(iter(self.rows.texts(item.index, "priority")), "")
        if not text:
            return None
        key = key_of(text)
        priority = self.map.priorities.get(key)
        if priority is None and key[:1].isdecimal():  # "2 - High"
            priority = next((self.map.priorities[word] for word in key.split() if word in self.map.priorities), None)
        if priority is None:
            self.remarks.add("item|items of a priority that the map does not know: the middle is taken", item.id)
            return None
        return None if priority == MIDDLE else priority

    def sprint_dates(self, item: Row) -> tuple[date | None, date | None]:
        """Return the first and the last day of the sprint of an item, as far as map or file say them."""
        named = self.map.sprints.get(key_of(self.sprint(item)))
        if named is not None:
            return named
        return day_of(self.dates.read(item, "sprint_start")), day_of(self.dates.read(item, "sprint_end"))


def split(text: str) -> Iterable[str]:
    """Return the tags in a cell."""
    for sign in BETWEEN:
        text = text.replace(sign, "\n")
    return [part.strip() for part in text.split("\n") if part.strip()]


def day_of(instant: Instant | None) -> date | None:
    """Return the day of an instant."""
    return None if instant is None else date(instant.year, instant.month, instant.day)
