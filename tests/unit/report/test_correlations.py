"""What is said of correlations, on the terminal and in JSON."""

import json
from dataclasses import replace

from riskengine.analysis import tables
from riskengine.report.summary.document import document
from riskengine.report.summary.terminal import render
from riskengine.results.run import assemble
from tests.support.report_runs import CORRELATIONS
from tests.support.samples import example


def run(made):
    """The run of a sample."""
    return assemble(made, tables(made), "{}\n", "ab" * 32)


def correlated():
    return run(replace(example(), correlations=CORRELATIONS))


def section(text):
    """The lines of the section on correlations."""
    lines = text.splitlines()
    first = lines.index("Correlations")
    return lines[first : next((k for k in range(first + 1, len(lines)) if lines[k][:1].strip()), len(lines))]


def test_without_correlations_nothing_is_said_of_them():
    made = run(example())
    assert "Correlations" not in render(made)
    assert document(made)["correlations"] == []


def test_asked_and_achieved_are_shown_with_an_interval():
    lines = [line.split() for line in section(render(correlated(), width=110))]
    crew = next(line for line in lines if line[:1] == ["crew"])
    assert crew[1:5] == ["One", "crew", "14", "0.6"]
    assert [float(crew[at]) for at in (5, 6, 8)] == [0.608, 0.596, 0.619]
    prices = next(line for line in lines if line[:1] == ["prices"])
    assert prices[1:] == ["2", "-0.25", "-"]


def test_how_many_there_are_and_what_was_repaired_is_said():
    text = " ".join(" ".join(section(render(correlated(), width=110))).split())
    assert "crew: not all members can go together as asked, so the nearest is taken." in text
    assert "2 correlations between 16 members." in text


def test_no_line_is_wider_than_the_terminal():
    for width in (40, 60, 80, 110):
        assert max(map(len, section(render(correlated(), width=width)))) <= width


def test_json_has_every_correlation():
    crew, prices = json.loads(json.dumps(document(correlated())["correlations"]))
    assert (crew["correlation"], crew["rank"], crew["is_repaired"], crew["expected"]) == ("crew", 0.6, True, 0.59)
    assert crew["achieved"]["ci_low"] < crew["achieved"]["value"] < crew["achieved"]["ci_high"]
    assert prices["expected"] is None
    assert prices["achieved"]["value"] is None
