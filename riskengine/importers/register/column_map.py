"""The mapping file of a register: which column is what, what words and ratings mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from riskengine.importers.ranges.request import TABLE
from riskengine.model.calendar import UNITS
from riskengine.model.estimate import LISTED_SHAPES, SHAPES
from riskengine.scenario.document.toml_file import read_toml_file
from riskengine.scenario.tables.delimited import SEPARATORS
from riskengine.scenario.tables.encodings import ENCODINGS
from riskengine.scenario.tables.spelling import plain
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.quantities import quantity
from riskengine.scenario.values.fields import Fields

KNOWN: Final = (
    "sheet",
    "header",
    "separator",
    "encoding",
    "decimal",
    "shape",
    "ignore",
    "hidden_rows",
    "struck_rows",
    "columns",
    "scales",
    "status",
    "kind",
    TABLE,
)
TEXTS: Final = (
    "id",
    "name",
    "description",
    "cause",
    "event",
    "effect",
    "category",
    "owner",
    "status",
    "kind",
    "tasks",
    "wbs",
    "tags",
    "team",
)
MEASURES: Final = ("probability", "delay", "cost")
POSITIONS: Final = ("pre", "post")
POINTS: Final = ("low", "most_likely", "high")
PERCENTILE: Final = re.compile(r"p(?:\d{1,2}|100)")
PROBABILITY_UNITS: Final = ("percent", "fraction", "rating")
STATUSES: Final = ("open", "proposed", "closed", "occurred")
KINDS: Final = ("threat", "opportunity")
MARKED_ROWS: Final = ("read", "leave out")
"""What is done with rows that are hidden or struck through."""


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """A column that the mapping names; unit and scale are those that it gives, if any."""

    field: str
    point: str
    position: str
    heading: str
    unit: str
    scale: float | None
    place: Place


@dataclass(frozen=True, slots=True)
class Level:
    """What a level of a rating scale stands for: one to three numbers in one unit."""

    numbers: tuple[float, ...]
    unit: str = ""


@dataclass(slots=True)
class ColumnMap:
    """What a mapping file says; an empty one leaves everything to be guessed."""

    file: str = ""
    sheet: str = ""
    header: int | None = None
    separator: str = ""
    encoding: str = ""
    decimal: str = ""
    shape: str = ""
    ignore: frozenset[str] = frozenset()
    hidden_rows: str = ""
    struck_rows: str = ""
    columns: list[NamedColumn] = field(default_factory=list)
    scales: dict[str, dict[str, Level]] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


def key_of(text: str) -> str:
    """Return a heading, a rating or a status in the form in which it is compared."""
    return " ".join(plain(text).split())


def read_column_map(path: Path) -> ColumnMap:
    """Read a mapping file.

    Raises
    ------
    ScenarioError
        With every fault that was found.
    """
    return read_toml_file(path, lambda data, faults: Reader(data, faults).read(str(path)))


class Reader:
    """Reads one mapping."""

    def __init__(self, data: Mapping[str, Any], faults: Faults) -> None:
        self.faults = faults
        self.fields = Fields(data, (), faults, KNOWN, is_scenario=False)

    def read(self, file: str) -> ColumnMap:
        """Return the mapping, without what is wrong."""
        fields = self.fields
        header = fields.number("header")
        if header is not None and (header < 1 or header != int(header)):
            self.faults.add("RE858", ("header",), header, rule="must be the number of a row, 1 or more")
            header = None
        return ColumnMap(
            file=file,
            sheet=fields.text("sheet"),
            header=None if header is None else int(header) - 1,
            separator=self.choice("separator", SEPARATORS),
            encoding=self.choice("encoding", ENCODINGS),
            decimal=self.choice("decimal", (".", ",")),
            shape=self.choice("shape", tuple(name for name in LISTED_SHAPES if SHAPES[name].required == POINTS)),
            ignore=frozenset(key_of(text) for text in fields.texts("ignore")),
            hidden_rows=self.choice("hidden_rows", MARKED_ROWS),
            struck_rows=self.choice("struck_rows", MARKED_ROWS),
            columns=self.columns(fields.table("columns"), ("columns",)),
            scales=self.scales(Fields(fields.table("scales"), ("scales",), self.faults, MEASURES, is_scenario=False)),
            statuses=self.meanings("status", STATUSES),
            kinds=self.meanings("kind", KINDS),
        )

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """Return one of the choices, or nothing where it is not given."""
        return self.fields.choice(key, choices, "") if key in self.fields.data else ""

    def columns(self, table: Mapping[str, Any], place: Place, position: str = "") -> list[NamedColumn]:
        """Return the columns that are named."""
        keys = MEASURES if position else (*TEXTS, *MEASURES, *POSITIONS)
        fields = Fields(table, place, self.faults, keys, is_scenario=False)
        named_columns: list[NamedColumn] = []
        for key in fields.data:
            here = (*place, key)
            if key in POSITIONS and not position:
                named_columns += self.columns(fields.table(key), here, key)
            elif key in MEASURES:
                named_columns += self.measure(key, table[key], here, position)
            elif key in TEXTS:
                named_columns.append(
                    NamedColumn(key, "", position="", heading=fields.text(key), unit="", scale=None, place=here)
                )
        return named_columns

    def measure(self, key: str, value: object, place: Place, position: str) -> list[NamedColumn]:
        """Return the columns of a probability, a delay or a cost."""
        if isinstance(value, str):
            return [NamedColumn(key, "", position=position, heading=value, unit="", scale=None, place=place)]
        if not isinstance(value, dict):
            self.faults.add("RE113", place, value, rule="must be a heading in quotes, or a table of headings")
            return []
        points = (
            [word for word in value if word in POINTS or PERCENTILE.fullmatch(word)] if key != "probability" else []
        )
        fields = Fields(value, place, self.faults, ("column", "unit", "scale", *points), is_scenario=False)
        unit = self.unit(key, fields)
        scale = fields.number("scale") if key == "cost" else None
        if "scale" in value and (key != "cost" or (scale is not None and scale <= 0)):
            self.faults.add("RE858", (*place, "scale"), value["scale"], rule="must be above 0, and of a cost")
            scale = None
        if bool(points) == ("column" in value):
            rule = "must name a column, or the columns of low, most_likely and high or of percentiles such as p10"
            self.faults.add("RE858", place, rule=rule)
            return []
        heads = {"": "column"} if not points else {point: point for point in points}
        return [
            NamedColumn(
                key, point, position=position, heading=fields.text(name), unit=unit, scale=scale, place=(*place, name)
            )
            for point, name in heads.items()
        ]

    def unit(self, key: str, fields: Fields) -> str:
        """Return the unit that a column is said to have."""
        if "unit" not in fields.data:
            return ""
        choices = {"probability": PROBABILITY_UNITS, "delay": (*UNITS, "rating"), "cost": ("rating", "percent")}[key]
        return fields.choice("unit", choices, "")

    def scales(self, fields: Fields) -> dict[str, dict[str, Level]]:
        """Return the rating scales: what each level of probability, delay and cost stands for."""
        scales: dict[str, dict[str, Level]] = {}
        for key in MEASURES:
            for word, value in fields.table(key).items():
                level = self.level(key, value, ("scales", key, word))
                if level is not None:
                    scales.setdefault(key, {})[key_of(word)] = level
        return scales

    def level(self, key: str, value: object, place: Place) -> Level | None:
        """Return what one level stands for: a number, or a list of two or three."""
        items = value if isinstance(value, list) else [value]
        numbers: list[float] = []
        units: set[str] = set()
        for item in items:
            number, unit = self.amount(key, item)
            if number is None:
                items = []
                break
            numbers.append(number)
            units.add(unit)
        if not 1 <= len(items) <= (2 if key == "probability" else 3) or len(units) > 1 or numbers != sorted(numbers):
            rule = {
                "probability": 'must be a share such as 0.3 or "30%", or a list of the lowest and the highest',
                "delay": 'must be a time such as "10d", or a list of two or three in one unit, the lowest first',
                "cost": "must be an amount, or a list of two or three, the lowest first",
            }[key]
            self.faults.add("RE858", place, value, rule=rule)
            return None
        return Level(tuple(numbers), units.pop())

    def amount(self, key: str, item: object) -> tuple[float | None, str]:
        """Return a number of a level with its unit."""
        if isinstance(item, bool) or not isinstance(item, int | float | str):
            return None, ""
        if key == "delay" and isinstance(item, str):
            length = quantity(item)
            return (length[0], length[1] or "d") if length is not None else (None, "")
        if key == "probability" and isinstance(item, str):
            match = re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*%\s*", item)
            item = float(match[1]) / 100 if match else -1.0
        if isinstance(item, str) or not abs(item) <= 1e15 or (key == "probability" and not 0 <= item <= 1):
            return None, ""
        return float(item), "d" if key == "delay" else ""

    def meanings(self, key: str, choices: tuple[str, ...]) -> dict[str, str]:
        """Return what words in a column of status or kind mean."""
        fields = Fields(self.fields.table(key), (key,), self.faults, self.fields.table(key))
        return {key_of(word): fields.choice(word, choices, choices[0]) for word in fields.data}
