"""What is said of tasks that need not exist, on the terminal and in JSON."""

import json
import tomllib

import pytest

from riskengine.analysis import tables
from riskengine.engine import Settings, simulate
from riskengine.plan import compile
from riskengine.report.summary.document import document
from riskengine.report.summary.terminal import render
from riskengine.results.run import assemble
from riskengine.scenario import parse

PLAN = """
schema = 1
name = "overhaul"
start = 2027-03-01
[tasks.open]
duration = 3
[tasks.repair]
duration = 10
after = ["open"]
exists = {exists}
"""


def run(exists):
    sample = simulate(compile(parse(tomllib.loads(PLAN.format(exists=exists)), "overhaul")), Settings(2_560))
    return assemble(sample, tables(sample), "{}\n", "ab" * 32)


@pytest.fixture(scope="module")
def uncertain():
    return run(0.25)


def test_where_every_task_exists_nothing_is_said_of_it():
    assert "need not exist" not in render(run(1))


def test_how_often_a_task_exists_and_is_critical_then_is_shown(uncertain):
    lines = render(uncertain, width=100).splitlines()
    first = lines.index("Tasks that need not exist")
    cells = next(line.split() for line in lines[first:] if line.split()[:1] == ["repair"])
    assert cells[1] == "25.0%" and "100%" in cells
    assert "1 task need not exist." in " ".join(lines[first:]).replace("  ", " ")


def test_no_line_is_wider_than_the_terminal(uncertain):
    for width in (40, 60, 80):
        assert max(map(len, render(uncertain, width=width).splitlines())) <= width


def test_json_has_both_shares_with_their_intervals(uncertain):
    tasks = {task["task"]: task for task in json.loads(json.dumps(document(uncertain)["tasks"]))}
    assert tasks["repair"]["existence"]["value"] == 0.25
    assert tasks["repair"]["existence"]["ci_low"] < 0.25 < tasks["repair"]["existence"]["ci_high"]
    assert tasks["repair"]["criticality_existing"]["value"] == 1.0
    assert tasks["open"]["existence"] == {"value": 1.0, "ci_low": 1.0, "ci_high": 1.0}
