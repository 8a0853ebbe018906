"""Values of discrete estimates that are rare: their probabilities are known, as those of risks are."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request
from riskengine.engine.dates.stored_tasks import StoredTasks
from riskengine.engine.draws.redraw import redrawing
from riskengine.engine.risks.forced import ForcedRuns, task_hits
from riskengine.engine.risks.pairing import is_hardly_seen, likeliest
from riskengine.kernel.contract.arrays import CONSTANT, DISCRETE, NEVER
from riskengine.plan import Plan
from riskengine.plan.consequences import dependent_rows
from riskengine.results.samples.sample import RareValueSample

RARE_OCCURRENCES = 30
"""Occurrences to be expected from which a run shows the spread of a value."""
MOST_RARE_VALUES = 2_000
"""Rare values that are looked at, the likeliest."""


@dataclass(frozen=True)
class RareValue:
    """A value of one or more discrete estimates that share their stream and take it together.

    Parameters
    ----------
    draws : tuple of int
        Those that take the value.
    value : tuple of float
        What each takes.
    first, last : int
        It is taken where the 32-bit draw is at or above ``first`` and below ``last``.
    risk : int
        Row of the risk that must occur, too, or -1.
    probability : float
        That it takes effect.
    """

    draws: tuple[int, ...]
    value: tuple[float, ...]
    first: int
    last: int
    risk: int
    probability: float


def rare_values(plan: Plan, iterations: int) -> list[RareValue]:
    """Return the values that are expected in less than 30 of so many iterations, the likeliest first."""
    variables, draws = plan.variables, plan.draws
    values_by_key: dict[tuple[object, ...], RareValue] = {}
    for draw in np.flatnonzero(variables.kind[draws.variable] == DISCRETE).tolist():
        row, risk = int(draws.variable[draw]), int(draws.risk[draw])
        chance = float(plan.probability[risk]) if risk >= 0 else 1.0
        entries = slice(int(variables.row[row]), int(variables.row[row]) + int(variables.count[row]))
        borders = [*variables.threshold[entries].tolist(), NEVER]
        for at, value in enumerate(variables.value[entries].tolist()):
            probability = chance * (borders[at + 1] - borders[at]) / NEVER
            if not 0 < probability * iterations < RARE_OCCURRENCES:
                continue
            key = (*variables.key[row].tolist(), borders[at], borders[at + 1], risk)
            before = values_by_key.get(key)
            drawn, values = (before.draws, before.value) if before else ((), ())
            values_by_key[key] = RareValue(
                (*drawn, draw), (*values, value), borders[at], borders[at + 1], risk=risk, probability=probability
            )
    return sorted(values_by_key.values(), key=lambda one: (-one.probability, one.draws))[:MOST_RARE_VALUES]


def rare_value_sample(stored: StoredTasks, risk_occurs: NDArray[np.bool_], iterations: int) -> RareValueSample | None:
    """Return in which iterations rare values were drawn, and what those change that hardly were.

    Parameters
    ----------
    stored : StoredTasks
    risk_occurs : (risk, iteration) bool
        In the first iterations of the run.
    iterations : int
        Of the whole run.
    """
    plan = stored.plan
    rare = rare_values(plan, iterations)
    if not rare:
        return None
    drawn = drawn_values(stored, rare, risk_occurs)
    rows = likeliest(plan, np.flatnonzero(is_hardly_seen(drawn.occurs)).tolist(), drawn.probability, drawn.label)
    runs = ForcedRuns(stored, len(rows))
    for at, row in enumerate(rows):
        runs.add(at, *with_value(stored, rare[row]))
    return replace(
        drawn,
        forced=tuple(rows),
        forced_finish_days=runs.finish_days,
        forced_cost=runs.cost,
        forced_clauses=runs.clauses,
        forced_tasks=runs.tasks,
    )


def drawn_values(stored: StoredTasks, rare: list[RareValue], risk_occurs: NDArray[np.bool_]) -> RareValueSample:
    """Return in which iterations rare values were drawn, none of them forced."""
    plan = stored.plan
    dependent = dependent_rows(plan)
    return RareValueSample(
        label=tuple(f"{plan.estimates.label[plan.draws.variable[one.draws[0]]]} = {one.value[0]:g}" for one in rare),
        probability=np.array([one.probability for one in rare]),
        occurs=_occurrences(stored, rare, risk_occurs),
        forced=(),
        forced_finish_days=np.zeros((0, 0, 0)),
        forced_cost=np.zeros((0, 0)),
        forced_clauses=np.zeros((0, 0, 0)),
        forced_tasks=None,
        task_hits=task_hits(plan, [np.array(one.draws, np.intp) for one in rare]),
        correlated=frozenset(at for at, one in enumerate(rare) if one.risk in dependent or _is_correlated(plan, one)),
    )


def _occurrences(stored: StoredTasks, rare: list[RareValue], risk_occurs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return in which iterations each value took effect, (value, iteration)."""
    plan, width = stored.plan, risk_occurs.shape[1]
    redraw = redrawing(plan, stored.request, stored.dimension, width)
    occurs = np.zeros((len(rare), width), np.bool_)
    by_variable: dict[int, list[int]] = {}
    for at, one in enumerate(rare):
        by_variable.setdefault(int(plan.draws.variable[one.draws[0]]), []).append(at)
    for variable, places in by_variable.items():
        word = redraw(variable).word
        for at in places:
            one = rare[at]
            occurs[at] = (word >= one.first) & (word.astype(np.int64) < one.last)
            if one.risk >= 0:
                occurs[at] &= risk_occurs[one.risk]
    return occurs


def _is_correlated(plan: Plan, one: RareValue) -> bool:
    """Return whether what takes a value goes with something else."""
    drawn = plan.draws.variable[list(one.draws)].tolist()
    return plan.correlation is not None and not plan.correlation.variables.isdisjoint(drawn)


def with_value(stored: StoredTasks, one: RareValue) -> tuple[Plan, Request]:
    """Return the plan with a value that is always taken, and the request in which the risk that it needs occurs."""
    plan = stored.plan
    variables = plan.variables
    kind, offset = variables.kind.copy(), variables.offset.copy()
    row = plan.draws.variable[list(one.draws)]
    kind[row], offset[row] = CONSTANT, one.value
    always = () if one.risk < 0 else (one.risk,)
    changed = replace(plan, variables=variables._replace(kind=kind, offset=offset))
    return changed, replace(stored.request, always=always)
