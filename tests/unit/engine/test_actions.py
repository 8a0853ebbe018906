"""Actions against risks, held against enumerations of all futures."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest

import riskengine

ITERATIONS = 20_480


def plan(**actions: Any) -> riskengine.Scenario:
    """Two tasks of 5 and 10 days, two risks on the second one, actions."""
    return riskengine.Scenario(
        name="By hand",
        start="2027-03-01",
        tasks={
            "design": {"duration": 5},
            "build": {"duration": 10, "after": ["design", "order"], "cost": {"rate": 100}},
            "order": {"duration": 7, "after": ["design"]},
        },
        risks={
            "late": {"probability": 0.4, "impacts": {"build": {"delay": 10, "cost": 5000}}},
            "storm": {"probability": 0.3, "impacts": {"build": {"delay": 5}}},
        },
        actions=actions,
    )


SPARE = {
    "cost": 30_000,
    "task": "order",
    "effects": {"late": {"probability": 0.1, "impacts": {"build": {"delay": 4}}}},
}
SHELTER = {"cost": 1_000, "effects": {"storm": {"probability_factor": 0.5, "impact_factor": 0.4}}}


def futures(
    late: tuple[float, float], storm: tuple[float, float], start: float, price: float
) -> list[tuple[float, float, float]]:
    """Probability, finish in days and cost of every future, from probability and delay of the two risks."""
    made = []
    for is_late, is_stormy in product((0, 1), (0, 1)):
        share = (late[0] if is_late else 1 - late[0]) * (storm[0] if is_stormy else 1 - storm[0])
        length = 10 + is_late * late[1] + is_stormy * storm[1]
        made.append((share, start + length, price + 100 * length + 5000 * is_late))
    return made


POSITIONS = {
    (): ((0.4, 10), (0.3, 5), 5, 0),
    ("spare",): ((0.1, 4), (0.3, 5), 12, 30_000),
    ("shelter",): ((0.4, 10), (0.15, 2), 5, 1_000),
    ("shelter", "spare"): ((0.1, 4), (0.15, 2), 12, 31_000),
}
"""Risks, start of the second task and price by the actions in force."""


@pytest.mark.parametrize("in_force", POSITIONS, ids=" and ".join)
@pytest.mark.parametrize("method", ["random", "sobol"])
def test_every_position_is_the_enumeration_of_its_futures(in_force: tuple[str, ...], method: str) -> None:
    """Cries wolf in less than one run of 1,000 with ``random``; finds 1 % of probability, 0.2 days, 70 of money."""
    actions = {"spare": {**SPARE}, "shelter": {**SHELTER}}
    for name in in_force:
        actions[name]["active"] = True
    run = riskengine.simulate(plan(**actions), iterations=ITERATIONS, method=method, contributions=False)
    iterations = run.table("iterations")
    days, cost = np.array(iterations["finish_days"]), np.array(iterations["cost"])
    expected = futures(*POSITIONS[in_force])
    for value, exact in ((days, [f[1] for f in expected]), (cost, [f[2] for f in expected])):
        mean = sum(future[0] * x for future, x in zip(expected, exact, strict=True))
        square = sum(future[0] * (x - mean) ** 2 for future, x in zip(expected, exact, strict=True))
        assert abs(value.mean() - mean) < 4 * math.sqrt(square / ITERATIONS) + 1e-9
        assert set(np.round(value, 6)) == {round(x, 6) for x in exact}
    for _, finish, _ in expected:
        share = sum(future[0] for future in expected if future[1] <= finish)
        spread = math.sqrt(share * (1 - share) / ITERATIONS)
        assert abs((days <= finish + 1e-9).mean() - share) < 4 * spread + 1e-9


def test_with_an_action_a_risk_occurs_only_where_it_did_without() -> None:
    without, with_it = (
        riskengine.simulate(plan(spare={**SPARE, "active": active}), iterations=2_560, contributions=False)
        for active in (False, True)
    )
    before = np.array(without.table("iterations")["finish_days"]) > 20 - 1e-9
    after = np.array(with_it.table("iterations")["finish_days"]) - 7
    occurs_after = np.isin(np.round(after, 6), [19, 24])
    assert occurs_after.any()
    assert (before[occurs_after]).all()


def test_tables_tell_positions_before_and_after() -> None:
    run = riskengine.simulate(
        plan(spare={**SPARE, "active": True}, shelter=SHELTER), iterations=256, contributions=False
    )
    risks = {row["risk"]: row for row in run.table("risks").to_arrow().to_pylist()}
    late = risks["late"]
    assert (late["probability_before"], late["probability"]) == (0.4, 0.1)
    assert (late["mean_delay_before"], late["mean_delay"]) == (10, 4)
    assert (late["mean_cost_before"], late["mean_cost"]) == (5000, 5000)
    effects = run.table("action_effects").to_arrow().to_pylist()
    assert [(row["action"], row["risk"]) for row in effects] == [("shelter", "storm"), ("spare", "late")]
    assert (effects[0]["probability_after"], effects[0]["delay_after"]) == (0.15, 2)
    actions = run.table("actions").to_arrow().to_pylist()
    assert [(row["action"], row["in_force"], row["cost"]) for row in actions] == [
        ("shelter", False, 1_000),
        ("spare", True, 30_000),
    ]


def test_the_price_is_in_the_plan_and_no_contingency() -> None:
    run = riskengine.simulate(plan(spare={**SPARE, "active": True}), iterations=256, contributions=False)
    cost = next(row for row in run.table("summary").to_arrow().to_pylist() if row["measure"] == "cost")
    assert cost["deterministic"] == 31_000


def test_an_action_that_may_fail_is_the_enumeration_of_both_outcomes() -> None:
    """Cries wolf in one run of 15,000; finds 1 % of probability."""
    action = {"active": True, "chance": 0.75, "cost": 1_000, "effects": {"late": {"probability": 0.1}}}
    half = {"active": True, "chance": 0.5, "effects": {"storm": {"probability_factor": 0.2}}}
    run = riskengine.simulate(plan(a=action, b=half), iterations=ITERATIONS, method="random", contributions=False)
    rows = {row["risk"]: row for row in run.table("risks").to_arrow().to_pylist()}
    for risk, outcomes in {"late": [(0.75, 0.1), (0.25, 0.4)], "storm": [(0.5, 0.06), (0.5, 0.3)]}.items():
        exact = sum(share * probability for share, probability in outcomes)
        assert rows[risk]["probability"] == pytest.approx(exact)
        assert abs(rows[risk]["occurrence"] - exact) < 4 * math.sqrt(exact * (1 - exact) / ITERATIONS)
    cost = np.array(run.table("iterations")["cost"])
    assert cost.min() >= 1_000 + 100 * 10
