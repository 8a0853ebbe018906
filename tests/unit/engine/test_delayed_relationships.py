"""Risks that delay relationships: the same dates, floats and costs as a longer lag where they occur."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import riskengine
from riskengine import engine, plan
from riskengine.engine.limits import limits, risk_changes
from riskengine.model import Scenario
from riskengine.model.in_force import in_force
from riskengine.scenario import dumps, parse
from tests.unit.plan.chains import differences

KEPT = ("start", "finish", "float", "duration", "cost", "criticality")


def two_tasks(lag: str, risk: dict[str, Any] | None, kind: str = "FS", **more: Any) -> riskengine.Scenario:
    """Design and build, a lag between them, and perhaps a risk that makes it longer; a second way leaves both float."""
    return riskengine.Scenario(
        name="Permit",
        start="2027-03-01",
        calendars={"short": {"week": "mon-thu 08:00-13:00"}},
        tasks={
            "design": {"duration": [8, 10, 15]},
            "build": {
                "duration": [3, 5, 9],
                "calendar": "short",
                "after": [{"task": "design", "type": kind, "lag": lag}],
                "cost": {"rate": 100},
            },
            "survey": {"duration": [18, 20, 30]},
            "open": {"milestone": True, "after": ["build", "survey"]},
        },
        risks={} if risk is None else {"late": {"impacts": {"design -> build": risk.pop("impact")}, **risk}},
        **more,
    )


def tasks_of(run: Any) -> dict[str, dict[str, Any]]:
    """What a run says of the dates, floats and costs of its tasks, but for what is only told where there is a risk."""
    rows = {row["task"]: row for row in run.table("tasks").to_arrow().to_pylist()}
    return {
        name: {key: value for key, value in row.items() if any(word in key for word in KEPT) and "_low" not in key}
        for name, row in rows.items()
    }


def run_of(scenario: riskengine.Scenario, iterations: int = 1024, **options: Any) -> Any:
    return riskengine.simulate(scenario, **{"iterations": iterations, "seed": 5, "method": "random", **options})


def without_intervals(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: {key: value for key, value in row.items() if not key.endswith(("_ci_low", "_ci_high", "_low", "_high"))}
        for name, row in rows.items()
    }


@pytest.mark.parametrize("kind", ["FS", "SS", "FF", "SF"])
@pytest.mark.parametrize("rule", ["predecessor", "successor", "24h"])
def test_a_certain_delay_is_a_longer_lag(kind: str, rule: str) -> None:
    """In every iteration, on every calendar of the lag, floats included."""
    risk = {"probability": 1, "impact": {"delay": "3d"}}
    with_risk = run_of(two_tasks("2d", risk, kind, lag_calendar=rule))
    with_lag = run_of(two_tasks("5d", None, kind, lag_calendar=rule))
    for name in ("finish", "finish_days", "cost"):
        one, other = (np.array(run.table("iterations")[name]) for run in (with_risk, with_lag))
        assert np.array_equal(one, other)
    one, other = (without_intervals(tasks_of(run)) for run in (with_risk, with_lag))
    for rows in (one, other):
        for row in rows.values():
            for key in [key for key in row if key.startswith("deterministic")]:
                del row[key]  # what is sure to come is no part of the deterministic plan before it has
    assert one == other


@pytest.mark.parametrize("option", ["levelling", "as late as possible", "months"])
def test_a_certain_delay_is_a_longer_lag_with(option: str) -> None:
    """Also where tasks wait for a crew, are wanted late, or are paid by the month."""
    tables = []
    for lag, risks in (
        ("2d", {"late": {"probability": 1, "impacts": {"design -> build": {"delay": "3d"}}}}),
        ("5d", {}),
    ):
        scenario = riskengine.Scenario(
            name="Permit",
            start="2027-03-01",
            tasks={
                "design": {"duration": [8, 10, 15], "resources": {"crew": 1}},
                "build": {
                    "duration": [3, 5, 9],
                    "after": [{"task": "design", "lag": lag}],
                    "resources": {"crew": 1},
                    "cost": {"rate": 100},
                    **({"constraints": ["ALAP"]} if option == "as late as possible" else {}),
                },
                "survey": {"duration": [18, 20, 30], "resources": {"crew": 1}},
                "open": {"milestone": True, "after": ["build", "survey"]},
            },
            resources={"crew": {"capacity": 1, "rate": 50}},
            risks=risks,
            **({"levelling": {"rule": "late finish"}} if option == "levelling" else {}),
        )
        run = run_of(scenario, contributions=False)
        months = [
            {key: value for key, value in row.items() if "deterministic" not in key and "_ci" not in key}
            for row in run.table("cost_periods").to_arrow().to_pylist()
        ]
        rows = without_intervals(tasks_of(run))
        for row in rows.values():
            for key in [key for key in row if key.startswith("deterministic")]:
                del row[key]
        tables.append((rows, run.table("iterations")["finish"], months))
    assert tables[0] == tables[1]


def test_what_has_occurred_is_a_longer_lag_in_the_plan_too() -> None:
    risk = {"status": "occurred", "impact": {"delay": "3d"}}
    one, other = (without_intervals(tasks_of(run_of(each))) for each in (two_tasks("2d", risk), two_tasks("5d", None)))
    assert one == other


def test_every_future_is_one_of_the_two() -> None:
    """Design takes 4 days and build 5; the permit takes none or, in 30 % of futures, 10 days of 1,200 each.

    The number of futures cries wolf in one run of 16,000 and finds 6 % of the probability.
    """
    scenario = riskengine.Scenario(
        name="Permit",
        start="2027-03-01",
        tasks={"design": {"duration": 4}, "build": {"duration": 5, "after": ["design"], "cost": {"rate": 100}}},
        risks={
            "late": {"probability": 0.3, "impacts": {"design -> build": {"delay": 10, "waiting_rate": 1200}}},
        },
    )
    run = run_of(scenario, iterations=10_240, method="random")
    days, cost = (np.array(run.table("iterations")[name]) for name in ("finish_days", "cost"))
    assert set(zip(days, cost, strict=True)) == {(9.0, 500.0), (19.0, 12_500.0)}
    assert abs((days > 10).mean() - 0.3) < 4 * (0.3 * 0.7 / 10_240) ** 0.5
    (risk,) = run.table("risks").to_arrow().to_pylist()
    assert (risk["mean_delay"], risk["mean_cost"]) == (10, 12_000)
    rows = [row for row in run.table("impacts").to_arrow().to_pylist() if row["effect"] == "delay"]
    assert [(row["acts_on"], row["target"]) for row in rows] == [("relationship", "design -> build FS")]


def test_waiting_costs_its_rate_for_each_day_of_the_delay_drawn() -> None:
    impact = {"delay": [2, 6, 12], "waiting_rate": 1000}
    scenario = riskengine.Scenario(
        name="Permit",
        start="2027-03-01",
        tasks={"design": {"duration": 4}, "build": {"duration": 5, "after": ["design"]}},
        risks={"late": {"probability": 0.5, "impacts": {"design -> build": impact}}},
    )
    run = run_of(scenario)
    days, cost = (np.array(run.table("iterations")[name]) for name in ("finish_days", "cost"))
    assert np.abs(cost - 1000 * (days - 9)).max() < 0.1  # days are rounded to the second, money is not
    assert days.max() > 15


def test_a_rare_delay_changes_floats_as_a_longer_lag_does() -> None:
    """It is hardly seen, and known from a run in which it is forced."""
    rare = read(two_tasks("2d", {"probability": 1e-6, "impact": {"delay": "3d"}}))
    sample = engine.simulate(plan.compile(rare), engine.Settings(512, seed=5, method="random"))
    forced = sample.risks.forced_tasks.total_float
    never, longer = (
        engine.simulate(
            plan.compile(read(two_tasks(lag, None))), engine.Settings(512, seed=5, method="random")
        ).tasks.total_float
        for lag in ("2d", "5d")
    )
    assert np.abs(forced[0] - (longer - never)[:, :256].mean(axis=1)).max() < 1e-9


def read(scenario: riskengine.Scenario) -> Scenario:
    return parse(json.loads(dumps(scenario)))


@pytest.mark.parametrize("delay", [5, [2, 6, 12], {"shape": "uniform", "low": 0, "high": 50}])
def test_another_delay_is_what_compiling_it_gives(delay: Any) -> None:
    made = plan.compile(read(two_tasks("2d", {"probability": 0.4, "impact": {"delay": 3}})))
    for impact in ({"delay": delay}, {"delay": delay, "waiting_rate": 7}):
        other = read(two_tasks("2d", {"probability": 0.4, "impact": impact}))
        assert differences(plan.changed(made, other), plan.compile(other)) == []
    likelier = read(two_tasks("2d", {"probability": 0.9, "impact": {"delay": 3}}))
    assert differences(plan.changed(made, likelier), plan.compile(likelier)) == []


def test_a_delay_can_only_put_off_and_a_lead_of_it_only_hasten() -> None:
    scenarios = [
        read(two_tasks("2d", {"probability": 0.4, "impact": {"delay": 3}})),
        read(two_tasks("2d", {"probability": 0.4, "kind": "opportunity", "impact": {"delay": -3}})),
    ]
    changes = [risk_changes(plan.compile(each)) for each in scenarios]
    assert [change.finish[:, 0].tolist() for change in changes] == [[0, np.inf], [-np.inf, 0]]
    ends = [limits(plan.compile(each)).finish_days[:, 0] for each in scenarios]
    assert (ends[0][1] - ends[1][1]).round(6) >= 0


def test_what_has_begun_waits_no_more() -> None:
    """Build began out of order: the permit between the two starts nothing any more, one before its finish does."""
    scenario = {
        "schema": 1,
        "name": "Under way",
        "data_date": "2027-03-10",
        "tasks": {
            "design": {"duration": 10, "actual_start": "2027-03-01T08:00:00", "remaining": 3},
            "build": {
                "duration": 5,
                "after": ["design SS", "design FF"],
                "actual_start": "2027-03-08T08:00:00",
                "remaining": 2,
            },
        },
        "risks": {
            "start": {"probability": 1, "impacts": {"design -> build SS": {"delay": 50}}},
            "end": {"probability": 1, "impacts": {"design -> build FF": {"delay": 4}}},
        },
    }
    output = engine.simulate(plan.compile(parse(scenario)), engine.Settings(16, seed=1))
    assert set(output.finish_days[0]) == {3.0 + 4.0}


def test_the_task_of_an_action_that_is_not_there_takes_its_delay_along() -> None:
    scenario = {
        "schema": 1,
        "name": "Actions",
        "start": "2027-03-01",
        "tasks": {"a": {"duration": 5}, "b": {"duration": 5}, "c": {"duration": 5, "after": ["a", "b"]}},
        "risks": {"late": {"probability": 1, "impacts": {"b -> c": {"delay": 20}, "a -> c": {"delay": 1}}}},
        "actions": {"more": {"task": "b", "cost": 1, "active": False}},
    }
    days = [
        set(engine.simulate(plan.compile(parse(each)), engine.Settings(16, seed=1)).finish_days[0])
        for each in (scenario, {**scenario, "actions": {"more": {**scenario["actions"]["more"], "active": True}}})
    ]
    assert days == [{11.0}, {30.0}]
    assert list(in_force(parse(scenario)).risks["late"].impacts) == ["a -> c FS"]


def test_a_project_ends_with_a_task_that_a_delay_lets_end_last() -> None:
    """Nobody else waits for the end of design, and build is over before: ten days, not six."""
    scenario = two_days(10, 1, {"kind": "opportunity", "impacts": {"design -> build": {"delay": -5}}})
    assert set(engine.simulate(plan.compile(scenario), engine.Settings(16, seed=1)).finish_days[0]) == {10.0}


@pytest.mark.parametrize("calendar", ["standard", "24h"])
def test_calendars_last_for_the_longest_delay(calendar: str) -> None:
    scenario = two_days(4, 5, {"impacts": {"design -> build": {"delay": 4000}}}, calendar)
    days = engine.simulate(plan.compile(scenario), engine.Settings(16, seed=1)).finish_days[0]
    assert set(days) == {4009.0} if calendar == "standard" else days.min() > 4004


def two_days(design: int, build: int, risk: dict[str, Any], calendar: str = "standard") -> Scenario:
    tasks = {"design": {"duration": design}, "build": {"duration": build, "after": ["design"], "calendar": calendar}}
    plain = {"schema": 1, "name": "Two", "start": "2027-03-01", "tasks": tasks}
    return parse({**plain, "risks": {"late": {"probability": 1, **risk}}})


def test_a_plan_remembers_the_type_that_was_left_out() -> None:
    scenario = read(two_tasks("2d", {"probability": 0.4, "impact": {"delay": 3}}, "SS"))
    assert list(scenario.risks["late"].impacts) == ["design -> build SS"]
    assert parse(json.loads(dumps(scenario))) == scenario
