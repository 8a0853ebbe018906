"""The resolved form: complete, canonical, readable, named by its digest."""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskengine.scenario import digest, dumps, parse, read, resolve
from riskengine.scenario.starter_files import starter_folder
from tests.support.scenario_text import TASK, read_text

FULL = """
description = "Everything at once"
currency = "EUR"
calendar = "office"
lag_calendar = "24h"
minimum_duration = "4h"
targets = ["b", "a"]
[calendars.office]
week = ["mon-thu 08:00-12:00 13:00-17:00", "fri 22:00-05:00"]
holidays = ["2027-12-24..2028-01-02"]
exceptions = {"2027-05-08" = "09:00-12:00"}
[resources.welder]
rate = 600
[tasks.a]
duration = {shape = "lognormal", p10 = 18, p90 = 40, max = 100}
cost = {fixed = [1, 2, 3], rate = 5}
tags = ["z", "y"]
resources = {welder = 2}
[tasks.b]
duration = {shape = "discrete", values = [3, 1, 2], weights = [1, 2, 3], unit = "w"}
after = ["a SS+2d", "a", {task = "a", type = "FF", lag = [1, 2, 3]}]
[tasks.m]
milestone = true
after = ["b"]
[costs.office]
rate = {shape = "trigen", low = 10, most_likely = 12, high = 20}
[risks.r]
probability = 0.3
parallel = "p"
[risks.r.impacts]
"*" = {delay = [1, 2, 3]}
project = {cost = {shape = "exponential", mean = 5}}
[gates.g]
finish = 2028-02-29
cost = 5
confidence = 0.8
[gates.h]
target = "b"
finish = 2028-02-29T12:00:00
confidence = 0.9
"""


def test_the_resolved_form_is_a_scenario_and_resolves_to_itself(tmp_path):
    scenario = read_text(FULL)
    text = dumps(scenario)
    again = parse(json.loads(text))
    assert again == scenario
    assert resolve(again) == resolve(scenario)
    (tmp_path / "resolved.json").write_text(text)
    assert dumps(read(tmp_path / "resolved.json")) == text


def test_the_text_is_the_document():
    scenario = read_text(FULL)
    assert json.loads(dumps(scenario)) == resolve(scenario)
    assert dumps(scenario).endswith("}\n")


def test_every_field_of_an_entity_has_a_line_of_its_own():
    lines = dumps(read_text(FULL)).splitlines()
    assert '      "probability": 0.3,' in lines
    assert sum(line.startswith('      "duration": {') for line in lines) == 3


def test_every_default_is_written_out():
    task = resolve(read_text(TASK))["tasks"]["a"]
    assert task == {
        "name": "",
        "description": "",
        "duration": {"shape": "constant", "unit": "d", "value": 5.0},
        "after": [],
        "calendar": "standard",
        "cost": {},
        "team": "",
        "owner": "",
        "wbs": "",
        "tags": [],
        "resources": {},
    }


def test_the_digest_is_a_sha256_that_changes_with_any_value():
    one, two = read_text(TASK), read_text(TASK.replace("5", "6"))
    assert len(digest(one)) == 64 and set(digest(one)) <= set("0123456789abcdef")
    assert digest(one) != digest(two)
    assert digest(one) == digest(read_text("# a comment\n\n" + TASK))


def test_numbers_of_one_value_have_one_digest():
    assert digest(read_text("[tasks.a]\nduration = 5\n")) == digest(read_text("[tasks.a]\nduration = 5.0\n"))
    assert digest(read_text("[tasks.a]\nduration = 0\n")) == digest(read_text("[tasks.a]\nduration = -0.0\n"))
    assert digest(read_text("[tasks.a]\nduration = '5d'\n")) == digest(read_text("[tasks.a]\nduration = [5, 5, 5]\n"))


def shuffled(document, source):
    """Return a document with the keys of every table, and the items of lists without order, in another order."""
    if not isinstance(document, dict):
        return document
    keys = list(document)
    source.shuffle(keys)
    mixed = {key: shuffled(document[key], source) for key in keys}
    for key in ("after", "tags", "targets"):
        if isinstance(mixed.get(key), list):
            mixed[key] = source.sample(mixed[key], len(mixed[key]))
    return mixed


@given(st.integers(0, 2**32))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_the_file_never_matters(seed):
    scenario = read_text(FULL)
    assert dumps(parse(shuffled(resolve(scenario), random.Random(seed)))) == dumps(scenario)


SHIPPED = sorted(starter_folder().rglob("*.toml")) if starter_folder() else []


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_shipped_scenario_resolves_to_itself(path):
    scenario = read(path)
    assert parse(json.loads(dumps(scenario))) == scenario


NUMBERS = st.floats(0, 1000).map(lambda number: round(number, 3))
UNITS = st.sampled_from(["h", "d", "w", "mo", "eh", "ed"])
POINTS = st.lists(NUMBERS, min_size=3, max_size=3).map(sorted)
ESTIMATES = st.one_of(
    NUMBERS,
    POINTS,
    st.builds(lambda number, unit: f"{number}{unit}", NUMBERS, UNITS),
    st.builds(
        lambda shape, points, unit: {
            "shape": shape,
            **dict(zip(("low", "most_likely", "high"), points, strict=True)),
            "unit": unit,
        },
        st.sampled_from(["pert", "triangular"]),
        POINTS,
        UNITS,
    ),
    st.builds(lambda mean, sd: {"shape": "lognormal", "mean": mean + 1, "sd": sd + 0.1}, NUMBERS, NUMBERS),
    st.builds(
        lambda values: {"shape": "discrete", "values": values, "weights": [value + 1 for value in values]},
        st.lists(NUMBERS, min_size=1, max_size=4),
    ),
)
NAMES = st.text(st.characters(categories=("L", "N"), include_characters=" -_."), min_size=1, max_size=8).filter(
    lambda name: name == name.strip() and name != "project"
)


@st.composite
def documents(draw):
    """Draw a scenario document in shorthand."""
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    tasks = {}
    for index, name in enumerate(names):
        before = draw(st.lists(st.sampled_from(names[:index]), max_size=3)) if index else []
        kinds = draw(st.lists(st.sampled_from(["FS", "SS", "FF", "SF"]), min_size=3, max_size=3))
        links = [
            {"task": task, "type": kind, "lag": draw(ESTIMATES)} for task, kind in zip(before, kinds, strict=False)
        ]
        tasks[name] = {"duration": draw(ESTIMATES), "after": links, "tags": draw(st.lists(NAMES, max_size=2))}
    target = st.one_of(st.sampled_from(names), st.just("*"), st.just("project"))
    risks = {
        name: {"probability": draw(st.floats(0, 1)), "impacts": {draw(target): {"delay": draw(ESTIMATES)}}}
        for name in draw(st.lists(NAMES, max_size=3, unique=True))
    }
    return {"schema": 1, "name": "x", "start": "2027-03-01", "tasks": tasks, "risks": risks}


@given(documents())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_resolving_twice_changes_nothing(document):
    scenario = parse(document)
    once = resolve(scenario)
    assert resolve(parse(once)) == once
    assert dumps(parse(json.loads(dumps(scenario)))) == dumps(scenario)


def test_a_document_in_memory_is_checked_like_a_file():
    from riskengine.errors import ScenarioError

    with pytest.raises(ScenarioError) as caught:
        parse({"schema": 1, "name": "x", "tasks": {"a": {"duration": [3, 2, 1]}}}, "memory")
    assert [(issue.code, issue.file, issue.line) for issue in caught.value.issues] == [
        ("RE121", "memory", None),
        ("RE202", "memory", None),
    ]


def test_names_are_written_as_they_are():
    assert '"name": "Gründung"' in dumps(read_text(TASK + "name = 'Gründung'\n"))
