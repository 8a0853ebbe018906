"""A folder of Parquet files, partitioned by project and run."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from riskengine.export.exporter import ExportOptions, RunRows, shape_of
from riskengine.export.labels import distinct, label
from riskengine.export.staging import FileFacts, StagedFolder, span_in, staged
from riskengine.star.dates import Span, dim_date, joined, whole_years

KIND = "parquet"
COMPRESSION: Final = "zstd"
DATES = "dim_date/dim_date.parquet"
PROJECT_FOLDER, RUN_FOLDER = "project_folder", "run_folder"
"""Names of the partitions. They are no names of columns: what a reader makes of a folder's name changes no value."""


class ParquetFolder:
    """The next state of a folder of Parquet files."""

    batch_rows = 0

    def __init__(self, folder: StagedFolder, options: ExportOptions) -> None:
        self._folder = folder
        self._options = options
        self._shape = shape_of(KIND, options)
        self._runs: dict[str, dict[str, Any]] = dict(folder.content.get("runs", {}))
        self._files: dict[str, FileFacts] = {}
        self._span: Span | None = span_in(folder.content)

    def present(self) -> Mapping[str, str]:
        """Return the runs that are there, each with its checksum."""
        return {key: run["checksum"] for key, run in self._runs.items()}

    def remove(self, run_keys: Collection[str]) -> None:
        """Leave runs out of the next state."""
        for key in run_keys:
            del self._runs[key]

    def append(self, runs: Sequence[RunRows]) -> None:
        """Write the files of runs."""
        for run in runs:
            folders = {one["folder"].casefold() for one in self._runs.values()}
            folder = distinct(run.run_key, folders)
            files = {}
            for name, table in run.tables.items():
                file = f"{name}/{PROJECT_FOLDER}={label(run.project)}/{RUN_FOLDER}={folder}/rows.parquet"
                self._files[file] = self._write(file, table)
                files[name] = file
            self._runs[run.run_key] = {"checksum": run.checksum, "folder": folder, "files": files}

    def cover(self, span: Span) -> None:
        """Have the table of days reach over whole years."""
        both = joined([self._span, whole_years(span)])
        if both is not None:
            self._span = both
            self._files[DATES] = self._write(DATES, dim_date(both))

    def count_rows(self, run_keys: Collection[str]) -> Mapping[str, int]:
        """Return the rows that the written files hold, by table."""
        counts: dict[str, int] = {}
        for key in run_keys:
            for name, file in self._runs[key]["files"].items():
                counts[name] = counts.get(name, 0) + pq.read_metadata(self._folder.new / file).num_rows
        return counts

    def commit(self) -> None:
        """Put the new files in place, with those of the runs that stay."""
        earlier = self._folder.content.get("files", {})
        needed = [file for run in self._runs.values() for file in run["files"].values()]
        needed += [DATES] if self._span is not None else []
        unchanged = [file for file in needed if file not in self._files]
        self._folder.keep(unchanged)
        content = {
            "files": self._files | {file: earlier[file] for file in unchanged},
            "runs": self._runs,
            "days": [day.isoformat() for day in self._span or ()],
            **self._shape,
        }
        self._folder.publish(content)

    def _write(self, file: str, table: pa.Table) -> FileFacts:
        def fill(handle: Any) -> None:
            pq.write_table(table, pa.PythonFile(handle, mode="w"), compression=COMPRESSION)

        return self._folder.write(file, fill)


@contextmanager
def parquet_folder(place: str, options: ExportOptions) -> Iterator[ParquetFolder]:
    """Open a folder of Parquet files for the length of an export."""
    with staged(place, shape_of(KIND, options), is_forced=options.is_forced) as folder:
        yield ParquetFolder(folder, options)
