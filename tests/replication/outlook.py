"""A date and an amount at once, and whose a contingency is, as the table ``outlook``."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from riskengine.analysis.contingency import additive_error, allocation, measure_contingency
from riskengine.analysis.joint_confidence import JointQuestion, frontier, futures_of, joint_confidence, latest_finish
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.api.allocating import cost_parts
from riskengine.plan import Plan
from riskengine.results.run import RunRecord
from riskengine.results.samples.sample import Sample
from tests.replication.model import Outlook

DAY = np.timedelta64(1, "D")


def outlook_table(plan: Plan, sample: Sample, tables: Mapping[str, Any], asked: Outlook) -> pa.Table:
    """Return what ``jcl`` and ``contingency`` print of a run; dates in days after the start."""
    manifest = {
        "method": sample.method,
        "iterations": sample.iterations,
        "table_error": sample.table_error,
        "targets": [],
    }
    run = RunRecord(manifest, "", tables)
    question = JointQuestion(Fraction(asked.level), "project", asked.finish, asked.cost)
    result, futures = joint_confidence(run, question), futures_of(run, "project")
    assert result.pair is not None
    confidence = Fraction(asked.confidence)
    finish, cost = (measure_contingency(run, measure, confidence, "project") for measure in ("finish", "cost"))
    parts = cost_parts(plan, sample)
    replicates = Replicates.of(sample.method, parts.values.shape[1])
    task, rest = allocation(parts, list(np.eye(2, dtype=np.bool_)), cost, replicates)
    error = additive_error(parts, confidence, replicates)
    values = {
        "equal share": result.equal.share,
        "equal finish": days(result.equal.finish, sample.start),
        "equal cost": result.equal.cost,
        "joint at level": result.equal.joint_at_level,
        "frontier cost": frontier(futures, question.level, [asked.finish])[0].cost,
        "frontier finish": days(latest_finish(futures, question.level, asked.cost).finish, sample.start),
        "in budget if on time": result.pair.in_budget_if_on_time,
        "on time if in budget": result.pair.on_time_if_in_budget,
        "finish beyond mean": finish.from_mean,
        "cost beyond mean": cost.from_mean,
        "part of the task": task,
        "part of no task": rest,
        "added": error.added,
        "excess": error.excess,
    }
    rows = [
        {"statistic": name, "value": each.value, "ci_low": each.ci_low, "ci_high": each.ci_high}
        for name, each in values.items()
    ]
    types = {"statistic": pa.utf8(), "value": pa.float64(), "ci_low": pa.float64(), "ci_high": pa.float64()}
    return pa.Table.from_pylist(rows, schema=pa.schema(types))


def days(dates: SingleInterval, start: np.datetime64) -> SingleInterval:
    """Return dates as days of 24 hours after the start."""
    ends = (dates.value, dates.ci_low, dates.ci_high)
    return SingleInterval(
        *(None if each is None else float((np.datetime64(each, "us") - start) / DAY) for each in ends)
    )
