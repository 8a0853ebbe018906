"""What became of a scenario, as every form of report for a pipeline tells it: small, in words, without its samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from riskengine.errors import Issue
from riskengine.report.reading import (
    PROJECT,
    Row,
    decision,
    has_cost,
    leading_risks,
    leading_tasks,
    rows,
    shown_percentiles,
    summary,
)
from riskengine.report.summary.words import ANSWERS, doubt, verdict
from riskengine.report.text.intervals import (
    bare_money,
    chances,
    effect,
    gate_chance,
    gate_wish,
    money_of,
    signed_days,
    value_of,
)
from riskengine.report.text.naming import is_telling
from riskengine.report.text.notation import chance, day, span
from riskengine.results.run import RunRecord

MOST = 5
"""Tasks, and risks, that are listed."""

Place = tuple[str, int | None]
"""File and line."""


@dataclass(frozen=True)
class GateResult:
    """One gate: what it asks, its chance with interval, its answer, and where it is written.

    Parameters
    ----------
    gate, name : str
        As the scenario has them: not to be trusted.
    answer : str
        ``GO``, ``NO-GO`` or ``UNDECIDED``.
    asks, chance, interval, needed : str
        In short, for a table.
    sentence, doubt : str
        In words.
    place : (str, int or None)
    """

    gate: str
    name: str
    answer: str
    asks: str
    chance: str
    interval: str
    needed: str
    sentence: str
    doubt: str
    place: Place


@dataclass(frozen=True)
class ScenarioResult:
    """One scenario: its gates and what is behind them, or why there is no answer.

    Parameters
    ----------
    scenario : str
        File, as the user named it.
    key : str
        Name of its results folder.
    name : str
        Of the project; the file where it is not known.
    decision : str
        ``GO``, ``NO-GO``, ``UNDECIDED``, empty without gates and where there is no answer.
    gates : tuple of GateResult
    facts : mapping of str to str
        Settings of the run.
    tables : mapping of str to rows
        Title to rows, the first of which names the columns: percentiles, tasks, risks.
    problem : str
        Why there is no answer; empty where there is one.
    issues : tuple of Issue
        Every fault of the scenario.
    """

    scenario: str
    key: str
    name: str
    decision: str = ""
    gates: tuple[GateResult, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    problem: str = ""
    code: str = ""
    issues: tuple[Issue, ...] = ()


def result_of(run: RunRecord, scenario: str, key: str, places: Mapping[str, Place]) -> ScenarioResult:
    """Return what became of a scenario that was run.

    Parameters
    ----------
    run : RunRecord
    scenario, key : str
        Its file and the name of its results folder.
    places : mapping of str to (str, int or None)
        Where each gate is written.
    """
    manifest = run.manifest
    facts = {
        "run": manifest["run"],
        "digest": manifest["digest"],
        "seed": str(manifest["seed"]),
        "iterations": str(manifest["iterations"]),
        "method": manifest["method"],
        "engine": f"{manifest['engine']} {manifest['version']}",
    }
    answer = decision(run)
    gates = tuple(
        _gate(row, manifest["currency"], places.get(row["gate"], (scenario, None))) for row in rows(run, "gates")
    )
    tables = {"Finish and cost": _percentiles(run), "Tasks that matter most": _tasks(run)}
    tables["Risks that matter most"] = _risks(run)
    return ScenarioResult(
        scenario,
        key,
        manifest["name"],
        "" if answer is None else answer.upper(),
        gates=gates,
        facts=facts,
        tables={title: lines for title, lines in tables.items() if len(lines) > 1},
    )


def result_of_row(row: Row, places: Mapping[str, Place]) -> ScenarioResult:
    """Return what became of a scenario of a batch, from its row of the portfolio with its gates.

    Parameters
    ----------
    row : dict
        What ``analysis.portfolio_row`` returns of a scenario that was run.
    places : mapping of str to (str, int or None)
        Where each gate is written.
    """
    scenario, currency, iterations = row["scenario"], row["currency"], row["iterations"]
    gates = []
    for gate in row["gates"]:
        counts = {"iterations": iterations, "count": round(gate["probability"] * iterations)}
        gates.append(_gate({**gate, **counts}, currency, places.get(gate["gate"], (scenario, None))))
    lines = [["", "finish", "95% interval", *(["cost", "95% interval"] if row["has_cost"] else [])]]
    for p in ("p50", "p80"):
        dates = span(row[f"finish_{p}_ci_low"], row[f"finish_{p}_ci_high"])
        line = [p.upper(), day(row[f"finish_{p}"]), dates]
        lines.append([*line, *(value_of(row, f"cost_{p}", money_of(currency), bare_money) if row["has_cost"] else ())])
    facts = {"run": row["run"], "iterations": str(iterations)}
    answer = (row["decision"] or "").upper()
    tables = {"Finish and cost": lines}
    key = row["scenario_key"]
    return ScenarioResult(scenario, key, row["name"], answer, gates=tuple(gates), facts=facts, tables=tables)


def label(key: str, name: str) -> str:
    """Return an id, with the name behind it where that says more."""
    return f"{key} ({name})" if is_telling(key, name) else key


def _gate(row: Row, currency: str, place: Place) -> GateResult:
    reached, spread, needed = gate_chance(row)
    return GateResult(
        gate=row["gate"],
        name=row["name"],
        answer=ANSWERS[row["answer"]],
        asks=gate_wish(row, currency),
        chance=reached,
        interval=spread,
        needed=needed,
        sentence=verdict(row, currency),
        doubt=doubt(row),
        place=place,
    )


def _percentiles(run: RunRecord) -> list[list[str]]:
    """Finish, and cost where there is any, at the percentiles that people are shown, with the plan below."""
    with_cost = has_cost(run)
    show = money_of(run.manifest["currency"])
    lines = [["", "finish", "95% interval", *(["cost", "95% interval"] if with_cost else [])]]
    costs = {row["percentile"]: row for row in shown_percentiles(run, PROJECT, "cost")} if with_cost else {}
    for row in shown_percentiles(run, PROJECT, "finish"):
        dates = span(row["instant_ci_low"], row["instant_ci_high"])
        line = [f"P{row['percentile']:g}", day(row["instant"]), dates]
        lines.append([*line, *(value_of(costs[row["percentile"]], "", show, bare_money) if with_cost else ())])
    plan = ["plan", day(summary(run, PROJECT, "finish")["deterministic_instant"]), ""]
    if with_cost:
        plan += [show(summary(run, PROJECT, "cost")["deterministic"], 0, ""), ""]
    return [*lines, plan]


def _tasks(run: RunRecord) -> list[list[str]]:
    lines = [["task", "critical", "95% interval", "team"]]
    for row in leading_tasks(run, MOST):
        spread = chances(row["criticality_ci_low"], row["criticality_ci_high"])
        lines.append([label(row["task"], row["name"]), chance(row["criticality"]), spread, row["team"]])
    return lines


def _risks(run: RunRecord) -> list[list[str]]:
    currency, with_cost = run.manifest["currency"], has_cost(run)
    show = money_of(currency, is_signed=True)
    lines = [["risk", "finish", "95% interval", *(["cost", "95% interval"] if with_cost else [])]]
    for row in leading_risks(run, MOST):
        at = "" if row["statistic"] == "p80" else " at the mean"
        line = [label(row["risk"], row["name"]), *effect(row, "days", "0 d", signed_days, signed_days, at=at)]
        if with_cost:
            line += effect(row, "cost", show(0.0, 0, "").lstrip("+"), show, bare_money, at=at)
        lines.append(line)
    return lines
