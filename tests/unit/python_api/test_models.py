"""Models that are made in Python are refused as files are, and are not to be altered."""

from datetime import datetime
from unittest.mock import ANY

import pytest
from pydantic import BaseModel

import riskengine
from riskengine.model import Calendar, Constraint, Discrete, Gate, Impact, Risk, Task, TaskCost, Triangular
from tests.unit.python_api.plans import STAND

DAYS = Triangular(low=1, most_likely=2, high=3, unit="d")
FAULTS = {
    "low above high": (lambda: Triangular(low=3, most_likely=2, high=1), [("RE202", "", "3.0, 2.0, 1.0")]),
    "within a task": (
        lambda: Task(id="a", calendar="c", duration={"shape": "triangular", "low": 3, "most_likely": 2, "high": 1}),
        [("RE202", "duration", "3.0, 2.0, 1.0")],
    ),
    "several": (
        lambda: Risk(id="r", probability=-1, kind="treat", naem="x"),
        [("RE123", "kind", "'treat'"), ("RE301", "probability", "-1"), ("RE111", "naem", "'x'")],
    ),
    "within a cost": (
        lambda: TaskCost(fixed={"shape": "uniform", "low": "x", "high": 2}),
        [("RE113", "fixed.low", "'x'")],
    ),
    "missing": (lambda: Task(id="a", calendar="c"), [("RE112", "duration", "")]),
    "text": (lambda: Risk(id="r", probability="often"), [("RE113", "probability", "'often'")]),
    "not a number": (lambda: Triangular(low=float("nan"), most_likely=2, high=3), [("RE122", "low", "nan")]),
    "confidence": (lambda: Gate(id="g", cost=1, confidence=80), [("RE403", "confidence", "80")]),
    "nothing asked": (lambda: Gate(id="g", confidence=0.8), [("RE401", "", "")]),
    "no date": (lambda: Constraint(type="SNET"), [("RE251", "", "")]),
    "weights": (lambda: Discrete(values=(1, 2), weights=(1,)), [("RE208", "", "2.0, 1.0")]),
    "week": (lambda: Calendar(id="c", week=(), hours_per_day=8), [("RE230", "", "")]),
    "an item": (lambda: Task(id="a", calendar="c", duration=DAYS, tags=("x", 3)), [("RE113", "tags[1]", "3")]),
}


@pytest.mark.parametrize(("make", "faults"), FAULTS.values(), ids=FAULTS)
def test_a_model_of_what_no_file_could_say_is_refused_with_its_codes(make, faults):
    with pytest.raises(riskengine.ScenarioError) as refused:
        make()
    assert [(issue.code, issue.path, issue.value) for issue in refused.value.issues] == faults
    assert all(issue.rule for issue in refused.value.issues)
    assert refused.value.__cause__ is None


def test_a_misspelt_field_is_told_from_the_one_that_is_meant():
    with pytest.raises(riskengine.ScenarioError, match=r'Risk: RE111 probabilty: .*; did you mean "probability"'):
        Risk(id="r", probability=0.2, probabilty=0.3)


def test_nothing_is_to_be_altered():
    scenario = riskengine.read(STAND)
    for model, name in (
        (scenario, "name"),
        (scenario, "nme"),
        (scenario.tasks["build"], "duration"),
        (scenario.tasks["build"].duration, "low"),
        (scenario.risks["printer"].impacts["build"], "delay"),
    ):
        with pytest.raises(riskengine.UsageError, match="RE926"):
            setattr(model, name, 3)
        with pytest.raises(riskengine.UsageError, match="RE926"):
            delattr(model, name)
    assert scenario == riskengine.read(STAND)


def test_models_that_hold_models_still_take_tables_and_compare():
    table = {"shape": "triangular", "low": 1, "most_likely": 2, "high": 3, "unit": "d"}
    made = Task(id="a", calendar="c", duration=table)
    assert made == Task(id="a", calendar="c", duration=DAYS)
    assert made.model_copy() == made
    assert Impact(delay=DAYS).delay is DAYS
    assert Gate(id="g", finish=datetime(2027, 3, 1), confidence=0.5).target == "project"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DAYS, Triangular(low=1.0, most_likely=2, high=3, unit="d")),
        (DAYS, Triangular(low=1, most_likely=2, high=4, unit="d")),
        (Risk(id="r", probability=0.1), Risk(id="r", probability=0.1, impacts={})),
        (Risk(id="r", probability=0.1, impacts={"a": Impact(delay=DAYS)}), Risk(id="r", probability=0.1)),
        (DAYS, Impact(delay=DAYS)),
        (DAYS, {"shape": "triangular"}),
        (DAYS, ANY),
    ],
)
def test_models_are_equal_where_pydantic_says_so(one, other):
    alike = BaseModel.__eq__(one, other)
    assert (one == other) is (other is ANY if alike is NotImplemented else alike)
    assert one != other or other is ANY or hash_or_none(one) == hash_or_none(other)


def hash_or_none(model):
    try:
        return hash(model)
    except TypeError:  # a mapping among its fields
        return None
