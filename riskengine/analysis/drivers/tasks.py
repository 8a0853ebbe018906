"""How the durations of tasks go with the finish of a target: SSI, cruciality by both definitions, significance."""

from typing import Any, Final

import numpy as np
import pyarrow as pa

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.product_moment import absolute, pearson, product
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.tables.criticality import criticality
from riskengine.analysis.tables.tasks import Columns, float_columns, in_groups, schedule_sensitivity
from riskengine.results.samples.driver_sample import DriverSample
from riskengine.results.tables.build import build

ENDS: Final = ("", "_ci_low", "_ci_high")


def driver_tasks_table(made: DriverSample, row: int) -> pa.Table:
    """Return the tasks that can delay a target, those with the largest SSI first.

    Parameters
    ----------
    made : DriverSample
    row : int
        Of the target.

    Notes
    -----
    Left out are tasks that were on no longest path and whose duration did not vary: they have nothing to say.
    """
    sample, n = made.sample, made.iterations
    share = Interval(*(part[row] for part in criticality(sample)))
    days = sample.finish_days[row, :n]
    replicates = Replicates.of(sample.method, n)

    def columns_of(some: slice) -> Columns:
        duration = made.duration[some]
        shares = Interval(*(part[some] for part in share))
        correlation = pearson(duration, days, replicates)
        return (
            shares.columns("criticality")
            | schedule_sensitivity(shares, duration, days, replicates).columns("ssi")
            | correlation.columns("correlation")
            | absolute(correlation).columns("cruciality_vanhoucke")
            | product(shares, correlation).columns("cruciality_nasa")
        )

    rows = len(sample.tasks.id)
    columns: dict[str, Any] = in_groups(rows, n, columns_of)
    floats = float_columns(sample)
    for end in ENDS:
        columns[f"significance{end}"] = floats.get(f"significance{end}", np.full(rows, np.nan))
    columns["deterministic_float"] = sample.tasks.deterministic_float
    is_moving = made.duration.min(axis=1) < made.duration.max(axis=1)
    is_shown = is_moving | (share.value > 0)
    ssi = np.nan_to_num(columns["ssi"], nan=-1.0)
    order = [at for at in np.lexsort((np.arange(rows), -share.value, -ssi)).tolist() if is_shown[at]]
    columns = {name: values[order] for name, values in columns.items()}
    columns |= {
        name: [getattr(sample.tasks, of)[at] for at in order] for name, of in (("task", "id"), ("name", "name"))
    }
    return build("driver_tasks", columns)
