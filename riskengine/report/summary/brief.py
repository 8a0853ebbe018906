"""The answer of a run in five lines: decision, gates, finish, cost, and what drives them."""

from riskengine.errors.counting import counted, first_names
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
from riskengine.report.summary.words import DECISIONS
from riskengine.report.text.intervals import bare_money, chances, gate_chance, money_of, signed_days, value_of
from riskengine.report.text.naming import short
from riskengine.report.text.notation import UNKNOWN, chance, clean, day, span
from riskengine.results.run import RunRecord

MOST_GATES = 3
WORST_FIRST = ("fail", "undecided", "pass")
VERBS = {"fail": "fails", "undecided": "is undecided", "pass": "passes"}


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
        reached, spread, wish = gate_chance(gate)
        parts.append(f"{short(gate['gate'])} {VERBS[gate['answer']]} with {reached} ({spread}), needs {wish}")
    return first_names(parts, MOST_GATES, "; ") if parts else "none"


def _finish(run: RunRecord) -> str:
    at = {row["percentile"]: row for row in percentiles(run, PROJECT, "finish")}
    parts = []
    for percent in (50, 80):
        row = at[percent]
        spread = span(row["instant_ci_low"], row["instant_ci_high"])
        parts.append(_with_interval(f"P{percent} {day(row['instant'])}", spread))
    plan = summary(run, PROJECT, "finish")
    return f"{', '.join(parts)}; plan {day(plan['deterministic_instant'])}, {_chance_of_plan(plan)}"


def _cost(run: RunRecord) -> str:
    if not has_cost(run):
        return "none"
    show = money_of(run.manifest["currency"])
    at = {row["percentile"]: row for row in percentiles(run, PROJECT, "cost")}
    values = [(percent, value_of(at[percent], "", show, bare_money)) for percent in (50, 80)]
    parts = [_with_interval(f"P{percent} {value}", spread) for percent, (value, spread) in values]
    plan = summary(run, PROJECT, "cost")
    return f"{', '.join(parts)}; plan {show(plan['deterministic'], 0, '')}, {_chance_of_plan(plan)}"


def _chance_of_plan(plan: Row) -> str:
    return f"chance {chance(plan['chance'])} ({chances(plan['chance_ci_low'], plan['chance_ci_high'])})"


def _drivers(run: RunRecord) -> str:
    parts = []
    for row in leading_tasks(run, 1):
        critical = f"critical {chance(row['criticality'])}"
        spread = chances(row["criticality_ci_low"], row["criticality_ci_high"])
        parts.append(f"task {short(row['task'])}, {critical} ({spread})")
    if not has_contributions(run):
        parts.append("risks not measured")
    for row in leading_risks(run, 1):
        if row["days"]:
            value, spread = value_of(row, "days", signed_days, signed_days)
        else:
            show = money_of(run.manifest["currency"], is_signed=True)
            value, spread = value_of(row, "cost", show, show)
        statistic = "P80" if row["statistic"] == "p80" else "mean"
        parts.append(_with_interval(f"risk {short(row['risk'])}, {statistic} {value}", spread))
    return "; ".join(parts) or UNKNOWN


def _with_interval(value: str, spread: str) -> str:
    return f"{value} ({spread})" if spread else value
