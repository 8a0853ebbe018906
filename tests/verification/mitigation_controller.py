"""The data sets of the Mitigation Controller as scenarios: measures that save days, risk events, shared factors.

The data are not ours to pass on: they lie in a folder beside the checkout, or the tests that need them are skipped.

References
----------
Kammouh, O., Nogal, M., Binnekamp, R. and Wolfert, A. R. M. (2021), Mitigation controller: adaptive simulation approach
for planning control measures in large construction projects. Journal of Construction Engineering and Management 147.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook

from tests.verification.published import DATA

FOLDER = DATA / "mitc"
NAMES = ("Case-study-1", "Case-study-2-No-correlation", "Case-study-2-correlation")
HEADINGS = 3
ACTIVITY, MEASURE, EVENT, FACTOR = 0, 6, 16, 23
"""First columns of the four tables that stand side by side."""


class Measure(NamedTuple):
    """A measure: least, likeliest and most days that it saves, its likeliest cost, and the tasks that it shortens."""

    days: tuple[float, ...]
    cost: float
    tasks: tuple[str, ...]


class Case(NamedTuple):
    """A data set: tasks with their days and predecessors, and what shortens and lengthens them."""

    duration: dict[str, tuple[float, ...]]
    before: dict[str, tuple[str, ...]]
    measures: dict[str, Measure]
    events: dict[str, tuple[tuple[float, ...], tuple[str, ...], float]]
    factors: dict[str, tuple[tuple[float, ...], tuple[str, ...]]]


def path_of(name: str) -> Path:
    """The workbook of a data set."""
    return FOLDER / f"{name}.xlsx"


def read(name: str) -> Case:
    """Return a data set as its workbook has it."""
    rows = CalamineWorkbook.from_path(str(path_of(name))).get_sheet_by_index(0).to_python()[HEADINGS:]
    task_rows = [row for row in rows if row[ACTIVITY] != ""]
    return Case(
        duration={task_of(row[0]): points(row[2:5]) for row in task_rows},
        before={task_of(row[0]): tasks(row[5]) for row in task_rows},
        measures={
            f"m{int(row[MEASURE])}": Measure(points(row[8:11]), float(row[13]), tasks(row[15]))
            for row in rows
            if row[MEASURE] != ""
        },
        events={
            f"e{int(row[EVENT])}": (points(row[18:21]), tasks(row[21]), float(row[22]))
            for row in rows
            if row[EVENT] != ""
        },
        factors={f"f{int(row[FACTOR])}": (points(row[25:28]), tasks(row[28])) for row in rows if row[FACTOR] != ""},
    )


def task_of(number: Any) -> str:
    """Return the id of a task."""
    return f"t{int(number)}"


def tasks(cell: Any) -> tuple[str, ...]:
    """Return the tasks of a cell: a number, or several with commas or blanks between them."""
    return tuple(task_of(number) for number in re.findall(r"\d+", str(cell).replace(".0", "")))


def points(cells: list[Any]) -> tuple[float, ...]:
    """Return three points in order; one of the workbooks has a most below a likeliest."""
    return tuple(sorted(float(cell) for cell in cells))


def scenario_of(case: Case, target: str) -> dict[str, Any]:
    """Return a data set as a document: days around the clock, a measure an action with a sure opportunity.

    Parameters
    ----------
    case : Case
    target : str
        Instant by which it is to be finished, a gate.
    """
    risks: dict[str, Any] = {
        name: {"probability": chance, "impacts": {task: {"delay": list(days)} for task in hit}}
        for name, (days, hit, chance) in case.events.items()
    }
    for name, (days, hit) in case.factors.items():
        impacts = {task: {"delay": list(days)} for task in hit}
        risks[name] = {"kind": "driver", "probability": 1, "impact_sampling": "shared", "impacts": impacts}
    for name, measure in case.measures.items():
        days = [-each for each in reversed(measure.days)]
        impacts = {task: {"delay": list(days)} for task in measure.tasks}
        risks[f"gain-{name}"] = {"kind": "opportunity", "probability": 1, "impacts": impacts}
    return {
        "name": "Mitigation Controller",
        "start": "2027-01-01",
        "calendar": "24h",
        "tasks": {
            name: {
                **({"duration": list(days)} if days[-1] else {"milestone": True}),
                "after": list(case.before[name]),
            }
            for name, days in case.duration.items()
        },
        "risks": risks,
        "actions": {
            name: {"cost": measure.cost, "secondary_risks": [f"gain-{name}"]} for name, measure in case.measures.items()
        },
        "gates": {"target": {"finish": target, "confidence": 0.9}},
    }
