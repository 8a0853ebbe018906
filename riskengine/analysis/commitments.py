"""The gates of a run beside the percentiles of what they ask about, and how far those are from what was promised."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import pyarrow as pa

from riskengine.results.run import RunRecord

Row = dict[str, Any]

PERCENTS: Final = (50, 80)
ENDS: Final = ("", "_ci_low", "_ci_high")
WORST_FIRST: Final = ("fail", "undecided", "pass")
COPIED: Final = ("gate", "name", "target", "finish", "cost", "confidence", "probability", "ci_low", "ci_high", "level")
DAY: Final = timedelta(days=1)


def percentiles(tables: Mapping[str, pa.Table], target: str, measure: str) -> dict[int, Row]:
    """Return the rows of the percentiles of one target and measure, by percentile."""
    rows = tables["percentiles"].to_pylist()
    return {int(row["percentile"]): row for row in rows if row["target"] == target and row["measure"] == measure}


def costs_anything(summary: Row) -> bool:
    """Whether the project costs anything in any iteration, by its row of ``summary`` about the cost."""
    return bool(summary["minimum"] or summary["maximum"] or summary["deterministic"])


def percentile_columns(tables: Mapping[str, pa.Table], target: str = "project") -> Row:
    """Return P50 and P80 of the finish of a target and of the cost of the project, each with its interval."""
    finish, cost = percentiles(tables, target, "finish"), percentiles(tables, "project", "cost")
    row: Row = {}
    for percent in PERCENTS:
        row |= {f"finish_p{percent}{end}": finish[percent][f"instant{end}"] for end in ENDS}
        row |= {f"cost_p{percent}{end}": cost[percent][f"value{end}" if not end else end[1:]] for end in ENDS}
    return row


def gate_rows(key: str, run: RunRecord) -> list[Row]:
    """Return a row of ``portfolio_gates`` for each gate of a run, in the order of the run."""
    rows = []
    columns: dict[str, Row] = {}
    for gate in run.tables["gates"].to_pylist():
        target = gate["target"]
        if target not in columns:
            columns[target] = percentile_columns(run.tables, target)
        row = {"scenario_key": key, "run": run.manifest["run"], **{name: gate[name] for name in COPIED}}
        rows.append(row | {"answer": gate["answer"]} | columns[target] | _slacks(gate, columns[target]))
    return rows


def _slacks(gate: Row, percentile: Row) -> Row:
    """Return how far each percentile is from what the gate asks for; the ends of the intervals change places."""
    row: Row = {}
    for percent in PERCENTS:
        for end, other in zip(ENDS, ("", "_ci_high", "_ci_low"), strict=True):
            finish, cost = percentile[f"finish_p{percent}{other}"], percentile[f"cost_p{percent}{other}"]
            has_finish = gate["finish"] is not None and finish is not None
            has_cost = gate["cost"] is not None and cost is not None
            row[f"slack_p{percent}{end}"] = (gate["finish"] - finish) / DAY if has_finish else None
            row[f"cost_slack_p{percent}{end}"] = gate["cost"] - cost if has_cost else None
    return row


def commitment_columns(gates: Sequence[Row]) -> Row:
    """Return what the portfolio says of the gates of one scenario: the weakest, the tightest date and cost.

    Parameters
    ----------
    gates : sequence of dict
        What :func:`gate_rows` returns.
    """
    if not gates:
        return {}
    weakest = min(gates, key=lambda gate: (WORST_FIRST.index(gate["answer"]), gate["probability"] - gate["confidence"]))
    row = {
        "gate": weakest["gate"],
        "gate_name": weakest["name"],
        "chance": weakest["probability"],
        "chance_ci_low": weakest["ci_low"],
        "chance_ci_high": weakest["ci_high"],
        "confidence": weakest["confidence"],
    }
    dated = [gate for gate in gates if gate["slack_p80"] is not None]
    if dated:
        gate = min(dated, key=lambda gate: gate["slack_p80"])
        row |= {"finish_gate": gate["gate"], "commitment": gate["finish"]}
        row |= {f"slack_p{percent}{end}": gate[f"slack_p{percent}{end}"] for percent in PERCENTS for end in ENDS}
    priced = [gate for gate in gates if gate["cost"] is not None]
    if priced:
        gate = min(priced, key=lambda gate: gate["cost"])
        row |= {"cost_gate": gate["gate"], "cost_commitment": gate["cost"]}
        row |= {f"cost_slack_p80{end}": gate[f"cost_slack_p80{end}"] for end in ENDS}
    return row
