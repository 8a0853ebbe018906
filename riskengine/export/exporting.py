"""Runs into a place: those that are not there yet or have changed, all of them or none."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from riskengine.errors import ResultsError
from riskengine.errors.counting import first_names
from riskengine.export.exporter import Destination, ExportOptions, RunRows
from riskengine.export.formats import Place
from riskengine.star.dates import Span, dates_of, joined
from riskengine.star.folders import RunFolder, raise_all
from riskengine.star.run_tables import run_tables

READ_AHEAD = 3
"""Runs that are read while others are written: both leave the interpreter free most of the time."""

Progress = Callable[[int, int], None]
"""Called with the runs that are read, and all that will be."""


@dataclass(frozen=True)
class ExportOutcome:
    """What an export did.

    Parameters
    ----------
    new, unchanged, replaced : tuple of str
        Keys of runs: written, left alone, written in the place of what they were.
    rows : mapping of str to int
        Rows that were written of these runs, by table.
    added : tuple of str
        Tables and columns (``TABLE.COLUMN``) that a database of an older version got; rows of runs that were not
        named are null in them.
    """

    new: tuple[str, ...]
    unchanged: tuple[str, ...]
    replaced: tuple[str, ...]
    rows: Mapping[str, int]
    added: tuple[str, ...] = ()


def export(
    runs: Sequence[RunFolder], place: Place, options: ExportOptions, progress: Progress | None = None
) -> ExportOutcome:
    """Write runs to a place: afterwards it holds all of them, or it is what it was before.

    Parameters
    ----------
    runs : sequence of RunFolder
        Each key once.
    place : Place
    options : ExportOptions
    progress : callable, optional

    Raises
    ------
    ResultsError
        Where a part of a folder is damaged, the place is not ours to replace or will not take the rows, or does not
        hold as many rows afterwards as were written.
    """
    with place.exporter.open(place.text, options) as destination:
        present = destination.present()
        checksums = {run.run_key: run.checksum_for(options.tables) for run in runs}
        new = [run for run in runs if run.run_key not in present]
        replaced = [run for run in runs if run.run_key in present and present[run.run_key] != checksums[run.run_key]]
        written = {run.run_key: run for run in (*new, *replaced)}
        unchanged = tuple(run.run_key for run in runs if run.run_key not in written)
        rows: dict[str, int] = {}
        if written:
            if place.exporter.is_rewritten:
                check_all_named(present, runs, options)
                written = {run.run_key: run for run in runs}
            destination.remove([run.run_key for run in replaced])
            rows = transfer(destination, list(written.values()), options, progress)
            check_counts(rows, destination.count_rows(written))
            destination.commit()
    keys = tuple(run.run_key for run in new), unchanged, tuple(run.run_key for run in replaced)
    return ExportOutcome(*keys, rows=rows, added=destination.added)


def transfer(
    destination: Destination, runs: Sequence[RunFolder], options: ExportOptions, progress: Progress | None
) -> dict[str, int]:
    """Append runs to a destination, and return how many rows of each table they have."""
    counts: dict[str, int] = {}
    spans: list[Span | None] = []
    batch: list[RunRows] = []
    batch_rows = 0
    for rows in rows_of(runs, options, progress):
        for name, count in count_of(rows).items():
            counts[name] = counts.get(name, 0) + count
        spans.append(dates_of(rows.tables.values()))
        batch.append(rows)
        batch_rows += rows.row_count
        if batch_rows >= destination.batch_rows:
            destination.append(batch)
            batch, batch_rows = [], 0
    if batch:
        destination.append(batch)
    span = joined(spans)
    if span is not None and "dim_date" in options.tables:
        destination.cover(span)
    return counts


def count_of(rows: RunRows) -> dict[str, int]:
    """Return how many rows of each table a run has."""
    return {name: table.num_rows for name, table in rows.tables.items()}


def rows_of(runs: Sequence[RunFolder], options: ExportOptions, progress: Progress | None) -> Iterator[RunRows]:
    """Yield the rows of every run; once one cannot be read, the others are only checked, and all faults are raised."""
    names = tuple(name for name in options.tables if name != "dim_date")
    faults: list[ResultsError] = []
    waiting = deque(runs)
    ahead: deque[Future[RunRows]] = deque()
    reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
    try:
        while waiting or ahead:
            while waiting and len(ahead) < READ_AHEAD:
                ahead.append(reader.submit(read_rows, waiting.popleft(), names))
            if progress is not None:
                progress(len(runs) - len(waiting) - len(ahead), len(runs))
            try:
                rows = ahead.popleft().result()
            except ResultsError as error:
                faults.append(error)
                continue
            if not faults:
                yield rows
    finally:
        reader.shutdown(wait=False, cancel_futures=True)
    raise_all(faults)


def read_rows(run: RunFolder, names: tuple[str, ...]) -> RunRows:
    """Return the rows of a run, every part of its folder checked."""
    return RunRows(run.run_key, run.project, run.checksum_for(names), run_tables(run.read(), names))


def check_all_named(present: Iterable[str], runs: Sequence[RunFolder], options: ExportOptions) -> None:
    """Refuse to write a place as a whole where it would lose runs, unless that is asked for."""
    lost = sorted(set(present) - {run.run_key for run in runs})
    if lost and not options.is_forced:
        raise ResultsError(f"{first_names(lost, 3)} would be lost: this format is written as a whole", "RE729")


def check_counts(expected: Mapping[str, int], counted: Mapping[str, int]) -> None:
    """Refuse what does not hold as many rows as were written."""
    names: Collection[str] = sorted(set(expected) | set(counted))
    wrong = [
        f"{name}: {counted.get(name, 0)} rows of {expected.get(name, 0)}"
        for name in names
        if expected.get(name, 0) != counted.get(name, 0)
    ]
    if wrong:
        raise ResultsError(f"what was written does not come back: {'; '.join(wrong)}", "RE725")
