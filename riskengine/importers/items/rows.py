"""The rows of a sheet as items: their texts as they stand there, rows that are no items left out and counted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from riskengine.importers.items.headings import Column, Header
from riskengine.importers.items.item_map import DATES, ItemMap
from riskengine.importers.items.numbers import number_of
from riskengine.importers.items.spelling import key_of
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import ERROR, Odd, Sheet, Value, cell_text, is_blank
from riskengine.scenario.tables.spelling import TOTALS

BLANKS_OF_A_STEP: Final = 3
"""Blanks that are as wide as a step of an indent by format."""

ROUNDED: Final = "E+"
NUMBERS: Final = ("low", "most_likely", "high", "estimate", "remaining", "spent", "points")


@dataclass(slots=True)
class Row:
    """One item as its row says it.

    Attributes
    ----------
    index : int
        Row in the sheet, from 0.
    id : str
        What other items refer to it by.
    name : str
        Its title, as it stands there.
    level : int or None
        Level in the tree, where titles are indented in columns or in blanks.
    """

    index: int
    id: str
    name: str
    level: int | None = None


@dataclass(slots=True)
class Rows:
    """The rows of a sheet that are items, and how their cells are read.

    Attributes
    ----------
    sheet : Sheet
    header : Header
    items : list of Row
        In the order of the sheet.
    left_out : dict
        Rows that are no items: a statement, and the places of it.
    """

    sheet: Sheet
    header: Header
    items: list[Row] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def cells(self, row: int, name: str) -> Iterator[tuple[Column, Value]]:
        """Yield the cells of a field that hold something, with their columns."""
        for column in self.header.columns.get(name, ()):
            value = self.sheet.cell(row, column.index)
            if not is_blank(value):
                yield column, value

    def texts(self, row: int, name: str) -> list[str]:
        """Return the texts of a field."""
        return [cell_text(value) for _, value in self.cells(row, name)]

    def has(self, name: str) -> bool:
        """Return whether the sheet has a column of a field."""
        return name in self.header.columns

    def place(self, row: int) -> str:
        """Return the row as a person finds it."""
        return f"row {self.sheet.lines[row]}"


class RowReader:
    """Tells which rows are items.

    Parameters
    ----------
    sheet, header
        As they were read.
    item_map : ItemMap
    faults : SheetFaults
    needs_titles : bool
        Whether there has to be a column of titles.
    """

    def __init__(
        self, sheet: Sheet, header: Header, item_map: ItemMap, faults: SheetFaults, *, needs_titles: bool = True
    ) -> None:
        self.needs_titles = needs_titles
        self.sheet, self.header, self.map, self.faults = sheet, header, item_map, faults
        self.rows = Rows(sheet, header)
        self.ids: dict[str, int] = {}
        self.headings = [key_of(cell_text(value)) for value in sheet.rows[header.row]]
        self.used = sorted(header.used())
        fields = {name: columns for name, columns in header.columns.items() if name not in DATES}
        self.titles = {column.index for column in (*header.levels.values(), *fields.get("name", ()))}
        columns = {column.index: column for named in (*fields.values(), header.levels.values()) for column in named}
        self.checked_columns = [columns[index] for index in sorted(columns)]
        self.numbers: dict[int, list[float | str]] = {}

    def read(self) -> Rows:
        """Return the rows that are items; every fault is collected."""
        if self.needs_titles and "name" not in self.header.columns and not self.header.levels:
            self.faults.heading("RE879", self.sheet, self.header.row, value="no column of titles")
        if "id" not in self.header.columns and not self.map.is_numbered:
            self.faults.heading("RE879", self.sheet, self.header.row, value="no column of ids")
        for row in range(self.header.row + 1, len(self.sheet.rows)):
            self.take(row)
        return self.rows

    def take(self, row: int) -> None:
        """Take a row for an item, or leave it out and say so."""
        values = self.sheet.rows[row]
        filled = [column for column, value in enumerate(values) if not is_blank(value)]
        if not filled:
            return
        if self.is_heading(row):
            self.rows.left_out["row|rows of headings in the middle of the file left out"].append(self.rows.place(row))
            return
        if not self.has_right_width(row, filled):
            return
        self.refuse_cells_without_value(row)
        name, level = self.title(row)
        id = self.id_of(row)
        if self.map.is_numbered and self.is_remark(row, id, name, level, filled=filled):
            return
        if not id and "id" in self.header.columns:
            self.faults.cell("RE882", self.sheet, row, None, rule="an item must have an id")
        elif not id and self.map.is_numbered:
            id = str(row - self.header.row)
        if id and id in self.ids:
            other = self.rows.place(self.ids[id])
            column = self.header.columns["id"][0]
            rule = f"an id must be there once, and is in {other} as well"
            self.faults.cell("RE882", self.sheet, row, column.index, column.heading, rule=rule)
        elif id:
            self.ids[id] = row
            self.rows.items.append(Row(row, id, name, level))

    def is_heading(self, row: int) -> bool:
        """Return whether a row repeats the headings, as exports of several pages do."""
        texts = [key_of(cell_text(self.sheet.cell(row, column))) for column in self.used]
        return texts == [self.headings[column] if column < len(self.headings) else "" for column in self.used]

    def has_right_width(self, row: int, filled: list[int]) -> bool:
        """Return whether a row has as many cells as there are headings; where not, nothing in it can be trusted."""
        if self.sheet.widths is None:
            return True
        width, full = self.sheet.widths[row], self.sheet.widths[self.header.row]
        if width == full or (width < full and len(filled) == 1 and self.map.is_numbered):
            return True
        rule = f"a row must have as many cells as there are headings: it has {width}, and they are {full}"
        cure = (
            "put quotes around texts that hold the separator" if width > full else "add the separators of empty cells"
        )
        self.faults.cell("RE881", self.sheet, row, None, rule=rule, cure=cure)
        return False

    def refuse_cells_without_value(self, row: int) -> None:
        """Report formulas without a stored value and errors such as #N/A; dates that nobody can tell have rules.

        A title is a text, and in CSV may well be #N/A.
        """
        for column in self.checked_columns:
            value = self.sheet.cell(row, column.index)
            is_text = isinstance(value, str) and column.index not in self.titles
            if value.has_no_value if isinstance(value, Odd) else is_text and ERROR.fullmatch(str(value).strip()):
                self.faults.cell("RE872", self.sheet, row, column.index, column.heading)

    def title(self, row: int) -> tuple[str, int | None]:
        """Return the title of a row and its level, where the tool or blanks before the title say it."""
        for level, column in sorted(self.header.levels.items()):
            value = self.sheet.cell(row, column.index)
            if not is_blank(value):
                return self.text(value), level
        cells = list(self.rows.cells(row, "name"))
        if not cells:
            return "", None
        column, value = cells[0]
        text = self.text(value)
        indent = len(value) - len(value.lstrip()) if isinstance(value, str) else 0
        indent += BLANKS_OF_A_STEP * self.sheet.indents.get((row, column.index), 0)
        return text, indent if self.map.is_numbered else None

    def text(self, value: Value) -> str:
        """Return a text as it stands in its cell, without the blanks around it."""
        return value.strip() if isinstance(value, str) else cell_text(value)

    def id_of(self, row: int) -> str:
        """Return the id of a row, empty where it has none; one that a spreadsheet rounded is none."""
        cells = list(self.rows.cells(row, "id"))
        if not cells:
            return ""
        column, value = cells[0]
        text = cell_text(value)
        if ROUNDED in text.upper() and text.upper().replace(ROUNDED, "").replace(".", "").isdigit():
            rule = "an id must be whole: a spreadsheet made a rounded number of it"
            self.faults.cell("RE882", self.sheet, row, column.index, column.heading, rule=rule)
        return text

    def is_remark(self, row: int, id: str, name: str, level: int | None, *, filled: list[int]) -> bool:
        """Return whether a row of a list is no task: a heading of a phase, a total, or a note."""
        has_ids = "id" in self.header.columns
        numbers = [cell for name_ in NUMBERS for cell in self.rows.cells(row, name_)]
        has_predecessors = any(True for _ in self.rows.cells(row, "predecessors"))
        is_total = key_of(name).rstrip(":").strip() in TOTALS
        if is_total and not (has_ids and id) and not has_predecessors:
            if has_ids or self.is_sum(row):
                self.rows.left_out["total|totals left out"].append(self.rows.place(row))
                return True
            rule = "a row called a total must be the sum of the rows above, or have a number as a task has"
            self.faults.cell("RE893", self.sheet, row, None, rule=rule)
            return True
        if is_total and numbers and self.is_sum(row):
            statement = "row|rows called a total and the sum of those above, but with a number: taken for a task|tasks"
            self.rows.left_out[statement].append(self.rows.place(row))
        if has_ids and not id and not numbers and not has_predecessors:
            self.rows.left_out["row|rows without a number left out as a heading or a note"].append(self.rows.place(row))
            return True
        if len(filled) == 1 and not numbers and (id or (not has_ids and not self.is_parent(row, level))):
            self.rows.left_out["note|notes or headings of one cell left out"].append(self.rows.place(row))
            return True
        return False

    def is_parent(self, row: int, own_level: int | None) -> bool:
        """Return whether the next row with a title is indented more than this one; without a title it has no level."""
        if own_level is None:
            return False
        for below in range(row + 1, len(self.sheet.rows)):
            title, level = self.title(below)
            if title:
                return level is not None and level > own_level
        return False

    def is_sum(self, row: int) -> bool:
        """Return whether the numbers of a row, if it has any, are the sums of those above it."""
        for name in NUMBERS:
            for column, value in self.rows.cells(row, name):
                total = number_of(value)
                whole = sum(number for number in self.numbers_above(column.index) if isinstance(number, float))
                if isinstance(total, str) or abs(total - whole) > 1e-6 * max(1.0, abs(whole)):
                    return False
        return True

    def numbers_above(self, column: int) -> list[float | str]:
        """Return what the items so far have in a column of numbers; each cell is read once, however many totals."""
        numbers = self.numbers.setdefault(column, [])
        numbers += [number_of(self.sheet.cell(item.index, column)) for item in self.rows.items[len(numbers) :]]
        return numbers
