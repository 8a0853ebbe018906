"""Plans of sets of actions, put together from parts, held against the scenario read and compiled with the set in force.

The prices of actions are in no such plan: they are added to the cost.
"""

from itertools import chain, combinations

import numpy as np
import pytest

import riskengine
from riskengine import engine, plan
from riskengine.engine.partial_runs import PartialRuns
from riskengine.plan.action_plans import ActionPlans, groups_of

TASKS = {
    "design": {"duration": [4, 5, 9]},
    "build": {"duration": [8, 10, 15], "after": ["design", "order"], "cost": {"rate": 100}},
    "order": {"duration": 7, "after": ["design"]},
    "test": {"duration": [3, 4, 8], "after": ["build"]},
}
RISKS = {
    "late": {"probability": 0.4, "impacts": {"build": {"delay": [5, 10, 20], "cost": 5000}}},
    "storm": {"probability": 0.3, "impacts": {"build": {"delay": 5}}},
    "fails": {"probability": 0.5, "triggered_by": ["late"], "impacts": {"test": {"delay": [2, 4, 9]}}},
    "rock": {"probability": 0.3, "impacts": {"design": {"delay": 3}}},
    "water": {"probability": 0.2, "impacts": {"design": {"delay": 6}}},
    "secondary": {"probability": 0.25, "impacts": {"test": {"delay": 6, "cost": 700}}},
    "pace": {"probability": 0.6, "kind": "driver", "impacts": {"build": {"factor": [0.9, 1, 1.4]}}},
}
ACTIONS = {
    "watch": {"cost": 100, "effects": {"late": {"probability_factor": 0.5}}},
    "stock": {"cost": 900, "chance": 0.8, "effects": {"late": {"probability": 0.1}}},
    "shelter": {"cost": 400, "effects": {"storm": {"impact_factor": 0.4}}},
    "drill": {"cost": 250, "secondary_risks": ["secondary"], "effects": {"rock": {"probability": 0.05}}},
    "spare": {"cost": 300, "task": "order", "effects": {"late": {"impacts": {"build": {"delay": [2, 4, 6]}}}}},
    "crew": {"cost": 150, "effects": {"pace": {"probability": 0.2}}},
}


def scenario(**changes):
    parts = {
        "name": "Sets",
        "project": "sets",
        "start": "2027-03-01",
        "tasks": TASKS,
        "risks": RISKS,
        "actions": ACTIONS,
        "exclusive": {"ground": {"risks": ["rock", "water"]}},
    }
    return riskengine.Scenario(**{**parts, **changes})


def subsets(names):
    return map(frozenset, chain.from_iterable(combinations(sorted(names), size) for size in range(len(names) + 1)))


WITHOUT_CHAINS = {
    "exclusive": {},
    "risks": {name: risk for name, risk in RISKS.items() if "triggered_by" not in risk},
}
CASES = {
    "chains": scenario(),
    "two tasks of a crew": scenario(correlations={"crew": {"between": ["design", "build"], "rank": 0.6}}),
    "correlated risks": scenario(
        **WITHOUT_CHAINS, correlations={"days": {"between": ["risk:storm", "risk:late"], "rank": 0.4}}
    ),
    "dearer by a risk": scenario(
        risks={**RISKS, "prices": {"probability": 0.5, "impacts": {"project": {"cost_factor": 1.5}}}}
    ),
    "levelled": scenario(
        resources={"crane": {"capacity": 1}},
        tasks={
            **TASKS,
            "test": {**TASKS["test"], "resources": {"crane": 1}},
            "order": {**TASKS["order"], "resources": {"crane": 1}},
        },
        levelling={},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_plan_of_a_set_gives_what_the_scenario_with_the_set_gives(case):
    written = CASES[case]
    settings = engine.Settings(iterations=512, has_contributions=False)
    plans, runs = ActionPlans(written, list(ACTIONS)), PartialRuns(settings)
    for chosen in plans.sorted_by_plan(subsets(ACTIONS)):
        in_force = written.changed({f"actions.{name}.active": True for name in chosen})
        wanted = engine.simulate(plan.compile(in_force), settings)
        outcomes = runs.outcomes(plans.plan_of(chosen), 0, 512)
        apart = sum(ACTIONS[name]["cost"] for name in chosen & plans.priced_apart)
        assert np.array_equal(outcomes.finish, wanted.finish), chosen
        assert np.array_equal(outcomes.days, wanted.finish_days), chosen
        assert np.allclose(outcomes.cost + apart, wanted.cost, rtol=1e-12), chosen


def test_later_iterations_are_those_of_the_whole_run():
    written = CASES["chains"]
    whole = engine.simulate(plan.compile(written), engine.Settings(iterations=1000, has_contributions=False))
    runs = PartialRuns(engine.Settings(iterations=1000))
    part = runs.outcomes(ActionPlans(written, list(ACTIONS)).plan_of(frozenset()), 512, 1000)
    assert np.array_equal(part.finish, whole.finish[:, 512:])
    assert np.array_equal(part.cost, whole.cost[512:])


def test_only_what_changes_more_than_chances_needs_a_plan_of_its_own():
    assert ActionPlans(CASES["chains"], list(ACTIONS)).reshaping == {"shelter", "spare"}
    assert ActionPlans(CASES["two tasks of a crew"], list(ACTIONS)).reshaping == {"shelter", "spare"}
    assert ActionPlans(CASES["correlated risks"], list(ACTIONS)).reshaping > {"watch", "stock", "shelter", "spare"}


def test_a_price_that_a_risk_makes_dearer_stays_in_the_plan():
    assert ActionPlans(CASES["chains"], list(ACTIONS)).priced_apart == set(ACTIONS)
    assert ActionPlans(CASES["dearer by a risk"], list(ACTIONS)).priced_apart == set()


def test_actions_are_grouped_by_the_risks_that_hang_on_each_other():
    groups = {frozenset(group) for group in groups_of(CASES["chains"], list(ACTIONS))}
    assert groups == {
        frozenset({"watch", "stock", "spare"}),
        frozenset({"shelter"}),
        frozenset({"drill"}),
        frozenset({"crew"}),
    }
