"""The plans that the benchmarks draw, and their three forms."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.network import RECIPES, THREE_CALENDARS, Network, document, network
from benchmarks.size import write_sheets
from riskengine.scenario import parse, read


@pytest.fixture(scope="module")
def medium() -> Network:
    return network("medium")


@pytest.mark.parametrize(("name", "tasks", "risks"), [("small", 12, 5), ("medium", 120, 20), ("large", 2000, 200)])
def test_plan_has_the_tasks_and_risks_that_its_name_promises(name: str, tasks: int, risks: int) -> None:
    plan = network(name)
    assert (len(plan.tasks), len(plan.risks)) == (tasks, risks)


def test_plan_is_the_same_each_time(medium: Network) -> None:
    assert network("medium") == medium


def test_predecessors_are_distinct_and_of_the_two_layers_before_one_of_them_of_the_last(medium: Network) -> None:
    recipe = RECIPES["medium"]
    for row, task in enumerate(medium.tasks):
        layer = row // recipe.width
        before = [predecessor // recipe.width for predecessor in task.predecessors]
        assert len(set(task.predecessors)) == (recipe.predecessors if layer else 0)
        assert not before or (max(before) == layer - 1 and min(before) >= layer - 2)


def test_three_points_are_in_order_and_each_risk_hits_a_task_of_its_own(medium: Network) -> None:
    assert all(0 < each.low < each.likely < each.high for each in (*medium.tasks, *medium.risks))
    assert max(Counter(risk.task for risk in medium.risks).values()) == 1


def test_document_without_risks_keeps_every_task(medium: Network) -> None:
    whole, calm = parse(document(medium)), parse(document(medium.without_risks()))
    assert calm.tasks == whole.tasks
    assert (len(calm.risks), len(whole.risks)) == (0, 20)


def test_tasks_take_turns_on_three_calendars_and_links_cross_between_them(medium: Network) -> None:
    names = tuple(THREE_CALENDARS)
    scenario = parse(document(medium, THREE_CALENDARS, lambda row: names[row % 3]))
    assert {task.calendar for task in scenario.tasks.values()} == set(names)
    crossing = [
        link
        for task in scenario.tasks.values()
        for link in task.after
        if scenario.tasks[link.task].calendar != task.calendar
    ]
    assert len(crossing) > 50


@pytest.mark.parametrize("has_risks", [False, True])
def test_sheets_say_what_the_document_says(medium: Network, has_risks: bool, tmp_path: Path) -> None:
    plan = medium if has_risks else medium.without_risks()
    sheets = read(write_sheets(plan, tmp_path))
    whole = parse(document(plan, {"standard": {"week": "mon-fri 08:00-12:00 13:00-17:00"}}))
    assert sheets.tasks == whole.tasks
    assert sheets.risks == whole.risks
    with (tmp_path / "tasks.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) == 1 + len(plan.tasks)
