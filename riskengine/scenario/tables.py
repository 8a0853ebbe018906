"""Reading tables of tasks and of risks from CSV."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from riskengine.scenario.columns import RISK_COLUMNS, TASK_COLUMNS, Column, cell_value
from riskengine.scenario.dotted import Place
from riskengine.scenario.faults import Faults
from riskengine.scenario.quantities import length_meant, share_meant

COLUMNS: Final[Mapping[str, Mapping[str, Column]]] = {"tasks": TASK_COLUMNS, "risks": RISK_COLUMNS}
EFFECTS: Final = ("delay", "factor", "cost", "cost_factor")


@dataclass(slots=True)
class Table:
    """The rows of a table as a section of a document, the line of each row, and whether no row is missing."""

    section: str
    file: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    is_whole: bool = True

    def line(self, place: Place) -> int | None:
        """Return the line of a row, where the row says anything about the place."""
        if len(place) < 2 or place[0] != self.section or place[1] not in self.lines:
            return None
        here: Any = self.rows[str(place[1])]
        for part in place[2:]:
            known: Any = range(len(here)) if isinstance(here, list) else here if isinstance(here, dict) else ()
            if part not in known:
                return None
            here = here[part]
        return self.lines[str(place[1])]


class TableReader:
    """Reads one table, row by row; a fault of one row hides none of another."""

    def __init__(self, section: str, text: str, file: str, faults: Faults) -> None:
        self.columns = COLUMNS[section]
        self.text = text
        self.faults = faults
        self.table = Table(section, file)
        self.has_unknown_column = False

    def fault(self, code: str, place: Place, value: object, line: int, rule: str = "", cure: str = "") -> None:
        """Report a fault at a line of the table."""
        self.faults.add(code, place, value, rule=rule, cure=cure, file=self.table.file, line=line)

    def read(self) -> Table:
        """Return the table, without what is wrong."""
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        plan: list[tuple[str, Column] | None] | None = None
        start = 1
        try:
            for cells in reader:
                if plan is None:
                    if not any(cell.strip() for cell in cells):
                        start = reader.line_num + 1
                        continue
                    plan = self.header(cells, start)
                    if plan is None:
                        self.table.is_whole = False
                        return self.table
                elif any(cells):
                    self.row(cells, plan, start)
                start = reader.line_num + 1
        except csv.Error as error:
            self.faults.add(
                "RE501", (), rule=f"the table must be valid CSV ({error})", file=self.table.file, line=start
            )
            self.table.is_whole = False
            return self.table
        if plan is None:
            self.table.is_whole = False
            self.faults.add("RE501", (), rule="the table must begin with column names", file=self.table.file, line=1)
        return self.table

    def header(self, names: list[str], line: int) -> list[tuple[str, Column] | None] | None:
        """Return the columns in the order of the table, or None where its rows cannot be told apart."""
        plan: list[tuple[str, Column] | None] = []
        seen: set[str] = set()
        for name in (name.strip() for name in names):
            column = self.columns.get(name)
            if column is None:
                self.has_unknown_column = True
                cure = self.faults.near(name, self.columns)
                if len(names) == 1 and (";" in name or "\t" in name):
                    cure = "separate the columns with commas"
                self.fault("RE502", (name,), name, line, rule="is not a column of this table", cure=cure)
            elif name in seen:
                self.fault("RE508", (name,), name, line)
                column = None
            seen.add(name)
            plan.append(None if column is None else (name, column))
        if "id" not in seen:
            self.faults.add("RE503", ("id",), file=self.table.file, line=line)
            return None
        return plan

    def row(self, cells: list[str], plan: list[tuple[str, Column] | None], line: int) -> None:
        """Take one row."""
        section = self.table.section
        values: dict[str, Any] = {}
        key = next(
            cell.strip()
            for cell, known in zip(cells + [""] * len(plan), plan, strict=False)
            if known and known[0] == "id"
        )
        if not key:
            self.faults.add("RE112", ("id",), rule="every row must have an id", file=self.table.file, line=line)
            self.table.is_whole = False
            return
        if len(cells) > len(plan) and any(cells[len(plan) :]):
            cure = "separate several values in one cell with ; and put a text that holds a comma in quotes"
            self.fault("RE505", (section, key), f"{len(cells)} cells for {len(plan)} columns", line, cure=cure)
        for cell, known in zip(cells, plan, strict=False):
            text = cell.strip()
            if not text or known is None or known[0] == "id":
                continue
            name, column = known
            value = cell_value(text, column.kind)
            if value is None:
                rule = f"{name} {EXPECTED[column.kind]}"
                cure = share_meant(text) if name == "probability" else ""
                cure = length_meant(text) if column.kind in ("estimate", "parameter") else cure
                self.fault("RE506", (section, key, *column.place), cell, line, rule, cure)
                self.silence(section, key, column)
                continue
            self.put(values, column, value, (section, key), line)
        if section == "risks":
            self.take_risk(key, values, line)
        elif key in self.table.rows:
            self.fault(
                "RE504", (section, key), key, line, rule=f"id given twice (first at line {self.table.lines[key]})"
            )
        else:
            self.table.rows[key] = values
            self.table.lines[key] = line
            if self.has_unknown_column and "duration" not in values:
                self.faults.silence((section, key, "duration"))

    def silence(self, section: str, key: str, column: Column) -> None:
        """Say no more about a field whose fault has been told."""
        field = "duration" if column.place[0] == "milestone" else column.place[0]
        self.faults.silence((section, key) if section == "risks" else (section, key, field))

    def put(self, values: dict[str, Any], column: Column, value: Any, place: Place, line: int) -> None:
        """Put a value at its place in the document of a row."""
        here = values
        for part in column.place[:-1]:
            below = here.setdefault(part, {})
            if not isinstance(below, dict):
                self.fault("RE509", (*place, *column.place[:-1]), value, line)
                self.silence(str(place[0]), str(place[1]), column)
                return
            here = below
        if column.place[-1] in here:
            self.fault("RE509", (*place, *column.place), value, line)
            self.silence(str(place[0]), str(place[1]), column)
            return
        here[column.place[-1]] = value

    def take_risk(self, key: str, values: dict[str, Any], line: int) -> None:
        """Take a row of a register: a first row describes the risk, further rows of its id add impacts."""
        targets = values.pop("target", [])
        impact = {effect: values.pop(effect) for effect in EFFECTS if effect in values}
        risk = self.table.rows.get(key)
        if risk is None:
            risk = self.table.rows[key] = values
            self.table.lines[key] = line
        elif values:
            first = self.table.lines[key]
            rule = f"a further row of a risk must hold an impact only (first at line {first})"
            self.fault("RE504", ("risks", key), key, line, rule=rule)
            return
        if not impact and not targets:
            return
        if not targets:
            self.fault("RE112", ("risks", key, "target"), "", line, rule="an impact must have a target")
        impacts = risk.setdefault("impacts", {})
        for target in targets:
            if target in impacts:
                self.fault("RE504", ("risks", key, "impacts", target), target, line)
            else:
                impacts[target] = dict(impact)


EXPECTED: Final[Mapping[str, str]] = {
    "list": "must be texts with ; between them",
    "flag": "must be true or false",
    "number": "must be a number",
    "units": "must be resources such as welder=2;crane=1",
    "estimate": "must be a number, a time such as 25d, or low;most_likely;high",
    "parameter": "must be a number, or a time such as 25d",
}


def combined(tables: Mapping[str, Any], table: Table, faults: Faults, file: str) -> dict[str, Any]:
    """Return a section of the file together with the rows of a table; what both give is reported."""
    whole: dict[str, Any] = dict(table.rows)
    for key, value in tables.items():
        row = whole.get(key)
        if row is None:
            whole[key] = value
        elif not isinstance(value, dict):
            faults.add("RE504", (table.section, key), file=file)
        else:
            whole[key] = joined_fields(row, value, (table.section, key), faults, file)
    return whole


def joined_fields(row: Mapping[str, Any], table: Mapping[str, Any], place: Place, faults: Faults, file: str) -> Any:
    """Return the fields of a row and of the file; costs, impacts and resources are joined part by part."""
    whole = dict(row)
    for key, value in table.items():
        below = whole.get(key)
        if below is None:
            whole[key] = value
        elif (
            len(place) == 2
            and key in ("cost", "impacts", "resources", "imported")
            and isinstance(below, dict)
            and isinstance(value, dict)
        ):
            whole[key] = joined_fields(below, value, (*place, key), faults, file)
        else:
            rule = "a field must be given in the table or in the file, not in both"
            faults.add("RE504", (*place, key), value, rule=rule, file=file)
    return whole
