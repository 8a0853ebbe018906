"""The inputs of a run held against its finish, its cost and its gates."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.decision import meets
from riskengine.analysis.drivers.merges import path_tables
from riskengine.analysis.drivers.tasks import driver_tasks_table
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import half_width
from riskengine.analysis.statistics.part import counted_parts, share_of_part
from riskengine.analysis.statistics.product_moment import around
from riskengine.analysis.statistics.rank import ranked, spearman, spearman_influence
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.sides import SidePlaces, side_mean, swing
from riskengine.analysis.statistics.variance_share import variance_shares
from riskengine.results.samples.driver_sample import DriverColumns, DriverInput, DriverSample
from riskengine.results.samples.sample import GateQuestion
from riskengine.results.tables.build import build

Values = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]

VALUES_AT_ONCE: Final = 2**18
"""Inputs x iterations that are worked on at a time: the arrays fit into the processor's cache."""


@dataclass(frozen=True)
class Answer:
    """What drives a run.

    Parameters
    ----------
    target : str
        ``project``, or the id of the target whose finish it is about.
    iterations : int
        That were looked at.
    tables : mapping of str to pyarrow.Table
        Those of the registry whose names begin with ``driver``.
    """

    target: str
    iterations: int
    tables: Mapping[str, pa.Table]


@dataclass(frozen=True)
class Outcome:
    """A result that inputs are held against.

    Parameters
    ----------
    name : str
        ``finish`` or ``cost``.
    values : (n,) float64
    order, rank : (1, n)
        As :func:`ranked` gives them.
    reach : float
        How far apart two values can be; infinite where that is not known.
    """

    name: str
    values: Values
    order: NDArray[np.intp]
    rank: Values
    reach: float

    @classmethod
    def of(cls, name: str, values: Values, limits: Values | None) -> "Outcome":
        """Return the outcome of these values, between these limits where they are known."""
        order, rank = ranked(values[np.newaxis])
        return cls(name, values, order, rank, np.inf if limits is None else float(limits[1] - limits[0]))


def drivers(made: DriverSample, target: str) -> Answer:
    """Return what drives the finish of a target, the cost and the gates.

    Parameters
    ----------
    made : DriverSample
    target : str
        One of the sample's.
    """
    row = made.sample.target.index(target)
    names = [each.id for each in made.inputs]
    of_inputs, of_gates = in_groups(made, row)
    order = sorted(range(len(names)), key=lambda at: (-_size(of_inputs, at), names[at]))
    inputs = [made.inputs[at] for at in order]
    columns: dict[str, Any] = about(inputs) | {"is_correlated": [each.is_correlated for each in inputs]}
    columns |= {name: values[order] for name, values in of_inputs.items()}
    gate_columns: dict[str, Any] = about([one for _ in made.sample.gates for one in inputs])
    gate_columns["gate"] = [gate.id for gate in made.sample.gates for _ in inputs]
    for name in GATE_COLUMNS:
        parts = [each[name][order] for each in of_gates]
        gate_columns[name] = np.concatenate(parts) if parts else np.zeros(0)
    return Answer(
        target,
        made.iterations,
        {
            "drivers": build("drivers", columns),
            "driver_gates": build("driver_gates", gate_columns),
            "driver_tasks": driver_tasks_table(made, row),
            **path_tables(made, row),
        },
    )


GATE_COLUMNS: Final = tuple(
    f"{name}{end}" for name in ("chance_low", "chance_high", "change") for end in ("", "_ci_low", "_ci_high")
)


def about(inputs: list[DriverInput]) -> dict[str, list[Any]]:
    """Return what the inputs are, as columns."""
    return {
        "input": [each.id for each in inputs],
        "kind": [each.kind for each in inputs],
        "quantity": [each.quantity for each in inputs],
        "risk": [each.risk for each in inputs],
        "task": [each.task for each in inputs],
    }


def _size(columns: Columns, at: int) -> float:
    """Return by how much an input moves the finish; less than nothing where that is not known."""
    size = abs(float(columns["finish_swing"][at]))
    return -1.0 if np.isnan(size) else size


def in_groups(made: DriverSample, row: int) -> tuple[Columns, list[Columns]]:
    """Return the columns of the inputs, and those of each gate, worked out for some inputs at a time."""
    n, sample = made.iterations, made.sample
    limits = None if sample.limits is None or sample.is_taken_as_fixed else sample.limits
    outcomes = [
        Outcome.of("finish", sample.finish_days[row, :n], None if limits is None else limits.finish_days[:, row]),
        Outcome.of("cost", sample.cost[:n], None if limits is None else limits.cost),
    ]
    replicates = Replicates.of(sample.method, n)
    met = [is_met_in_first(made, gate) for gate in sample.gates]
    step = max(1, VALUES_AT_ONCE // n)
    starts = range(0, max(1, len(made.inputs)), step)
    with ThreadPoolExecutor(made.threads) as pool:  # whoever has which group, each is worked out for itself
        groups = list(
            pool.map(lambda at: group_columns(made.columns(slice(at, at + step)), outcomes, met, replicates), starts)
        )
    of_inputs = {name: np.concatenate([group[0][name] for group in groups]) for name in groups[0][0]}
    of_gates = [
        {name: np.concatenate([group[1][gate][name] for group in groups]) for name in GATE_COLUMNS}
        for gate in range(len(met))
    ]
    return of_inputs, of_gates


def is_met_in_first(made: DriverSample, gate: GateQuestion) -> NDArray[np.bool_]:
    """Return in which of the iterations that are looked at a gate is passed."""
    sample, n = made.sample, made.iterations
    return meets(sample.finish[gate.target, :n], sample.cost[:n], gate.finish, gate.cost)


def group_columns(
    columns: DriverColumns, outcomes: list[Outcome], met: list[NDArray[np.bool_]], replicates: Replicates
) -> tuple[Columns, list[Columns]]:
    """Return the columns of some inputs, and those of each gate."""
    sides = SidePlaces.of(columns.low), SidePlaces.of(columns.high)
    of_inputs: Columns = {
        "low_iterations": sides[0].counts.astype(np.int64),
        "high_iterations": sides[1].counts.astype(np.int64),
    }
    for outcome in outcomes:
        of_inputs |= outcome_columns(columns, sides, outcome, replicates)
    return of_inputs, [gate_columns(columns, sides, each, replicates) for each in met]


def outcome_columns(
    columns: DriverColumns, sides: tuple[SidePlaces, SidePlaces], outcome: Outcome, replicates: Replicates
) -> Columns:
    """Return what some inputs do to one outcome."""
    values, name, reach = outcome.values, outcome.name, outcome.reach
    signed = spearman(columns.rank, outcome.rank[0])
    influence = spearman_influence(columns.order, columns.rank, outcome.order, outcome.rank)
    correlation = around(signed, half_width(influence, replicates), replicates.n)
    return (
        side_mean(values, sides[0], replicates, reach).columns(f"{name}_low")
        | side_mean(values, sides[1], replicates, reach).columns(f"{name}_high")
        | swing(values, *sides, replicates, reach).columns(f"{name}_swing")
        | correlation.columns(f"{name}_rank_correlation")
        | variance_shares(values, columns.value, columns.part, replicates).columns(f"{name}_variance_share")
    )


def gate_columns(
    columns: DriverColumns,
    sides: tuple[SidePlaces, SidePlaces],
    met: NDArray[np.bool_],
    replicates: Replicates,
) -> Columns:
    """Return how the chance to pass a gate moves with some inputs."""
    passes = met.astype(np.float64)
    change = swing(passes, *sides, replicates, reach=1.0)
    within = Interval(change.value, np.maximum(change.low, -1.0), np.minimum(change.high, 1.0))
    return (
        share_of_part(counted_parts(columns.low & met, columns.low, replicates), replicates).columns("chance_low")
        | share_of_part(counted_parts(columns.high & met, columns.high, replicates), replicates).columns("chance_high")
        | within.columns("change")
    )
