"""Rare values of discrete estimates, in words."""

import riskengine
from riskengine.report.summary.rare_values import rare_value_sentences
from riskengine.report.summary.terminal import render
from tests.support.scenario_text import read_text

RARE = '{ shape = "discrete", values = [5, 50], weights = [0.999, 0.001] }'


def said(text, iterations=300):
    return rare_value_sentences(riskengine.simulate(read_text(text), iterations=iterations, method="lhs"))


def test_a_value_that_a_run_hardly_draws_is_named():
    """Nothing was said of 50 days in a thousandth of all futures, beside percentiles without any of them."""
    text = f"[tasks.work]\nduration = {RARE}\n"
    assert said(text) == [
        "tasks.work.duration: 50 d (0.1%) is expected in 0.3 of 300 iterations, which say little of it."
    ]
    assert said(text, 10_240) == []
    run = riskengine.simulate(read_text(text), iterations=300, method="lhs")
    assert "Too rare for this run\n  tasks.work.duration: 50 d (0.1%)" in render(run)


def test_a_value_counts_with_the_risk_that_it_takes_effect_with_and_money_has_no_unit():
    text = """[tasks.work]
duration = 5
cost.fixed = { shape = "discrete", values = [1000, 2000, 3000], weights = [998, 1, 1] }
[risks.late]
probability = 0.01
impacts.work.delay = { shape = "discrete", values = [1, 20], weights = [0.9, 0.1] }
"""
    assert said(text, 1000) == [
        "tasks.work.cost.fixed: 2,000, 3,000 (0.2%) are expected in 2 of 1,000 iterations, which say little of it.",
        "risks.late.impacts.work.delay: 20 d (0.1%) is expected in 1 of 1,000 iterations, which say little of it.",
    ]


def test_many_equally_likely_values_are_not_rare():
    values = list(range(1, 101))
    text = f'[tasks.work]\nduration = {{ shape = "discrete", values = {values}, weights = {[1] * 100} }}\n'
    assert said(text, 300) == []


def test_what_cannot_take_effect_is_not_named():
    off = f"[risks.off]\nactive = false\nprobability = 0.5\nimpacts.work.delay = {RARE}\n"
    assert said(f"[tasks.work]\nduration = 5\n{off}") == []


def test_three_estimates_are_named_and_the_rest_counted():
    text = "".join(f"[tasks.t{k}]\nduration = {RARE}\n" for k in range(5))
    sentences = said(text)
    assert [sentence.split(":")[0] for sentence in sentences[:3]] == [f"tasks.t{k}.duration" for k in range(3)]
    assert sentences[3] == "2 more estimates have values as rare (scenario.json)."
