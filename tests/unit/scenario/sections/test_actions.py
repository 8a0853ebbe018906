"""Actions: what those in force make of a scenario, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

import riskengine
from riskengine.errors import ScenarioError
from riskengine.model.in_force import in_force

PLAN: dict[str, Any] = {
    "name": "Crane",
    "start": "2027-03-01",
    "tasks": {
        "design": {"duration": 5},
        "order": {"duration": 2, "after": ["design"]},
        "build": {"duration": 10, "after": ["design", "order"]},
    },
    "risks": {"late": {"probability": 0.4, "impacts": {"build": {"delay": 10, "cost": 5000}}}},
}


def plan(actions: dict[str, Any], **more: Any) -> riskengine.Scenario:
    """The plan with actions, and other keys at its top."""
    return riskengine.Scenario(**{**PLAN, "actions": actions, **more})


def faults(actions: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """Codes and places of what is wrong with the plan."""
    with pytest.raises(ScenarioError) as refusal:
        plan(actions, **more)
    return [(issue.code, issue.path) for issue in refusal.value.issues]


def test_an_action_that_is_not_active_leaves_the_risk_as_it_is_written() -> None:
    made = in_force(plan({"spare": {"cost": 30000, "effects": {"late": {"probability": 0.1}}}}))
    assert made.risks["late"].probability == 0.4
    assert made.costs == {}


def test_an_active_action_sets_the_probability_and_remembers_the_one_before() -> None:
    written = plan({"spare": {"active": True, "cost": 30000, "effects": {"late": {"probability": 0.1}}}})
    risk = in_force(written).risks["late"]
    assert (risk.probability, risk.before.probability, written.risks["late"].probability) == (0.1, 0.4, 0.4)


def test_its_price_is_a_cost_line_of_the_plan() -> None:
    made = in_force(plan({"spare": {"active": True, "name": "Spare", "cost": 30000}}))
    line = made.costs["action:spare"]
    assert (line.name, line.fixed.plan_value(), line.rate) == ("Spare", 30000, None)


def test_factors_of_two_actions_multiply_behind_what_a_third_one_sets() -> None:
    made = in_force(
        plan(
            {
                "a": {"active": True, "effects": {"late": {"probability_factor": 0.5, "impact_factor": 0.5}}},
                "b": {"active": True, "effects": {"late": {"probability_factor": 0.5, "impact_factor": 0.1}}},
                "c": {"active": True, "effects": {"late": {"probability": 0.8, "impacts": {"build": {"delay": 40}}}}},
            }
        )
    )
    risk = made.risks["late"]
    assert risk.probability == pytest.approx(0.2)
    assert risk.impacts["build"].delay.plan_value() == pytest.approx(2)
    assert risk.impacts["build"].cost.plan_value() == pytest.approx(250)


def test_an_impact_of_an_action_is_laid_over_those_of_the_risk() -> None:
    effect = {"late": {"impacts": {"build": {"delay": 3}, "order": {"delay": 1}}}}
    impacts = in_force(plan({"a": {"active": True, "effects": effect}})).risks["late"].impacts
    assert impacts["build"].delay.plan_value() == 3
    assert impacts["build"].cost.plan_value() == 5000
    assert impacts["order"].delay.plan_value() == 1


@pytest.mark.parametrize(("is_active", "tasks"), [(True, ["build", "design", "order"]), (False, ["build", "design"])])
def test_the_task_of_an_action_is_in_the_plan_only_with_it(is_active: bool, tasks: list[str]) -> None:
    made = in_force(plan({"a": {"active": is_active, "task": "order"}}))
    assert sorted(made.tasks) == tasks
    assert [link.task for link in made.tasks["build"].after] == tasks[1:]


def test_impacts_on_a_task_that_is_not_in_the_plan_are_gone() -> None:
    risks = {"late": {"probability": 0.4, "impacts": {"order": {"delay": 3}, "build": {"delay": 10}}}}
    made = in_force(plan({"a": {"task": "order"}}, risks=risks))
    assert list(made.risks["late"].impacts) == ["build"]


def test_what_actions_make_of_a_scenario_is_made_once() -> None:
    made = in_force(plan({"a": {"active": True, "effects": {"late": {"probability_factor": 0.5}}}}))
    assert in_force(made) is made
    assert made.risks["late"].probability == 0.2


def test_a_plan_without_actions_is_taken_as_it_is() -> None:
    written = riskengine.Scenario(**PLAN)
    assert in_force(written) is written
    assert "actions" not in written.to_json()


def test_a_change_puts_an_action_into_force() -> None:
    before = plan({"spare": {"effects": {"late": {"probability": 0.1}}}})
    after = before.changed({"actions.spare.active": True})
    assert in_force(after).risks["late"].probability == 0.1
    assert after.digest != before.digest


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ({"a": {"effects": {"lte": {"probability": 0.1}}}}, [("RE350", "actions.a.effects.lte")]),
        ({"a": {"cost": 1, "needs": ["b"]}}, [("RE350", "actions.a.needs[0]")]),
        ({"a": {"task": "oder"}}, [("RE350", "actions.a.task")]),
        ({"a": {"cost": 1, "needs": ["a"]}}, [("RE353", "actions.a.needs[0]")]),
        ({"a": {"cost": 1, "needs": ["b"]}, "b": {"cost": 1, "needs": ["a"]}}, [("RE353", "actions.a.needs")]),
        ({"a": {"cost": 1, "active": True, "needs": ["b"]}, "b": {"cost": 1}}, [("RE352", "actions.a.needs")]),
        (
            {"a": {"cost": 1, "active": True, "excludes": ["b"]}, "b": {"cost": 1, "active": True}},
            [("RE352", "actions.a.excludes")],
        ),
        ({"a": {"task": "order"}, "b": {"task": "order"}}, [("RE351", "actions.b.task")]),
        ({"a": {"name": "A"}}, [("RE355", "actions.a")]),
        ({"a": {"chance": 0.5, "cost": 5}}, [("RE358", "actions.a.chance")]),
        (
            {"a": {"chance": 0.5, "effects": {"late": {"impact_factor": 0.5}}}},
            [("RE358", "actions.a.chance")],
        ),
        ({"a": {"effects": {"late": {}}}}, [("RE355", "actions.a.effects.late")]),
        ({"a": {"effects": {"late": {"probability": 40}}}}, [("RE301", "actions.a.effects.late.probability")]),
        (
            {"a": {"effects": {"late": {"probability": 0.2, "probability_factor": 0.2}}}},
            [("RE354", "actions.a.effects.late.probability_factor")],
        ),
        (
            {
                "a": {"active": True, "effects": {"late": {"probability": 0.2}}},
                "b": {"active": True, "effects": {"late": {"probability": 0.3}}},
            },
            [("RE354", "actions.b.effects.late.probability")],
        ),
        (
            {"a": {"active": True, "effects": {"late": {"probability_factor": 3}}}},
            [("RE357", "actions.a.effects.late.probability_factor")],
        ),
        ({"a": {"effects": {"late": {"impact_factor": -1}}}}, [("RE357", "actions.a.effects.late.impact_factor")]),
        (
            {"a": {"effects": {"late": {"impacts": {"build": {"delay": -3}}}}}},
            [("RE304", "actions.a.effects.late.impacts.build.delay")],
        ),
        (
            {"a": {"active": True, "effects": {"late": {"impacts": {"*": {"delay": 3}}}}}},
            [("RE305", "actions.a.effects.late.impacts.build.delay")],
        ),
    ],
)
def test_a_faulty_action_is_refused(actions: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert faults(actions) == expected


def test_two_actions_that_set_the_same_are_no_fault_while_one_is_not_in_force() -> None:
    both = {
        "a": {"active": True, "effects": {"late": {"probability": 0.2}}},
        "b": {"effects": {"late": {"probability": 0.3}}},
    }
    assert in_force(plan(both)).risks["late"].probability == 0.2


def test_an_impact_factor_is_refused_where_a_factor_is_left_as_it_was() -> None:
    risks = {"late": {"probability": 0.4, "impacts": {"build": {"factor": 1.5}}}}
    effect = {"late": {"impact_factor": 0.5}}
    assert faults({"a": {"active": True, "effects": effect}}, risks=risks) == [
        ("RE356", "actions.a.effects.late.impact_factor")
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"tasks": PLAN["tasks"] | {"build": {"duration": 10, "after": ["order"]}}},
        {"targets": ["order"]},
        {"gates": {"g": {"target": "order", "finish": "2027-05-01", "confidence": 0.8}}},
        {"data_date": "2027-03-08", "start": None, "tasks": PLAN["tasks"] | {
            "design": {"actual_start": "2027-03-01", "actual_finish": "2027-03-05"},
            "order": {"duration": 2, "actual_start": "2027-03-05", "remaining": 1, "after": ["design"]},
        }},
        {"damages": {"d": {"target": "order", "date": "2027-05-01", "rate": 5}}},
        {"branches": {"b": {"after": "design", "paths": {"order": 1}}}},
        {"branches": {"b": {"after": "order", "paths": {"build": 1}}},
         "tasks": PLAN["tasks"] | {"build": {"duration": 10, "after": ["order", "design"]}}},
        {"rework": {"again": {"tasks": ["order"], "probability": 0.3}}},
        {"tasks": {"order": {"duration": 2}}, "risks": {}},
        {"tasks": PLAN["tasks"] | {
            "order": {"duration": 2, "after": ["design"], "wbs": "1.1"},
            "above": {"type": "summary", "wbs": "1"},
        }},
    ],
    ids=[
        *("what waits for it alone", "targets", "gate", "begun", "damages", "path", "branch", "rework", "nothing else"),
        "summary",
    ],
)  # fmt: skip
def test_a_plan_that_is_not_whole_without_the_task_of_an_action_is_refused(more: dict[str, Any]) -> None:
    keys = {key: value for key, value in {**PLAN, **more}.items() if value is not None}
    with pytest.raises(ScenarioError) as refusal:
        riskengine.Scenario(**keys, actions={"a": {"task": "order"}})
    assert [(issue.code, issue.path) for issue in refusal.value.issues] == [("RE351", "actions.a.task")]
    riskengine.Scenario(**keys, actions={"a": {"task": "order", "active": True}})
