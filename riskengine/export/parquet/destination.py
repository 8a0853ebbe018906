"""A folder of Parquet files, partitioned by project and run."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from riskengine.export.exporter import ExportOptions, RunRows, shape_of
from riskengine.export.labels import distinct, label
from riskengine.export.staging import FileFacts, StagedFolder, StagedRuns, staged

KIND = "parquet"
COMPRESSION: Final = "zstd"
DATES = "dim_date/dim_date.parquet"
PROJECT_FOLDER, RUN_FOLDER = "project_folder", "run_folder"
"""Names of the partitions. They are no names of columns: what a reader makes of a folder's name changes no value."""


class ParquetFolder(StagedRuns):
    """The next state of a folder of Parquet files."""

    def __init__(self, folder: StagedFolder, options: ExportOptions) -> None:
        super().__init__(folder, shape_of(KIND, options))
        self._files: dict[str, FileFacts] = {}

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
        self._publish(self._files | {file: earlier[file] for file in unchanged})

    def _write_days(self, days: pa.Table) -> None:
        self._files[DATES] = self._write(DATES, days)

    def _write(self, file: str, table: pa.Table) -> FileFacts:
        def fill(handle: Any) -> None:
            pq.write_table(table, pa.PythonFile(handle, mode="w"), compression=COMPRESSION)

        return self._folder.write(file, fill)


@contextmanager
def parquet_folder(place: str, options: ExportOptions) -> Iterator[ParquetFolder]:
    """Open a folder of Parquet files for the length of an export."""
    with staged(place, shape_of(KIND, options), is_forced=options.is_forced) as folder:
        yield ParquetFolder(folder, options)
