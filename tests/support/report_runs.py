"""Runs for the tests of the report: samples made by hand, taken through the real analysis."""

from dataclasses import replace

import numpy as np

from riskengine.analysis import tables
from riskengine.results.run import RunRecord, assemble
from riskengine.results.samples.correlation_sample import CorrelationSample
from riskengine.results.samples.sample import GateQuestion, RiskSample, Sample, TaskSample
from tests.support.samples import inputs

DAY = np.timedelta64(86_400_000_000, "us")
START = np.datetime64("2027-03-01T00:00:00", "us")
ITERATIONS = 2560

PRODUCT = 0.6 + 0.3 * np.random.default_rng(3).normal(size=(2, 2560))
CORRELATIONS = CorrelationSample(
    id=("crew", "prices"),
    name=("One crew", ""),
    rank=np.array([0.6, -0.25]),
    members=np.array([14, 2]),
    varying=np.array([12, 1]),
    is_repaired=np.array([True, False]),
    expected=np.array([0.59, np.nan]),
    product=PRODUCT * np.array([[1.0], [np.nan]]),
    square=np.ones((2, 2560)) * np.array([[1.0], [np.nan]]),
)
"""One that was repaired and one without a pair that varies."""


def gate(name="delivery", share=0.62, confidence=0.8, cost_share=None, target=0) -> GateQuestion:
    """A gate that so many iterations of :func:`sample` meet."""
    return GateQuestion(
        id=name,
        name="",
        target=target,
        finish=None if share is None else START + np.timedelta64(int(100e6 * share), "us") * 86_400,
        cost=None if cost_share is None else 100_000 * cost_share,
        confidence=confidence,
    )


def sample(gates=(), iterations=ITERATIONS, targets=(), task="design", name="Ground station", currency="EUR") -> Sample:
    """A project whose finish lies evenly in the 100 days after its start and whose cost is evenly in 0..100 000."""
    rng = np.random.default_rng(1)
    share = (rng.permutation(iterations) + 0.5) / iterations
    days = 100.0 * share
    instants = START + (days * 86_400e6).astype("timedelta64[us]")
    rows = 1 + len(targets)
    ids = (task, "build", "done")
    part = np.stack([days / 2, days / 3, days * 0])
    tasks = TaskSample(
        id=ids,
        name=("Design", "Build", "Done"),
        team=("Systems", "", ""),
        wbs=("1", "2", "3"),
        wbs_name=("Civil", "", ""),
        is_milestone=np.array([False, False, True]),
        criticality_count=np.tile(np.array([iterations, iterations // 4, iterations]), (rows, 1)),
        criticality_square=np.tile(np.array([0, 0, 0]), (rows, 1)),
        criticality_full=np.tile(np.array([iterations, iterations // 4, iterations]), (rows, 1)),
        deterministic_start=np.array([START] * 3),
        deterministic_finish=np.array([START + 20 * DAY] * 3),
        deterministic_duration=np.array([20.0, 10.0, 0.0]),
        start=np.full((3, iterations), START),
        finish=np.tile(instants, (3, 1)),
        duration=part,
        cost=part * 10,
        deterministic_float=np.array([0.0, 3.0, 0.0]),
        total_float=part / 4,
    )
    occurs = rng.random((2, iterations)) < 0.3
    risks = RiskSample(
        id=("antenna-late", "storm"),
        name=("Antenna late", "Storm"),
        kind=("threat", "threat"),
        probability=np.array([0.3, 0.3]),
        occurs=occurs,
        paired=(0, 1),
        finish_days_without=np.stack([days - 10, days - 1]),
        cost_without=np.tile(1000 * days - 5000, (2, 1)),
    )
    return Sample(
        name=name,
        project="ground",
        currency=currency,
        method="random",
        seed=1,
        iterations=iterations,
        start=START,
        target=("project", *targets),
        finish=np.tile(instants, (rows, 1)),
        finish_days=np.tile(days, (rows, 1)),
        cost=1000 * days,
        deterministic_finish=np.array([START + 30 * DAY] * rows),
        deterministic_finish_days=np.full(rows, 30.0),
        deterministic_cost=30_000.0,
        tasks=tasks,
        risks=risks,
        gates=tuple(gates),
        inputs=inputs(len(ids), len(risks.id)),
    )


def without_cost(made: Sample) -> Sample:
    """The same project, free of charge."""
    return replace(made, cost=made.cost * 0, deterministic_cost=0.0)


def constant(made: Sample) -> Sample:
    """The same project, finishing on the same instant in every iteration."""
    return replace(
        made,
        finish=np.broadcast_to(made.deterministic_finish[:, None], made.finish.shape),
        finish_days=np.full_like(made.finish_days, 30.0),
    )


def run(made: Sample, looks: int = 1) -> RunRecord:
    """The run of a sample that was looked at so often."""
    return assemble(made, dict(tables(made, looks)), "{}\n", "ab" * 32)
