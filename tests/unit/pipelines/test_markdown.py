"""The summary in Markdown, read by a Markdown parser."""

import re

import pytest

from riskengine.errors import Issue
from riskengine.pipelines.markdown import summary_markdown
from riskengine.pipelines.result import ScenarioResult, result_of
from riskengine.report.text.markdown_text import MARK, escaped
from riskengine.report.text.notation import clean
from tests.support.markdown_reader import INLINE, cells, shown, tokens
from tests.support.report_runs import gate, run, sample
from tests.unit.pipelines.payloads import PAYLOADS


def of(gates, **names):
    return result_of(run(sample(gates, **names)), "plan.toml", "plan", {})


def test_gates_are_a_table_with_chance_interval_and_answer():
    made = of([gate("late", 0.62)])
    heading, row = cells(summary_markdown([made]))[:2]
    assert heading == ["gate", "asks", "chance", "interval", "needed", "answer"]
    answer = made.gates[0]
    assert row == ["late", answer.asks, "62.0%", answer.interval, "80%", "❌ NO-GO"]


def test_percentiles_tasks_and_risks_are_those_of_the_result():
    made = of([gate()])
    every = cells(summary_markdown([made]))
    for lines in made.tables.values():
        for line in lines:
            assert [clean(cell) for cell in line] in every


def test_several_scenarios_have_a_table_over_all():
    refused = ScenarioResult(
        "b.toml", "b", "b.toml", problem="1 fault", issues=(Issue("RE1", "a", "must", "x", "b", 2),)
    )
    every = cells(summary_markdown([of([gate()]), refused]))
    assert every[1:3] == [["plan", "Ground station", "❌ NO-GO"], ["b", "b.toml", "⛔ no answer"]]
    assert ["b:2", "RE1", "a: must, got x", ""] in every


@pytest.mark.parametrize("evil", PAYLOADS)
def test_names_of_every_kind_are_read_as_they_are(evil):
    (paragraph,) = [token for token in tokens(f"before {escaped(evil)} after") if token.type == "inline"]
    assert {child.type for child in paragraph.children} <= INLINE
    assert shown(paragraph.children) == f"before {clean(evil).strip()} after"


@pytest.mark.parametrize("evil", PAYLOADS)
def test_names_of_every_kind_stay_in_their_cells(evil):
    made = of([gate(evil, 0.5)], task=evil, name=evil, currency="EUR")
    issues = (Issue("RE101", evil, evil, evil, evil, 1, evil),)
    text = summary_markdown([made, ScenarioResult(evil, evil, evil, problem=evil, issues=issues)])
    assert {token.type for token in tokens(text)} <= {
        *("heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "html_block"),
        *(f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")),
    }
    assert [token.content.strip() for token in tokens(text) if token.type == "html_block"] == [MARK]
    for token in tokens(text):
        if token.type == "inline":
            assert {child.type for child in token.children} <= INLINE
    widths = {len(row) for row in cells(text)}
    assert widths <= {3, 4, 5, 6}
    assert any(row[0] == clean(evil).strip() for row in cells(text) if len(row) == 6)


@pytest.mark.parametrize("evil", PAYLOADS)
def test_no_dialect_finds_a_mention_an_address_or_a_reference(evil):
    text = escaped(evil)
    assert not re.search(r"https?:|www\.|\w@\w|(?<!&)#\w", text)
    assert "&#64;" not in re.sub(r"<span>&#64;</span>", "", text)
