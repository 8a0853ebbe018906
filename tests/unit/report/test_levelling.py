"""What is said of levelling, on the terminal and in JSON."""

import json
from dataclasses import replace

import numpy as np

from riskengine.analysis import tables
from riskengine.report.summary.document import document
from riskengine.report.summary.terminal import render
from riskengine.results.run import assemble
from tests.support.samples import example
from tests.unit.analysis.tables.test_levelling import RESOURCES, levelled


def run(made):
    """The run of a sample."""
    return assemble(made, tables(made), "{}\n", "ab" * 32)


def section(text):
    """The lines of the section on levelling."""
    lines = text.splitlines()
    first = lines.index("Levelling")
    return lines[first : next(k for k in range(first + 1, len(lines)) if lines[k][:1].strip())]


def test_without_levelling_nothing_is_said_of_it():
    made = run(example())
    assert "Levelling" not in render(made)
    assert document(made)["levelling"] is None


def test_p80_is_shown_with_and_without_and_by_how_much_it_moves():
    lines = section(render(run(levelled(np.full(2560, 3.0))), width=100))
    row = next(line for line in lines if line.startswith("  P80"))
    assert "+3.0 d" in row and "+3.0 to +3.0" in row
    assert any("served by late" in line for line in lines)


def test_resources_are_shown_the_shortest_first():
    lines = section(render(run(levelled(np.full(2560, 3.0))), width=100))
    shown = [line.split() for line in lines if line.strip().startswith(("crane", "crew"))]
    assert [line[:4] for line in shown] == [["crane", "1", "2", "75.0%"], ["crew", "4", "5", "30.0%"]]


def test_shares_of_time_in_use_have_their_intervals():
    """Where they vary, ends are wider apart than what is printed would hide; where they cannot, both ends are it."""
    made = levelled(np.full(2560, 3.0))
    rng = np.random.default_rng(1)
    use = np.clip(RESOURCES.use + 0.1 * rng.standard_normal(RESOURCES.use.shape), 0, 1)
    made = replace(made, levelling=replace(made.levelling, resources=replace(RESOURCES, use=use)))
    record = run(made)
    row = next(row for row in record.tables["resources"].to_pylist() if row["resource"] == "crane")
    (line,) = [line for line in section(render(record, width=100)) if line.strip().startswith("crane")]
    low, high = (float(line.split()[k].rstrip("%")) / 100 for k in (4, 6))
    assert low <= row["use_ci_low"] < row["use_ci_high"] <= high
    assert low > row["use_ci_low"] - 0.001 and high < row["use_ci_high"] + 0.001


def test_a_bottleneck_with_a_fraction_of_a_unit_comes_first_although_it_is_never_quite_full():
    made = levelled(np.full(2560, 3.0))
    used = replace(RESOURCES, capacity=np.array([1.0, 3.47]), demand=np.array([2.0, 9.0]))
    made = replace(made, levelling=replace(made.levelling, resources=used))
    shown = [
        line.split() for line in section(render(run(made), width=100)) if line.strip().startswith(("crane", "crew"))
    ]
    assert [line[:3] for line in shown] == [["crew", "3.47", "9"], ["crane", "1", "2"]]


def test_no_line_is_wider_than_the_terminal():
    for width in (40, 60, 80, 110):
        assert max(map(len, section(render(run(levelled(np.full(2560, 3.0))), width=width)))) <= width


def test_json_says_the_same_with_intervals_and_without_nan():
    made = run(levelled(np.full(2560, 3.0)))
    found = json.loads(json.dumps(document(made)["levelling"], allow_nan=False))
    assert found["rule"] == "late finish"
    p80 = found["finish"]["p80"]
    assert abs(p80["difference"]["value"] - 3.0) < 1e-9 and p80["levelled_instant"] > p80["unlevelled_instant"]
    assert abs(found["cost"]["mean"]["difference"]["value"] - 100.0) < 1e-6
    assert [each["target"] for each in found["targets"]] == ["t0001"]
    assert found["resources"][0]["full"]["value"] == 0.5
