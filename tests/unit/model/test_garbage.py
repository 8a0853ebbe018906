"""While a scenario is read or compiled Python does not look for garbage, and afterwards does what it did before."""

import gc
import importlib

import pytest

from riskengine.errors import ScenarioError
from riskengine.model.garbage import no_search_for_garbage
from riskengine.plan import compile
from riskengine.scenario import dumps, parse

PLAN = {"schema": 1, "name": "Stand", "start": "2027-03-01", "tasks": {"a": {"duration": 3}}}


@pytest.fixture(params=[True, False])
def was_on(request):
    """Whether Python looks for garbage before; it does afterwards."""
    if not request.param:
        gc.disable()
    yield request.param
    gc.enable()


@pytest.mark.parametrize("tasks", [{"a": {"duration": 3}}, {"a": {"duration": -3}}])
def test_the_search_is_as_it_was_after_reading_or_refusing(tasks, was_on):
    try:
        parse({**PLAN, "tasks": tasks})
    except ScenarioError as error:
        assert [issue.code for issue in error.issues] == ["RE212"]
    assert gc.isenabled() is was_on


def test_nothing_is_looked_for_in_between(was_on):
    with no_search_for_garbage():
        assert not gc.isenabled()
        with no_search_for_garbage():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() is was_on


@pytest.mark.parametrize(
    ("module", "part", "work"), [("plan.compile", "assemble", compile), ("scenario.resolve", "resolve", dumps)]
)
def test_nothing_is_looked_for_while_a_plan_is_compiled_or_a_resolved_form_written(module, part, work, monkeypatch):
    place, seen = importlib.import_module(f"riskengine.{module}"), []
    whole = getattr(place, part)
    monkeypatch.setattr(place, part, lambda *given: seen.append(gc.isenabled()) or whole(*given))
    gc.enable()
    work(parse(PLAN))
    assert seen == [False]
    assert gc.isenabled()
