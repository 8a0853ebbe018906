"""Sorting and filtering a portfolio."""

import random

import pytest

from riskengine.analysis import portfolio_row, refused_row
from riskengine.report.answers.portfolio_order import SORTS, FilterError, filtered_rows, parsed_filter, sorted_rows
from tests.support.report_runs import gate, run, sample, without_cost


@pytest.fixture(scope="module")
def rows():
    return [
        portfolio_row("harbour", "p/harbour.toml", run(sample([gate(share=0.95)], name="Harbour north"))),
        portfolio_row("bridge", "p/bridge.toml", run(sample([gate(share=0.30)], name="Bridge", currency="USD"))),
        portfolio_row("Annex", "p/Annex.toml", run(without_cost(sample([gate("opening", share=0.8)], name="Annex")))),
        portfolio_row("open", "p/open.toml", run(sample(name="Open"))),
        refused_row("bad", "p/bad.toml", "refused", "RE112"),
        refused_row("disk", "p/disk.toml", "failed", "RE706"),
    ]


def keys(rows):
    return [row["scenario_key"] for row in rows]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("name", ["Annex", "bad", "bridge", "disk", "harbour", "open"]),
        ("decision", ["disk", "bad", "bridge", "Annex", "harbour", "open"]),
        ("chance", ["bridge", "Annex", "harbour", "open", "bad", "disk"]),
        ("slack", ["bridge", "Annex", "harbour", "open", "bad", "disk"]),
        ("cost", ["harbour", "open", "bridge", "Annex", "bad", "disk"]),
    ],
)
def test_the_worst_earliest_or_least_comes_first_and_what_has_no_value_last(rows, key, expected):
    assert keys(sorted_rows(rows, key)) == expected


@pytest.mark.parametrize("key", SORTS)
def test_sorting_does_not_depend_on_the_order_before_but_for_what_is_alike(rows, key):
    value = SORTS[key]
    for seed in range(5):
        shuffled = random.Random(seed).sample(rows, len(rows))
        for is_reversed in (False, True):
            found = [value(row) for row in sorted_rows(shuffled, key, is_reversed)]
            valued = [each for each in found if each is not None]
            assert found[len(valued) :] == [None] * (len(rows) - len(valued))
            assert valued == sorted(valued, reverse=is_reversed)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["no-go"], ["bridge"]),
        (["decision=go,undecided"], ["harbour", "Annex"]),
        (["decision=*go"], ["harbour", "bridge"]),
        (["without-gates"], ["open"]),
        (["refused"], ["bad"]),
        (["status=done"], ["harbour", "bridge", "Annex", "open"]),
        (["NORTH"], ["harbour"]),
        (["b*"], ["bridge", "bad"]),
        (["name=annex,bridge"], ["bridge", "Annex"]),
        (["gate=opening"], ["Annex"]),
        (["driver=antenna*"], ["harbour", "bridge", "Annex", "open"]),
        (["driver=antenna", "decision=go,no-go"], ["harbour", "bridge"]),
        (["project=ground"], ["harbour", "bridge", "Annex", "open"]),
        (["nothing-like-it"], []),
    ],
)
def test_a_filter_keeps_what_matches_in_its_order(rows, texts, expected):
    assert keys(filtered_rows(rows, [parsed_filter(text) for text in texts])) == expected


def test_a_word_that_is_a_decision_is_not_a_part_of_another(rows):
    assert keys(filtered_rows(rows, [parsed_filter("go")])) == ["harbour"]


@pytest.mark.parametrize("text", ["colour=red", "decision=maybe", "name=", "", "decision=go,nogo"])
def test_a_filter_that_can_match_nothing_is_refused(text):
    with pytest.raises(FilterError):
        parsed_filter(text)
