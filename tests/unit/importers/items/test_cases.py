"""Cases with their right results beside the checkout: the same tasks, work, relationships and people come of them."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riskengine.importers import document
from riskengine.importers.items.options import ItemOptions
from riskengine.importers.items.read import read_items
from riskengine.reading import parse
from tests.support.places import ROOT

CASES = ROOT.parent / "shared" / "cases" / "items"
PEOPLE = {"data_date": date(2027, 3, 8), "has_people": True}
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the cases lie beside the checkout, and are not there")


def in_hours(lag: Any) -> float:
    """Return a lag in hours, of days of eight."""
    return 0.0 if lag is None else float(lag.value * {"h": 1, "d": 8}[lag.unit])


def planned(content: dict[str, Any]) -> dict[str, Any]:
    """Return what a plan computes with, task by task, and what it is filed under."""
    scenario = parse(content)
    return {
        id: (
            task.name,
            str(task.work.model_copy(update={"source": ""}) if task.work else None),
            sorted((each.task, each.type, in_hours(each.lag)) for each in task.after),
            str(task.resources),
            (task.type, task.wbs, task.priority, task.deadline, task.owner, sorted(task.tags)),
        )
        for id, task in scenario.tasks.items()
    }


@needs_cases
@pytest.mark.parametrize(
    ("case", "asked"),
    [
        ("1-jira-multi", {"map": "jira", **PEOPLE}),
        ("3-azdo-tree", {"map": "azure-devops", "missing": 8.0, **PEOPLE}),
        ("4-list-pert", {"map": "list", "start": date(2027, 3, 1)}),
    ],
)
def test_the_right_plan_comes_of_a_case(case, asked):
    right = tomllib.loads((CASES / case / "right.toml").read_text(encoding="utf-8"))
    ours = document(read_items(Path(CASES / case / "items.csv"), ItemOptions(**asked)))
    assert planned(ours) == planned(right)
    assert ours.get("resources", {}) == right.get("resources", {})
    assert (ours["name"], ours.get("levelling")) == (right["name"], right.get("levelling"))
