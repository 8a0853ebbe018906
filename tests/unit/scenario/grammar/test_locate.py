"""Every key and list item of a TOML or JSON text is found at its line."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskengine.scenario.grammar.locate import locate_toml
from riskengine.scenario.grammar.locate_json import locate_json
from riskengine.scenario.text.paths import dotted, keys_of

TOML = '''\
# a comment with [brackets] and a = sign
schema = 1
"quoted key" = "a # no comment [x]"
'literal' = 1
dotted.key.path = 5
multi = [
    1,          # first
    "two",

    [3, 4],
    {x = 5, y = {z = 6}},
]
[tasks.design]
name = "x"
text = """
[tasks.not]
fake = 1
"""
raw = \'\'\'
[tasks.not2]
\'\'\'
cost = {fixed = [
   1,
   2], rate = 5}
[tasks."a.b"]
after = ["x", "y"]
when = 2027-03-01 08:00:00 # a date with a space
[[list]]
a = 1
[[list]]
a = 2
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("schema",), 2),
        (("quoted key",), 3),
        (("literal",), 4),
        (("dotted", "key", "path"), 5),
        (("dotted",), 5),
        (("multi",), 6),
        (("multi", 0), 7),
        (("multi", 1), 8),
        (("multi", 2), 10),
        (("multi", 2, 1), 10),
        (("multi", 3, "x"), 11),
        (("multi", 3, "y", "z"), 11),
        (("tasks",), 13),
        (("tasks", "design"), 13),
        (("tasks", "design", "name"), 14),
        (("tasks", "design", "text"), 15),
        (("tasks", "design", "cost", "fixed"), 22),
        (("tasks", "design", "cost", "fixed", 1), 24),
        (("tasks", "design", "cost", "rate"), 24),
        (("tasks", "a.b"), 25),
        (("tasks", "a.b", "after", 1), 26),
        (("tasks", "a.b", "when"), 27),
        (("list", 0, "a"), 29),
        (("list", 1, "a"), 31),
    ],
)
def test_places_in_toml_are_found(place, line):
    assert locate_toml(TOML).first[place] == line


def test_text_that_looks_like_tables_is_no_table():
    found = locate_toml(TOML).first
    assert ("tasks", "not") not in found and ("tasks", "not2") not in found


def places(value, place=()):
    """Yield every place of a document below its top."""
    if place:
        yield place
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield from places(item, (*place, key))


def test_every_place_of_a_document_has_a_line():
    assert set(locate_toml(TOML).first) == set(places(tomllib.loads(TOML)))


TREES = st.recursive(
    st.one_of(st.integers(), st.text(max_size=8), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=6), TREES, max_size=5), st.sampled_from([None, 0, 2]))
def test_every_place_of_a_json_document_has_the_line_it_is_written_on(document, indent):
    text = json.dumps(document, indent=indent)
    found = locate_json(text).first
    assert set(found) == set(places(document))
    lines = text.split("\n")
    for place, line in found.items():
        if isinstance(place[-1], str):
            assert json.dumps(place[-1]) in lines[line - 1]


@given(st.text(max_size=200))
def test_the_scanners_survive_any_text(text):
    for found in (locate_toml(text), locate_json(text)):
        assert all(1 <= line <= text.count("\n") + 1 for line in found.first.values())


@given(st.lists(st.text(min_size=1, max_size=10), min_size=1, max_size=5))
def test_a_dotted_path_can_be_read_back(keys):
    assert keys_of(dotted(tuple(keys))) == tuple(keys)


def test_odd_keys_are_quoted_and_positions_bracketed():
    assert (
        dotted(("risks", "R1", "impacts", "team:Sys tems", "delay", 2)) == 'risks.R1.impacts."team:Sys tems".delay[2]'
    )
    assert dotted(("tasks", "a.b", "after", 0, "lag")) == 'tasks."a.b".after[0].lag'


@pytest.mark.parametrize("text", ["", ".", "a.", "a..b", "a b", '"a', "a.[b]c d"])
def test_what_is_no_dotted_path_has_no_keys(text):
    assert keys_of(text) == ()
