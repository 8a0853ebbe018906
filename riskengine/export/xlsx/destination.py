"""A workbook, which is always written as a whole."""

import math
import shutil
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions, RunRows, shape_of
from riskengine.export.formulas import has_formula
from riskengine.export.one_file import FileAside, file_aside
from riskengine.export.xlsx.sheet import MOST_ROWS, ExactSheet, serial
from riskengine.export.xlsx.state import MADE, pieces, read_state
from riskengine.results.folder.claim import exists
from riskengine.star.dates import Span, dim_date, whole_years
from riskengine.star.dictionary import select
from riskengine.star.table import DAY, INSTANT, TEXT, TRUTH

KIND = "xlsx"
ABOUT = "columns"
"""The sheet that says what every column means."""
WIDEST = 40
"""Characters that a column is wide at the most."""
PIECE = 2**20

Rows = list[tuple[Any, ...]]


class WorkbookFile:
    """The next state of a workbook."""

    batch_rows = 0
    added: tuple[str, ...] = ()

    def __init__(self, file: FileAside, options: ExportOptions) -> None:
        self._file = file
        self._options = options
        self._earlier = earlier_runs(file.path, options) if exists(file.path) else {}
        self._runs: dict[str, str] = {}
        self._book: Any = None
        self._sheets: dict[str, ExactSheet] = {}
        self._next: dict[str, int] = {}

    def present(self) -> Mapping[str, str]:
        """Return the runs that are there, each with its checksum."""
        return self._earlier

    def remove(self, run_keys: Collection[str]) -> None:
        """Do nothing: the next state has the runs that are appended, and no others."""

    def append(self, runs: Sequence[RunRows]) -> None:
        """Write the rows of runs."""
        if self._book is None:
            self._begin()
        for run in runs:
            for name, table in run.tables.items():
                self._write(name, table)
            self._runs[run.run_key] = run.checksum

    def cover(self, span: Span) -> None:
        """Write the days of the years of a span."""
        self._write("dim_date", dim_date(whole_years(span)))

    def count_rows(self, run_keys: Collection[str]) -> Mapping[str, int]:
        """Finish the file, and return how many rows its sheets have below their heads."""
        for name, value in pieces({"runs": self._runs, **shape_of(KIND, self._options)}):
            self._book.set_custom_property(name, value, "text")
        self._book.close()
        names = self._options.tables
        with zipfile.ZipFile(self._file.new) as archive:
            counts = {
                name: count_rows_of(archive, f"xl/worksheets/sheet{number}.xml") - 1
                for number, name in enumerate(names, 1)
            }
        counts.pop("dim_date", None)
        return counts

    def commit(self) -> None:
        """Put the workbook in place."""
        self._file.publish()

    def _begin(self) -> None:
        """Begin every sheet with its head."""
        parts = parts_folder(self._file.new)
        parts.mkdir()
        self._book = xlsxwriter.Workbook(
            str(self._file.new), {"constant_memory": True, "tmpdir": str(parts), "use_zip64": True}
        )
        self._book.set_properties({"created": datetime.fromisoformat(MADE).astimezone(UTC).replace(tzinfo=None)})
        self._head = self._book.add_format({"bold": True})
        self._quoted = self._book.add_format({"quote_prefix": True})
        self._formats = {
            DAY: self._book.add_format({"num_format": "yyyy-mm-dd"}),
            INSTANT: self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for table in select(self._options.tables):
            self._begin_sheet(table.name, [column.name for column in table.columns])
        self._begin_sheet(ABOUT, ["table", "column", "type", "unit", "meaning"])
        rows = [
            (table.name, column.name, str(column.type), column.unit, column.meaning)
            for table in select(self._options.tables)
            for column in table.columns
        ]
        self._write_rows(ABOUT, rows, [self._text(rows, position) for position in range(5)])

    def _begin_sheet(self, name: str, heads: list[str]) -> None:
        sheet = self._book.add_worksheet(name, worksheet_class=ExactSheet)
        sheet.freeze_panes(1, 0)
        for position, head in enumerate(heads):
            sheet.set_column(position, position, min(WIDEST, max(12, len(head) + 2)))
            sheet.write_string(0, position, head, self._head)
        self._sheets[name], self._next[name] = sheet, 1

    def _write(self, name: str, table: pa.Table) -> None:
        """Write rows below those that are there."""
        if self._next[name] + table.num_rows > MOST_ROWS + 1:
            raise ResultsError(f"{name} has more rows than a worksheet takes, {MOST_ROWS:,}", "RE728")
        columns = [column.to_pylist() for column in table.columns]
        rows = list(zip(*columns, strict=True))
        self._write_rows(name, rows, [self._writer(name, field.type, table, i) for i, field in enumerate(table.schema)])

    def _write_rows(self, name: str, rows: Rows, writers: Sequence[Callable[[int, int, int, Any], int]]) -> None:
        first = self._next[name]
        for index, row in enumerate(rows):
            for position, value in enumerate(row):
                if value is not None and writers[position](index, first + index, position, value) != 0:
                    raise ResultsError(f"{name}: a text is longer than a cell takes, 32,767 characters", "RE728")
        self._next[name] = first + len(rows)

    def _writer(self, name: str, kind: pa.DataType, table: pa.Table, position: int) -> Callable[..., int]:
        """Return what writes a value of a column: row of the table, row and column of the sheet, value."""
        sheet: Any = self._sheets[name]
        if kind == TEXT:
            is_formula = has_formula(table.column(position)).to_pylist()
            return lambda index, row, column, value: sheet.write_string(
                row, column, value, self._quoted if is_formula[index] else None
            )
        if kind == TRUTH:
            return lambda _, row, column, value: sheet.write_boolean(row, column, value)
        if kind in self._formats:
            style = self._formats[kind]
            return lambda _, row, column, value: sheet.write_number(row, column, dated(name, value), style)
        return lambda _, row, column, value: sheet.write_number(row, column, finite(name, value))

    def _text(self, rows: Rows, position: int) -> Callable[..., int]:
        """Return what writes a text of our own."""
        sheet: Any = self._sheets[ABOUT]
        return lambda _, row, column, value: sheet.write_string(row, column, value)


@contextmanager
def workbook_file(place: str, options: ExportOptions) -> Iterator[WorkbookFile]:
    """Open a workbook for the length of an export."""
    with file_aside(place, remove_workbook) as file:
        try:
            yield WorkbookFile(file, options)
        except XlsxFileError as error:
            raise ResultsError(f"{file.path}: cannot be written: {error}", "RE706") from error


def earlier_runs(path: Path, options: ExportOptions) -> dict[str, str]:
    """Return the runs of a workbook that is there; refuse one that no export made, and one with other tables."""
    content = read_state(path)
    if content is None:
        raise ResultsError(f"{path} is no workbook that an export made", "RE723")
    wanted = shape_of(KIND, options)
    is_same = all(content.get(key) == value for key, value in wanted.items())
    if options.is_forced:
        return content["runs"] if is_same and not content["is_changed"] else {}
    if not is_same:
        what = "columns" if content.get("tables") == wanted["tables"] else "tables"
        raise ResultsError(f"{path} is an export with other {what}", "RE724")
    if content["is_changed"]:
        raise ResultsError(f"{path} was saved by another program", "RE724")
    return dict(content["runs"])


def finite(name: str, value: float) -> float:
    """Refuse what is no number for Excel."""
    if not math.isfinite(value):
        raise ResultsError(f"{name}: {value} is no number of a workbook", "RE728")
    return value


def dated(name: str, value: date) -> float:
    """Return a date as Excel counts it, and refuse one that it does not have."""
    number = serial(value)
    if number is None:
        raise ResultsError(f"{name}: {value} is before 1900, where dates of a workbook begin", "RE728")
    return number


def count_rows_of(archive: zipfile.ZipFile, name: str) -> int:
    """Return how many rows a sheet has: its text cannot hold the mark of one, which begins with a bracket."""
    mark, count, rest = b"<row ", 0, b""
    with archive.open(name) as member:
        while data := member.read(PIECE):
            data = rest + data
            count += data.count(mark)
            rest = data[-(len(mark) - 1) :]
    return count


def parts_folder(new: Path) -> Path:
    """Return where the sheets of a workbook are written before they are put together."""
    return new.with_name(f"{new.name}.parts")


def remove_workbook(new: Path) -> None:
    """Remove a workbook that is not finished, and the parts of one."""
    new.unlink(missing_ok=True)
    parts = parts_folder(new)
    if parts.is_dir() and not parts.is_symlink():
        shutil.rmtree(parts)
