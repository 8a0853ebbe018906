"""Running the first iterations again for tables of months: a block of 256 at a time, or with a risk forced."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.dates.display_dates import is_postponed
from riskengine.engine.dates.floats import drawn_lags, planned_lags
from riskengine.engine.dates.stored_tasks import StoredTasks
from riskengine.engine.months.monthly import Months
from riskengine.engine.risks.pairing import LEAST_PAIRED, forced_rows, is_hardly_seen, is_mostly_on
from riskengine.engine.risks.rare_values import drawn_values, rare_values, with_value
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan
from riskengine.results.samples.sample import RareValueSample

Floats = NDArray[np.float64]
Ticks = NDArray[np.int64]
ValuesOf = Callable[[Output, Ticks | None], Floats]
"""What gives (row, month, iteration) values from iterations and, where any task is postponed, their lags."""

CHUNK_VALUES = 600_000
"""Tasks x iterations that are simulated at a time, at least one block."""
FORCED_VALUES = 4_000_000
"""(Tasks + rows x months) x iterations of runs in which a risk that was hardly seen is forced to occur."""


def monthly_values(stored: StoredTasks, values_of: ValuesOf, request: Request, width: int) -> list[Floats]:
    """Return the values of each block of the first ``width`` iterations of a request, each of as many months as it has.

    Notes
    -----
    Each block is worked out for itself, whatever was simulated with it: neither threads nor chunks change a bit.
    """
    return [values_of(output, lag) for output, lag in _block_outputs(stored, request, width)]


def planned_values(stored: StoredTasks, values_of: ValuesOf) -> Floats:
    """Return the values of the deterministic plan, (row, month, 1)."""
    lag = planned_lags(stored.plan)[:, None] if is_postponed(stored.plan) else None
    return values_of(stored.deterministic_output, lag)


class ForcedMonths(NamedTuple):
    """What months change by where something always happens that these iterations hardly show, or never.

    Parameters
    ----------
    risks : tuple of int
        Rows of risks.
    by_risk : (forced risk, row, month) float64
    values : RareValueSample or None
        Rare values of discrete estimates, which of them are forced among them.
    by_value : (forced value, row, month) float64
    """

    risks: tuple[int, ...]
    by_risk: Floats
    values: RareValueSample | None
    by_value: Floats


def forced_months(stored: StoredTasks, values_of: ValuesOf, occurs: NDArray[np.bool_], before: Floats) -> ForcedMonths:
    """Return what the mean over the first iterations changes by where each hidden chance is forced, the likeliest.

    Parameters
    ----------
    occurs : (risk, iteration) bool
        Whether each risk occurs in the iterations of the table; one that mostly does is forced not to.
    before : (row, month, iteration) float64
        Of the first block as it is.
    """
    plan, request, width = stored.plan, stored.request, occurs.shape[1]
    affordable = max(LEAST_PAIRED, FORCED_VALUES // ((len(plan.task) + before[..., 0].size) * BLOCK))
    chance = np.minimum(plan.probability, 1 - plan.probability)
    by_chance = sorted(forced_rows(plan, occurs), key=lambda row: (-chance[row], plan.risk[row]))
    risks = sorted(by_chance[:affordable])
    is_off = is_mostly_on(occurs)
    sides = [replace(request, without=(row,)) if is_off[row] else replace(request, always=(row,)) for row in risks]
    by_risk = _changes(stored, values_of, [(plan, side) for side in sides], before)
    rare = rare_values(plan, width)
    values = drawn_values(stored, rare, occurs) if rare else None
    hidden = [] if values is None else np.flatnonzero(is_hardly_seen(values.occurs)).tolist()[:affordable]
    by_value = _changes(stored, values_of, [with_value(stored, rare[row]) for row in hidden], before)
    forced_values = None if values is None else replace(values, forced=tuple(hidden))
    return ForcedMonths(tuple(risks), by_risk, forced_values, by_value)


def _changes(stored: StoredTasks, values_of: ValuesOf, runs: Sequence[tuple[Plan, Request]], before: Floats) -> Floats:
    """Return what the mean over the first iterations changes by in each of these runs, (run, row, month)."""
    rows, count, width = before.shape
    changes = np.zeros((len(runs), rows, count))
    for at, (plan, request) in enumerate(runs):
        after = monthly_values(replace(stored, plan=plan), values_of, request, width)[0]
        changes[at] = (lengthened(after, count)[:, :count, :width] - before).mean(axis=2)
    return changes


def last_month(months: Months, stored: StoredTasks) -> int:
    """Return the last month in which a task ends in the iterations that are stored, to tell how many are affordable."""
    end = stored.output.end[:, : stored.iterations]
    return int(months.at(stored.plan.clock(end.max(axis=0, initial=0))).max(initial=0))


def lengthened(values: Floats, count: int) -> Floats:
    """Return values (row, month, iteration) with months of nothing added at the end."""
    return np.pad(values, ((0, 0), (0, max(0, count - values.shape[1])), (0, 0)))


def side_by_side(blocks: Sequence[Floats], count: int) -> Floats:
    """Return blocks (row, month, 256) as one array (row, month, iteration) of so many months."""
    return np.concatenate([lengthened(block, count) for block in blocks], axis=2)


def _block_outputs(stored: StoredTasks, request: Request, width: int) -> Iterator[tuple[Output, Ticks | None]]:
    """Yield each block of the first ``width`` iterations of a request, and the lags of a plan with postponed tasks."""
    plan = stored.plan
    blocks = -(-width // BLOCK)
    lag = drawn_lags(plan, request, stored.dimension, blocks * BLOCK) if is_postponed(plan) else None
    chunk = max(1, CHUNK_VALUES // (max(1, len(plan.task)) * BLOCK))
    for first in range(0, blocks, chunk):
        columns = min(chunk, blocks - first) * BLOCK
        again = replace(request, iterations=columns, first_block=first, task_iterations=columns, risk_iterations=0)
        output = run_blocks(plan, again, stored.dimension)
        for begin in range(0, columns, BLOCK):
            here = first * BLOCK + begin
            yield _columns(output, begin), None if lag is None else lag[:, here : here + BLOCK]


def _columns(output: Output, begin: int) -> Output:
    """Return a block of iterations of an output."""
    names = ("finish", "start", "end", "duration", "task_cost", "exists", "line_cost", "growth")
    return output._replace(**{name: getattr(output, name)[:, begin : begin + BLOCK] for name in names})
