"""One row a project: the table of a batch."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from riskengine.analysis.decision import verdict
from riskengine.results.build import build
from riskengine.results.registry import OFF, PORTFOLIO
from riskengine.results.run import RunRecord

Row = dict[str, Any]


def portfolio_row(scenario: str, run: RunRecord) -> Row:
    """Return the row of a scenario that was run, from its tables alone."""
    tables, manifest = run.tables, run.manifest
    finish = percentiles(tables, "finish")
    cost = percentiles(tables, "cost")
    summary = tables["summary"].slice(0, 1).to_pylist()[0]
    return {
        "scenario": scenario,
        "status": "done",
        "message": "",
        "run": manifest["run"],
        "name": manifest["name"],
        "currency": manifest["currency"],
        "iterations": manifest["iterations"],
        "deterministic_finish": summary["deterministic_instant"],
        "finish_p50": finish[50]["instant"],
        "finish_p80": finish[80]["instant"],
        "finish_days_p50": finish[50]["value"],
        "finish_days_p80": finish[80]["value"],
        "cost_p50": cost[50]["value"],
        "cost_p80": cost[80]["value"],
        "decision": verdict(tables["gates"]["answer"].to_pylist()),
        **driver(tables),
    }


def refused_row(scenario: str, status: str, message: str) -> Row:
    """Return the row of a scenario without results; ``status`` is ``refused`` or ``failed``."""
    return {"scenario": scenario, "status": status, "message": message}


def percentiles(tables: Mapping[str, pa.Table], measure: str) -> dict[int, Row]:
    """Return the rows of the project's percentiles of one measure, by percentile."""
    rows = tables["percentiles"].to_pylist()
    return {int(r["percentile"]): r for r in rows if r["target"] == "project" and r["measure"] == measure}


def driver(tables: Mapping[str, pa.Table]) -> Row:
    """Return what moves the finish most.

    The risk that adds most to the P80 finish (to the mean where no risk was run without); where no risk adds
    anything, the task with the largest ssi; where nothing moves, or contributions were left out, nothing.
    """
    risks = tables["risks"].select(["risk", "name", "method", "days_p80", "days_mean"]).to_pylist()
    if any(risk["method"] == OFF for risk in risks):
        return {}
    has_percentiles = any(risk["days_p80"] is not None for risk in risks)
    measure = "days_p80" if has_percentiles else "days_mean"
    adding = [risk for risk in risks if (risk[measure] or 0) > 0]
    if adding:
        top = max(adding, key=lambda risk: risk[measure])
        days = top["days_p80"]
        return {"driver": top["risk"], "driver_kind": "risk", "driver_name": top["name"], "driver_days": days}
    tasks = tables["tasks"].select(["task", "name", "ssi"]).to_pylist()
    moving = [task for task in tasks if (task["ssi"] or 0) > 0]
    if not moving:
        return {}
    top = max(moving, key=lambda task: task["ssi"])
    return {"driver": top["task"], "driver_kind": "task", "driver_name": top["name"]}


def portfolio_table(rows: Iterable[Row]) -> pa.Table:
    """Return the table of a batch, one row for each scenario in the order given."""
    given = list(rows)
    return build("portfolio", {column.name: [row.get(column.name) for row in given] for column in PORTFOLIO.columns})
