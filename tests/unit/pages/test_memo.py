"""The memo in Markdown, read by a Markdown parser and held against the tables of the run."""

import pytest

from riskengine.pages.language import read_language
from riskengine.pages.memo import render_memo
from riskengine.report import reading
from riskengine.report.text.markdown_text import MARK
from riskengine.report.text.notation import clean
from tests.support.markdown_reader import INLINE, cells, shown, tokens
from tests.support.report_runs import run, sample, without_cost
from tests.unit.pages.payloads import PAYLOADS, PLAIN
from tests.unit.pages.runs import full_run, large_run, run_named, run_of_names

ENGLISH = read_language("en")


def kinds(text):
    """The blocks that a memo is made of, in their order."""
    return [token.type for token in tokens(text)]


def only_text(text):
    """Whether every name in it is text; html blocks are our mark alone."""
    assert [token.content.strip() for token in tokens(text) if token.type == "html_block"] == [MARK]
    for token in tokens(text):
        if token.type == "inline":
            assert {child.type for child in token.children} <= INLINE | {"strong_open", "strong_close"}


def test_the_decision_stands_first_in_words():
    lines = [shown(token.children) for token in tokens(render_memo(full_run())) if token.type == "inline"]
    assert lines[0] == "Ground station" and lines[2:4] == ["Decision", "NO-GO"]


def test_every_gate_has_its_chance_with_interval_and_answer():
    made = full_run()
    every = cells(render_memo(made))
    for gate in reading.rows(made, "gates"):
        (line,) = [line for line in every if line[0] == gate["gate"]]
        chance, ends = ENGLISH.chance_estimate(gate["probability"], gate["ci_low"], gate["ci_high"], gate["confidence"])
        assert line[2].startswith(f"{chance} ({ends}")
        assert line[3:] == [ENGLISH.confidence(gate["confidence"]), ENGLISH.say(f"gates.{gate['answer']}")]


def test_percentiles_are_those_of_the_table_with_their_intervals():
    made = full_run()
    every = cells(render_memo(made))
    told = {p: [line for line in every if line[0] == f"P{p}"] for p in (10, 50, 80, 90, 95)}
    assert {p: len(lines) for p, lines in told.items()} == {10: 0, 50: 2, 80: 2, 90: 2, 95: 0}
    for percent in (50, 80, 90):
        (finish,) = [row for row in reading.percentiles(made, "project", "finish") if row["percentile"] == percent]
        (cost,) = [row for row in reading.percentiles(made, "project", "cost") if row["percentile"] == percent]
        dates = ENGLISH.span(finish["instant_ci_low"], finish["instant_ci_high"])
        assert told[percent][0][1:] == [ENGLISH.day(finish["instant"]), dates]
        assert told[percent][1][1:] == list(
            ENGLISH.money_estimate(cost["value"], cost["ci_low"], cost["ci_high"], "EUR")
        )


def test_risks_and_tasks_that_matter_most_are_told():
    made = full_run()
    every = {line[0]: line for line in cells(render_memo(made))}
    for task in reading.leading_tasks(made, 5):
        share, ends = ENGLISH.chance_estimate(
            task["criticality"], task["criticality_ci_low"], task["criticality_ci_high"]
        )
        assert every[task["task"]][1:] == [share, ends, task["team"]]
    for risk in reading.leading_risks(made, 5):
        days, ends = ENGLISH.days_estimate(risk["days"], risk["days_ci_low"], risk["days_ci_high"], signed=True)
        (line,) = [line for name, line in every.items() if name.startswith(risk["risk"])]
        assert line[2] == f"{days} ({ends})"


def test_a_project_without_cost_tells_none():
    assert "Cost" not in "".join(
        shown(token.children)
        for token in tokens(render_memo(run(without_cost(sample()))))
        if token.type == "inline" and token.level == 1 and "Finish and cost" not in token.content
    )


def test_a_large_plan_is_told_on_two_pages():
    assert len(render_memo(large_run(iterations=512)).splitlines()) < 120


def test_a_memo_speaks_german():
    assert "## Entscheidung" in render_memo(full_run(), language="de")


@pytest.mark.parametrize("payload", PLAIN, ids=ascii)
def test_no_name_becomes_markup(payload):
    text = render_memo(run_named(payload), payload)
    only_text(text)
    assert kinds(text) == kinds(render_memo(run_named("name"), "name"))
    assert any(line[0].startswith(clean(f"{payload}0").strip()) for line in cells(text))


def test_no_two_thousand_names_become_markup():
    left, plain = list(PAYLOADS), kinds(render_memo(run_named("name"), "name"))
    while left:
        made = run_of_names(lambda: left.pop() if left else "name")
        text = render_memo(made, left.pop() if left else "name")
        only_text(text)
        assert kinds(text) == plain
