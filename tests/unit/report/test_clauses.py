"""What is said of damages and bonuses, on the terminal and in JSON."""

import json

import pytest

import riskengine
from riskengine.report.summary.document import document
from riskengine.report.summary.terminal import render

TEXT = """
schema = 1
name = "delivery"
start = 2027-03-01
currency = "EUR"
[tasks.build]
duration = { shape = "uniform", low = 10, high = 30 }
[damages.delay]
name = "Section 8.7"
date = 2027-03-26
rate = 1000
[bonuses.early]
target = "build"
date = 2027-03-20
rate = 10
most = 40
"""


@pytest.fixture(scope="module")
def record():
    return riskengine.simulate(TEXT, iterations=1024)


def section(text):
    """The lines of the section."""
    lines = text.splitlines()
    first = lines.index("Damages and bonuses")
    return lines[first : next((k for k in range(first + 1, len(lines)) if lines[k][:1].strip()), len(lines))]


def test_without_clauses_nothing_is_said_of_them():
    made = riskengine.simulate(TEXT[: TEXT.index("[damages")], iterations=256)
    assert "Damages and bonuses" not in render(made)
    assert document(made)["clauses"] == []


def test_chance_and_mean_are_shown_with_their_intervals(record):
    row = record.tables["clauses"].to_pylist()[0]
    line = next(line.split() for line in section(render(record, width=110)) if line.split()[:1] == ["delay"])
    assert line[1:4] == ["Section", "8.7", "damages"]
    assert float(line[4].rstrip("%")) == round(100 * row["chance"], 1)
    assert float(line[8].replace(",", "")) == round(row["mean"])


def test_json_has_every_column(record):
    first, second = json.loads(json.dumps(document(record)["clauses"]))
    assert (first["kind"], second["kind"], first["target"], second["target"]) == (
        "damages",
        "bonus",
        "project",
        "build",
    )
    assert first["most"] is None and second["most"] == 40
    row = record.tables["clauses"].to_pylist()[0]
    assert first["p80"] == {"value": row["p80"], "ci_low": row["p80_ci_low"], "ci_high": row["p80_ci_high"]}
