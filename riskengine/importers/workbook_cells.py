"""What the library that reads workbooks does not tell of their cells: percentages, errors, formulas never computed."""

import re
import zipfile
from collections.abc import Callable
from posixpath import dirname, join, normpath
from typing import Final
from xml.parsers import expat

from riskengine.importers.sheets import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

BUILT_IN_PERCENT: Final = frozenset({"9", "10"})
REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
DEEPEST: Final = 64
QUOTED: Final = re.compile(r'"[^"]*"|\\.')

Start = Callable[[str, dict[str, str]], None]


class RefusedPart(Exception):
    """A part of a workbook that is not read: why, in words."""


def scan(
    stream: zipfile.ZipFile, part: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> None:
    """Walk over the XML of one part; document types are refused, and depth is capped."""
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise RefusedPart(f"{part} is nested too deeply")
        start(name.rpartition(" ")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(" ")[2])

    def doctype(*_: object) -> None:
        raise RefusedPart(f"{part} declares a document type")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        with stream.open(part) as content:
            parser.ParseFile(content)
    except expat.ExpatError as error:
        raise RefusedPart(f"{part} is no valid XML ({error})") from None
    except KeyError:
        raise RefusedPart(f"{part} is missing") from None


def nothing(*_: object) -> None:
    """Take no notice."""


def sheet_parts(stream: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each worksheet by its name."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}
    book = "xl/workbook.xml"

    def of_root(name: str, attributes: dict[str, str]) -> None:
        nonlocal book
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            book = attributes.get("Target", book).lstrip("/")

    def of_book(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            sheets[attributes.get("name", "")] = key

    def of_relations(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(book), target))
            targets[attributes.get("Id", "")] = whole

    if "_rels/.rels" in stream.namelist():
        scan(stream, "_rels/.rels", of_root, nothing, nothing)
    scan(stream, book, of_book, nothing, nothing)
    relations = f"{dirname(book)}/_rels/{book.rpartition('/')[2]}.rels"
    scan(stream, relations, of_relations, nothing, nothing)
    return {name: targets[key] for name, key in sheets.items() if key in targets}


def percent_styles(stream: zipfile.ZipFile) -> frozenset[int]:
    """Return the cell styles that show a number as a percentage."""
    part = "xl/styles.xml"
    if part not in stream.namelist():
        return frozenset()
    percents = set(BUILT_IN_PERCENT)
    found: set[int] = set()
    inside = False
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, count
        if name == "numFmt" and "%" in QUOTED.sub("", attributes.get("formatCode", "")):
            percents.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            if attributes.get("numFmtId", "0") in percents:
                found.add(count)
            count += 1

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    scan(stream, part, start, end, nothing)
    return frozenset(found)


def marks(stream: zipfile.ZipFile, part: str, percents: frozenset[int]) -> dict[tuple[int, int], str]:
    """Return the cells of a worksheet that are not what they seem, by row and column from 0.

    Returns
    -------
    dict
        ``%`` for a number that is shown as a percentage, else why the cell has no value.

    Raises
    ------
    RefusedPart
        When the worksheet is larger than a register can be.
    """
    found: dict[tuple[int, int], str] = {}
    here = (0, 0)
    kind = value = style = ""
    has_formula = has_value = inside = False
    row = column = -1
    cells = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal here, kind, value, style, has_formula, has_value, inside, row, column, cells
        if name == "row":
            row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else row + 1
            column = -1
        elif name == "c":
            named = REFERENCE.fullmatch(attributes.get("r", ""))
            column = column_number(named.group(1)) if named else column + 1
            row = int(named.group(2)) - 1 if named else row
            here = (row, column)
            kind, style = attributes.get("t", "n"), attributes.get("s", "")
            value, has_formula, has_value = "", False, False
        elif name == "f":
            has_formula = True
        elif name in ("v", "is"):
            inside = has_value = True
            cells += 1
            if cells > MOST_CELLS or row >= MOST_ROWS or column >= MOST_COLUMNS:
                raise RefusedPart(f"a cell at row {row + 1}, column {column + 1}: too large for a register")

    def text(words: str) -> None:
        nonlocal value
        if inside and len(value) < 40:
            value += words

    def end(name: str) -> None:
        nonlocal inside
        if name in ("v", "is"):
            inside = False
        elif name == "c":
            if kind == "e":
                found[here] = value or "an error"
            elif has_formula and not has_value:
                found[here] = "a formula without a stored value"
            elif has_value and kind == "n" and style.isdigit() and int(style) in percents:
                found[here] = "%"

    scan(stream, part, start, end, text)
    return found


def column_number(name: str) -> int:
    """Return the number of a column from its letters: 0 for A."""
    number = 0
    for letter in name:
        number = 26 * number + ord(letter) - 64
    return number - 1
