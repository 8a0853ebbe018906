"""Models made by hand are checked like those that are read."""

from datetime import date, datetime

import pytest
from pydantic import BaseModel

from riskengine.errors import ScenarioError, UsageError
from riskengine.model import Calendar, Constant, Gate, Pert, Relationship, Resource, Risk, Scenario, Task
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


def models_in(value):
    """Yield a model, and every one within it."""
    if isinstance(value, BaseModel):
        yield value
        value = value.__dict__
    if isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from models_in(inner)


def slots_of(model):
    """Return all that a model holds, in its order."""
    return list(model.__dict__.items()), model.model_fields_set, model.model_extra, model.__pydantic_private__


def made_by_pydantic(kind, values):
    """Return a model as pydantic makes it of values that are checked already."""
    return BaseModel.model_construct.__func__(kind, **values)


def test_models_are_made_as_pydantic_makes_them_of_checked_values():
    models = list(models_in(read_text(FULL)))
    assert len({type(model) for model in models}) > 15
    for model in models:
        fields = model.__dict__
        given = [
            {name: value for name, value in fields.items() if name in model.model_fields_set},
            {name: value for name, value in fields.items() if type(model).model_fields[name].is_required()},
            dict(reversed(fields.items())),
            fields | {"no_field": 1},
            {},
        ]
        for values in given:
            assert slots_of(type(model).model_construct(**values)) == slots_of(made_by_pydantic(type(model), values))


def test_a_name_of_the_format_is_taken_for_a_field_where_checked_values_have_it():
    values = {"low": 1.0, "most_likely": 2.0, "high": 3.0, "lambda": 6.0}
    assert Pert.model_construct(**values).lambda_ == 6.0
    assert slots_of(Pert.model_construct(**values)) == slots_of(made_by_pydantic(Pert, values))


def test_no_two_models_share_a_mapping_that_was_left_out():
    one, other = (Risk.model_construct(id=id, probability=0.5) for id in "ab")
    assert one.impacts == {}
    assert one.impacts is not other.impacts


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
