"""The answer of a run in five lines: decision, gates, finish, cost, and what drives them."""

from collections.abc import Callable
from typing import Any

from riskengine.errors.counting import counted, first_names
from riskengine.report.naming import short
from riskengine.report.notation import UNKNOWN, asked, chance, clean, day, days, ends, money, span
from riskengine.report.reading import (
    PROJECT,
    Row,
    decision,
    has_contributions,
    has_cost,
    leading_risks,
    leading_tasks,
    percentiles,
    rows,
    summary,
)
from riskengine.report.words import DECISIONS
from riskengine.results.run import RunRecord

MOST_GATES = 3
WORST_FIRST = ("fail", "undecided", "pass")


def render_brief(run: RunRecord) -> str:
    """Return five lines about a run, each whole however long it is, so that a search in a log gives a whole answer."""
    manifest = run.manifest
    settings = (
        f"{counted(manifest['iterations'], 'iteration')}, method {manifest['method']}, seed {manifest['seed']}; "
        f"run {manifest['run'][:12]}"
    )
    answer = decision(run)
    return "\n".join(
        (
            f"{clean(manifest['name'])}: {DECISIONS[answer] if answer else 'no gates, nothing to decide'}; {settings}",
            f"Gates: {_gates(run)}",
            f"Finish: {_finish(run)}",
            f"Cost: {_cost(run)}",
            f"Drivers: {_drivers(run)}",
        )
    )


def _gates(run: RunRecord) -> str:
    gates = sorted(rows(run, "gates"), key=lambda row: WORST_FIRST.index(row["answer"]))
    parts = []
    for gate in gates:
        reached, low, high = (chance(gate[name], gate["confidence"]) for name in ("probability", "ci_low", "ci_high"))
        wish = f"needs {asked(gate['confidence'])}%"
        parts.append(f"{short(gate['gate'])} {gate['answer']} with {reached} ({low} to {high}), {wish}")
    return first_names(parts, MOST_GATES, "; ") if parts else "none"


def _finish(run: RunRecord) -> str:
    at = {row["percentile"]: row for row in percentiles(run, PROJECT, "finish")}
    parts = [
        _estimate(f"P{percent} {day(at[percent]['instant'])}", span(*_interval(at[percent], "instant")))
        for percent in (50, 80)
    ]
    plan = summary(run, PROJECT, "finish")
    return f"{', '.join(parts)}; plan {day(plan['deterministic_instant'])}, {_chance_of_plan(plan)}"


def _cost(run: RunRecord) -> str:
    if not has_cost(run):
        return "none"
    currency = run.manifest["currency"]

    def amounts(row: Row) -> str:
        return ends(*(None if end is None else money(end, "") for end in _interval(row, "")))

    at = {row["percentile"]: row for row in percentiles(run, PROJECT, "cost")}
    parts = [
        _estimate(f"P{percent} {money(at[percent]['value'], currency)}", amounts(at[percent])) for percent in (50, 80)
    ]
    plan = summary(run, PROJECT, "cost")
    return f"{', '.join(parts)}; plan {money(plan['deterministic'], currency)}, {_chance_of_plan(plan)}"


def _chance_of_plan(plan: Row) -> str:
    return f"chance {chance(plan['chance'])} ({chance(plan['chance_ci_low'])} to {chance(plan['chance_ci_high'])})"


def _drivers(run: RunRecord) -> str:
    parts = []
    for row in leading_tasks(run, 1):
        critical = f"critical {chance(row['criticality'])}"
        spread = f"{chance(row['criticality_ci_low'])} to {chance(row['criticality_ci_high'])}"
        parts.append(f"task {short(row['task'])}, {critical} ({spread})")
    if not has_contributions(run):
        parts.append("risks not measured")
    for row in leading_risks(run, 1):
        is_days = bool(row["days"])
        measure: str = "days" if is_days else "cost"
        show: Callable[[Any], str] = _signed_days if is_days else lambda value: money(value, _currency(run), True)
        low, high = _interval(row, measure)
        spread = ends(None if low is None else show(low), None if high is None else show(high))
        statistic = "P80" if row["statistic"] == "p80" else "mean"
        parts.append(_estimate(f"risk {short(row['risk'])}, {statistic} {show(row[measure])}", spread))
    return "; ".join(parts) or UNKNOWN


def _currency(run: RunRecord) -> str:
    return str(run.manifest["currency"])


def _signed_days(value: float) -> str:
    return days(value, signed=True)


def _interval(row: Row, name: str) -> tuple[Any, Any]:
    prefix = f"{name}_" if name else ""
    return row[f"{prefix}ci_low"], row[f"{prefix}ci_high"]


def _estimate(value: str, spread: str) -> str:
    return f"{value} ({spread})" if spread else value
