"""What the report takes out of a run's tables."""

import heapq
import json
import math
from typing import Any

from riskengine.analysis.commitments import costs_anything
from riskengine.analysis.decision import Verdict, verdict
from riskengine.results.run import RunRecord
from riskengine.results.tables.arrow_array import rows_at
from riskengine.results.tables.registry import OFF

Row = dict[str, Any]

PROJECT = "project"
SHOWN_PERCENTS = (10, 50, 80, 90)
"""Percentiles that people are shown: on the terminal, in a notebook, in a picture."""


def rows(run: RunRecord, table: str, columns: tuple[str, ...] = (), **equal: str) -> list[Row]:
    """Rows of a table as dictionaries, these columns only, where the named columns hold these values."""
    arrow = run.tables[table]
    if equal:
        pairs = zip(*(arrow[name].to_pylist() for name in equal), strict=True)
        wanted = tuple(equal.values())
        arrow = rows_at(arrow, [place for place, pair in enumerate(pairs) if pair == wanted])
    rows: list[Row] = (arrow.select(list(columns)) if columns else arrow).to_pylist()
    return rows


def finite(value: float | None) -> float | None:
    """Return a number, or None where there is none that JSON could hold."""
    return None if value is None or not math.isfinite(value) else value


def with_interval(row: Row, name: str) -> dict[str, float | None]:
    """Return a column of a row and the ends of its interval, as JSON has them."""
    return {
        "value": finite(row[name]),
        "ci_low": finite(row[f"{name}_ci_low"]),
        "ci_high": finite(row[f"{name}_ci_high"]),
    }


def summary(run: RunRecord, target: str, measure: str) -> Row:
    """The row of the summary for one target and measure (``finish`` or ``cost``)."""
    return rows(run, "summary", target=target, measure=measure)[0]


def percentiles(run: RunRecord, target: str, measure: str) -> list[Row]:
    """The percentiles of one target and measure, lowest first."""
    return sorted(rows(run, "percentiles", target=target, measure=measure), key=lambda row: float(row["percentile"]))


def shown_percentiles(run: RunRecord, target: str, measure: str) -> list[Row]:
    """The percentiles that people are shown, lowest first."""
    return [row for row in percentiles(run, target, measure) if row["percentile"] in SHOWN_PERCENTS]


def decision(run: RunRecord) -> Verdict | None:
    """The decision over all gates: ``no-go`` where one fails, else ``undecided`` where one is, else ``go``.

    Returns
    -------
    str or None
        None for a scenario without gates, which asks nothing.
    """
    return verdict([row["answer"] for row in rows(run, "gates", ("answer",))])


def leading_tasks(run: RunRecord, most: int) -> list[Row]:
    """The tasks that matter most to the project's finish: by SSI, then by criticality, then by id.

    Notes
    -----
    A task that is never on a longest path does not matter to the finish and is left out.
    """
    ranked = run.tables["tasks"].select(["ssi", "criticality", "task", "is_milestone"])
    keys = [
        (-(ssi or 0.0), -criticality, task, place)
        for place, (ssi, criticality, task, is_milestone) in enumerate(
            zip(*(column.to_pylist() for column in ranked.columns), strict=True)
        )
        if criticality > 0 and not is_milestone
    ]
    # Only what is shown is turned into rows: a plan may have twenty thousand tasks.
    rows: list[Row] = rows_at(run.tables["tasks"], [key[-1] for key in heapq.nsmallest(most, keys)]).to_pylist()
    return rows


def leading_risks(run: RunRecord, most: int) -> list[Row]:
    """The risks that matter most: by the larger of their effects in days and in money, each as a share of its spread.

    Returns
    -------
    list of dict
        With ``statistic`` (``p80``, or ``mean`` where the percentile was not measured or stays where it is), ``days``
        and ``cost`` each with ``_ci_low`` and ``_ci_high``, beside ``risk``, ``name``, ``owner``, ``kind``,
        ``probability``
        and ``occurrence``.

    Notes
    -----
    The spread is the P10 to P90 of the project's finish, and of its cost. Effects count as they are printed, so that
    what the reader sees explains the order; alike ones come by days, then by money, then by id. A risk of 10 % may
    leave the P80 where it is and make a gate at 95 % fail: it has its mean, behind those that move the P80.
    """
    effects = []
    for row in rows(run, "risks"):
        statistic = "p80" if row["days_p80"] is not None and (row["days_p80"] or row["cost_p80"]) else "mean"
        if row[f"days_{statistic}"] is None:
            continue
        picked = {name: row[name] for name in ("risk", "name", "owner", "kind", "probability", "occurrence", "method")}
        picked["statistic"] = statistic
        picked["is_beyond"] = statistic == "mean" and row["days_p80"] is not None
        for measure in ("days", "cost"):
            for end in ("", "_ci_low", "_ci_high"):
                picked[measure + end] = row[f"{measure}_{statistic}{end}"]
        if picked["days"] or picked["cost"]:
            effects.append(picked)
    spreads = {"days": _spread(run, "finish"), "cost": _spread(run, "cost")}

    def order(row: Row) -> tuple[bool, float, float, float, str]:
        effects = {"days": abs(round(row["days"] or 0.0, 1)), "cost": abs(round(row["cost"] or 0.0, 2))}
        shares = [effects[m] / spread for m, spread in spreads.items() if spread > 0.0]
        return row["is_beyond"], -max(shares, default=0.0), -effects["days"], -effects["cost"], str(row["risk"])

    effects.sort(key=order)
    return effects[:most]


def has_contributions(run: RunRecord) -> bool:
    """Whether what risks contribute was asked for; true of a scenario without risks."""
    return OFF not in run.tables["risks"]["method"].to_pylist()


def _spread(run: RunRecord, measure: str) -> float:
    """What lies between the P10 and the P90 of the project, 0 where nothing varies."""
    by_percent = {row["percentile"]: row["value"] for row in percentiles(run, PROJECT, measure)}
    return float(by_percent[90] - by_percent[10])


def has_cost(run: RunRecord) -> bool:
    """Whether the project costs anything in any iteration."""
    return costs_anything(summary(run, PROJECT, "cost"))


def has_task_cost(run: RunRecord) -> bool:
    """Whether any task costs anything; money may all be in cost lines and in risks."""
    return any(run.tables["tasks"]["cost_mean"].to_pylist())


def hard_constraints(run: RunRecord) -> str:
    """Whether mandatory dates and bounds from above were ``kept`` or ``ignored``, as the scenario that was run says."""
    schedule = json.loads(run.scenario_json).get("schedule", {})
    return str(schedule.get("hard_constraints", "kept"))
