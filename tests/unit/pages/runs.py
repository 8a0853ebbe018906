"""Runs that pages are made of: one with everything on it, and one whose every name is a text of somebody's choice."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np
import pyarrow as pa

from riskengine.results.run import RunRecord
from riskengine.results.samples.sample import CostPeriodSample, GateQuestion, LevellingSample, Sample
from riskengine.results.tables.build import build_rows
from tests.support.report_runs import CORRELATIONS, gate, run, sample
from tests.unit.analysis.tables.test_levelling import RESOURCES


def with_levelling(made: Sample) -> Sample:
    """The same project, two days later and 100 dearer than it would be without waiting for a crane and a crew."""
    later = np.timedelta64(2, "D")
    free = LevellingSample(
        rule="late finish",
        finish=made.finish - later,
        finish_days=made.finish_days - 2.0,
        cost=made.cost - 100.0,
        deterministic_finish=made.deterministic_finish - later,
        deterministic_finish_days=made.deterministic_finish_days - 2.0,
        deterministic_cost=made.deterministic_cost - 100.0,
        resources=RESOURCES,
    )
    return replace(made, levelling=free)


def with_months(made: Sample) -> Sample:
    """The same project, whose money is spent over four months, the last ones in the later futures only."""
    months = np.arange("2027-03", "2027-07", dtype="datetime64[M]").astype("datetime64[us]")
    share = np.linspace(0.1, 0.4, 4)[:, None] * made.cost[:1024]
    until_end = np.full((2, 1, 4), [[[0.0]], [[np.inf]]])
    periods = CostPeriodSample(
        scope=("project",),
        key=("",),
        name=("",),
        month=months,
        deterministic=np.linspace(3_000.0, 12_000.0, 4)[None],
        cost=share[None],
        limits=until_end,
        cumulative_limits=until_end,
    )
    return replace(made, cost_periods=periods)


def full_run(**options) -> RunRecord:
    """A run with gates of each kind and answer, a named target, cost, risks and levelling."""
    gates = (
        gate("early", share=0.3, confidence=0.8),
        gate("late", share=0.9, confidence=0.8),
        gate("open", share=0.801, confidence=0.8, target=1),
        gate("budget", share=None, confidence=0.5, cost_share=0.7),
        gate("both", share=0.6, confidence=0.7, cost_share=0.5),
    )
    return full_run_of(gates, targets=("done",), **options)


def full_run_of(
    gates: tuple[GateQuestion, ...], iterations: int = 2560, targets: tuple[str, ...] = (), looks: int = 1
) -> RunRecord:
    """A run with these gates and targets, cost over four months, risks, levelling and correlations."""
    made = with_months(with_levelling(sample(gates=gates, iterations=iterations, targets=targets)))
    return run(replace(made, correlations=CORRELATIONS), looks)


def many_gates(count):
    """Gates that pass, but for the last two, of which one fails and one is open."""
    passing = [gate(f"gate {number}", share=0.9, confidence=0.5) for number in range(count - 2)]
    return full_run_of((*passing, gate("open", share=0.801, confidence=0.8), gate("late", share=0.3, confidence=0.8)))


def links(pairs: list[tuple[str, str]]) -> dict[str, list]:
    """Columns of the table of relationships: each pair of tasks tied by finish to start."""
    count = len(pairs)
    return {
        "predecessor": [one for one, _ in pairs],
        "successor": [other for _, other in pairs],
        "place": [0] * count,
        "type": ["FS"] * count,
        **{name: [0.0] * count for name in ("lag", "lag_mean")},
        "lag_unit": ["d"] * count,
        "lag_calendar": ["standard"] * count,
    }


def acts(*impacts: tuple[str, str, str, str]) -> dict[str, list]:
    """Columns of the table of impacts, from risk, selector, effect and target."""
    count = len(impacts)
    named = dict(zip(("risk", "selector", "effect", "target"), map(list, zip(*impacts, strict=True)), strict=True))
    same = {"acts_on": "task", "estimate": "", "shape": "constant", "plan_value": 1.0, "mean": 1.0, "unit": "d"}
    return named | {name: [value] * count for name, value in same.items()}


def guesses(*estimates: tuple[str, str, str]) -> dict[str, list]:
    """Columns of the table of estimates, of durations: task, words and source."""
    count = len(estimates)
    named = dict(zip(("owner_id", "words", "source"), map(list, zip(*estimates, strict=True)), strict=True))
    same = {"kind": "task", "quantity": "duration", "target": "", "state": "simulated", "shape": "pert"}
    same |= {"estimate": "tasks.x.duration", "parameters": "{}", "plan_value": 1.0, "mean": 1.0, "unit": "d"}
    return named | {
        name: [value] * count for name, value in (same | dict.fromkeys(("low", "most_likely", "high"), 1.0)).items()
    }


def run_of_teams() -> RunRecord:
    """A run in which design and build have teams, the one waits for the other, and risks act on them."""
    made = sample(iterations=2560)
    tasks = replace(made.tasks, team=("Systems", "Civil", "Civil"))
    tables = {
        "relationships": links([("design", "build"), ("build", "done")]),
        "impacts": acts(
            ("storm", "team:Civil", "factor", "build"),
            ("storm", "team:Civil", "factor", "done"),
            ("antenna-late", "design", "delay", "design"),
        ),
        "estimates": guesses(("design", "pert: low 3, most likely 5, high 9 days", "offer"), ("build", "4 days", "")),
        "risks": made.inputs["risks"]() | {"owner": ["radio manager", ""]},
    }
    said = made.inputs | {table: partial(dict, columns) for table, columns in tables.items()}
    return run(replace(made, tasks=tasks, inputs=said))


def run_named(text: str) -> RunRecord:
    """A run in which every name and every id, wherever it comes from, is this text or begins with it."""
    return run_of_names(lambda: text)


def run_of_names(next_text: Callable[[], str]) -> RunRecord:
    """A run whose names and ids are the next texts; ids end in a number that tells them apart."""
    limits = enumerate(((0.3, None, 1), (None, 0.7, 0), (0.6, 0.5, 1)))
    made = sample(
        gates=tuple(
            replace(gate(f"{next_text()}{number}", share, 0.8, cost_share, target), name=next_text())
            for number, (share, cost_share, target) in limits
        ),
        iterations=300,
        targets=(next_text(),),
        name=next_text(),
        currency=next_text(),
    )
    tasks = replace(
        made.tasks,
        id=tuple(f"{next_text()}{number}" for number in range(3)),
        **{field: tuple(next_text() for _ in range(3)) for field in ("name", "wbs", "wbs_name")},
        team=tuple(f"{next_text()}{number}" for number in range(3)),
    )
    made = with_months(with_levelling(made))
    resources = replace(
        made.levelling.resources,
        id=tuple(f"{next_text()}{n}" for n in range(2)),
        name=(next_text(), next_text()),
    )
    made = replace(made, levelling=replace(made.levelling, resources=resources, rule=next_text()))
    risks = replace(made.risks, id=tuple(f"{next_text()}{n}" for n in range(2)), name=(next_text(), next_text()))
    owners = {"tasks": {"owner": [next_text() for _ in range(3)]}, "risks": {"owner": [next_text(), next_text()]}}
    owners["relationships"] = links([(tasks.id[0], tasks.id[1]), (tasks.id[1], tasks.id[2])])
    owners["impacts"] = acts((f"{risks.id[0]}", next_text(), "delay", next_text()))
    owners["estimates"] = guesses((tasks.id[0], next_text(), next_text()))
    said = {table: partial(dict, columns() | owners.get(table, {})) for table, columns in made.inputs.items()}
    made_run = run(replace(made, tasks=tasks, risks=risks, inputs=said, project=next_text()))
    named = {**answers(next_text), **plan_records(next_text), **health(next_text)}
    return replace(made_run, tables={**made_run.tables, **named})


def health(next_text: Callable[[], str]) -> dict[str, pa.Table]:
    """Points and findings about the plan, with these texts as names of what is behind them."""
    point = {"numerator": 1.0, "denominator": 9.0, "value": 1 / 9, "bound": 0.05, "threshold": "at most 5 %"}
    point |= {"number": 1, "code": "RE551", "name": "Logic", "result": "fail", "remark": next_text()}
    shock = point | {"number": 15, "code": "RE576", "threshold": "none", "bound": 0.0, "remark": next_text()}
    finding = {"number": 1, "code": "RE551", "level": "warning", "title": "open ends", "words": next_text(), "count": 7}
    behind = [json.dumps([next_text() for _ in range(7)]) for _ in range(3)]
    return {
        "health": build_rows("health", [point | {"behind": behind[0]}, shock | {"behind": behind[1]}]),
        "health_findings": build_rows("health_findings", [finding | {"behind": behind[2]}]),
    }


def plan_records(next_text: Callable[[], str]) -> dict[str, pa.Table]:
    """Actions, changes and lost days with these texts as names."""
    names = ("action", "name", "owner", "description", "task", "needs", "excludes", "secondary_risks")
    action = {name: next_text() for name in names} | {"in_force": True, "cost": 1.0, "cost_mean": 1.0, "chance": 1.0}
    sides = [f"{name}_{side}" for name in ("probability", "delay", "cost") for side in ("before", "after")]
    effect = {"action": action["action"], "risk": next_text(), **{side: 1.0 * at for at, side in enumerate(sides)}}
    change = {name: next_text() for name in ("change", "name", "who", "why")}
    change |= {"when": datetime(2027, 3, 1), "approved": True}
    lost = dict.fromkeys(("working_days", "mean", "p80"), 1.0)
    return {
        "actions": build_rows("actions", [action]),
        "action_effects": build_rows("action_effects", [effect]),
        "changes": build_rows("changes", [change]),
        "lost_days": build_rows("lost_days", [{"calendar": next_text(), "name": next_text(), **lost}]),
    }


def answers(next_text: Callable[[], str]) -> dict[str, pa.Table]:
    """Answers that a folder keeps, about a team, an input and a player with these texts as names."""
    ends = ("", "_ci_low", "_ci_high")
    team = {"kind": "team", "key": f"{next_text()}0", "name": next_text()}
    driving = {f"driving{end}": 0.5 for end in ends}
    months = [{**team, "month": datetime(2027, month, 1), **driving} for month in (3, 4)]
    drawn = {
        "input": next_text(),
        "kind": next_text(),
        "quantity": next_text(),
        "risk": next_text(),
        "task": next_text(),
    }
    swings = {
        f"{measure}_{name}{end}": 2.0 for measure in ("finish", "cost") for name in ("low", "swing") for end in ends
    }
    one = {"is_correlated": False, "low_iterations": 9, "high_iterations": 9, **drawn, **swings}
    same = {"measure": "finish", "statistic": "p80", "rule": next_text(), "target": "project", "player": "", "name": ""}
    risk = {"kind": "risk", "player": next_text(), "name": next_text(), "value": 5.0, "ci_low": 4.0, "ci_high": 6.0}
    steps = [{"kind": "plan", "value": 1.0}, risk, {"kind": "all", "value": 6.0}]
    whole = {f"value{end}": 2.0 for end in ends} | {"confidence": 0.8, "iterations": 9, "key": "", "name": ""}
    shares = [
        {"measure": measure, "kind": kind, "key": next_text(), "name": next_text()}
        for measure, kind in (("finish", "risk"), ("cost", "risk"), ("cost", "element"))
    ]
    sums = [{"measure": "cost", "kind": kind} for kind in ("added", "excess")]
    return {
        "contingency_parts": build_rows(
            "contingency_parts", [{**whole, "number": at, "month": None, **row} for at, row in enumerate(shares + sums)]
        ),
        "teams": build_rows("teams", [{**team, "tasks": 1, "iterations": 9, **driving}]),
        "team_months": build_rows("team_months", months),
        "drivers": build_rows("drivers", [one]),
        "contributions": build_rows(
            "contributions",
            [
                {**same, "measure": measure, "number": number, **step}
                for measure in ("finish", "cost")
                for number, step in enumerate(steps)
            ],
        ),
    }


def large_run(tasks: int = 2000, iterations: int = 10_240, targets: int = 40) -> RunRecord:
    """A run of so many tasks, all alike but for their ids, and targets."""
    gates = (gate("late", 0.9, 0.8), gate("both", 0.6, 0.7, 0.5), gate("last", 0.5, 0.5, target=targets))
    made = full_run_of(gates, iterations, tuple(f"milestone-{number:03}" for number in range(targets)))
    rows = made.tables["tasks"]
    many = pa.concat_tables([rows] * (tasks // rows.num_rows + 1)).slice(0, tasks)
    ids = pa.array([f"TASK-{number:05}" for number in range(tasks)])
    names = pa.array([f"Install pumps and pipework in section {number}" for number in range(tasks)])
    many = many.set_column(0, many.schema.field(0), ids).set_column(1, many.schema.field(1), names)
    return replace(made, tables={**made.tables, "tasks": many})
