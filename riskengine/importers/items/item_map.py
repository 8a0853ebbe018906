"""A map: which column of an export is what, and what its words mean. The built-in ones are files like a user's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from riskengine.importers.items.options import MAPS
from riskengine.importers.items.spelling import key_of
from riskengine.scenario.document.toml_file import read_toml_file
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.fields import Fields

FOLDER: Final = Path(__file__).parent / "maps"
KEYS: Final = (
    "tool",
    "guess",
    "custom",
    "rows",
    "sheet",
    "columns",
    "relationships",
    "status",
    "resolution",
    "priority",
    "points",
    "people",
    "sprints",
)
TIMES: Final = ("estimate", "low", "most_likely", "high", "remaining", "spent")
DATES: Final = (
    "start",
    "finish",
    "due",
    "sprint_start",
    "sprint_end",
    "canceled",
    "planned_start",
    "planned_finish",
    "created",
)
RELATIONSHIPS: Final = ("blocks", "blocked_by", "predecessors")
LISTS: Final = ("labels", "components", "sprint", "parent", *RELATIONSHIPS)
"""What an item may have several of, in columns of one name or in one cell."""

TEXTS: Final = (
    "id",
    "number",
    "name",
    "type",
    "status",
    "category",
    "resolution",
    "priority",
    "rank",
    "assignee",
    "points",
    "team",
    "section",
    "list",
    "sprint_number",
    "percent",
    "milestone",
    "level",
    "outline",
)
FIELDS: Final = (*TEXTS, *TIMES, *DATES, *LISTS)
UNITS: Final = ("s", "min", "h", "d", "w", "ms")
BY: Final = ("id", "number", "name")
STATES: Final = ("todo", "doing", "done", "dropped")
MOST_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Binding:
    """What a map says of one field: spellings of its heading, the unit of its numbers, what it refers by."""

    spellings: tuple[str, ...]
    unit: str = ""
    by: tuple[str, ...] = ("id",)


@dataclass(slots=True)
class ItemMap:
    """What a map says; texts that are compared are keys."""

    name: str
    tool: str = ""
    guess: tuple[str, ...] = ()
    custom: tuple[str, ...] = ()
    is_numbered: bool = False
    sheet: str = ""
    columns: dict[str, Binding] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    relationship_prefixes: dict[str, str] = field(default_factory=dict)
    relationship_types: frozenset[str] = frozenset()
    states: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    priorities: dict[str, int] = field(default_factory=dict)
    point: tuple[float, str] | None = None
    capacity: float = 1.0
    sprints: dict[str, tuple[date, date]] = field(default_factory=dict)


def map_text(name: str) -> str:
    """Return the file of a built-in map, which can be edited and given back."""
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def read_map(choice: str | Path) -> ItemMap:
    """Return a built-in map by its name, or that of a file.

    Raises
    ------
    ScenarioError
        With every fault of the file.
    """
    is_built_in = isinstance(choice, str) and choice in MAPS
    path = FOLDER / f"{choice}.toml" if is_built_in else Path(choice)
    words = read_toml_file(FOLDER / "words.toml", lambda data, faults: MapReader(data, faults).read("words"))
    read = read_toml_file(path, lambda data, faults: MapReader(data, faults).read(str(choice)))
    read.states = {**words.states, **read.states}
    read.reasons = {**words.reasons, **read.reasons}
    read.priorities = {**words.priorities, **read.priorities}
    return read


class MapReader:
    """Reads one map."""

    def __init__(self, data: Mapping[str, Any], faults: Faults) -> None:
        self.faults = faults
        self.fields = Fields(data, (), faults, KEYS, is_scenario=False)

    def read(self, name: str) -> ItemMap:
        """Return the map, without what is wrong."""
        fields = self.fields
        relationships = Fields(
            fields.table("relationships"),
            ("relationships",),
            self.faults,
            ("outward", "inward", "types"),
            is_scenario=False,
        )
        columns = fields.table("columns")
        read = ItemMap(
            name=name,
            tool=fields.text("tool") or Path(name).stem,
            guess=tuple(fields.texts("guess")),
            custom=tuple(key_of(text) for text in fields.texts("custom")),
            is_numbered=fields.choice("rows", ("numbered", "plain"), "plain") == "numbered",
            sheet=fields.text("sheet"),
            columns=self.columns(columns),
            relationship_types=frozenset(key_of(text) for text in relationships.texts("types")),
        )
        if "levels" in columns:
            read.levels = self.spellings(columns["levels"], ("columns", "levels"))
        for end in ("outward", "inward"):
            read.relationship_prefixes |= {key_of(text): end for text in relationships.texts(end)}
        read.states = self.meanings("status", STATES)
        read.reasons = self.meanings("resolution", ("none", "done", "dropped"))
        read.priorities = self.priorities()
        read.point = self.point()
        read.capacity = self.positive("people", "capacity", 1.0)
        read.sprints = self.sprints()
        return read

    def columns(self, table: Mapping[str, Any]) -> dict[str, Binding]:
        """Return what is said of each field."""
        Fields(table, ("columns",), self.faults, (*FIELDS, "levels"), is_scenario=False)
        bindings = {}
        for name in FIELDS:
            if name in table:
                bindings[name] = self.binding(name, table[name], ("columns", name))
        return bindings

    def binding(self, name: str, value: object, place: tuple[str, ...]) -> Binding:
        """Return what is said of one field."""
        if not isinstance(value, dict):
            return Binding(self.spellings(value, place))
        fields = Fields(value, place, self.faults, ("heading", "unit", "by", "repeated"), is_scenario=False)
        unit = fields.choice("unit", UNITS, "h") if "unit" in value else ""
        if unit and name not in TIMES:
            self.faults.add("RE876", (*place, "unit"), unit, rule=f"must be of a time: one of {', '.join(TIMES)}")
        fields.flag("repeated", True)
        by = tuple(word for word in fields.texts("by") if word in BY)
        if "by" in value and (not by or len(by) != len(value["by"])):
            self.faults.add("RE876", (*place, "by"), value["by"], rule=f"must be a list of {', '.join(BY)}")
        if not fields.require("heading"):
            return Binding(())
        return Binding(self.spellings(value["heading"], (*place, "heading")), unit, by or ("id",))

    def spellings(self, value: object, place: tuple[str, ...]) -> tuple[str, ...]:
        """Return the headings that a text or a list of texts names, as keys."""
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts) or len(texts) > MOST_WORDS:
            self.faults.add("RE876", place, value, rule="must be a heading in quotes, or a list of headings")
            return ()
        return tuple(dict.fromkeys(key for text in texts if (key := key_of(text))))

    def meanings(self, key: str, choices: tuple[str, ...]) -> dict[str, str]:
        """Return what words mean, by the words; of two meanings in one map, one would be lost."""
        fields = Fields(self.fields.table(key), (key,), self.faults, choices, is_scenario=False)
        meanings: dict[str, str] = {}
        for choice in choices:
            for word in fields.texts(choice):
                if meanings.setdefault(key_of(word), choice) != choice:
                    rule = f"must mean one thing, and is under {meanings[key_of(word)]} as well"
                    self.faults.add("RE876", (key, choice), word, rule=rule)
        return meanings

    def priorities(self) -> dict[str, int]:
        """Return the number of each word of priority."""
        table = self.fields.table("priority")
        priorities = {}
        for word, value in table.items():
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1000:
                self.faults.add("RE876", ("priority", word), value, rule="must be a whole number from 0 to 1000")
            else:
                priorities[key_of(word)] = value
        return priorities

    def point(self) -> tuple[float, str] | None:
        """Return what a point takes and its unit, where the map says so."""
        table = self.fields.table("points")
        Fields(table, ("points",), self.faults, ("day", "hour"), is_scenario=False)
        if len(table) > 1:
            self.faults.add("RE876", ("points",), rule="must say either how many days or how many hours a point takes")
            return None
        for key, unit in (("day", "d"), ("hour", "h")):
            if key in table:
                value = self.positive("points", key, 1.0)
                return value, unit
        return None

    def positive(self, key: str, name: str, default: float) -> float:
        """Return a number above 0 of a table."""
        fields = Fields(self.fields.table(key), (key,), self.faults, (name, *self.fields.table(key)), is_scenario=False)
        value = fields.number(name)
        if value is not None and not 0 < value <= 1e6:
            self.faults.add("RE876", (key, name), value, rule="must be above 0")
            return default
        return default if value is None else value

    def sprints(self) -> dict[str, tuple[date, date]]:
        """Return first and last day of each sprint that the map gives dates."""
        sprints = {}
        for name, value in self.fields.table("sprints").items():
            first, _, last = value.partition("..") if isinstance(value, str) else ("", "", "")
            try:
                days = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
            except ValueError:
                days = None
            if days is None or days[0] > days[1]:
                rule = 'must be the first and the last day, such as "2027-03-08..2027-03-19"'
                self.faults.add("RE876", ("sprints", name), value, rule=rule)
            else:
                sprints[key_of(name)] = days
        return sprints
