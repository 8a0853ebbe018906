"""Risks that a run is too short for."""

import re

import riskengine
from riskengine.report.summary.rare_risks import rare_risk_sentences
from riskengine.report.summary.terminal import render
from tests.support.scenario_text import read_text

SCENARIO = """
[tasks.work]
duration = [10, 12, 20]
"""


def risk(name, probability):
    return f"[risks.{name}]\nprobability = {probability}\nimpacts.work.delay = 30\n"


def run_of(*risks, iterations=1000):
    return riskengine.simulate(read_text(SCENARIO + "".join(risks)), iterations=iterations, method="lhs")


def test_a_risk_that_hardly_occurred_is_named_with_what_the_percentiles_cannot_say():
    run = run_of(risk("late", 0.001), risk("usual", 0.3))
    count = round(run.tables["risks"]["occurrence"].to_pylist()[0] * 1000)
    often = {0: "did not occur", 1: "occurred once", 2: "occurred twice"}.get(count, f"occurred {count} times")
    assert rare_risk_sentences(run) == [
        f"Risk late (0.1%) {often} in 1,000 iterations; percentiles above P99 say little of it."
    ]
    assert " ".join(render(run).split()).count("percentiles above P99 say little of it.") == 1


def test_a_risk_that_the_run_shows_is_not_named():
    assert rare_risk_sentences(run_of(risk("late", 0.01), iterations=2560)) == []
    assert rare_risk_sentences(run_of(risk("never", 0), iterations=100)) == []


def test_three_are_named_and_the_rest_counted():
    run = run_of(*(risk(f"r{k}", 0.001 + k / 10_000) for k in range(5)), iterations=300)
    sentences = rare_risk_sentences(run)
    assert [sentence.split()[1] for sentence in sentences[:3]] == ["r4", "r3", "r2"]
    assert sentences[3] == "2 more risks are as rare (risks.arrow)."


def test_a_risk_that_all_but_always_occurred_is_named():
    run = run_of(risk("sure", 0.9995), risk("always", 1), risk("usual", 0.7))
    missed = 1000 - round(run.tables["risks"]["occurrence"].to_pylist()[1] * 1000)
    often = f"all but {missed} of 1,000" if missed else "all 1,000"
    assert rare_risk_sentences(run) == [
        f"Risk sure (99.95%) occurred in {often} iterations, which say little of it not occurring."
    ]


def test_three_nearly_sure_ones_are_named_and_the_rest_counted():
    """The fourth and all after it vanished without a word."""
    run = run_of(*(risk(f"r{k}", 0.999 - k / 10_000) for k in range(5)), risk("late", 0.001), iterations=300)
    sentences = rare_risk_sentences(run)
    assert [sentence.split()[1] for sentence in sentences] == ["late", "r4", "r3", "r2", "more"]
    assert sentences[-1] == "2 more risks are as nearly sure (risks.arrow)."


def test_how_often_a_risk_occurs_is_its_known_probability_and_not_what_a_short_run_shows():
    """A risk of 99.96 % that occurred in all of 300 iterations was said to occur in 100 %."""
    run = run_of(risk("sure", 0.9996), iterations=300)
    assert run.tables["risks"]["occurrence"].to_pylist() == [1.0]
    assert re.search(r"^  sure +99\.96% ", render(run), re.MULTILINE)


def test_percentiles_are_named_in_whole_percent_up_to_the_99th():
    """At 16 iterations it said P37.5; most of what is left is above any percentile then."""
    for iterations, words in (
        (16, "its percentiles"),
        (30, "percentiles above P66"),
        (8192, "percentiles above P99.8"),
    ):
        assert f"; {words} say" in rare_risk_sentences(run_of(risk("late", 0.0001), iterations=iterations))[0]


def test_very_few_iterations_leave_no_percentile():
    assert "its percentiles say little of it" in rare_risk_sentences(run_of(risk("late", 0.01), iterations=8))[0]
