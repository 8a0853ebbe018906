"""Whatever is done to a scenario, it is read or refused with places, and never crashes."""

import copy
import json
import random
import tomllib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskengine.errors import ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.scenario import dumps, parse, read
from tests.support.scenario_text import HEAD, read_text
from tests.unit.scenario.test_resolve import FULL

TEXT = HEAD + FULL
DOCUMENT = tomllib.loads(TEXT)
ODD = [
    None, True, False, 0, -1, 1.5, float("nan"), float("inf"), 10**400, "", " ", "x", "5d", "nan", "\0", "\ud800",
    "a -> b", "a SS+1d", "mon-fri 08:00-12:00", [], [[]], [1, 2, 3], [3, 2, 1], ["a"], {}, {"a": {}}, {"shape": "pert"},
    {"task": "a"}, {"task": []}, date(2027, 3, 1), b"bytes", (1, 2), {1: 2}, {"extends": "office"},
    "office", "project", "*",
]  # fmt: skip
MUTATED = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def survives(action):
    """Run an action that may only succeed or raise a well-formed refusal."""
    try:
        scenario = action()
    except ScenarioError as error:
        assert error.issues
        for issue in error.issues:
            assert issue.code in CATALOGUE
            assert issue.format().isprintable()
            assert issue.line is None or issue.line >= 1
    else:
        assert dumps(parse(json.loads(dumps(scenario)))) == dumps(scenario)


def places(value, place=()):
    """Return every place of a document below its top."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [place] if place else []
    for key, item in pairs:
        found += places(item, (*place, key))
    return found


PLACES = places(DOCUMENT)


def has(container, key):
    """Return whether a table or a list has a key or a position."""
    return (
        key in container
        if isinstance(container, dict)
        else isinstance(container, list) and key in range(len(container))
    )


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), min_size=1, max_size=4), st.booleans())
@MUTATED
def test_odd_values_anywhere_are_answered(changes, renamed):
    document = copy.deepcopy(DOCUMENT)
    for place, value in changes:
        here = document
        for key in place[:-1]:
            here = here[key] if has(here, key) else None
        if not has(here, place[-1]):
            continue
        if renamed and isinstance(value, str) and isinstance(here, dict):
            here[value] = here.pop(place[-1])
        else:
            here[place[-1]] = value
    survives(lambda: parse(document))


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
@MUTATED
def test_values_in_the_wrong_place_are_answered(one, two):
    def value(place):
        here = DOCUMENT
        for key in place:
            here = here[key]
        return here

    document = copy.deepcopy(DOCUMENT)
    here = document
    for key in one[:-1]:
        here = here[key]
    here[one[-1]] = copy.deepcopy(value(two))
    survives(lambda: parse(document))


@given(st.integers(0, 2**32))
@MUTATED
def test_damaged_text_is_answered(tmp_path_factory, seed):
    source = random.Random(seed)
    lines = TEXT.splitlines()
    for _ in range(source.randint(1, 3)):
        action = source.randrange(5)
        at = source.randrange(len(lines))
        if action == 0:
            del lines[at]
        elif action == 1:
            lines.insert(at, source.choice(lines))
        elif action == 2:
            cut = source.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:cut] + source.choice('[]{}"=,.#\\\x00é' + "'") + lines[at][cut:]
        elif action == 3:
            lines[at] = lines[at][: source.randrange(len(lines[at]) + 1)]
        else:
            other = source.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
    survives(lambda: read_text("\n".join(lines), head=""))


@given(st.binary(max_size=300), st.sampled_from(["plan.toml", "plan.json"]))
@MUTATED
def test_any_bytes_are_answered(tmp_path_factory, raw, name):
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(raw)
    survives(lambda: read(path))


@given(st.text(st.sampled_from('ab,;"\n\r=1.5 \t\x00é'), max_size=200), st.sampled_from(["tasks", "risks"]))
@MUTATED
def test_any_table_is_answered(table, section):
    header = "id,duration,after,tags\n" if section == "tasks" else "id,probability,target,delay\n"
    text = f"{section}_file = 'table.csv'\n[tasks.z]\nduration = 1\n"
    survives(lambda: read_text(text, table_csv=header + table))


@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize(
    "key", ["tasks", "risks", "gates", "calendars", "costs", "resources", "defaults", "targets", "name"]
)
def test_odd_sections_are_answered(key, value):
    survives(lambda: parse({**DOCUMENT, key: value}))
    survives(lambda: parse({**DOCUMENT, key: {"a": value}}))
