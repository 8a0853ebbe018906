"""Models made by hand are checked like those that are read."""

from datetime import date, datetime

import pytest

from riskengine.errors import ScenarioError, UsageError
from riskengine.model import Calendar, Constant, Gate, Relationship, Resource, Risk, Scenario, Task
from riskengine.scenario import parse, resolve
from tests.support.scenario_text import read_text
from tests.unit.scenario.test_resolve import FULL

WEEK = (((480, 720), (780, 1020)),) * 5 + ((), ())


def test_a_scenario_that_was_read_passes_the_checks_of_its_models():
    scenario = read_text(FULL)
    assert Scenario.model_validate(scenario.model_dump(by_alias=True)) == scenario


def test_models_are_frozen_and_take_no_other_fields():
    risk = Risk(id="r", probability=0.5)
    with pytest.raises(UsageError, match="RE926"):
        risk.probability = 0.6
    with pytest.raises(ScenarioError, match="RE111 likelihood"):
        Risk(id="r", probability=0.5, likelihood=0.5)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Risk(id="r", probability=1.1),
        lambda: Risk(id="r", probability=float("nan")),
        lambda: Gate(id="g", cost=5, confidence=1),
        lambda: Gate(id="g", confidence=0.5),
        lambda: Gate(id="g", cost=float("inf"), confidence=0.5),
        lambda: Resource(id="r", rate=-1),
        lambda: Calendar(id="c", week=WEEK[:5], hours_per_day=8),
        lambda: Calendar(id="c", week=((),) * 7, hours_per_day=8),
        lambda: Calendar(id="c", week=WEEK, hours_per_day=25),
        lambda: Calendar(id="c", week=(((480, 720), (700, 1020)),) * 7, hours_per_day=8),
        lambda: Calendar(id="c", week=(((480, 1500),),) * 7, hours_per_day=8),
        lambda: Calendar(id="c", week=(((720, 480),),) * 7, hours_per_day=8),
        lambda: Calendar(id="c", week=WEEK, exceptions={date(2027, 1, 1): ((5, 5),)}, hours_per_day=8),
        lambda: Constant(value=float("inf")),
    ],
)
def test_impossible_values_are_refused(make):
    with pytest.raises(ScenarioError):
        make()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Risk(id="r", probability=1.1), "RE301 probability"),
        (lambda: Risk(id="r", probability=float("nan")), "RE122 probability"),
        (lambda: Gate(id="g", cost=5, confidence=1), "RE403 confidence"),
        (lambda: Gate(id="g", cost=float("inf"), confidence=0.5), "RE122 cost"),
        (lambda: Resource(id="r", rate=-1), "RE408 rate"),
        (lambda: Resource(id="r", capacity=-1), "RE409 capacity"),
        (lambda: Calendar(id="c", week=WEEK, hours_per_day=25), "RE233 hours_per_day"),
    ],
)
def test_a_number_out_of_bounds_has_the_fault_that_a_file_would_have(make, code):
    with pytest.raises(ScenarioError, match=code):
        make()


def test_a_scenario_made_by_hand_is_checked_as_a_whole_by_way_of_its_resolved_form():
    days = Constant(value=5, unit="d")
    tasks = {
        key: Task(id=key, duration=days, calendar="c", after=(Relationship(task=other),))
        for key, other in (("a", "b"), ("b", "a"))
    }
    scenario = Scenario(
        name="x",
        project="x",
        start=datetime(2027, 3, 1),
        calendar="c",
        calendars={"c": Calendar(id="c", week=WEEK, hours_per_day=8)},
        tasks=tasks,
    )
    with pytest.raises(ScenarioError) as caught:
        parse(resolve(scenario))
    assert [issue.code for issue in caught.value.issues] == ["RE222"]
