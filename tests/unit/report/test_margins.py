"""What is said of margins, on the terminal and in JSON."""

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
name = "house"
start = 2027-03-01
[tasks.build]
duration = [8, 10, 15]
[tasks.reserve]
name = "Time in hand"
duration = 4
after = ["build"]
{margin}
"""


def run(margin):
    sample = simulate(compile(parse(tomllib.loads(PLAN.format(margin=margin)), "house")), Settings(2_560))
    return assemble(sample, tables(sample), "{}\n", "ab" * 32)


@pytest.fixture(scope="module")
def made():
    return run("margin = true")


def test_without_a_margin_nothing_is_said_of_it():
    without = run("")
    assert "Margins" not in render(without)
    assert document(without)["margins"] == []


def test_how_much_is_set_aside_and_how_often_it_suffices_is_shown(made):
    lines = render(made, width=100).splitlines()
    first = lines.index("Margins")
    cells = next(line for line in lines[first:] if line.split()[:1] == ["reserve"])
    row = next(row for row in made.tables["tasks"].to_pylist() if row["task"] == "reserve")
    assert "Time in hand" in cells and "4.0 d" in cells
    assert f"{100 * row['margin_suffices']:.1f}%" in cells
    assert "1 margin, 4.0 d in all" in " ".join(" ".join(lines[first:]).split())


def test_json_has_it_with_its_interval(made):
    (margin,) = json.loads(json.dumps(document(made)["margins"]))
    row = next(row for row in made.tables["tasks"].to_pylist() if row["task"] == "reserve")
    assert margin["days"] == 4
    assert margin["suffices"]["value"] == row["margin_suffices"]
    assert margin["suffices"]["ci_low"] < row["margin_suffices"] < margin["suffices"]["ci_high"]
