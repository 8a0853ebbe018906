"""Which column holds what, by a map: the row of headings is looked for, and each heading in the map's spellings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from riskengine.importers.items.item_map import TIMES, ItemMap
from riskengine.importers.items.numbers import UNITS_BY_WORD
from riskengine.importers.items.spelling import key_of
from riskengine.scenario.tables.heading_row import heading_row
from riskengine.scenario.tables.sheets import Sheet, Value, cell_text
from riskengine.scenario.tables.spelling import spread

BRACKETED: Final = re.compile(r"(.*?)\s*[(\[]\s*([^()\[\]]{1,40})\s*[)\]]")
NUMBERED: Final = re.compile(r"(.*\S)\s*(\d{1,2})")
OF_UNIT: Final = re.compile(r"(.*\S)\s*(?: in |, |/| - |_)\s*([a-z ]{1,20})")
ESTIMATE_WORDS: Final = frozenset(
    spread(
        {
            "duration,estimate,estimation,effort,case,time,work,value,hours,days,weeks": "en",
            "dauer,aufwand,schatzung,wert,fall,zeit": "de",
            "duracion,estimacion,esfuerzo,caso,tiempo": "es",
            "duree,charge,cas,temps": "fr",
            "duracao,estimativa,esforco,tempo": "pt",
        }
    )
)
"""What may stand beside the name of a point: ``Best case duration``."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is read: where it is, how it is headed, and the unit of its numbers."""

    index: int
    heading: str
    unit: str = ""


@dataclass(slots=True)
class Header:
    """The row of headings and what its columns hold.

    Attributes
    ----------
    row : int
        In the sheet, from 0.
    columns : dict
        By field, the columns that hold it, in the order of the sheet.
    levels : dict
        Column of the title by the level of the row, of tools that indent titles so.
    relationship_types : dict
        Of relationships that are no logic by the map, the columns by their type.
    unread : list of str
        Headings of columns that are not read.
    """

    row: int
    columns: dict[str, list[Column]] = field(default_factory=dict)
    levels: dict[int, Column] = field(default_factory=dict)
    relationship_types: dict[str, list[Column]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def score(self) -> int:
        """Return how many different things the row has a heading of."""
        return len(self.columns) + bool(self.levels) + bool(self.relationship_types)

    def used(self) -> set[int]:
        """Return the columns that are read."""
        lists = [*self.columns.values(), list(self.levels.values()), *self.relationship_types.values()]
        return {column.index for columns in lists for column in columns}


class Spellings:
    """Understands headings by a map.

    Parameters
    ----------
    item_map : ItemMap
    """

    def __init__(self, item_map: ItemMap) -> None:
        self.map = item_map
        self.fields: dict[str, str] = {}
        self.ranks: dict[str, int] = {}
        for name, binding in item_map.columns.items():
            for rank, spelling in enumerate(binding.spellings):
                if self.fields.setdefault(spelling, name) == name:
                    self.ranks.setdefault(spelling, rank)

    def field_of(self, heading: str) -> tuple[str, str] | None:
        """Return the field of a heading and the unit of its numbers, None where the map has no such heading."""
        key = key_of(heading)
        for candidate in (key, self.inside(key)):
            if candidate in self.fields:
                name = self.fields[candidate]
                own_unit = UNITS_BY_WORD.get(candidate, "") if name in TIMES else ""
                return name, self.map.columns[name].unit or own_unit
        for pattern in (BRACKETED, OF_UNIT):
            match = pattern.fullmatch(key)
            unit = UNITS_BY_WORD.get(match[2].strip(), "") if match else ""
            name = self.time_of(match[1].strip()) if match and unit else ""
            if name:
                return name, unit
        return (self.time_of(key), "") if self.time_of(key) else None

    def inside(self, key: str) -> str:
        """Return what stands in the brackets of a custom field: ``Custom field (Story Points)``."""
        match = BRACKETED.fullmatch(key) if self.map.custom else None
        return match[2].strip() if match and match[1].strip() in self.map.custom else key

    def time_of(self, key: str) -> str:
        """Return the field of a time that a heading without its unit names, empty where it names none."""
        name = self.fields.get(key, "")
        if name in TIMES:
            return name
        words = key.split()
        rest = " ".join(word for word in words if word not in ESTIMATE_WORDS)
        name = self.fields.get(rest, "") if rest and rest != key else ""
        return name if name in ("low", "most_likely", "high") else ""

    def relationship_of(self, heading: str) -> tuple[str, str] | None:
        """Return the end and the type of the relationships in a column, None where it holds none."""
        match = BRACKETED.fullmatch(key_of(heading)) if self.map.relationship_prefixes else None
        end = self.map.relationship_prefixes.get(match[1].strip(), "") if match else ""
        return (end, match[2].strip()) if match and end else None

    def level_of(self, heading: str) -> int | None:
        """Return the level whose titles a column holds, None where it holds none."""
        match = NUMBERED.fullmatch(key_of(heading)) if self.map.levels else None
        return int(match[2]) if match and match[1].strip() in self.map.levels else None

    def read(self, row: list[Value], number: int) -> Header:
        """Return what the columns of a row of headings hold."""
        header = Header(number)
        for index, value in enumerate(row):
            heading = cell_text(value) if isinstance(value, str) else ""
            if not heading:
                continue
            level, relationship, meaning = self.level_of(heading), self.relationship_of(heading), self.field_of(heading)
            if level is not None and level not in header.levels:
                header.levels[level] = Column(index, heading)
            elif relationship is not None:
                self.take_relationship(header, relationship, Column(index, heading))
            elif meaning is not None:
                header.columns.setdefault(meaning[0], []).append(Column(index, heading, meaning[1]))
            else:
                header.unread.append(heading)
        return header

    def take_relationship(self, header: Header, relationship: tuple[str, str], column: Column) -> None:
        """Note a column of relationships: those of a type that is logic hold back, the others are told."""
        end, kind = relationship
        if kind not in self.map.relationship_types:
            header.relationship_types.setdefault(BRACKETED.sub(r"\2", column.heading), []).append(column)
            return
        name = "blocks" if end == "outward" else "blocked_by"
        header.columns.setdefault(name, []).append(column)


def find_header(sheet: Sheet, spellings: Spellings) -> Header | None:
    """Return the row that has the most headings of a map, the first of several; None where no row has two."""
    return heading_row(sheet, lambda row: spellings.read(sheet.rows[row], row), Header.score)


def tools_of(sheet: Sheet, maps: Mapping[str, ItemMap]) -> list[str]:
    """Return the maps whose telling headings a sheet has."""
    names = []
    for name, item_map in maps.items():
        header = find_header(sheet, Spellings(item_map))
        if header is None or not item_map.guess:
            continue
        has_all = all(
            any(word in header.columns or (word == "name" and header.levels) for word in choice.split("|"))
            for choice in item_map.guess
        )
        if has_all:
            names.append(name)
    return names
