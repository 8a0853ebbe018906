"""One row a project: the table of a batch."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from riskengine.analysis.commitments import (
    ENDS,
    commitment_columns,
    costs_anything,
    gate_rows,
    percentile_columns,
    percentiles,
)
from riskengine.analysis.decision import verdict
from riskengine.results.folder.manifest import status_date
from riskengine.results.run import RunRecord
from riskengine.results.tables.build import build_rows
from riskengine.results.tables.registry import BATCH_TABLES, OFF

Row = dict[str, Any]


def portfolio_row(key: str, scenario: str, run: RunRecord) -> Row:
    """Return the row of a scenario that was run, from its tables alone, with its gates under ``gates``.

    Parameters
    ----------
    key : str
        Name of its results folder.
    scenario : str
        Its file, as given.
    run : RunRecord

    Returns
    -------
    dict
        The columns of ``portfolio``, and ``gates``: its rows of ``portfolio_gates``.
    """
    tables, manifest = run.tables, run.manifest
    finish = percentiles(tables, "project", "finish")
    summary = {row["measure"]: row for row in tables["summary"].to_pylist() if row["target"] == "project"}
    gates = gate_rows(key, run)
    return {
        "scenario_key": key,
        "scenario": scenario,
        "status": "done",
        "message": "",
        "run": manifest["run"],
        "name": manifest["name"],
        "project": manifest["project"],
        "status_date": status_date(manifest),
        "currency": manifest["currency"],
        "iterations": manifest["iterations"],
        "deterministic_finish": summary["finish"]["deterministic_instant"],
        **percentile_columns(tables),
        "finish_days_p50": finish[50]["value"],
        "finish_days_p80": finish[80]["value"],
        "has_cost": costs_anything(summary["cost"]),
        "decision": verdict([gate["answer"] for gate in gates]),
        **commitment_columns(gates),
        **driver(tables),
        "gates": gates,
    }


def refused_row(key: str, scenario: str, status: str, message: str) -> Row:
    """Return the row of a scenario without results; ``status`` is ``refused`` or ``failed``."""
    return {"scenario_key": key, "scenario": scenario, "status": status, "message": message, "gates": []}


def driver(tables: Mapping[str, pa.Table]) -> Row:
    """Return what moves the finish most.

    The risk that adds most to the P80 finish (to the mean where no risk was run without, or none moves the P80); where
    no risk adds anything, the task with the largest ssi; where nothing moves, or contributions were left out, nothing.
    """
    names = ["risk", "name", "method", "days_mean", *(f"days_p80{end}" for end in ENDS)]
    risks = tables["risks"].select(names).to_pylist()
    if any(risk["method"] == OFF for risk in risks):
        return {}
    measure = "days_p80" if any((risk["days_p80"] or 0) > 0 for risk in risks) else "days_mean"
    adding = [risk for risk in risks if (risk[measure] or 0) > 0]
    if adding:
        top = max(adding, key=lambda risk: risk[measure])
        days = {f"driver_days{end}": top[f"days_p80{end}"] for end in ENDS}
        return {"driver": top["risk"], "driver_kind": "risk", "driver_name": top["name"], **days}
    tasks = tables["tasks"].select(["task", "name", "ssi"]).to_pylist()
    moving = [task for task in tasks if (task["ssi"] or 0) > 0]
    if not moving:
        return {}
    top = max(moving, key=lambda task: task["ssi"])
    return {"driver": top["task"], "driver_kind": "task", "driver_name": top["name"]}


def portfolio_table(rows: Iterable[Row]) -> pa.Table:
    """Return the table of a batch, one row for each scenario in the order given."""
    return build_rows(BATCH_TABLES[0], rows)


def portfolio_gates_table(rows: Iterable[Row]) -> pa.Table:
    """Return the gates of a batch, those of one scenario after those of another.

    Parameters
    ----------
    rows : iterable of dict
        Of :func:`portfolio_row` and :func:`refused_row`.
    """
    return build_rows(BATCH_TABLES[1], [gate for row in rows for gate in row["gates"]])
