"""Reading tables of tasks and of risks, from CSV and from workbooks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.model.format import FORMAT
from riskengine.scenario.tables.cells import DATED, CellFault, CellReader, decimal_mark, predecessors
from riskengine.scenario.tables.columns import RISK_COLUMNS, TASK_COLUMNS, Column
from riskengine.scenario.tables.delimited import cut_row, filled_rows
from riskengine.scenario.tables.headings import Headings, find_headings
from riskengine.scenario.tables.sheet_notes import fill_merged, marked_note, struck_note, view_notes
from riskengine.scenario.tables.sheets import Odd, Sheet, cell_text, has_cells, is_blank, letters
from riskengine.scenario.tables.work_items import HEADINGS_OF_ITEMS, ITEMS_MEANT, TIME_MEANT
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.quantities import length_meant, share_meant

COLUMNS: Final[Mapping[str, Mapping[str, Column]]] = {"tasks": TASK_COLUMNS, "risks": RISK_COLUMNS}
NUMERIC: Final = ("number", "estimate", "parameter")
UNREADABLE: Final[Mapping[str, str]] = {"error": "RE872", "formula": "RE872", "half struck": "RE873"}
"""Codes of cells that cannot be read as they stand."""

REGISTER_MEANT: Final = (
    'a register as people keep it is read with risks_mapping = "map.toml" beside it; that file may be empty'
)


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
            keys: Any = range(len(here)) if isinstance(here, list) else here if isinstance(here, dict) else ()
            if part not in keys:
                return None
            here = here[part]
        return self.lines[str(place[1])]


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column that is read: where it stands, its name in the format, what it holds, the unit of plain numbers."""

    index: int
    name: str
    column: Column
    unit: str


@dataclass(frozen=True, slots=True)
class ColumnsRead:
    """The columns of a table, told once for all its rows: that of the ids, the others, how many there are in all."""

    id: int
    others: tuple[ColumnRead, ...]
    count: int


class TableReader:
    """Reads one table, row by row; a fault of one row hides none of another.

    Parameters
    ----------
    section : str
        ``tasks`` or ``risks``.
    sheet : Sheet
        The cells.
    faults : Faults
        Where faults go.
    hints : list of str
        Where sentences go about what was guessed.
    """

    def __init__(self, section: str, sheet: Sheet, faults: Faults, hints: list[str]) -> None:
        self.columns = COLUMNS[section]
        self.sheet = sheet
        self.faults = faults
        self.hints = hints
        self.table = Table(section, sheet.file)
        self.has_unknown_column = False
        self.cells = CellReader(".")

    def fault(self, code: str, place: Place, value: object, line: int, rule: str = "", cure: str = "") -> None:
        """Report a fault at a line of the table."""
        self.faults.add(code, place, value, rule=rule, cure=cure, file=self.table.file, line=line)

    def read(self) -> Table:
        """Return the table, without what is wrong."""
        is_task = self.table.section == "tasks"
        headings = find_headings(self.sheet, self.columns, is_task=is_task)
        if headings is None:
            self.faults.add("RE501", (), rule="the table must begin with column names", file=self.table.file, line=1)
            self.table.is_whole = False
            return self.table
        plan = self.header(headings)
        if plan is None:
            self.table.is_whole = False
            return self.table
        fills = {index for index, heading in enumerate(plan) if heading and heading[1].kind in ("text", "list")}
        columns = columns_read(plan, headings)
        _, covered = fill_merged(self.sheet, headings.row, lambda column: column in fills - {columns.id})
        rows = filled_rows(self.sheet, headings.row)
        self.check_widths(headings)
        self.cells = CellReader(self.mark(plan, rows))
        for row in rows:
            self.row(row, columns)
        if is_task:
            self.name_predecessors()
        self.say(plan, headings, rows, covered)
        return self.table

    def mark(self, plan: list[tuple[str, Column] | None], rows: list[int]) -> str:
        """Return the decimal mark: the point where commas separate, else what the numbers show."""
        if self.sheet.separator == ",":
            return "."
        numeric = [index for index, heading in enumerate(plan) if heading and heading[1].kind in NUMERIC]
        cells = (self.sheet.cell(row, index) for row in rows for index in numeric)
        return decimal_mark(cell for cell in cells if isinstance(cell, str))

    def check_widths(self, headings: Headings) -> None:
        """Report a last row that is cut off; rows that are too long are reported one by one."""
        last = cut_row(self.sheet, headings.row)
        if last is not None:
            self.faults.add("RE874", (), file=self.table.file, line=self.sheet.lines[last])

    def header(self, headings: Headings) -> list[tuple[str, Column] | None] | None:
        """Return the columns in the order of the table, or None where its rows cannot be told apart."""
        line = self.sheet.lines[headings.row]
        plan: list[tuple[str, Column] | None] = []
        seen: dict[str, str] = {}
        for index, (text, meaning) in enumerate(zip(headings.texts, headings.meanings, strict=True)):
            value = self.sheet.cell(headings.row, index)
            name = meaning.name if meaning is not None else text
            column = self.columns.get(name) if meaning is not None else None
            if isinstance(value, Odd) and value.kind in UNREADABLE:
                self.has_unknown_column = True
                self.fault(
                    UNREADABLE[value.kind], (self.sheet.place(headings.row, index), "heading"), value.display_text, line
                )
            elif column is None and (text or self.is_used(headings.row, index)):
                self.has_unknown_column = True
                self.fault("RE502", (text,), text, line, rule="is not a column of this table", cure=self.meant(text))
            elif name in seen:
                others = f' (beside "{seen[name]}")' if seen[name] != text else ""
                rule = f"{CATALOGUE['RE508'].rule}{others}" if others else ""
                self.fault("RE508", (text,), text, line, rule=rule)
                column = None
            seen.setdefault(name, text)
            plan.append(None if column is None else (name, column))
        if not any(heading and heading[0] == "id" for heading in plan):
            cure = REGISTER_MEANT if self.table.section == "risks" else ITEMS_MEANT
            cure = cure if self.has_unknown_column else ""
            self.faults.add("RE503", ("id",), file=self.table.file, line=line, cure=cure)
            return None
        return plan

    def is_used(self, header: int, index: int) -> bool:
        """Return whether a column without a heading holds something; where rows have a length, they are too long."""
        if self.sheet.widths is not None:
            return True
        return any(not is_blank(self.sheet.cell(row, index)) for row in range(header + 1, len(self.sheet.rows)))

    def meant(self, text: str) -> str:
        """Return what a heading may have meant that is not understood."""
        near = self.faults.near(text, self.columns)
        if self.table.section == "risks":
            return f"{near} {REGISTER_MEANT}".strip()
        if self.table.section == "tasks" and text.strip().casefold() in HEADINGS_OF_ITEMS:
            return ITEMS_MEANT
        # First what is known: the column nearest to Finish is actual_finish, which would say that all is done.
        return TIME_MEANT.get(text.strip().casefold(), "") or near

    def row(self, row: int, columns: ColumnsRead) -> None:
        """Take one row."""
        section, line = self.table.section, self.sheet.lines[row]
        cells = self.sheet.rows[row]
        key = self.id(row, columns.id)
        if not key:
            self.table.is_whole = False
            return
        if len(cells) > columns.count and has_cells(cells[columns.count :]):
            cure = "separate several values in one cell with ; and put a text that holds a comma in quotes"
            self.fault(
                "RE505",
                (section, key),
                f"{counted(len(cells), 'cell')} for {counted(columns.count, 'column')}",
                line,
                cure=cure,
            )
        values: dict[str, Any] = {}
        for each in columns.others:
            if each.index >= len(cells) or is_blank(cells[each.index]):
                continue
            cell_value = self.value(row, each, key)
            if cell_value is None:
                self.silence(section, key, each.column)
            else:
                self.put(values, each.column, cell_value, (section, key), line)
        if section == "risks":
            self.take_risk(key, values, line)
        elif key in self.table.rows:
            first = self.table.lines[key]
            self.fault("RE504", (section, key), key, line, rule=f"id given twice (first at line {first})")
        else:
            self.table.rows[key] = values
            self.table.lines[key] = line
            if self.has_unknown_column and "duration" not in values:
                self.faults.silence((section, key, "duration"))

    def id(self, row: int, index: int) -> str:
        """Return the id of a row, empty after a fault."""
        value, line = self.sheet.cell(row, index), self.sheet.lines[row]
        place = ("id",)
        if isinstance(value, Odd):
            code = UNREADABLE.get(value.kind, "RE506")
            rule = "" if value.kind in UNREADABLE else f"id must be a text or a number; {DATED}"
            self.fault(code, (self.sheet.place(row, index), "id"), value.display_text, line, rule)
            return ""
        text = cell_text(value)
        if not text:
            self.faults.add("RE112", place, rule="every row must have an id", file=self.table.file, line=line)
        return text

    def value(self, row: int, where: ColumnRead, key: str) -> Any:
        """Return what a cell stands for, or None after a fault."""
        value, line, column = self.sheet.rows[row][where.index], self.sheet.lines[row], where.column
        if isinstance(value, Odd) and value.kind in UNREADABLE:
            rule = f"{CATALOGUE[UNREADABLE[value.kind]].rule} ({self.sheet.place(row, where.index)})"
            self.fault(UNREADABLE[value.kind], self.place(key, column), value.display_text, line, rule)
            return None
        detail = ""
        try:
            cell_value = self.cells.read(value, where.name, column, where.unit)
        except CellFault as error:
            cell_value, detail = None, f"; {error}"
        if cell_value is None:
            text = cell_text(value)
            rule = f"{where.name} {EXPECTED[column.kind]}{detail}"
            cure = share_meant(text) if where.name == "probability" else ""
            cure = length_meant(text) if column.kind in ("estimate", "parameter") and not detail else cure
            self.fault("RE506", self.place(key, column), text, line, rule=rule, cure=cure)
        return cell_value

    def place(self, key: str, column: Column) -> Place:
        """Return the place in the document of what a column says of an id."""
        return (self.table.section, key, *column.place)

    def name_predecessors(self) -> None:
        """Write the predecessors of all tasks as the format does, once the ids are known."""
        for values in self.table.rows.values():
            if "after" in values:
                values["after"] = predecessors(values["after"], self.table.rows, self.cells)

    def say(
        self, plan: list[tuple[str, Column] | None], headings: Headings, rows: list[int], covered: list[str]
    ) -> None:
        """Give hints of what was guessed, and of what a person would not see."""
        sheet = self.sheet
        if sheet.name or headings.row > 0:
            where = f"worksheet {sheet.name}, " if sheet.name else ""
            self.hints.append(f"{where}headings in row {sheet.lines[headings.row]}")
        for index, (text, meaning) in enumerate(zip(headings.texts, headings.meanings, strict=True)):
            if meaning is not None and plan[index] is not None and meaning.is_guessed:
                unit = f" in {meaning.unit}" if meaning.unit else ""
                self.hints.append(f'column {letters(index)} "{text}" is taken for {meaning.name}{unit}')
        self.hints += sheet.notes
        used = {index: headings.texts[index] for index, heading in enumerate(plan) if heading is not None}
        hidden = [row for row in rows if row in sheet.hidden_rows]
        names = [index for index, heading in enumerate(plan) if heading is not None and heading[0] in ("id", "name")]
        struck = [row for row in rows if any((row, index) in sheet.struck for index in names)]
        for marked, mark in ((hidden, "hidden or filtered out"), (struck, "struck through")):
            if marked:
                self.hints.append(marked_note(sheet, marked, mark))
        cells = [
            sheet.place(row, index)
            for row in rows
            if row not in struck
            for index in used
            if (row, index) in sheet.struck
        ]
        if cells:
            self.hints.append(struck_note(cells))
        self.hints += view_notes(sheet, headings.row, rows, used, covered)

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
        impact = {effect: values.pop(effect) for effect in FORMAT["impacts"] if effect in values}
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


def columns_read(plan: list[tuple[str, Column] | None], headings: Headings) -> ColumnsRead:
    """Return the columns of a table that are read, of a plan that has one for the ids."""
    columns = [
        ColumnRead(index, *heading, meaning.unit if meaning else "")
        for index, (heading, meaning) in enumerate(zip(plan, headings.meanings, strict=True))
        if heading is not None
    ]
    id_column = next(each.index for each in columns if each.name == "id")
    return ColumnsRead(id_column, tuple(each for each in columns if each.index != id_column), len(plan))


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
