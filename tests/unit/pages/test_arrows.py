"""Relationships in few letters: every one of the first rows is there, and no more than there is room for."""

from dataclasses import replace
from itertools import pairwise

from riskengine.pages.language import read_language
from riskengine.pages.section import PageInput
from riskengine.pages.sections.arrows import MOST_LETTERS, Arrows, arrows_between, in_base_36
from riskengine.results.tables.build import build
from tests.unit.pages.runs import full_run, links

SIGNS = {"-": "SS", "+": "FF", "*": "SF"}
TASKS = [f"t{number}" for number in range(2000)]


def page_with(ties):
    made = full_run()
    tables = {**made.tables, "relationships": build("relationships", links(ties))}
    return PageInput(replace(made, tables=tables), read_language("en"))


def decoded(arrows, tasks):
    """Each relationship that a text says: predecessor, successor, type."""
    ties = []
    for successor, text in zip(tasks, arrows.text.split(";"), strict=False):
        for one in text.split(",") if text else []:
            place = int(one[1:] if one[0] in SIGNS else one, 36)
            ties.append((tasks[place], successor, SIGNS.get(one[0], "FS")))
    return ties


def test_numbers_are_written_with_base_36():
    assert [int(in_base_36(number), 36) for number in range(3000)] == list(range(3000))


def test_every_relationship_is_told_with_its_type():
    page = page_with([("t1", "t0"), ("t0", "t2"), ("t1", "t2"), ("elsewhere", "t1")])
    table = page.run.tables["relationships"]
    types = table.column("type").to_pylist()
    assert types == ["FS"] * 4
    arrows = arrows_between(page, TASKS[:3])
    assert decoded(arrows, TASKS) == [("t1", "t0", "FS"), ("t0", "t2", "FS"), ("t1", "t2", "FS")]
    assert arrows.rows == 3


def test_no_relationships_have_no_button():
    assert arrows_between(page_with([]), TASKS) is None


def test_what_there_is_no_room_for_is_counted():
    ties = [*pairwise(TASKS), *((TASKS[number], TASKS[number + 7]) for number in range(1900))]
    arrows = arrows_between(page_with(ties), TASKS)
    assert len(arrows.text) <= MOST_LETTERS < len(arrows.text) + 20
    assert 500 < arrows.rows < 2000
    first = set(TASKS[: arrows.rows])
    assert sorted(decoded(arrows, TASKS)) == sorted((one, other, "FS") for one, other in ties if other in first)
    assert isinstance(arrows, Arrows)
