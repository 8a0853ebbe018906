"""Whatever Python code hands over, it gets a scenario or an error of riskengine."""

import copy
import math
import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import riskengine
from riskengine import model
from tests.unit.python_api.test_chains import PLAN

ODD = (
    None, True, 0, -1, 1.5, math.nan, math.inf, 10**400, "", "x", "\ud800", "a\0b", b"x", [], [None], [[]], {},
    {"": {}}, {"low": None}, {1: 2}, {"a": {"b": {"c": {}}}}, object(), int, len, {1, 2}, (1, 2, 3), range(3), 1j,
    Decimal("0.1"), Fraction(1, 3), np.nan, np.float32(2), np.int64(3), np.bool_(True), np.array([1.0, 2.0]),
    np.array([[object()]]), np.datetime64("2027-03-01"), np.str_("4d"), date(2027, 3, 1), date(1, 1, 1),
    datetime(2027, 3, 1, tzinfo=UTC), time(8), timedelta(days=1), "4d", ["1d", "2d", "9d"],
    model.Constant(value=3, unit="d"), model.Impact(), model.Risk(id="z", probability=0.5),
)  # fmt: skip


def places(document, place=()):
    """Every place of a document."""
    for key, value in document.items() if isinstance(document, dict) else enumerate(document):
        yield (*place, key)
        if isinstance(value, dict | list):
            yield from places(value, (*place, key))


def put(document, place, value):
    """A copy of a document with a value at a place."""
    document = copy.deepcopy(document)
    here = document
    for key in place[:-1]:
        here = here[key]
    here[place[-1]] = value
    return document


def quiet(make, *words):
    """Whether something is refused, by an error of riskengine; any other error goes on."""
    try:
        make()
    except riskengine.RiskengineError as error:
        assert str(error), words
        return True
    except Exception as error:
        raise AssertionError(words) from error
    return False


EVERYWHERE = list(places(PLAN))


@pytest.mark.parametrize("value", ODD, ids=lambda value: type(value).__name__)
def test_a_document_with_something_odd_in_it_is_read_or_refused(value):
    refused = [quiet(lambda place=place: riskengine.read(put(PLAN, place, value)), place) for place in EVERYWHERE]
    assert any(refused)


@pytest.mark.parametrize("seed", range(6))
def test_odd_changes_are_made_or_refused(seed):
    rng, scenario = random.Random(seed), riskengine.read(PLAN)
    resolved = [path(place) for place in EVERYWHERE]
    refused = 0
    for _ in range(150):
        at = rng.choice(
            [*resolved, "tasks.a.duration.high", "tasks.a.after[0]", "risks.R1[1]", "name.x", "targets[3]", "[0]"]
        )
        refused += quiet(
            lambda at=at: scenario.changed({at: rng.choice(ODD), rng.choice(resolved): rng.choice(ODD)}), at
        )
    assert refused > 50


def path(place):
    """A place as a path, every key in quotes."""
    return ".".join(f"'{key}'" for key in place if isinstance(key, str)) + "".join(
        f"[{key}]" for key in place if isinstance(key, int)
    )


@pytest.mark.parametrize("name", list(model.Scenario.model_fields))
def test_a_scenario_with_something_odd_in_a_field_is_read_or_refused(name):
    scenario = riskengine.read(PLAN)
    for value in ODD:
        quiet(lambda value=value: riskengine.read(scenario.model_copy(update={name: value})), name, value)
    for field, entity in (("tasks", "a"), ("risks", "R1"), ("gates", "g"), ("resources", "crew"), ("calendars", "six")):
        one = getattr(scenario, field)[entity]
        for inner in type(one).model_fields:
            for value in ODD if name == "name" else ():
                odd = {**getattr(scenario, field), entity: one.model_copy(update={inner: value})}
                quiet(
                    lambda odd=odd, field=field: riskengine.read(scenario.model_copy(update={field: odd})), inner, value
                )
