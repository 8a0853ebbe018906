"""The sentences that answer the gates."""

import numpy as np
import pytest

from riskengine.report.summary.words import sentences
from tests.support.report_runs import START, constant, gate, run, sample


def said(*gates, **changes):
    return sentences(run(sample(gates, **changes)))


def test_a_gate_on_the_finish_is_answered_in_futures_of_a_hundred():
    (words,) = said(gate(share=0.62, confidence=0.8))
    assert words.startswith("In 100 futures of this project, 62 finish by 1 May 2027; you asked for 80. NO-GO. ")


def test_a_gate_on_the_cost_names_money_with_thousands_and_currency():
    (words,) = said(gate(share=None, cost_share=0.9, confidence=0.8))
    assert words.startswith("In 100 futures of this project, 90 cost at most 90,000 EUR; you asked for 80. GO. ")


def test_a_joint_gate_asks_for_both_at_once():
    (words,) = said(gate(share=0.5, cost_share=0.9, confidence=0.7))
    assert "50 finish by 19 Apr 2027 and cost at most 90,000 EUR; you asked for 70. NO-GO." in words


def test_a_gate_on_a_task_names_it():
    (words,) = said(gate(share=0.9, confidence=0.7, target=1), targets=("accept",))
    assert "90 reach accept by 29 May 2027; you asked for 70. GO." in words


def test_99_7_percent_is_not_called_100():
    (words,) = said(gate(share=0.997, confidence=0.8))
    assert "99.7 finish by" in words
    assert "100 finish" not in words


def test_79_6_percent_is_not_called_80_when_80_is_asked():
    (words,) = said(gate(share=0.796, confidence=0.8))
    assert "79.6 finish by" in words


def test_what_every_iteration_does_is_called_all_of_the_simulated_futures():
    (words,) = said(gate(share=2.0, confidence=0.8))
    assert words.startswith("Of 2,560 simulated futures of this project, all finish by ")
    assert "you asked for 80 in 100. GO." in words
    assert "between 99.8% and 100% (95% interval)" in words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (2.0, "The 1 simulated future of this project finishes by "),
        (-0.1, "Of 1 simulated future of this project, none finishes by "),
    ],
)
def test_one_future_alone_is_not_called_all_of_them(share, words):
    assert sentences(run(sample([gate(share=share)], iterations=1)))[0].startswith(words)


def test_what_no_iteration_does_is_called_none():
    (words,) = said(gate(share=-0.1, confidence=0.8))
    assert words.startswith("Of 2,560 simulated futures of this project, none finishes by ")
    assert "NO-GO." in words


def test_one_future_in_a_hundred_takes_the_singular():
    (words,) = said(gate(share=0.01, confidence=0.8))
    assert "1 finishes by" in words


def test_an_undecided_gate_says_that_more_iterations_help():
    (words,) = said(gate(share=0.795, confidence=0.8))
    assert "UNDECIDED." in words
    assert "leaves open whether it reaches 80%; more iterations (--until)" in words


def test_the_interval_of_a_failed_gate_never_looks_as_if_it_reached_what_was_asked():
    made = run(sample([gate(share=0.62, confidence=0.8)]))
    column = made.tables["gates"].schema.get_field_index("ci_high")
    table = made.tables["gates"].set_column(column, made.tables["gates"].schema.field(column), [[0.79996]])
    made.tables["gates"] = table
    assert "between 60.0% and 79.996%" in sentences(made)[0]


def test_several_gates_are_headed_by_the_decision_over_all_of_them():
    first, *rest = said(gate("late", 0.3), gate("good", 0.95), gate("near", 0.795))
    assert first == "NO-GO: late fails; near is undecided; 1 of 3 gates passes."
    assert len(rest) == 3


def test_a_scenario_without_gates_says_nothing():
    assert said() == []


def test_names_in_sentences_are_cleaned():
    made = said(gate("a\x1b[31m", 0.3), gate("b", 0.9, target=1), targets=("t\x1b]0;x\x07",), currency="E\x1bR")
    assert not any("\x1b" in words or "\x07" in words for words in made)


@pytest.mark.parametrize("hour", [8, 17])
def test_a_threshold_within_a_day_shows_its_time(hour):
    asked = gate(confidence=0.8)
    at = START + np.timedelta64(24 + hour, "h")
    (words,) = said(asked.__class__(**{**asked.__dict__, "finish": at}))
    assert f"by 2 Mar 2027 {hour:02d}:00" in words


def test_a_project_without_uncertainty_is_answered_too():
    (words,) = sentences(run(constant(sample([gate(share=0.5)]))))
    assert "all finish by" in words
