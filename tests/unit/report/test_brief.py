"""A run in five lines."""

import math
import re

from riskengine.report.reading import percentiles, rows
from riskengine.report.summary.brief import render_brief
from tests.support.report_runs import constant, gate, run, sample, without_cost


def lines_of(made):
    lines = render_brief(run(made)).split("\n")
    assert len(lines) == 5
    return lines


def test_decision_gates_finish_cost_and_drivers_have_a_line_each():
    head, gates, finish, cost, drivers = lines_of(sample([gate()]))
    assert head == "Ground station: NO-GO; 2,560 iterations, method random, seed 1; run " + head[-12:]
    assert re.fullmatch(r"Gates: delivery fails with 62\.0% \(\d\d\.\d% to \d\d\.\d%\), needs 80%", gates)
    assert finish.startswith("Finish: P50 19 Apr 2027 (") and "P80 19 May 2027 (18 May to 21 May 2027)" in finish
    assert re.search(r"; plan 30 Mar 2027, chance 30\.0% \(28\.\d% to 31\.\d%\)$", finish)
    assert re.match(r"Cost: P50 49,980 EUR \(4\d,\d{3} to 5\d,\d{3}\), P80 79,980 EUR \(", cost)
    assert re.search(r"risk antenna-late, P80 \+10\.0 d \(\+9\.4 d to \+10\.6 d\)$", drivers)


def test_numbers_are_those_of_the_tables():
    made = run(sample([gate()]))
    at = {row["percentile"]: row for row in percentiles(made, "project", "cost")}
    low, high = math.floor(at[80]["ci_low"]), math.ceil(at[80]["ci_high"])
    assert f"P80 {at[80]['value']:,.0f} EUR ({low:,} to {high:,})" in render_brief(made)
    (row,) = rows(made, "gates")
    assert f"with {100 * row['probability']:.1f}%" in render_brief(made)


def test_gates_that_fail_come_first_and_no_more_than_three_are_named():
    gates = [gate("a", 0.9, confidence=0.5), gate("b", 0.9, confidence=0.5), gate("c", 0.9), gate("d", 0.1), gate("e")]
    line = lines_of(sample(gates))[1]
    assert re.fullmatch(r"Gates: d fails [^;]*; e fails [^;]*; a passes [^;]* and 2 more", line)


def test_a_run_without_gates_or_cost_or_spread_says_so():
    head, gates, _, cost, _ = lines_of(without_cost(sample()))
    assert "no gates, nothing to decide" in head
    assert (gates, cost) == ("Gates: none", "Cost: none")
    assert "30 Mar 2027" in lines_of(constant(sample()))[2]


def test_hostile_names_stay_in_their_five_lines():
    evil = "x\x1b[2J\r\n\u202e\u2028"
    made = run(sample([gate(evil)], task=evil, name=evil, currency=evil))
    text = render_brief(made)
    assert len(text.splitlines()) == 5
    assert not re.search(r"[^\n -~]", text)
