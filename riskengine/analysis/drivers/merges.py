"""Merge bias and driving predecessors where several relationships lead into a task, and the longest paths."""

import json
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.moment import half_width
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.results.samples.driver_sample import DriverSample
from riskengine.results.samples.path_sample import PathSample
from riskengine.results.tables.build import build_rows

Groups = list[NDArray[np.intp]]

MOST_PATHS: Final = 100


def path_tables(made: DriverSample, row: int) -> dict[str, pa.Table]:
    """Return the tables of merges, of driving predecessors and of longest paths to a target.

    Parameters
    ----------
    made : DriverSample
    row : int
        Of the target.
    """
    paths = made.paths(row)
    if paths is None:
        return {name: build_rows(name, []) for name in ("driver_merges", "driver_predecessors", "driver_paths")}
    replicates, merges = Replicates.of(made.sample.method, paths.wanted.shape[1]), merging(paths)
    return {
        "driver_merges": merges_table(made, paths, merges, replicates),
        "driver_predecessors": predecessors_table(made, paths, merges, replicates),
        "driver_paths": paths_table(made, paths, replicates),
    }


def merging(paths: PathSample) -> Groups:
    """Return the relationships into each task that more than one leads into."""
    borders = np.flatnonzero(np.diff(paths.successor)) + 1
    groups = np.split(np.arange(paths.successor.size), borders)
    return [group for group in groups if group.size > 1]


def merges_table(made: DriverSample, paths: PathSample, merges: Groups, replicates: Replicates) -> pa.Table:
    """Return by how much each merge puts off a start.

    Notes
    -----
    Both parts are means of what an iteration has, of the relationship that asks for the latest start on average: the
    latest start less that one, and that one less the plan's.
    """
    tasks = made.sample.tasks
    rows: list[dict[str, Any]] = []
    for group in merges:
        wanted = paths.wanted[group]
        leading = int(np.argmax(wanted.mean(axis=1)))
        planned = float(paths.planned[group].max())
        both = np.stack((wanted.max(axis=0) - wanted[leading], wanted[leading] - planned))
        value, half = both.mean(axis=1), half_width(both, replicates) if replicates.n > 1 else np.full(2, np.nan)
        rows.append(
            {
                "task": tasks.id[int(paths.successor[group[0]])],
                "name": tasks.name[int(paths.successor[group[0]])],
                "relationships": group.size,
                "leading": tasks.id[int(paths.predecessor[group[leading]])],
                "iterations": replicates.n,
                **ends("merge", value[0], max(value[0] - half[0], 0.0), value[0] + half[0]),
                **ends("skew", value[1], value[1] - half[1], value[1] + half[1]),
            }
        )
    rows.sort(key=lambda each: (-each["merge"], each["task"]))
    return build_rows("driver_merges", rows)


def predecessors_table(made: DriverSample, paths: PathSample, merges: Groups, replicates: Replicates) -> pa.Table:
    """Return how often each relationship into a task with several decides when it starts."""
    ids, rows = made.sample.tasks.id, []
    for group in merges:
        share = probability_of(paths.drives[group], replicates, table_error=made.sample.table_error)
        into_one_task = [
            {
                "task": ids[int(paths.successor[relationship])],
                "predecessor": ids[int(paths.predecessor[relationship])],
                "type": paths.kind[relationship],
                "iterations": replicates.n,
                **ends("drives", *(part[at] for part in share)),
            }
            for at, relationship in enumerate(group.tolist())
        ]
        into_one_task.sort(key=lambda each: (-each["drives"], each["predecessor"], each["type"]))
        rows += [row | {"rank": rank} for rank, row in enumerate(into_one_task, 1)]
    rows.sort(key=lambda each: (each["task"], each["rank"]))
    return build_rows("driver_predecessors", rows)


def paths_table(made: DriverSample, paths: PathSample, replicates: Replicates) -> pa.Table:
    """Return the sets of tasks that were on the longest paths together, and how often."""
    if paths.critical is None:
        return build_rows("driver_paths", [])
    tasks = made.sample.tasks
    by_iteration = np.packbits(paths.critical, axis=0).T
    _, first, number, count = np.unique(
        by_iteration, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    leading = np.lexsort((first, -count))[:MOST_PATHS].tolist()
    is_one = number.reshape(-1) == np.array(leading)[:, np.newaxis]
    share = probability_of(is_one, replicates, table_error=made.sample.table_error)
    start = tasks.start.view(np.int64).mean(axis=1) if tasks.start.shape[1] else np.zeros(len(tasks.id))
    rows = []
    for at, place in enumerate(leading):
        there = np.flatnonzero(paths.critical[:, first[place]])
        ordered = there[np.lexsort((there, start[there]))].tolist()
        rows.append(
            {
                "rank": at + 1,
                "length": len(ordered),
                "tasks": json.dumps([tasks.id[task] for task in ordered], ensure_ascii=False),
                "iterations": replicates.n,
                **ends("share", *(part[at] for part in share)),
            }
        )
    return build_rows("driver_paths", rows)


def ends(name: str, value: float, low: float, high: float) -> dict[str, float]:
    """Return a value and its interval as columns."""
    return {name: float(value), f"{name}_ci_low": float(low), f"{name}_ci_high": float(high)}
