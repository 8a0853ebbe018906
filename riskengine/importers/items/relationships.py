"""Relationships between items: told from either end, by ids, by names or by numbers of rows with type and lag."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from riskengine.importers.items.headings import Column
from riskengine.importers.items.item_map import ItemMap
from riskengine.importers.items.numbers import UNITS_BY_WORD, Lengths
from riskengine.importers.items.rows import Row, Rows
from riskengine.importers.items.spelling import key_of
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import Odd, Value, cell_text

BETWEEN: Final = re.compile(r"[;,\n]")
Kind = Literal["FS", "SS", "FF", "SF"]
KINDS: Final[Mapping[str, Kind]] = {
    "FS": "FS",
    "SS": "SS",
    "FF": "FF",
    "SF": "SF",
    "EA": "FS",
    "AA": "SS",
    "EE": "FF",
    "AE": "SF",  # German: Ende-Anfang
    "FC": "FS",
    "CC": "SS",
    "CF": "SF",  # Spanish: fin-comienzo
    "FD": "FS",
    "DD": "SS",
    "DF": "SF",  # French: fin-début
    "TI": "FS",
    "II": "SS",
    "TT": "FF",
    "IT": "SF",  # Portuguese: término-início
}
TOKEN: Final = re.compile(
    r"(?P<id>.*?)\s*(?P<kind>[A-Za-z]{2})?\s*(?:(?P<sign>[+-])\s*(?P<lag>\d+(?:[.,]\d+)?)\s*(?P<unit>[A-Za-zé]+|e?%)?)?",
    re.DOTALL,
)
PERCENT: Final = ("%", "e%")
ELAPSED: Final = {"ed": 24.0, "eh": 1.0, "ew": 168.0, "edays": 24.0, "eday": 24.0, "edy": 24.0}


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship as a cell tells it; lag in hours of work, or of the clock where it is elapsed."""

    predecessor: str
    successor: str
    kind: Kind = "FS"
    lag: float = 0.0
    is_elapsed: bool = False


@dataclass(slots=True)
class Relationships:
    """Reads the relationships of all items.

    Attributes
    ----------
    relationships : dict
        Each relationship once, with the row that tells it first.
    count : int
        Relationships as often as cells tell them.
    held_outside, holds_outside : list of tuple
        Items with an end of theirs that is not in the file: what they wait for, and what waits for them.
    by_id, by_name : dict
        Items by what may refer to them.
    """

    rows: Rows
    map: ItemMap
    lengths: Lengths
    faults: SheetFaults
    relationships: dict[Relationship, int] = field(default_factory=dict)
    count: int = 0
    held_outside: list[tuple[str, str]] = field(default_factory=list)
    holds_outside: list[tuple[str, str]] = field(default_factory=list)
    by_id: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)

    def read(self) -> None:
        """Read the relationships of every item."""
        self.by_id = {item.id: item.id for item in self.rows.items}
        self.by_id |= {item.id.casefold(): item.id for item in self.rows.items if item.id.casefold() not in self.by_id}
        for item in self.rows.items:
            self.by_name.setdefault(key_of(item.name), []).append(item.id)
        for item in self.rows.items:
            for column, value in self.rows.cells(item.index, "blocks"):
                for other in self.ends(item, column, value, "blocks"):
                    self.take(Relationship(item.id, other), item)
            for column, value in self.rows.cells(item.index, "blocked_by"):
                for other in self.ends(item, column, value, "blocked_by"):
                    self.take(Relationship(other, item.id), item)
            for column, value in self.rows.cells(item.index, "predecessors"):
                self.predecessors(item, column, value)

    def take(self, relationship: Relationship, item: Row) -> None:
        """Note a relationship; the other end may have told it already."""
        self.count += 1
        self.relationships.setdefault(relationship, item.index)

    def ends(self, item: Row, column: Column, value: Value, name: str) -> Iterable[str]:
        """Yield the items of the file that a cell names; others are noted."""
        text = cell_text(value)
        by = self.map.columns[name].by if name in self.map.columns else ("id",)
        whole = self.named(text, by, item, column)
        if whole:
            yield from whole
            return
        for part in BETWEEN.split(text):
            token = part.strip()
            if not token:
                continue
            matches = self.named(token, by, item, column)
            if matches:
                yield from matches
            elif name == "blocks":
                self.holds_outside.append((item.id, token))
            else:
                self.held_outside.append((item.id, token))

    def named(self, text: str, by: tuple[str, ...], item: Row, column: Column) -> list[str]:
        """Return the item that a text names, none where it names none; a name of several is reported."""
        if "id" in by:
            for candidate in (text, text.casefold(), text.removeprefix("#")):
                if candidate in self.by_id:
                    return [self.by_id[candidate]]
        named = self.by_name.get(key_of(text), []) if "name" in by else []
        if len(named) > 1:
            rule = f"a name must be that of one item, and {len(named)} have it"
            self.faults.cell("RE890", self.rows.sheet, item.index, column.index, column.heading, rule=rule, part=text)
            return named[:1]
        return named

    def predecessors(self, item: Row, column: Column, value: Value) -> None:
        """Read a cell such as ``3FS+2d;5SS``."""
        text = cell_text(value)
        if isinstance(value, Odd) or (isinstance(value, float) and not value.is_integer()):
            rule = "must be numbers of rows: a spreadsheet took several for a decimal number or a date"
            self.refuse(item, column, text, rule)
            return
        for part in self.parts(text):
            relationship = self.predecessor(part, item, column)
            if relationship is not None:
                self.take(relationship, item)

    def parts(self, text: str) -> list[str]:
        """Return the predecessors of a cell: a comma between digits of a lag is none between predecessors."""
        parts: list[str] = []
        for part in BETWEEN.split(text):
            token = part.strip()
            is_decimal = (
                parts
                and "," in text
                and re.fullmatch(r".*[+-]\s*\d+", parts[-1])
                and re.fullmatch(r"\d+\s*e?[a-zA-Z]+", token)
                and not self.kind_of(re.sub(r"[\d\s]", "", token))
            )
            if is_decimal:
                parts[-1] = f"{parts[-1]},{token}"
            elif token:
                parts.append(token)
        return parts

    def kind_of(self, word: str) -> Kind | None:
        """Return the type of relationship that two letters mean, None where they mean none."""
        return KINDS.get(word.upper())

    def predecessor(self, part: str, item: Row, column: Column) -> Relationship | None:
        """Return the relationship that one part of a cell tells."""
        whole = self.by_id.get(part) or self.by_id.get(part.removesuffix(".0"))
        if whole:
            return Relationship(whole, item.id)
        match = TOKEN.fullmatch(part) if len(part) <= 200 else None
        id = match["id"].strip() if match else ""
        kind: Kind | None = self.kind_of(match["kind"]) if match and match["kind"] else "FS"
        if match is None or not kind or not id:
            self.refuse(item, column, part, "must be the number of a row, then FS, SS, FF or SF and a lag: 3FS+2d")
            return None
        lag = self.lag(match, item, column, part)
        if id not in self.by_id:
            rule = "must be the number of a row that is in the list and is a task"
            cure = "the list may be filtered, sorted or cut: export all its rows; or the number is that of a heading"
            self.refuse(item, column, part, rule, cure)
            return None
        if lag is None:
            return None
        return Relationship(self.by_id[id], item.id, kind, lag[0], lag[1])

    def lag(self, match: re.Match[str], item: Row, column: Column, part: str) -> tuple[float, bool] | None:
        """Return the lag in hours and whether it is elapsed, None after a fault."""
        if match["lag"] is None:
            return 0.0, False
        amount = float(match["lag"].replace(",", ".")) * (-1 if match["sign"] == "-" else 1)
        unit = (match["unit"] or "").casefold()
        if unit in PERCENT:
            self.refuse(item, column, part, "a lag must be a time, not a percentage of a duration that is uncertain")
            return None
        if unit in ELAPSED:
            return amount * ELAPSED[unit], True
        hours = self.lengths.hours(UNITS_BY_WORD.get(unit or "d", ""))
        if hours is None:
            self.refuse(item, column, part, "a lag must be in min, h, d, w, eh or ed")
            return None
        return amount * hours, False

    def refuse(self, item: Row, column: Column, part: str, rule: str, cure: str = "") -> None:
        """Report a cell of predecessors."""
        self.faults.cell(
            "RE888", self.rows.sheet, item.index, column.index, column.heading, rule=rule, cure=cure, part=part
        )


def circle(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Return a circle of what waits for what, each once, in order; empty where there is none."""
    done: set[str] = set()
    for first in edges:
        if first in done:
            continue
        path: dict[str, None] = {}
        stack = [(first, iter(edges.get(first, ())))]
        path[first] = None
        while stack:
            here, following = stack[-1]
            after = next(following, None)
            if after is None:
                stack.pop()
                path.pop(here)
                done.add(here)
            elif after in path:
                listed = list(path)
                return listed[listed.index(after) :]
            elif after not in done:
                path[after] = None
                stack.append((after, iter(edges.get(after, ()))))
    return []
