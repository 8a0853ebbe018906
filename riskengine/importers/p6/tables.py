"""The tables of an XER file: ``%T`` names a table, ``%F`` its fields, every ``%R`` is a row of it."""

import os
import stat
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.importers.neutral import ImportedCalendar
from riskengine.importers.p6.text import LOST, Decoding, decoding_of, lines_of

LARGEST_FILE: Final = 256 * 2**20
MOST_TASKS: Final = 100_000
MOST_ROWS: Final = 4_000_000
MOST_FIELDS: Final = 400
MOST_TABLES: Final = 500
MOST_CELLS: Final = 30_000_000
LONGEST_ROW: Final = 4_000_000
"""Characters of a row that is read."""

LARGEST_TABLES: Final = 400_000_000
"""Bytes of memory that the tables of a file, with what is made of them, may take; `Weight` estimates it."""

ROWS: Final = MappingProxyType({"TASK": 3_000, "PROJRISK": 3_000, "PRORISK": 3_000})
OTHER_ROW, CELL = 250, 8
"""Bytes that rows of some tables, other rows, and a cell take beside the texts in them: measured, and more."""

MOST_REPEATED: Final = 100_000
"""Different texts of cells that are looked for again, so that those that are equal take memory once."""

START: Final = ("ERMHDR", "%T")

PLAN: Final = ("PROJECT", "CALENDAR", "SCHEDOPTIONS", "PROJWBS", "TASK", "TASKPRED", "ACTVTYPE", "ACTVCODE", "TASKACTV")
MEANS: Final = ("CURRTYPE", "RSRC", "RSRCRATE", "TASKRSRC", "PROJCOST")
RISKS: Final = ("PROJRISK", "PRORISK", "TASKRISK", "RISKTYPE")
READ: Final = frozenset((*PLAN, *MEANS, *RISKS))
"""Tables that a reader uses; of the others only the rows are counted."""

USER: Final = frozenset(("UDFTYPE", "UDFVALUE"))
"""Tables of user fields, which are read where somebody asks for them: they may be the largest of all."""


@dataclass(slots=True)
class Table:
    """One table: the names of its fields, its rows, and the line of each row."""

    name: str
    names: list[str] = field(default_factory=list)
    fields: dict[str, int] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    count: int = 0
    wide: int = 0
    short: int = 0

    def __iter__(self) -> Iterator["Row"]:
        """Rows in the order of the file."""
        for cells, line in zip(self.rows, self.lines, strict=True):
            yield Row(self, cells, line)


@dataclass(slots=True)
class Row:
    """One row, asked by the names of its fields."""

    table: Table
    cells: list[str]
    line: int

    def get(self, name: str) -> str:
        """Return a field without spaces around it; empty where the row or the table does not have it."""
        try:
            return self.cells[self.table.fields[name]].strip()
        except (KeyError, IndexError):
            return ""


@dataclass(slots=True)
class Database:
    """What an XER file holds, table by table, and what was odd about it.

    ``size`` is how many characters it has, ``days`` how many exceptions the calendars have that were made of it;
    ``calendars`` holds those that were looked at, each with what in it means nothing, or with why it is none.
    """

    file: str
    encoding: str
    header: list[str]
    tables: dict[str, Table]
    read: frozenset[str] = READ
    baselines: set[str] = field(default_factory=set)
    has_end: bool = False
    last_line: str = ""
    last_number: int = 0
    lost: int = 0
    size: int = 0
    days: int = 0
    calendars: dict[str, tuple[ImportedCalendar, list[str]] | str] = field(default_factory=dict)
    decoding: Decoding | None = None
    notes: list[str] = field(default_factory=list)

    def rows(self, name: str) -> Iterator[Row]:
        """Rows of a table; none where there is no such table."""
        return iter(self.tables.get(name, ()))


class Strangers:
    """The tasks that no project of the file has, asked by their keys."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.keys: set[str] | None = None

    def __contains__(self, key: str) -> bool:
        if self.keys is None:
            self.keys = {row.get("task_id") for row in self.database.rows("TASK")}
        return key not in self.keys


def refused(code: str, value: str, file: str, line: int | None = None, cure: str = "") -> ScenarioError:
    """Return the refusal of a file for one fault."""
    entry = CATALOGUE[code]
    return ScenarioError(
        [Issue(code, "", rule=entry.rule, value=value, file=file, line=line, cure=cure or entry.clause)]
    )


def read_tables(path: Path, encoding: str = "", with_user_fields: bool = False) -> Database:
    """Read an XER file into tables of text.

    Raises
    ------
    ScenarioError
        When it is too large, cannot be opened, or is no XER file.
    """
    file = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe could keep us waiting for ever
            raise refused("RE101", "not a file", file)
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > LARGEST_FILE:
                raise refused("RE802", f"more than {LARGEST_FILE >> 20} MiB", file)
            decoding = decoding_of(stream, encoding)
            lines = lines_of(stream, decoding, LONGEST_ROW)
            database = tables_of(lines, decoding.encoding, file, READ | USER if with_user_fields else READ)
    except (LookupError, UnicodeError) as error:
        raise refused("RE803", encoding, file) from error
    except (OSError, ValueError) as error:
        raise refused("RE101", getattr(error, "strerror", None) or str(error), file) from error
    if not database.has_end:
        raise refused("RE819", f"an end in {database.last_line[-60:]!r}", file, database.last_number)
    is_exact = decoding.is_strict or decoding.encoding == "utf-8"
    database.decoding = decoding if is_exact else decoding._replace(lost=database.lost)
    return database


def tables_of(lines: Iterable[str], encoding: str, file: str, read: frozenset[str] = READ) -> Database:
    """Cut the lines of an XER file into tables."""
    database = Database(file, encoding, [], {}, read)
    cutter = Cutter(database)
    for number, line in enumerate(lines, 1):
        if line.strip("\ufeff\t \0\x1a"):
            if not database.last_number and not line.lstrip("\ufeff \t").startswith(START):
                raise refused("RE804", repr(line[:40]), file, 1)
            database.last_line, database.last_number = line, number
        database.size += len(line) + 1
        database.lost += line.count(LOST)
        cutter.line(line, number)
    if not database.last_number:
        raise refused("RE804", "''", file, 1)
    cutter.close()
    database.last_line = database.last_line.rstrip("\t \0\x1a")
    _describe(database)
    return database


class Weight:
    """What tables will take of memory, as far as they were read: refused in time, and before anything is made of them.

    Parameters
    ----------
    file : str
        What the file is called in messages.
    code : str
        Code of the refusal.
    """

    def __init__(self, file: str, code: str) -> None:
        self.file, self.code = file, code
        self.cells = self.bytes = 0
        self.repeated: dict[str, str] = {}

    def add(self, name: str, cells: list[str], line: int) -> list[str]:
        """Take a row of a table, and return it with texts that came before in place of its own."""
        repeated, weight = self.repeated, ROWS.get(name, OTHER_ROW) + CELL * len(cells)
        for place, cell in enumerate(cells):
            if len(cell) > 1:
                same = repeated.get(cell)
                if same is not None:
                    cells[place] = same
                    continue
                weight += sys.getsizeof(cell)
                if len(repeated) < MOST_REPEATED:
                    repeated[cell] = cell
                    weight += 2 * sys.getsizeof(line)
        self.cells += len(cells)
        self.bytes += weight
        if self.cells > MOST_CELLS:
            raise refused(self.code, f"more than {MOST_CELLS:,} fields", self.file, line)
        if self.bytes > LARGEST_TABLES:
            value = f"tables that take more than {LARGEST_TABLES // 10**6} MB of memory"
            raise refused(self.code, value, self.file, line)
        return cells


class Cutter:
    """Cuts lines into tables, one after the other.

    Parameters
    ----------
    database : Database
        Where the tables go.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.table: Table | None = None
        self.parts: list[str] = []
        self.size = 0
        self.weight = Weight(database.file, "RE806")

    def line(self, line: str, number: int) -> None:
        """Take one line of the file."""
        mark = line[:3]
        if mark == "%R\t" or line == "%R":
            self.close()
            self._row(line, number)
        elif mark in ("%T\t", "%T"):
            self.close()
            self._table(line[3:].strip().upper(), number)
        elif mark in ("%F\t", "%F"):
            self.close()
            self._fields([name.strip().lower() for name in line.split("\t", MOST_FIELDS + 1)[1:]], number)
        elif mark.startswith("%E") and line.rstrip("\x1a\0 \t") == "%E":
            self.close()
            self.table = None
            self.database.has_end = True
        elif line.startswith("ERMHDR"):
            self.database.header = self.database.header or line.split("\t", 20)
        elif self.parts and line.strip("\x1a\0 \t"):
            self.parts.append(line)  # a text of several lines goes on
            self._grow(len(line) + 1, number)

    def close(self) -> None:
        """Put the row that was begun into its table."""
        if not self.parts or self.table is None:
            return
        table, columns = self.table, len(self.table.names)
        cells = "\n".join(self.parts).split("\t", columns + 1)[1:]
        is_broken = any("\t" in part for part in self.parts[1:])
        self.parts = []
        if len(cells) > columns:
            if is_broken and table.name in PLAN and cells[columns]:
                raise refused(
                    "RE805", "a line that begins with no %R, %F, %T or %E", self.database.file, table.lines[-1] + 1
                )
            table.wide += bool(cells[columns])
            del cells[columns:]
        elif len(cells) < columns:
            table.short += 1  # P6 itself leaves out empty fields at the end of a row
        table.rows.append(self.weight.add(table.name, cells, table.lines[-1]))

    def _grow(self, size: int, number: int) -> None:
        """Count the characters of the row that was begun."""
        self.size += size
        if self.size > LONGEST_ROW:
            raise refused("RE806", f"more than {LONGEST_ROW:,} characters in one row", self.database.file, number)

    def _row(self, line: str, number: int) -> None:
        table = self.table
        if table is None or not table.names:
            raise refused("RE805", "a row before the names of its fields", self.database.file, number)
        table.count += 1
        if table.count > (MOST_TASKS if table.name == "TASK" else MOST_ROWS):
            raise refused(
                "RE806", f"more than {counted(table.count - 1, 'row')} of {table.name}", self.database.file, number
            )
        if table.name in self.database.read:
            self.parts, self.size = [line], 0
            self._grow(len(line), number)
            table.lines.append(number)

    def _table(self, name: str, number: int) -> None:
        tables = self.database.tables
        self.database.has_end = False  # several exports in one file: the last of them must end, too
        if name not in tables and len(tables) >= MOST_TABLES:
            raise refused("RE806", f"more than {MOST_TABLES} tables", self.database.file, number)
        self.table = tables.setdefault(name, Table(name))
        if self.table.names and name in self.database.read and len(self.database.notes) < MOST_TABLES:
            self.database.notes.append(f"table {name} comes twice, from line {number} again: both were read")

    def _fields(self, names: list[str], number: int) -> None:
        if self.table is None:
            raise refused("RE805", "names of fields before the name of a table", self.database.file, number)
        if len(names) > MOST_FIELDS:
            raise refused("RE806", f"more than {MOST_FIELDS} fields in {self.table.name}", self.database.file, number)
        if self.table.rows and names != self.table.names:
            raise refused("RE805", f"table {self.table.name} again, with other fields", self.database.file, number)
        self.table.names = names
        self.table.fields = {name: position for position, name in reversed(list(enumerate(names)))}


def _describe(database: Database) -> None:
    """Note what the file holds that no reader uses."""
    for table in database.tables.values():
        if table.wide:
            rows = counted(table.wide, "row has", "rows have")
            database.notes.append(f"table {table.name}: {rows} more fields than names; what is too many was left out")
        if table.short and table.name in PLAN and (broken := _broken_rows(table)):
            rows = counted(len(broken), "row ends", "rows end")
            line, name = broken[0]
            database.notes.append(
                f"table {table.name}: {rows} before {name}, which every other row fills (line {line})"
            )
    others = [f"{table.name} ({table.count})" for table in database.tables.values() if table.name not in database.read]
    if others:
        database.notes.append("tables that were not read, with their rows: " + ", ".join(sorted(others)))


def _broken_rows(table: Table) -> list[tuple[int, str]]:
    """Return line and first missing field of rows that end before a field that every longer row fills."""
    filled = [0] * len(table.names)
    longer = [0] * len(table.names)
    for cells in table.rows:
        for column, cell in enumerate(cells):
            longer[column] += 1
            filled[column] += bool(cell.strip())
    wanted = [column for column, count in enumerate(longer) if count and filled[column] == count]
    last = max(wanted, default=-1)
    return [
        (line, table.names[next(column for column in wanted if column >= len(cells))])
        for cells, line in zip(table.rows, table.lines, strict=True)
        if len(cells) <= last
    ]
