"""Scenarios that were altered behind the reader's back are checked before anything is computed from them."""

import copy
import math
from datetime import UTC, date, datetime
from functools import partial

import pytest

import riskengine
from riskengine import model
from riskengine.api.scenario import checked
from tests.unit.python_api.plans import STAND


@pytest.fixture
def scenario():
    """The stand."""
    return riskengine.read(STAND)


def with_task(scenario, **fields):
    """The stand with fields of the task build put there unchecked."""
    build = scenario.tasks["build"].model_copy(update=fields)
    return scenario.model_copy(update={"tasks": {**scenario.tasks, "build": build}})


def with_risk(scenario, **fields):
    """The stand with fields of its risk put there unchecked."""
    printer = scenario.risks["printer"].model_copy(update=fields)
    return scenario.model_copy(update={"risks": {"printer": printer}})


def points(**fields):
    """Three points in any order."""
    return model.Triangular.model_construct(**{"unit": "d", "low": 1.0, "most_likely": 2.0, "high": 3.0, **fields})


def without_task(scenario):
    """The stand without design, which build comes after."""
    return scenario.model_copy(update={"tasks": {"build": scenario.tasks["build"]}})


def popped(scenario):
    """The same, taken out of the dictionary itself."""
    del scenario.tasks["design"]
    return scenario


def replaced_within(scenario):
    """An impact put into the dictionary of a risk."""
    scenario.risks["printer"].impacts["biuld"] = scenario.risks["printer"].impacts["build"]
    return scenario


def calendar_of(**fields):
    """The standard calendar with fields put there unchecked."""
    return lambda s: s.model_copy(update={"calendars": {"standard": s.calendars["standard"].model_copy(update=fields)}})


EIGHT = ((480, 960),)
ALTERED = {
    "low above high": (lambda s: with_task(s, duration=points(low=5.0)), {("RE202", "tasks.build.duration")}),
    "not a number": (lambda s: with_task(s, duration=points(low=math.nan)), {("RE122", "tasks.build.duration.low")}),
    "probability": (lambda s: with_risk(s, probability=-1.0), {("RE301", "risks.printer.probability")}),
    "misspelt in a task": (lambda s: with_task(s, duraton=5), {("RE111", "tasks.build.duraton")}),
    "misspelt in a risk": (lambda s: with_risk(s, probabilty=1.0), {("RE111", "risks.printer.probabilty")}),
    "misspelt in an estimate": (
        lambda s: with_task(s, duration=points().model_copy(update={"hi": 1.0})),
        {("RE111", "tasks.build.duration.hi")},
    ),
    "misspelt at the top": (lambda s: s.model_copy(update={"rissks": {}}), {("RE111", "rissks")}),
    "a task removed": (without_task, {("RE220", "tasks.build.after[0].task"), ("RE405", "targets[0]")}),
    "a task popped": (popped, {("RE220", "tasks.build.after[0].task"), ("RE405", "targets[0]")}),
    "an impact put in": (replaced_within, {("RE303", "risks.printer.impacts.biuld")}),
    "no estimate": (lambda s: with_task(s, duration=5), {("RE113", "tasks.build.duration")}),
    "text for a number": (lambda s: with_risk(s, probability="0.2"), {("RE113", "risks.printer.probability")}),
    "a document in place of a task": (
        lambda s: s.model_copy(update={"tasks": {**s.tasks, "x": {"duration": 5}}}),
        {("RE113", "tasks")},
    ),
    "no tasks at all": (lambda s: s.model_copy(update={"tasks": None}), {("RE113", "tasks")}),
    "none": (lambda s: s.model_copy(update={"start": None}), {("RE113", "start")}),
    "a time zone": (
        lambda s: s.model_copy(update={"start": datetime(2027, 3, 1, tzinfo=UTC)}),
        {("RE120", "start")},
    ),
    "a choice": (lambda s: with_risk(s, kind="treat"), {("RE123", "risks.printer.kind")}),
    "an unknown calendar": (lambda s: with_task(s, calendar="none"), {("RE234", "tasks.build.calendar")}),
    "another id": (lambda s: with_task(s, id="biuld"), {("RE113", "tasks.build.id")}),
    "a week of three days": (calendar_of(week=(EIGHT,) * 3), {("RE230", "calendars.standard.week")}),
    "a shift of three ends": (calendar_of(week=(((1, 2, 3),),) * 7), {("RE113", "calendars.standard.week")}),
    "an exception at an hour": (
        calendar_of(exceptions={datetime(2027, 3, 1): EIGHT}),
        {("RE113", "calendars.standard.exceptions")},
    ),
    "a field is missing": (
        lambda s: s.model_copy(update={"tasks": {**s.tasks, "x": model.Task.model_construct(id="x")}}),
        {("RE112", "tasks.x.duration"), ("RE112", "tasks.x.calendar")},
    ),
}  # fmt: skip


VERBS = (riskengine.read, riskengine.simulate, riskengine.decide)


@pytest.mark.parametrize(("alter", "faults"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_refused_as_a_file_is(scenario, alter, faults):
    altered = alter(scenario)
    plain = model.Scenario.model_construct()
    object.__setattr__(plain, "__dict__", dict(altered.__dict__))
    calls = [partial(verb, each) for verb in VERBS for each in (altered, plain)]
    assert repr(altered).startswith("<Scenario ")
    for call in (*calls, altered.to_json, lambda: altered.digest, partial(altered.changed, {"description": "x"})):
        with pytest.raises(riskengine.ScenarioError) as refused:
            call()
        assert {(issue.code, issue.path) for issue in refused.value.issues} == faults


def test_a_misspelt_field_is_told_from_the_one_that_is_meant(scenario):
    with pytest.raises(riskengine.ScenarioError, match='did you mean "probability"'):
        riskengine.simulate(with_risk(scenario, probabilty=1.0))


def test_what_was_altered_and_is_sound_is_what_a_file_would_say(scenario):
    altered = with_risk(with_task(scenario, duration=points()), probability=0.5)
    said = scenario.changed(
        {
            "tasks.build.duration": {"shape": "triangular", "low": 1, "most_likely": 2, "high": 3},
            "risks.printer.probability": 0.5,
        }
    )
    assert riskengine.read(altered) == said
    assert riskengine.simulate(altered, iterations=256) == riskengine.simulate(said, iterations=256)


def test_a_change_of_what_was_altered_keeps_what_was_altered(scenario):
    changed = with_risk(scenario, probability=0.5).changed({"name": "Other"})
    assert (changed.name, changed.risks["printer"].probability) == ("Other", 0.5)


def test_what_was_not_altered_is_not_checked_again(scenario):
    assert checked(scenario) is scenario
    assert riskengine.read(scenario) is scenario


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda each: each.model_copy(deep=True)])
def test_copies_are_the_same_scenario(scenario, copied):
    again = copied(scenario)
    assert again == scenario
    assert riskengine.read(again) == scenario
    assert again.changed({"name": "x"}) == scenario.changed({"name": "x"})


def test_models_that_the_classes_of_model_made_are_simulated(scenario):
    week = (((480, 720), (780, 1020)),) * 5 + ((),) * 2
    calendar = model.Calendar(id="standard", name="", week=week, hours_per_day=8, exceptions={date(2027, 3, 2): ()})
    made = model.Scenario(
        name="Made",
        project="Made",
        start=datetime(2027, 3, 1),
        calendar="standard",
        calendars={"standard": calendar},
        tasks={"a": model.Task(id="a", duration=model.Constant(value=3, unit="d"), calendar="standard")},
    )
    assert riskengine.simulate(made, iterations=256).finish(0.8) == datetime(2027, 3, 4, 17)
    unsound = made.model_copy(update={"tasks": {}})
    with pytest.raises(riskengine.ScenarioError, match="RE241"):
        riskengine.simulate(unsound)
