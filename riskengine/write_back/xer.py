"""Dates into the user fields of an XER file: rows of UDFTYPE and UDFVALUE, all other bytes as they were."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Final

from riskengine.importers.p6.tables import LONGEST_ROW, READ, USER, Database, Row, Table, read_tables, tables_of
from riskengine.importers.p6.text import decoding_of
from riskengine.importers.p6.text import lines_of as decoded_lines
from riskengine.write_back.dated_copy import Copy
from riskengine.write_back.matching import refused
from riskengine.write_back.run_dates import DATE_FIELDS, DateField, TaskDates
from riskengine.write_back.splices import Splice, spliced

TYPES, VALUES = "UDFTYPE", "UDFVALUE"
TYPE_FIELDS: Final = (
    *("udf_type_id", "table_name", "udf_type_name", "udf_type_label", "logical_data_type", "super_flag"),
    *("indicator_expression", "summary_indicator_expression", "export_flag"),
)
VALUE_FIELDS: Final = ("udf_type_id", "fk_id", "proj_id", "udf_date", "udf_number", "udf_text", "udf_code_id")
NEEDED: Final = MappingProxyType(
    {
        TYPES: ("udf_type_id", "table_name", "udf_type_label", "logical_data_type"),
        VALUES: ("udf_type_id", "fk_id", "udf_date"),
    }
)
START, FINISH = "FT_START_DATE", "FT_END_DATE"
MARKS: Final = ("%T\t", "%F\t", "%R\t", "%E", "ERMHDR")
HEAD, END, PROJECT = "%T\t", "%E", "PROJECT"
TASKS = "TASK"
SIGNS = "%TFRE\t\r\n0123456789"
BYTE_ORDER_MARKS = ("\ufeff", "\xef\xbb\xbf")
BYTE_FOR_BYTE = "latin-1"
"""A code page in which every byte is a character: the text of any other one that has ASCII's signs can be cut in it."""


@dataclass(frozen=True)
class Lines:
    """The text of a file, cut where the reader cuts it, so that its line numbers count here, too.

    Parameters
    ----------
    text : str
        Every byte, or pair of bytes, as one character.
    starts : list of int
        Where each line begins; at last, where the file ends.
    sign : str
        What ends a line.
    """

    text: str
    starts: list[int]
    sign: str

    def content(self, index: int) -> str:
        """Return a line without its end."""
        return self.text[self.starts[index] : self.starts[index + 1]].removesuffix(self.sign).rstrip("\r")

    def ending(self, index: int) -> str:
        """Return what ends a line."""
        return self.text[self.starts[index] + len(self.content(index)) : self.starts[index + 1]] or self.sign

    def next_mark(self, index: int) -> int:
        """Return the first line behind another that begins a row, a table, or the end; texts have several lines."""
        index += 1
        while index < len(self.starts) - 1 and not self.content(index).startswith(MARKS):
            index += 1
        return index

    def __len__(self) -> int:
        return len(self.starts) - 1


def with_dates(path: Path, encoding: str, tasks: Mapping[str, TaskDates]) -> Copy:
    """Return an XER file with dates in user fields of its tasks.

    Fields of an earlier export are told by their labels, and their values replaced.

    Parameters
    ----------
    path : Path
        A file that an import has read.
    encoding : str
        Its encoding, or empty to find out.
    tasks : mapping of str to TaskDates
        By their keys in the file.

    Raises
    ------
    ScenarioError
        Where a label is taken by a field that holds no dates, or a table lacks a column.
    """
    database = read_tables(path, encoding, with_user_fields=True)
    data = path.read_bytes()
    codec = codec_of(database.encoding, data, str(path))
    lines = lines_of(data.decode(codec, "surrogatepass"))
    for name, needed in NEEDED.items():
        table = database.tables.get(name)
        missing = [field for field in needed if table is not None and field not in table.fields]
        if missing:
            raise refused("RE735", f"a table {name} without {missing[0]}", str(path))
    types, splices = date_types(database, lines, str(path))
    splices += date_values(database, lines, types, tasks)
    content = spliced(lines.text, splices).encode(codec, "surrogatepass")
    check(content, encoding, str(path), types=types, tasks=tasks)
    return Copy(content, {field.label: f"UDF {types[field]}" for field in DATE_FIELDS})


def codec_of(encoding: str, data: bytes, file: str) -> str:
    """Return a codec that gives every byte, or pair of bytes, of a file as one character, and back.

    Raises
    ------
    ScenarioError
        For an encoding that writes marks and digits otherwise than ASCII or UTF-16 do.
    """
    if encoding == "utf-16":
        return "utf-16-le" if data[:1] == b"\xff" else "utf-16-be"
    if encoding.startswith("utf-16"):
        return encoding
    if SIGNS.encode(encoding).endswith(SIGNS.encode("ascii")):
        return BYTE_FOR_BYTE
    raise refused("RE735", f"text in {encoding}", file)


def check(
    content: bytes, encoding: str, file: str, *, types: Mapping[DateField, str], tasks: Mapping[str, TaskDates]
) -> None:
    """Refuse a copy that does not give every date back when it is read again."""
    stream = BytesIO(content)
    decoding = decoding_of(stream, encoding)
    database = tables_of(decoded_lines(stream, decoding, LONGEST_ROW), decoding.encoding, file, READ | USER)
    tables = {
        (row.get("udf_type_id"), row.get("fk_id")): row.get("udf_date")
        for row in database.rows(VALUES)
        if row.get("fk_id") in tasks
    }
    for key, task in tasks.items():
        for field, date in zip(DATE_FIELDS, task.dates, strict=True):
            if tables.get((types[field], key)) != (None if date is None else written(date)):
                raise refused("RE735", f"no place for {field.label} of the task with the key {key}", file)


def lines_of(text: str) -> Lines:
    """Cut a text into lines; where there is no line feed at all, a carriage return ends them."""
    sign = "\n" if "\n" in text else "\r"
    starts, place = [0], text.find(sign)
    while place >= 0:
        starts.append(place + 1)
        place = text.find(sign, place + 1)
    if starts[-1] != len(text):
        starts.append(len(text))
    return Lines(text, starts, sign)


def date_types(database: Database, lines: Lines, file: str) -> tuple[dict[DateField, str], list[Splice[str]]]:
    """Return the keys of the fields, and the rows of those that the file does not have yet."""
    rows = [row for row in database.rows(TYPES) if row.get("table_name").upper() == TASKS]
    types: dict[DateField, str] = {}
    for field in DATE_FIELDS:
        named = [row for row in rows if row.get("udf_type_label").casefold() == field.label.casefold()]
        if not named:
            continue
        dated = [row for row in named if row.get("logical_data_type") in (START, FINISH)]
        if not dated:
            value = f"a user field {field.label!r} of {named[0].get('logical_data_type')}"
            raise refused("RE735", value, file)
        types[field] = dated[0].get("udf_type_id")
    keys = {row.get("udf_type_id") for row in database.rows(TYPES)} | {
        row.get("udf_type_id") for row in database.rows(VALUES)
    }
    names = {row.get("udf_type_name").casefold() for row in database.rows(TYPES)}
    fresh = fresh_keys(keys, names)
    cells: list[Mapping[str, str]] = []
    for field in DATE_FIELDS:
        if field not in types:
            types[field] = next(fresh)
            cells.append(type_cells(field, types[field]))
    return types, new_rows(database.tables.get(TYPES), TYPES, TYPE_FIELDS, cells, lines)


def fresh_keys(keys: set[str], names: set[str]) -> Iterator[str]:
    """Yield keys above all that are taken, whose fields have names that none has."""
    number = max((int(key) for key in keys if key.isdecimal()), default=0)
    while True:
        number += 1
        if f"user_field_{number}" not in names:
            yield str(number)


def type_cells(field: DateField, key: str) -> dict[str, str]:
    """Return the row of a field."""
    return {
        "udf_type_id": key,
        "table_name": TASKS,
        "udf_type_name": f"user_field_{key}",
        "udf_type_label": field.label,
        "logical_data_type": FINISH if field.is_finish else START,
        "super_flag": "N",
        "export_flag": "Y",
    }


def date_values(
    database: Database, lines: Lines, types: Mapping[DateField, str], tasks: Mapping[str, TaskDates]
) -> list[Splice[str]]:
    """Return what puts the dates in: rows that are there are changed, those without a date any more go, others come."""
    owners = {row.get("task_id"): row.get("proj_id") for row in database.rows(TASKS)}
    projects = {owners[key] for key in tasks}
    waiting = {
        (types[field], key): date
        for key, task in tasks.items()
        for field, date in zip(DATE_FIELDS, task.dates, strict=True)
        if date is not None
    }
    own_keys = set(types.values())
    splices: list[Splice[str]] = []
    dates = dict(waiting)
    for row in database.rows(VALUES):
        type, key = row.get("udf_type_id"), row.get("fk_id")
        if type not in own_keys or owners.get(key) not in projects:
            continue
        date = dates.get((type, key))
        splices.append(changed_row(row, date, lines))
        waiting.pop((type, key), None)
    cells: list[Mapping[str, str]] = [
        {"udf_type_id": type, "fk_id": key, "proj_id": owners[key], "udf_date": written(date)}
        for (type, key), date in waiting.items()
    ]
    return splices + new_rows(database.tables.get(VALUES), VALUES, VALUE_FIELDS, cells, lines)


def changed_row(row: Row, date: datetime | None, lines: Lines) -> Splice[str]:
    """Return a row with another date in it, or without a date no row."""
    first = row.line - 1
    behind = lines.next_mark(first)
    if date is None:
        return Splice(lines.starts[first], lines.starts[behind], "")
    last = behind - 1
    end = lines.starts[last] + len(lines.content(last))
    cells = lines.text[lines.starts[first] : end].split("\t")
    place = row.table.fields["udf_date"] + 1
    cells += [""] * (place + 1 - len(cells))
    cells[place] = written(date)
    return Splice(lines.starts[first], end, "\t".join(cells))


def new_rows(
    table: Table | None, name: str, names: tuple[str, ...], cells: list[Mapping[str, str]], lines: Lines
) -> list[Splice[str]]:
    """Return rows at the end of a table, which is made where there is none."""
    if not cells:
        return []
    if table is None:
        below = place_of_new_table(name, lines)
        heads = [HEAD + name, "\t".join(("%F", *names))]
    else:
        below, heads, names = last_line(name, lines) + 1, [], tuple(table.names)
    rows = ["\t".join(("%R", *(row.get(field, "") for field in names))) for row in cells]
    ending = lines.ending(max(0, below - 1))
    place = lines.starts[below] if below else lines.starts[0] + mark_size(lines.text)
    return [Splice(place, place, "".join(line + ending for line in (*heads, *rows)))]


def mark_size(text: str) -> int:
    """Return how many characters the byte order mark of a text has."""
    return next((len(mark) for mark in BYTE_ORDER_MARKS if text.startswith(mark)), 0)


def place_of_new_table(name: str, lines: Lines) -> int:
    """Return the line that a new table stands before: fields before the first project, values at the end."""
    if name == TYPES:
        return next(index for index in range(len(lines)) if table_begun(index, lines) == PROJECT)
    return max(index for index in range(len(lines)) if lines.content(index).rstrip("\x1a\0 \t") == END)


def last_line(name: str, lines: Lines) -> int:
    """Return the last line of a table, of the last one where there are several of the name."""
    last = max(index for index in range(len(lines)) if table_begun(index, lines) == name)
    behind = lines.next_mark(last)
    while lines.content(behind).startswith(("%F\t", "%R\t")):
        last, behind = behind, lines.next_mark(behind)
    texts = [index for index in range(last, behind) if lines.content(index).strip("\x1a\0 \t")]
    return texts[-1]


def table_begun(index: int, lines: Lines) -> str:
    """Return the name of the table that begins with a line; empty where none does."""
    content = lines.content(index)
    content = content if index else content[mark_size(content) :]
    return content[len(HEAD) :].strip().upper() if content.startswith(HEAD) else ""


def written(date: datetime) -> str:
    """Return a date as P6 writes it: the minute in which it lies."""
    return f"{date:%Y-%m-%d %H:%M}"
