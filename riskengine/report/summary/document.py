"""The answer of a run as one JSON object: what ``--json`` prints.

Money is in the currency of the scenario, days are working days of the project calendar after the start, dates are ISO.
What is unknown is null; a NaN never appears.
"""

from datetime import datetime
from typing import Any

from riskengine.report.reading import (
    PROJECT,
    Row,
    decision,
    finite,
    hard_constraints,
    percentiles,
    rows,
    summary,
    with_interval,
)
from riskengine.report.summary.actions import actions_document
from riskengine.report.summary.changes import changes_document
from riskengine.report.summary.clauses import clauses_document
from riskengine.report.summary.correlations import correlations_document
from riskengine.report.summary.levelling import levelling_document
from riskengine.report.summary.lost_days import lost_days_document
from riskengine.report.summary.margins import margins_document
from riskengine.report.summary.projects import projects_document
from riskengine.report.summary.words import sentences
from riskengine.report.text.notation import last_day
from riskengine.results.run import RunRecord

Document = dict[str, Any]


def document(run: RunRecord, elapsed_s: float | None = None) -> Document:
    """Return the JSON object of a run.

    Parameters
    ----------
    run : RunRecord
    elapsed_s : float, optional [s]
        How long the run took, where somebody measured it; a results folder does not keep it.

    Returns
    -------
    dict
        ``run``, ``name``, ``project``, ``currency``, ``start``, ``decision``, ``words``, ``finish``, ``cost``,
        ``targets``, ``gates``, ``tasks``, ``risks``, ``changes``, ``actions``, ``levelling``,
        ``correlations``, ``clauses``; only types that JSON has.
    """
    manifest = run.manifest
    return {
        "run": {
            "id": manifest["run"],
            "digest": manifest["digest"],
            "seed": manifest["seed"],
            "iterations": manifest["iterations"],
            "method": manifest["method"],
            "engine": f"{manifest['engine']} {manifest['version']}",
            "numbers": manifest["numbers"],
            "elapsed_s": None if elapsed_s is None else round(elapsed_s, 3),
            "hard_constraints": hard_constraints(run),
        },
        "name": manifest["name"],
        "project": manifest["project"],
        "currency": manifest["currency"],
        "start": manifest["start"],
        "decision": decision(run),
        "words": sentences(run),
        "finish": _measure(run, PROJECT, "finish"),
        "cost": _measure(run, PROJECT, "cost"),
        "targets": [{"target": target, **_measure(run, target, "finish")} for target in manifest["targets"]],
        "gates": [_gate(row) for row in rows(run, "gates")],
        "tasks": [_task(row) for row in rows(run, "tasks", TASK_COLUMNS)],
        "risks": [_risk(row) for row in rows(run, "risks")],
        "programme": projects_document(run),
        "changes": changes_document(run),
        "actions": actions_document(run),
        "levelling": levelling_document(run),
        "correlations": correlations_document(run),
        "clauses": clauses_document(run),
        "lost_days": lost_days_document(run),
        "margins": margins_document(run),
    }


ENDS = ("_ci_low", "_ci_high")
TASK_COLUMNS = (
    "task",
    "name",
    *(f"{name}{end}" for name in ("existence", "criticality", "criticality_existing") for end in ("", *ENDS)),
    "cruciality",
    "ssi",
    "deterministic_start",
    "deterministic_finish",
    "finish_p50",
    "finish_p80",
)


def _measure(run: RunRecord, target: str, measure: str) -> Document:
    row = summary(run, target, measure)
    is_finish = measure == "finish"
    numbers: Document = {"unit": "working days" if is_finish else run.manifest["currency"]}
    numbers["deterministic"] = finite(row["deterministic"])
    if is_finish:
        numbers["deterministic_date"] = _date(row["deterministic_instant"])
        numbers["deterministic_instant"] = _instant(row["deterministic_instant"])
    numbers["deterministic_chance"] = with_interval(row, "chance")
    numbers["mean"] = with_interval(row, "mean")
    numbers["sd"] = finite(row["sd"])
    numbers["sd_ci_low"], numbers["sd_ci_high"] = finite(row["sd_ci_low"]), finite(row["sd_ci_high"])
    numbers["minimum"], numbers["maximum"] = finite(row["minimum"]), finite(row["maximum"])
    numbers["contingency_p80"] = with_interval(row, "contingency_p80")
    numbers["percentiles"] = [_percentile(point, is_finish) for point in percentiles(run, target, measure)]
    return numbers


def _percentile(row: Row, is_finish: bool) -> Document:
    p = row["percentile"]
    point: Document = {"p": int(p) if p == int(p) else p}
    point |= {name: finite(row[name]) for name in ("value", "ci_low", "ci_high")}
    if is_finish:
        point |= {f"date{end}": _date(row[f"instant{end}"]) for end in ("", "_ci_low", "_ci_high")}
        point["instant"] = _instant(row["instant"])
    return point


def _gate(row: Row) -> Document:
    return {
        "gate": row["gate"],
        "name": row["name"],
        "target": row["target"],
        "answer": row["answer"],
        "probability": finite(row["probability"]),
        "ci_low": finite(row["ci_low"]),
        "ci_high": finite(row["ci_high"]),
        "level": finite(row["level"]),
        "required": finite(row["confidence"]),
        "finish": _date(row["finish"]),
        "finish_instant": _instant(row["finish"]),
        "cost": finite(row["cost"]),
        "count": row["count"],
        "iterations": row["iterations"],
    }


def _task(row: Row) -> Document:
    return {
        "task": row["task"],
        "name": row["name"],
        "criticality": finite(row["criticality"]),
        "ci_low": finite(row["criticality_ci_low"]),
        "ci_high": finite(row["criticality_ci_high"]),
        "existence": with_interval(row, "existence"),
        "criticality_existing": with_interval(row, "criticality_existing"),
        "cruciality": finite(row["cruciality"]),
        "ssi": finite(row["ssi"]),
        "deterministic_start": _instant(row["deterministic_start"]),
        "deterministic_finish": _instant(row["deterministic_finish"]),
        "finish_p50": _instant(row["finish_p50"]),
        "finish_p80": _instant(row["finish_p80"]),
    }


def _risk(row: Row) -> Document:
    effects: Document = {"risk": row["risk"], "name": row["name"], "kind": row["kind"]}
    effects["probability"] = finite(row["probability"])
    effects["occurrence"] = with_interval(row, "occurrence")
    effects["method"] = row["method"]
    for measure in ("days", "cost"):
        effects[measure] = {
            statistic: with_interval(row, f"{measure}_{statistic}") for statistic in ("mean", "p50", "p80", "p90")
        }
    return effects


def _date(value: datetime | None) -> str | None:
    """The day that people say; a finish at 24:00 is stored as 00:00 of the next day."""
    return None if value is None else last_day(value).isoformat()


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
