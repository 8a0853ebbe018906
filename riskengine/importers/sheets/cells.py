"""What the library that reads workbooks does not tell of a worksheet: formulas, errors, percentages, what is hidden."""

import re
import zipfile
from dataclasses import dataclass, field
from typing import Final

from riskengine.importers.sheets.parts import TRUE, RefusedPart, scan
from riskengine.importers.sheets.styles import AS_CELL, STRUCK, UNSTRUCK, Styles, TextScan
from riskengine.scenario.tables.sheets import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
INVISIBLE: Final = 2.0
"""Points of height, or characters of width, below which a row or column cannot be seen."""

EMPTY_TEXT: Final = '""'
LONGEST_VALUE: Final = 40
LONGEST_FORMULA: Final = 8192
"""Characters, as many as Excel takes."""

SPANNING: Final = ("array", "dataTable")
"""Kinds of formulas that give values to cells beside their own."""


@dataclass(slots=True)
class SheetFacts:
    """What a worksheet says beside the values of its cells; rows and columns count from 0.

    Attributes
    ----------
    marks : dict
        Kind and content by row and column: ``percent``; ``error`` with the error; ``formula`` where the result of a
        formula is not stored.
    filled : dict
        By row, a 1 for each column whose cell shows something.
    formulas : int
        Cells whose value is the stored result of a formula.
    nothing : list
        Cells of formulas whose result is an empty text.
    hidden_rows, hidden_columns : set of int
    struck, half_struck : set
        Cells by row and column that are struck through as a whole, or in part.
    may_strike : bool
        Whether a conditional format can strike cells through.
    indents : list of tuple
        Row, column and steps of texts that their format indents.
    """

    marks: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    filled: dict[int, bytearray] = field(default_factory=dict)
    formulas: int = 0
    nothing: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    half_struck: set[tuple[int, int]] = field(default_factory=set)
    may_strike: bool = False
    indents: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """One cell while its XML goes by."""

    kind: str = "n"
    style: int = 0
    value: str = ""
    formula: str | None = None
    formula_kind: str = ""
    spanned: str = ""
    shared: str = ""
    text: TextScan = field(default_factory=TextScan)


class SheetScan:
    """Looks at the XML of one worksheet as it goes by.

    Parameters
    ----------
    styles : Styles
        The cell styles of the workbook.
    texts : list of int
        Its shared texts, each as bits.
    asks_to_compute : bool
        Whether the workbook wants its formulas computed when it is opened.
    """

    def __init__(self, styles: Styles, texts: list[int], *, asks_to_compute: bool) -> None:
        self.facts = SheetFacts()
        self.styles = styles
        self.texts = texts
        self.asks_to_compute = asks_to_compute
        self.cell: Cell | None = None
        self.row = self.column = -1
        self.inside = ""
        self.cells = 0
        self.hides_rows = False
        self.spans: list[tuple[int, int, int, int]] = []
        self.shared: dict[str, str] = {}
        self.zeros: set[tuple[int, int]] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "row":
            self.begin_row(attributes)
        elif name == "c":
            self.begin_cell(attributes)
        elif name == "sheetFormatPr":
            self.hides_rows = attributes.get("zeroHeight", "") in TRUE
        elif name == "col":
            self.take_width(attributes)
        elif name == "cfRule":
            dxf = attributes.get("dxfId", "")
            self.facts.may_strike |= dxf.isdecimal() and int(dxf) in self.styles.conditional
        elif self.cell is not None:
            if name == "f":
                self.inside = "f"
                self.cell.formula = ""
                self.cell.formula_kind = attributes.get("t", "")
                self.cell.spanned = attributes.get("ref", "")
                self.cell.shared = attributes.get("si", "") if self.cell.formula_kind == "shared" else ""
            elif name == "v":
                self.inside = "v"
            else:
                self.cell.text.start(name, attributes)

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self.cell is None:
            return
        if self.inside == "v" and len(self.cell.value) < LONGEST_VALUE:
            self.cell.value += piece
        elif self.inside == "f" and self.cell.formula is not None and len(self.cell.formula) < LONGEST_FORMULA:
            self.cell.formula += piece
        elif not self.inside:
            self.cell.text.text(piece)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self.cell is None:
            return
        if name in ("v", "f"):
            self.inside = ""
        elif name == "c":
            self.finish_cell(self.cell)
            self.cell = None
        else:
            self.cell.text.end(name)

    def begin_row(self, attributes: dict[str, str]) -> None:
        """Take the beginning of a row."""
        self.row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else self.row + 1
        self.column = -1
        height = number(attributes.get("ht", ""))
        is_default = self.hides_rows and "hidden" not in attributes and height is None
        if self.row >= MOST_ROWS:
            return
        if is_default or attributes.get("hidden", "") in TRUE or (height is not None and height < INVISIBLE):
            self.facts.hidden_rows.add(self.row)

    def begin_cell(self, attributes: dict[str, str]) -> None:
        """Take the beginning of a cell."""
        place = place_of(attributes.get("r", ""))
        self.row, self.column = place if place else (self.row, self.column + 1)
        style = attributes.get("s", "0")
        self.cell = Cell(attributes.get("t", "n"), int(style) if style.isdecimal() else -1)
        if not 0 <= self.cell.style < max(self.styles.count, 1):
            raise RefusedPart(f"the style of a cell at row {self.row + 1} is missing")

    def take_width(self, attributes: dict[str, str]) -> None:
        """Take the width of columns."""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        width = number(attributes.get("width", ""))
        is_hidden = attributes.get("hidden", "") in TRUE or (width is not None and width < INVISIBLE / 4)
        if is_hidden and first.isdecimal() and last.isdecimal():
            self.facts.hidden_columns.update(range(int(first) - 1, min(int(last), MOST_COLUMNS)))

    def finish_cell(self, cell: Cell) -> None:
        """Take the end of a cell: what it shows, whether its value is the stored result of a formula."""
        here = (self.row, self.column)
        bits = cell.text.bits or self.bits_of(cell)
        has_formula = cell.formula is not None
        if has_formula or bits:
            self.cells += 1
            if self.cells > MOST_CELLS or self.row >= MOST_ROWS or self.column >= MOST_COLUMNS:
                raise RefusedPart(f"a cell at row {self.row + 1}, column {self.column + 1}: too large for a register")
        if cell.kind == "e":
            self.facts.marks[here] = ("error", cell.value.strip() or "an error")
        elif has_formula and not self.has_result(cell, bits):
            self.facts.marks[here] = ("formula", "")
        elif has_formula and bits:
            self.facts.formulas += 1
        elif has_formula:
            self.facts.nothing.append(here)
        if bits and cell.kind == "n" and cell.style in self.styles.percent:
            self.facts.marks.setdefault(here, ("percent", ""))
        if bits and self.is_placeholder(cell):
            self.zeros.add(here)
        if bits:
            self.facts.filled.setdefault(self.row, bytearray(MOST_COLUMNS))[self.column] = 1
            self.take_strike(here, bits, cell.style)
            if cell.style in self.styles.indents and cell.kind != "n":
                self.facts.indents.append((*here, self.styles.indents[cell.style]))
        if cell.formula_kind in SPANNING and cell.spanned:
            self.take_span(cell.spanned)

    def bits_of(self, cell: Cell) -> int:
        """Return the bits of the value of a cell; 0 where it shows nothing."""
        value = cell.value.strip()
        if cell.kind == "s" and value.isdecimal() and int(value) < len(self.texts):
            return self.texts[int(value)]
        return AS_CELL if value else 0

    def has_result(self, cell: Cell, bits: int) -> bool:
        """Return whether the value in a cell with a formula can be the result of that formula.

        Notes
        -----
        Programs that write formulas without computing them store nothing, an empty value, or a 0 and ask for the
        workbook to be computed when it is opened. An empty text is a result where the formula has one in it.
        """
        formula = cell.formula or ""
        if cell.shared:
            formula = self.shared.setdefault(cell.shared, formula)
        if not bits:
            return cell.kind == "str" and EMPTY_TEXT in formula and not self.asks_to_compute
        return not self.is_placeholder(cell)

    def is_placeholder(self, cell: Cell) -> bool:
        """Return whether a value may stand in for a result: a 0 in a workbook that asks to be computed."""
        return self.asks_to_compute and cell.kind == "n" and number(cell.value) == 0

    def take_strike(self, here: tuple[int, int], bits: int, style: int) -> None:
        """Note whether a cell is struck through, as a whole or in part."""
        if bits & AS_CELL:
            bits |= STRUCK if style in self.styles.struck else UNSTRUCK
        if bits & STRUCK:
            (self.facts.half_struck if bits & UNSTRUCK else self.facts.struck).add(here)

    def take_span(self, reference: str) -> None:
        """Remember the cells that a formula gives values to beside its own."""
        first, _, last = reference.partition(":")
        top, bottom = place_of(first), place_of(last or first)
        if top is None or bottom is None or bottom[0] >= MOST_ROWS or bottom[1] >= MOST_COLUMNS:
            raise RefusedPart(f"a formula over {reference[:LONGEST_VALUE]}: too large for a register")
        self.cells += (bottom[0] - top[0] + 1) * (bottom[1] - top[1] + 1)
        if self.cells > MOST_CELLS:
            raise RefusedPart(f"a formula over {reference[:LONGEST_VALUE]}: too large for a register")
        self.spans.append((*top, *bottom))

    def finish(self) -> SheetFacts:
        """Return what was seen; cells that a formula spans and that store nothing have no result either."""
        none = bytearray(MOST_COLUMNS)
        shown_empty = set(self.facts.nothing)
        for top, left, bottom, right in self.spans:
            for row in range(top, bottom + 1):
                filled = self.facts.filled.get(row, none)
                for column in range(left, right + 1):
                    has_value = filled[column] and (row, column) not in self.zeros
                    if not has_value and (row, column) not in shown_empty:
                        self.facts.marks.setdefault((row, column), ("formula", ""))
        return self.facts


def read_facts(
    stream: zipfile.ZipFile, part: str, styles: Styles, texts: list[int], *, asks_to_compute: bool
) -> SheetFacts:
    """Return what a worksheet says beside the values of its cells.

    Raises
    ------
    RefusedPart
        When the worksheet is damaged, or larger than a register can be.
    """
    sheet = SheetScan(styles, texts, asks_to_compute=asks_to_compute)
    scan(stream, part, sheet.start, sheet.end, sheet.text)
    return sheet.finish()


def number(text: str) -> float | None:
    """Return the number that a text is, or None."""
    try:
        return float(text)
    except ValueError:
        return None


def place_of(reference: str) -> tuple[int, int] | None:
    """Return row and column of a reference such as F12, both from 0, or None where it is none."""
    named = REFERENCE.fullmatch(reference.replace("$", ""))
    return (int(named.group(2)) - 1, column_number(named.group(1))) if named and int(named.group(2)) else None


def column_number(name: str) -> int:
    """Return the number of a column from its letters: 0 for A."""
    number_ = 0
    for letter in name:
        number_ = 26 * number_ + ord(letter) - 64
    return number_ - 1
