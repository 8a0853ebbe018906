"""Relationships: the shorthand, the table, unknown tasks, circles."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskengine.scenario.sections.cycles import MOST_CIRCLES, circles
from tests.support.scenario_text import faults, issues, only, read_text


def link(text, predecessor="a"):
    """Return the relationship written as `text` into a task after another one."""
    scenario = read_text(f'[tasks."{predecessor}"]\nduration = 5\n[tasks.z]\nduration = 5\nafter = [{text}]\n')
    (found,) = scenario.tasks["z"].after
    return found.task, found.type, found.lag.value, found.lag.unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'a'", ("a", "FS", 0, "d")),
        ("'a FS'", ("a", "FS", 0, "d")),
        ("'a SS+5d'", ("a", "SS", 5, "d")),
        ("'a SS + 5d'", ("a", "SS", 5, "d")),
        ("'a FS-5d'", ("a", "FS", -5, "d")),
        ("'a FF'", ("a", "FF", 0, "d")),
        ("'a SF-2.5w'", ("a", "SF", -2.5, "w")),
        ("'a+5'", ("a", "FS", 5, "d")),
        ("'a+8h'", ("a", "FS", 8, "h")),
        ("'a +3ed'", ("a", "FS", 3, "ed")),
        ("' a '", ("a", "FS", 0, "d")),
        ("{task = 'a'}", ("a", "FS", 0, "d")),
        ("{task = 'a', type = 'SS', lag = '5d'}", ("a", "SS", 5, "d")),
        ("{task = 'a', lag = -2}", ("a", "FS", -2, "d")),
    ],
)
def test_a_relationship_can_be_written_as_text_or_table(text, expected):
    assert link(text) == expected


@pytest.mark.parametrize("name", ["a b", "a FS", "a SS+5d", "a+5d", "-", "a-5d", "FS"])
def test_a_text_that_is_an_id_is_that_task(name):
    assert link(f"'{name}'", name) == (name, "FS", 0, "d")


def test_an_id_with_spaces_takes_type_and_lag_too():
    assert link("'site visit SS+5d'", "site visit") == ("site visit", "SS", 5, "d")
    assert link("'a+b+5d'", "a+b") == ("a+b", "FS", 5, "d")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("'b'", "RE220"),
        ("''", "RE220"),
        ("'b SS+5d'", "RE220"),
        ("'a-5d'", "RE220"),
        ("'FS'", "RE220"),
        ("{task = 'b'}", "RE220"),
        ("'a SS+5x'", "RE221"),
        ("'a SS+-5d'", "RE221"),
        ("'a SS+'", "RE221"),
        ("'a XX'", "RE221"),
        ("'a ss'", "RE221"),
        ("'a SS 5d'", "RE221"),
        ("{type = 'FS'}", "RE112"),
        ("{task = 5}", "RE113"),
        ("5", "RE113"),
        ("{task = 'a', type = 'XX'}", "RE123"),
        ("{task = 'a', lag = 'x'}", "RE213"),
        ("{task = 'a', lag = [3, 2, 1]}", "RE202"),
        ("'" + "a" * 400 + "'", "RE221"),
    ],
)
def test_what_cannot_be_read_or_found_is_refused(text, code):
    issue = only(f"[tasks.a]\nduration = 5\n[tasks.z]\nduration = 5\nafter = [\n{text}\n]\n")
    assert issue.code == code
    assert issue.path.startswith("tasks.z.after[0]")
    assert issue.line == 9


def test_an_unknown_task_brings_the_one_meant():
    text = "[tasks.design]\nduration = 5\n[tasks.build]\nduration = 5\nafter = ['desing FS+3d']\n"
    assert only(text).cure == 'did you mean "design"?'


def test_relationships_are_sorted_whatever_their_order_in_the_file():
    head = "[tasks.a]\nduration = 1\n[tasks.b]\nduration = 1\n[tasks.z]\nduration = 1\nafter = "
    one = read_text(head + "['b', 'a SS+2d', 'a FS+1d', 'a SS+1d']\n").tasks["z"].after
    two = read_text(head + "['a SS+1d', 'a FS+1d', 'a SS+2d', 'b']\n").tasks["z"].after
    assert one == two
    assert [(item.task, item.type, item.lag.value) for item in one] == [
        ("a", "FS", 1), ("a", "SS", 1), ("a", "SS", 2), ("b", "FS", 0),
    ]  # fmt: skip


def test_a_circle_is_spelled_out_in_the_direction_of_time():
    text = "[tasks.a]\nduration = 1\nafter = ['c']\n[tasks.b]\nduration = 1\nafter = ['a']\n"
    text += "[tasks.c]\nduration = 1\nafter = ['b SS+1d']\n"
    issue = only(text)
    assert issue.code == "RE222"
    assert issue.rule.endswith("a -> b -> c -> a")
    assert issue.path == "tasks.b.after[0]"


def test_a_task_that_waits_for_itself_is_a_circle():
    assert only("[tasks.a]\nduration = 1\nafter = ['a']\n").rule.endswith("a -> a")


def test_a_circle_is_found_among_tasks_with_other_faults():
    text = "[tasks.a]\nduration = [3, 2, 1]\nafter = ['b']\n[tasks.b]\nafter = ['a']\n"
    assert sorted(code for code, _ in faults(text)) == ["RE112", "RE202", "RE222"]


def test_two_knots_are_told_apart():
    text = "".join(
        f"[tasks.{one}]\nduration = 1\nafter = ['{two}']\n[tasks.{two}]\nduration = 1\nafter = ['{one}']\n"
        for one, two in (("a", "b"), ("c", "d"))
    )
    assert [issue.rule.split(": ")[1] for issue in issues(text)] == ["a -> b -> a", "c -> d -> c"]


def test_a_chain_of_a_hundred_thousand_tasks_has_no_circle():
    chain = {f"t{n}": [f"t{n - 1}"] for n in range(1, 100_000)}
    assert circles(chain) == []
    chain["t0"] = ["t99999"]
    (circle,) = circles(chain)
    assert len(circle) == 100_001


def test_a_dense_knot_is_cut_short():
    names = [f"t{n:03}" for n in range(300)]
    assert 1 <= len(circles(dict.fromkeys(names, names))) <= MOST_CIRCLES


@given(st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=4), max_size=12))
def test_circles_are_found_exactly_where_no_order_exists(numbers):
    predecessors = {str(task): [str(other) for other in others] for task, others in numbers.items()}
    found = circles(predecessors)
    for circle in found:
        assert circle[0] == circle[-1] == min(circle)
        assert all(before in predecessors[after] for before, after in pairwise(circle))
    placed: set[str] = set()
    waiting = {task: set(others) & set(predecessors) for task, others in predecessors.items()}
    while ready := [task for task, others in waiting.items() if others <= placed and task not in placed]:
        placed.update(ready)
    assert bool(found) == (placed != set(predecessors))
