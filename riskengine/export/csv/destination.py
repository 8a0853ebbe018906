"""A folder of CSV files, one a table; the rows of a run stand together, and where they stand is in the list."""

import contextlib
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.csv

from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions, RunRows, shape_of
from riskengine.export.formulas import compute, text_without_formulas, without_formulas
from riskengine.export.staging import StagedFolder, StagedRuns, staged
from riskengine.results.folder.part import HashingFile
from riskengine.star.dictionary import schema_of

KIND = "csv"
PIECE = 2**20
"""Bytes that are copied at once."""


class CsvFolder(StagedRuns):
    """The next state of a folder of CSV files."""

    def __init__(self, folder: StagedFolder, options: ExportOptions, handles: contextlib.ExitStack) -> None:
        super().__init__(folder, shape_of(KIND, options))
        self._tables = [name for name in options.tables if name != "dim_date"]
        self._handles = handles
        self._files: dict[str, HashingFile] = {}

    def append(self, runs: Sequence[RunRows]) -> None:
        """Write the rows of runs behind those that stay."""
        if not self._files:
            self._begin()
        for run in runs:
            parts = {name: self._write(name, table) for name, table in run.tables.items()}
            self._runs[run.run_key] = {"checksum": run.checksum, "parts": parts}

    def count_rows(self, run_keys: Collection[str]) -> Mapping[str, int]:
        """Read the new files, and count the rows of runs."""
        wanted = pa.array([text_without_formulas(key) for key in run_keys], pa.utf8())
        counts = {}
        for name in self._tables:
            table = pyarrow.csv.open_csv(
                str(self._folder.new / f"{name}.csv"),
                parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
                convert_options=pyarrow.csv.ConvertOptions(
                    include_columns=["run_key"], column_types={"run_key": pa.utf8()}
                ),
            )
            counts[name] = sum(
                compute.sum(compute.is_in(batch.column(0), value_set=wanted)).as_py() or 0 for batch in table
            )
        return counts

    def commit(self) -> None:
        """Put the new files in place."""
        files = {f"{name}.csv": file.seal() for name, file in self._files.items()}
        self._handles.close()
        self._publish(files)

    def _write_days(self, days: pa.Table) -> None:
        self._open("dim_date")
        self._write("dim_date", days)

    def _begin(self) -> None:
        """Begin every file with the rows of the runs that stay, as they stood."""
        earlier = self._runs
        self._runs = {key: {"checksum": run["checksum"], "parts": {}} for key, run in earlier.items()}
        for name in self._tables:
            file = self._open(name)
            if not earlier:
                continue
            with (self._folder.path / f"{name}.csv").open("rb") as old:
                digest = hashlib.file_digest(old, "sha256").hexdigest()
                if digest != self._folder.content["files"][f"{name}.csv"]["sha256"]:
                    raise ResultsError(f"{name}.csv is not as the export left it", "RE724")
                for key, run in earlier.items():
                    first, size = run["parts"][name]
                    self._runs[key]["parts"][name] = [file.tell(), size]
                    copy(old, file, first, size)

    def _open(self, name: str) -> HashingFile:
        file = self._handles.enter_context(self._folder.create(f"{name}.csv"))
        self._files[name] = file
        file.write((",".join(f'"{column}"' for column in schema_of(name).names) + "\n").encode("ascii"))
        return file

    def _write(self, name: str, table: pa.Table) -> list[int]:
        """Write rows, and return where they begin and how many bytes they are."""
        columns = [without_formulas(column) if column.type == pa.utf8() else column for column in table.columns]
        sink = pa.BufferOutputStream()
        options = pyarrow.csv.WriteOptions(include_header=False)
        pyarrow.csv.write_csv(pa.Table.from_arrays(columns, names=table.column_names), sink, options)
        first = self._files[name].tell()
        return [first, self._files[name].write(sink.getvalue())]


def copy(old: Any, new: HashingFile, first: int, size: int) -> None:
    """Copy bytes of a file to the end of another."""
    old.seek(first)
    while size:
        piece = old.read(min(size, PIECE))
        new.write(piece)
        size -= len(piece)


@contextmanager
def csv_folder(place: str, options: ExportOptions) -> Iterator[CsvFolder]:
    """Open a folder of CSV files for the length of an export."""
    with (
        staged(place, shape_of(KIND, options), is_forced=options.is_forced) as folder,
        contextlib.ExitStack() as handles,
    ):
        yield CsvFolder(folder, options, handles)
