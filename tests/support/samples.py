"""Synthetic samples, of the shape that the engine hands over, from models whose truth is known.

The project is a chain: task k starts when task k - 1 is finished. Dates run round the clock, a day being 86 400 s.
"""

from dataclasses import replace
from functools import partial

import numpy as np

from riskengine.results.samples.sample import GateQuestion, RiskSample, Sample, TaskSample
from riskengine.results.tables.input_tables import INPUT_TABLES

START = np.datetime64("2027-03-01T00:00:00", "us")
DAY = np.int64(86_400_000_000)
BLOCK = 256

POSITIONS = ("probability_before", "mean_delay_before", "mean_delay", "mean_cost_before", "mean_cost")


def instants(days):
    """The dates of working days after the start, on a calendar that never rests."""
    return START + np.round(np.asarray(days) * DAY).astype("timedelta64[us]")


def uniforms(method, dimensions, n, rng):
    """(dimension, n) uniforms: independent, or stratified in every dimension within each block of 256.

    ``lhs`` permutes the strata at random in every dimension. ``sobol`` gives the first two dimensions a scrambled
    two-dimensional net in each block, and the others strata like ``lhs``.
    """
    if method == "random":
        return rng.random((dimensions, n))
    blocks = -(-n // BLOCK)
    strata = np.argsort(rng.random((dimensions, blocks, BLOCK)), axis=2)
    if method == "sobol":
        index = np.arange(BLOCK)
        reversed_bits = sum(((index >> bit) & 1) << (7 - bit) for bit in range(8))
        shift = rng.integers(0, BLOCK, (2, blocks, 1))
        strata[0] = index ^ shift[0]
        if dimensions > 1:
            strata[1] = reversed_bits ^ shift[1]
    return ((strata + rng.random(strata.shape)) / BLOCK).reshape(dimensions, -1)[:, :n]


def inputs(tasks, risks, *, name="Chain", project="chain", start=START, data_date=None, description=""):
    """What a scenario says of so many tasks and risks, and of nothing else."""
    said = {
        "tasks": {
            "type": ["task"] * tasks,
            "owner": [""] * tasks,
            "tags": [""] * tasks,
            "calendar": ["standard"] * tasks,
            "progress": ["not started"] * tasks,
            "percent_complete": [0.0] * tasks,
            "early_finish_passed_on": [1.0] * tasks,
        },
        "risks": {
            "owner": [""] * risks,
            "description": [""] * risks,
            "active": [True] * risks,
            "status": ["open"] * risks,
            "triggered_by": [""] * risks,
            "exclusive": [""] * risks,
            "after": [""] * risks,
            "if_later_than": [None] * risks,
            "probability_triggered": [0.0] * risks,
            **{name: [0.0] * risks for name in POSITIONS},
        },
        **{kind.name: {column.name: [] for column in kind.columns} for kind in INPUT_TABLES},
        "project": {
            "project": [project],
            "name": [name],
            "description": [description],
            "start": [start],
            "data_date": [data_date],
            "days_to_data_date": [0.0 if data_date is None else float((data_date - start) / DAY)],
            "calendar": ["24h"],
            "calendar_name": [""],
            "hours_per_day": [24.0],
            "currency": ["EUR"],
            "changes": [""],
            **{f"source_{what}": [""] for what in ("tool", "file", "project")},
            **{f"source_{what}": [None] for what in ("data_date", "status")},
        },
    }
    return {table: partial(dict, columns) for table, columns in said.items()}


def chain_sample(duration, method, *, rate=100.0, occurs=None, without=(), gates=(), seed=1, plan=None, kept=None):
    """The sample of a chain of tasks with these durations, (task, iteration) in days.

    ``occurs`` is (risk, iteration) bool; ``without`` the durations with one risk masked, for each paired risk.
    """
    duration = np.asarray(duration, dtype=np.float64)
    count, n = duration.shape
    kept = n if kept is None else kept
    plan = np.floor(duration.min(axis=1)) if plan is None else np.asarray(plan, dtype=np.float64)
    finish = np.cumsum(duration, axis=0)
    plan_finish = np.cumsum(plan)
    occurs = np.zeros((0, n), dtype=bool) if occurs is None else occurs
    m = without[0].shape[1] if len(without) else n
    risks = len(occurs)
    full = n // BLOCK * BLOCK
    return Sample(
        name="Chain",
        project="chain",
        currency="EUR",
        method=method,
        seed=seed,
        iterations=n,
        start=START,
        target=("project",),
        finish=instants(finish[-1:]),
        finish_days=finish[-1:].copy(),
        cost=rate * finish[-1],
        deterministic_finish=instants(plan_finish[-1:]),
        deterministic_finish_days=plan_finish[-1:],
        deterministic_cost=float(rate * plan_finish[-1]),
        tasks=TaskSample(
            id=tuple(f"t{k:04d}" for k in range(count)),
            name=tuple(f"Task {k}" for k in range(count)),
            team=("Team",) * count,
            wbs=("1",) * count,
            wbs_name=("",) * count,
            is_milestone=np.zeros(count, dtype=bool),
            criticality_count=np.full((1, count), n, dtype=np.int64),
            criticality_square=np.full((1, count), n // BLOCK * BLOCK**2, dtype=np.int64),
            criticality_full=np.full((1, count), full, dtype=np.int64),
            deterministic_start=instants(plan_finish - plan),
            deterministic_finish=instants(plan_finish),
            deterministic_duration=plan,
            start=instants(finish - duration)[:, :kept].copy(),
            finish=instants(finish)[:, :kept].copy(),
            duration=duration[:, :kept].copy(),
            cost=rate * duration[:, :kept],
            deterministic_float=np.zeros(count),
            total_float=np.zeros((count, kept)),
        ),
        risks=RiskSample(
            id=tuple(f"r{k}" for k in range(risks)),
            name=tuple(f"Risk {k}" for k in range(risks)),
            kind=("threat",) * risks,
            probability=np.full(risks, 0.3),
            occurs=occurs,
            paired=tuple(range(len(without))),
            finish_days_without=np.array([other.sum(axis=0) for other in without]).reshape(len(without), m),
            cost_without=np.array([rate * other.sum(axis=0) for other in without]).reshape(len(without), m),
        ),
        gates=tuple(gates),
        inputs=inputs(count, risks),
    )


def with_milestone(sample, name, task):
    """The sample with the finish of one of its tasks as a named target."""
    days = sample.tasks.finish[task : task + 1]
    elapsed = (days - START).astype(np.int64) / DAY
    tasks = sample.tasks
    zeros = np.zeros_like(tasks.criticality_count[:1])
    return replace(
        sample,
        target=(*sample.target, name),
        finish=np.concatenate([sample.finish, days]),
        finish_days=np.concatenate([sample.finish_days, elapsed]),
        deterministic_finish=np.append(sample.deterministic_finish, tasks.deterministic_finish[task]),
        deterministic_finish_days=np.append(
            sample.deterministic_finish_days, np.cumsum(tasks.deterministic_duration)[task]
        ),
        tasks=replace(
            tasks,
            criticality_count=np.concatenate([tasks.criticality_count, zeros]),
            criticality_square=np.concatenate([tasks.criticality_square, zeros]),
            criticality_full=np.concatenate([tasks.criticality_full, zeros]),
        ),
    )


def gate(confidence, *, finish_days=None, cost=None, target=0, name="g"):
    """A gate on days after the start, cost, or both."""
    finish = None if finish_days is None else instants(finish_days)
    return GateQuestion(id=name, name="Gate", target=target, finish=finish, cost=cost, confidence=confidence)


def example(method="sobol", n=2560, tasks=3, risks=2, seed=1, **options):
    """A chain with risks on its first task, the first one paired over half of the iterations."""
    rng = np.random.default_rng(seed)
    draws = uniforms(method, tasks + risks, n, rng)
    base = 5 + 10 * draws[:tasks] ** 2
    occurs = draws[tasks:] >= 0.7
    duration = base.copy()
    for row in range(risks):
        duration[0] += 4 * occurs[row]
    without = []
    if risks:
        other = duration.copy()
        other[0] -= 4 * occurs[0]
        without = [other[:, : n // 2]]
    options.setdefault("gates", (gate(0.8, finish_days=30.0),))
    plan = np.full(tasks, 6.0)
    return chain_sample(duration, method, occurs=occurs, without=without, plan=plan, seed=seed, **options)
