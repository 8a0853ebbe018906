"""The cells of a file of work items: CSV of any country, a workbook, or the JSON of a tool."""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from riskengine.importers.items.headings import Header, Spellings, find_header
from riskengine.importers.items.item_map import ItemMap
from riskengine.importers.items.json_text import json_sheet
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.importers.sheets.file_bytes import is_workbook, read_bytes
from riskengine.importers.sheets.workbook import LARGEST as LARGEST_BOOK
from riskengine.importers.sheets.workbook import read_workbook
from riskengine.scenario.tables.delimited import (
    HEAD_ROWS,
    SEPARATORS,
    Limits,
    Problem,
    reading,
    separator_note,
)
from riskengine.scenario.tables.encodings import table_text
from riskengine.scenario.tables.sheets import Sheet, Value, is_blank

LARGEST: Final = 96 * 2**20
"""Bytes of a file: decoded, each may become a character of four."""

MOST_ROWS, MOST_COLUMNS = 200_000, 4_000
LIMITS: Final = Limits(rows=MOST_ROWS, columns=MOST_COLUMNS, cells=40_000_000)
NUMBER: Final = re.compile(r"\s*\d{1,15}(?:[.,]\d{1,15})?\s*", re.ASCII)
LINE: Final = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
FIRST_SIGN: Final = re.compile(r"\s*+(\S?)")
MOST_HEAD: Final = 4 * 2**20
"""Characters in which the headings are looked for."""


@dataclass(slots=True)
class Source:
    """What a file holds before anybody says which column is what: its worksheets, or its text.

    Attributes
    ----------
    file : str
        As the user named it.
    sheets : list of Sheet
        Whole worksheets; of a text, its first rows, once for each separator.
    text : str
        The text of a CSV file, empty otherwise.
    """

    file: str
    sheets: list[Sheet]
    text: str = ""
    notes: list[str] = field(default_factory=list)


def open_source(path: Path, encoding: str, faults: SheetFaults) -> Source | None:
    """Return what a file holds, None after a fault; its content tells what it is, not its name."""
    raw = read_bytes(path, LARGEST, faults)
    if raw is None:
        return None
    is_book = is_workbook(raw)
    most = LARGEST_BOOK if is_book else LARGEST
    if len(raw) > most:
        faults.file("RE896", rule=f"the file must be at most {most // 2**20} MiB")
        return None
    if is_book:
        sheets = read_workbook(raw, "", faults)
        return Source(str(path), sheets) if not faults.issues else None
    content = table_text(raw, encoding, cure="--encoding names another")
    if isinstance(content, Problem):
        faults.file("RE880", rule=f"the file {content.rule}", line=content.line, cure=content.cure)
        return None
    text, note = content
    del raw
    first = FIRST_SIGN.match(text)
    sign = first[1] if first is not None else ""
    if sign in ("{", "["):
        sheet = json_sheet(text, str(path), faults)
        return None if sheet is None else Source(str(path), [sheet], notes=sheet.notes)
    if not sign:
        faults.file("RE880", rule="the file must not be empty", cure="export it anew")
        return None
    head = text[:MOST_HEAD]
    heads = [reading(head, separator, str(path), LIMITS, HEAD_ROWS)[0] for separator in SEPARATORS]
    return Source(str(path), heads, text, [note] if note else [])


def chosen_sheet(source: Source, item_map: ItemMap, faults: SheetFaults) -> tuple[Sheet, Header] | None:
    """Return the sheet that has most headings of a map, and its headings; None after a fault.

    Of a text it is read whole then, and of its rows only the columns that are used are kept.
    """
    spellings = Spellings(item_map)
    sheets = [sheet for sheet in source.sheets if not item_map.sheet or source.text or sheet.name == item_map.sheet]
    headers = [(header, sheet) for sheet in sheets if (header := find_header(sheet, spellings)) is not None]
    most = max((header.score() for header, _ in headers), default=0)
    best = [(header, sheet) for header, sheet in headers if header.score() == most]
    if not best:
        _no_headings(source, item_map, faults)
        return None
    if len(best) > 1:
        names = ", ".join(f'"{sheet.name}"' for _, sheet in best) if not source.text else "several separators"
        rule = "it must be clear which worksheet holds the items, and what separates columns"
        faults.file("RE877", rule=rule, value=names, cure='name the worksheet in a map: sheet = "..."')
        return None
    header, sheet = best[0]
    if source.text:
        whole = read_rows(source, sheet, header, faults)
        return None if whole is None else (whole, header)
    return sheet, header


def _mark(cell: str) -> str:
    """Return what is kept of a cell that is not read: whether there is something, and whether it is a number."""
    first = cell.lstrip()[:1]
    return first if not first.isdecimal() or NUMBER.fullmatch(cell) else "x"


def _no_headings(source: Source, item_map: ItemMap, faults: SheetFaults) -> None:
    """Report that no row has the headings of a map, and which ones the fullest row has."""
    rows = [row for sheet in source.sheets for row in sheet.rows[:HEAD_ROWS]]
    fullest = max(rows, key=lambda row: sum(not is_blank(value) for value in row), default=[])
    there = ", ".join(str(value).strip() for value in fullest if isinstance(value, str) and value.strip())
    faults.file(
        "RE877",
        rule=f"a row of headings of the map {item_map.name} must be among the first 30 rows",
        value=there[:300],
        cure="choose another --map, or print this one with --show-map, write these headings into it and give that file",
        line=1,
    )


def read_rows(source: Source, head: Sheet, header: Header, faults: SheetFaults) -> Sheet | None:
    """Return the rows of a text, below the headings only the columns that are used; a text stays as it is written."""
    used = header.used()
    widths: list[int] = []
    sheet = Sheet(source.file, "", [], [], widths=widths, separator=head.separator)
    lines = (match.group() for match in LINE.finditer(source.text))  # a stream would copy the whole text
    records = csv.reader(lines, delimiter=head.separator, strict=True)
    start, cells = 1, 0
    try:
        for number, record in enumerate(records):
            cells += len(record)
            if number >= LIMITS.rows or len(record) > LIMITS.columns or cells > LIMITS.cells:
                rule = f"the file must have no more than {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns"
                faults.file("RE896", rule=rule, line=start)
                return None
            is_above = number <= header.row
            row: list[Value] = [cell if is_above or index in used else _mark(cell) for index, cell in enumerate(record)]
            sheet.rows.append(row)
            sheet.lines.append(start)
            widths.append(len(record))
            start = records.line_num + 1
    except csv.Error as error:
        faults.file("RE880", rule=f"the file must be valid CSV ({error})", line=start)
        return None
    sheet.has_last_line_end = source.text.endswith(("\n", "\r"))
    source.notes.append(separator_note(head.separator))
    return sheet
