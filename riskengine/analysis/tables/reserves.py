"""The tables of what a confidence takes: beyond the plan, and of finish and cost at once."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from riskengine.analysis.contingency import MeasureContingency, measure_contingencies
from riskengine.analysis.joint_confidence import JointChance, JointConfidence, joint_confidence, usual_question
from riskengine.results.run import RunRecord, facts_of
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.arrow_array import numpy_of
from riskengine.results.tables.build import build_rows
from riskengine.results.tables.reserve_tables import CONFIDENCES, EACH, EQUAL, FRONTIER, GATE, PLAN

Row = dict[str, Any]


def record_of(sample: Sample, tables: Mapping[str, pa.Table]) -> RunRecord:
    """Return a sample as its folder has it, with some of its tables."""
    return RunRecord(facts_of(sample), "", tables)


def contingency_table(run: RunRecord) -> pa.Table:
    """Return a row for each target, measure and confidence.

    Parameters
    ----------
    run : RunRecord
        With the tables ``iterations`` and ``summary``.
    """
    rows: list[Row] = []
    for target in ("project", *run.manifest["targets"]):
        for measure in ("finish", "cost")[: 2 if target == "project" else 1]:
            answers = measure_contingencies(run, measure, CONFIDENCES, target)
            rows += [
                {"target": target, "measure": measure, "confidence": float(confidence), **_columns(answer)}
                for confidence, answer in zip(CONFIDENCES, answers, strict=True)
            ]
    return build_rows("contingency", sorted(rows, key=lambda row: row["measure"] == "cost"))


def _columns(answer: MeasureContingency) -> Row:
    names = ("percentile", "instant", "from_plan", "from_mean")
    return {key: value for name in names for key, value in getattr(answer, name).columns(name).items()}


def joint_table(run: RunRecord) -> pa.Table:
    """Return a row for each date and amount that a run says something of; none where nothing costs anything.

    Parameters
    ----------
    run : RunRecord
        With the tables ``iterations``, ``summary`` and ``gates``.
    """
    if not numpy_of(run.tables["iterations"]["cost"]).any():
        return build_rows("joint", [])
    answer = joint_confidence(run, usual_question(run))
    rows = [*_points(answer), {"point": PLAN, "target": answer.question.target, **_chances(answer.plan)}]
    rows += [
        {"point": GATE, "gate": gate.gate, "target": gate.target, **_chances(gate.chance)} for gate in answer.gates
    ]
    return build_rows("joint", [{"number": number, "gate": "", **row} for number, row in enumerate(rows)])


def _points(answer: JointConfidence) -> list[Row]:
    """Return the rows of what is asked for at a level."""
    question = {"target": answer.question.target, "level": float(answer.question.level)}
    equal = answer.equal
    rows = [
        {"point": FRONTIER, **question, "finish": point.finish, **point.cost.columns("cost")}
        | point.on_time.columns("on_time")
        for point in answer.frontier
    ]
    shares = equal.share.columns("on_time") | equal.share.columns("in_budget")
    rows.append({"point": EQUAL, **question, **equal.finish.columns("finish"), **equal.cost.columns("cost"), **shares})
    at_level = {"finish": equal.finish_at_level, "cost": equal.cost_at_level}
    return [*rows, {"point": EACH, **question, **at_level, **equal.joint_at_level.columns("joint")}]


def _chances(chance: JointChance) -> Row:
    """Return what is said of a date and an amount that are named."""
    names = ("joint", "on_time", "in_budget")
    shares = {key: value for name in names for key, value in getattr(chance, name).columns(name).items()}
    return {"finish": chance.finish, "cost": chance.cost, **shares}
