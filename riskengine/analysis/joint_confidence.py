"""How sure it is that the finish and the cost keep their limits at once: of a pair, of a level, of equal percentiles.

References
----------
NASA Cost Estimating Handbook 4.0 (2015), appendix J, Joint Cost and Schedule Confidence Level (JCL) Analysis.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.decision import meets
from riskengine.analysis.statistics.diagonal import EqualPercentiles, equal_percentiles
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.analysis.statistics.part import counted_parts, share_of_part
from riskengine.analysis.statistics.partial_sort import sort_around
from riskengine.analysis.statistics.percentile import at_rank, percentile_rank, percentile_ranks
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import LEVEL, Replicates
from riskengine.results.run import RunRecord
from riskengine.results.tables.arrow_array import numpy_of

Mask = NDArray[np.bool_]
Dates = NDArray[np.datetime64]

USUAL_LEVEL = Fraction(7, 10)
"""Where no gate asks for a date and an amount: that of NASA's policy."""
MOST_DATES = 10
"""Dates of a frontier at the most, beside the last."""
DAY = np.timedelta64(1, "D")
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Futures:
    """The finish and the cost of every iteration of a run, and how they were drawn.

    Parameters
    ----------
    finish : (iteration,) datetime64[us]
        Of the target.
    cost : (iteration,) float64 [currency]
    method : str
        ``random``, ``lhs`` or ``sobol``.
    table_error : float
        How far a probability may be off because quantile functions are tables.
    """

    finish: Dates
    cost: NDArray[np.float64]
    method: str
    table_error: float

    @property
    def replicates(self) -> Replicates:
        """What of them is independent of what."""
        return Replicates.of(self.method, len(self.cost))


@dataclass(frozen=True)
class JointChance:
    """How often a date and an amount are kept, alone and at once.

    Parameters
    ----------
    finish : datetime
        Last instant that keeps the date.
    cost : float [currency]
    joint, on_time, in_budget : SingleInterval [share 0..1]
        Both are kept; the date, whatever the cost; the amount, whatever the date.
    in_budget_if_on_time, on_time_if_in_budget : SingleInterval [share 0..1]
        Among the iterations that keep the date, and the amount; no value where there are none.
    """

    finish: datetime
    cost: float
    joint: SingleInterval
    on_time: SingleInterval
    in_budget: SingleInterval
    in_budget_if_on_time: SingleInterval
    on_time_if_in_budget: SingleInterval


@dataclass(frozen=True)
class FrontierPoint:
    """The least money with which a date is kept at once with a probability.

    Parameters
    ----------
    finish : datetime
    on_time : SingleInterval [share 0..1]
    cost : SingleInterval [currency]
        No value where no amount is enough.
    """

    finish: datetime
    on_time: SingleInterval
    cost: SingleInterval


@dataclass(frozen=True)
class LatestFinish:
    """The earliest date that is kept at once with an amount with a probability.

    Parameters
    ----------
    cost : float [currency]
    in_budget : SingleInterval [share 0..1]
    finish : SingleInterval
        Dates; no value where none is late enough.
    """

    cost: float
    in_budget: SingleInterval
    finish: SingleInterval


@dataclass(frozen=True)
class GateChance:
    """How often a gate that asks for a date and an amount is met, and either of the two.

    Parameters
    ----------
    gate, name, target : str
    chance : JointChance
    """

    gate: str
    name: str
    target: str
    chance: JointChance


@dataclass(frozen=True)
class JointQuestion:
    """What is asked of the finish and the cost of a run together.

    Parameters
    ----------
    level : Fraction
        A probability, above 0 and below 1.
    target : str
        Whose finish: ``project``, or the id of a target.
    finish : datetime or None
        Last instant that keeps the date.
    cost : float or None [currency]
    """

    level: Fraction
    target: str = "project"
    finish: datetime | None = None
    cost: float | None = None


@dataclass(frozen=True)
class JointConfidence:
    """What a run says of its finish and its cost together.

    Parameters
    ----------
    question : JointQuestion
    plan : JointChance
        Of the finish and the cost of the deterministic plan.
    gates : tuple of GateChance
        Those that ask for both, whatever their targets.
    pair : JointChance or None
        Of the date and the amount that are asked for.
    at_finish, at_cost : FrontierPoint or None, LatestFinish or None
        What goes with the date, or the amount, that is asked for alone.
    equal : EqualPercentiles
        Where the percentiles of finish and cost are equal.
    frontier : tuple of FrontierPoint
        By date.
    """

    question: JointQuestion
    plan: JointChance
    gates: tuple[GateChance, ...]
    pair: JointChance | None
    at_finish: FrontierPoint | None
    at_cost: LatestFinish | None
    equal: EqualPercentiles
    frontier: tuple[FrontierPoint, ...]


def joint_confidence(run: RunRecord, question: JointQuestion) -> JointConfidence:
    """Return what a run says of its finish and its cost together.

    Parameters
    ----------
    run : RunRecord
    question : JointQuestion
        Of a target that the run has.
    """
    futures, level = futures_of(run, question.target), question.level
    finish, cost = question.finish, question.cost
    instants = futures.finish.astype(np.int64)
    return JointConfidence(
        question=question,
        plan=joint_chance(futures, *plan_of(run, question.target)),
        gates=gate_chances(run),
        pair=None if finish is None or cost is None else joint_chance(futures, finish, cost),
        at_finish=frontier(futures, level, [finish])[0] if finish is not None and cost is None else None,
        at_cost=latest_finish(futures, level, cost) if cost is not None and finish is None else None,
        equal=equal_percentiles(instants, futures.cost, level, futures.replicates, futures.table_error),
        frontier=tuple(frontier(futures, level, frontier_dates(futures, level))),
    )


def usual_question(run: RunRecord) -> JointQuestion:
    """Return what is asked where nobody says: the level of the first gate on both, of its target; else 70 %."""
    for gate in run.tables["gates"].to_pylist():
        if gate["finish"] is not None and gate["cost"] is not None and 0 < gate["confidence"] < 1:
            return JointQuestion(Fraction(repr(gate["confidence"])), gate["target"])
    return JointQuestion(USUAL_LEVEL)


def futures_of(run: RunRecord, target: str) -> Futures:
    """Return the finish of a target, and the cost, of every iteration of a run."""
    iterations, manifest = run.tables["iterations"], run.manifest
    column = "finish" if target == "project" else f"finish:{target}"
    return Futures(
        numpy_of(iterations[column]), numpy_of(iterations["cost"]), manifest["method"], manifest["table_error"]
    )


def plan_of(run: RunRecord, target: str) -> tuple[datetime, float]:
    """Return the finish of a target, and the cost, of the deterministic plan."""
    rows = {(row["target"], row["measure"]): row for row in run.tables["summary"].to_pylist()}
    return rows[target, "finish"]["deterministic_instant"], rows["project", "cost"]["deterministic"]


def gate_chances(run: RunRecord) -> tuple[GateChance, ...]:
    """Return how often each gate that asks for a date and an amount is met."""
    gates = [row for row in run.tables["gates"].to_pylist() if row["finish"] is not None and row["cost"] is not None]
    return tuple(
        GateChance(
            gate["gate"],
            gate["name"],
            gate["target"],
            joint_chance(futures_of(run, gate["target"]), gate["finish"], gate["cost"]),
        )
        for gate in gates
    )


def joint_chance(futures: Futures, finish: datetime, cost: float) -> JointChance:
    """Return how often a date and an amount are kept, alone and at once."""
    on_time = meets(futures.finish, futures.cost, np.datetime64(finish, "us"), None)
    in_budget = meets(futures.finish, futures.cost, None, cost)
    both = on_time & in_budget
    chances = _singles(*_shares(futures, np.stack([both, on_time, in_budget])))
    counts = counted_parts(np.stack([both, both]), np.stack([on_time, in_budget]), futures.replicates)
    parts = _singles(*share_of_part(counts, futures.replicates, futures.table_error))
    return JointChance(
        finish=finish,
        cost=cost,
        joint=chances[0],
        on_time=chances[1],
        in_budget=chances[2],
        in_budget_if_on_time=parts[0],
        on_time_if_in_budget=parts[1],
    )


def frontier(futures: Futures, level: Fraction, dates: Sequence[datetime]) -> list[FrontierPoint]:
    """Return the least money for each date with which both are kept with the probability ``level``.

    Notes
    -----
    With the cost of iterations that are late taken for more than any amount, that money is a percentile of the cost:
    the ceil(n level)-th smallest, with the interval of any percentile. What is above every amount is no value.
    """
    if not dates:
        return []
    limits = np.array(dates, dtype="datetime64[us]")
    on_time = futures.finish[np.newaxis] <= limits[:, np.newaxis]
    needed = np.where(on_time, futures.cost, np.inf)
    bounds = [_open(end) for end in _percentile(futures, needed, level)]
    chances = _singles(*_shares(futures, on_time))
    money = [SingleInterval(*ends) for ends in zip(*bounds, strict=True)]
    return [FrontierPoint(*point) for point in zip(dates, chances, money, strict=True)]


def latest_finish(futures: Futures, level: Fraction, cost: float) -> LatestFinish:
    """Return the earliest date with which an amount is kept at once with the probability ``level``."""
    in_budget = meets(futures.finish, futures.cost, None, cost)[np.newaxis]
    needed = np.where(in_budget, futures.finish.astype(np.int64), NEVER)
    dates = [_instant(end[0]) for end in _percentile(futures, needed, level)]
    return LatestFinish(cost, _singles(*_shares(futures, in_budget))[0], SingleInterval(*dates))


def frontier_dates(futures: Futures, level: Fraction) -> list[datetime]:
    """Return ends of days that a frontier is shown at: from where enough iterations are on time to where all are.

    Notes
    -----
    The days of percentiles at equal distances. At a midnight nobody works, so that a day is kept to its end.
    """
    ordered = np.sort(futures.finish)
    n = len(ordered)
    first = percentile_rank(n, 100 * level)
    ranks = {first + (n - first) * step // MOST_DATES for step in range(MOST_DATES + 1)}
    midnight = -np.floor_divide(
        -ordered[np.array(sorted(ranks)) - 1].astype(np.int64), DAY.astype("m8[us]").astype(int)
    )
    return sorted({day.item() for day in (midnight * DAY + np.datetime64(0, "D")).astype("datetime64[us]")})


def least_iterations(level: Fraction) -> int:
    """Return how many independent iterations give the interval of a percentile both of its ends."""
    extreme = max(float(level), 1 - float(level))
    return math.ceil(math.log((1 - LEVEL) / 2) / math.log(extreme))


def _shares(futures: Futures, indicator: Mask) -> Any:
    return probability_of(indicator, futures.replicates, table_error=futures.table_error)


def _percentile(futures: Futures, values: NDArray[Any], level: Fraction) -> list[NDArray[Any]]:
    """Return a percentile of each row, and the ends of its interval, (row,) each."""
    percents = (100 * level,)
    rows = sort_around(values, percents, futures.replicates, futures.table_error)
    ranks = percentile_ranks(rows, percents, futures.replicates, table_error=futures.table_error)
    ordered = rows.ordered if values.dtype.kind == "f" else rows.ordered.view("datetime64[us]")
    return [at_rank(ordered, rank)[:, 0] for rank in (ranks.value, ranks.low, ranks.high)]


def _open(values: NDArray[np.float64]) -> list[float | None]:
    """Return numbers, and None for those that are none or beyond every amount."""
    return [value if math.isfinite(value) else None for value in values.tolist()]


def _instant(value: np.datetime64) -> datetime | None:
    """Return an instant, and None for one that never comes."""
    is_missing = np.isnat(value) or value.astype(np.int64) == NEVER
    return None if is_missing else value.astype("datetime64[us]").item()


def _singles(*ends: NDArray[np.float64]) -> list[SingleInterval]:
    """Return each value with its interval."""
    return [SingleInterval(*values) for values in zip(*(_open(end) for end in ends), strict=True)]
