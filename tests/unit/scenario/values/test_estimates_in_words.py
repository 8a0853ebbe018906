"""Estimates in words that a planner reads."""

import pytest

from riskengine.model.estimate.shapes import SHAPES
from riskengine.model.estimate.words import in_words, written_parameters
from tests.support.scenario_text import read_text

WORDS = {
    "5": "5 days",
    "1": "1 day",
    '"36h"': "36 hours",
    '"1ed"': "1 elapsed day",
    "[3, 5, 9]": "pert: low 3, most likely 5, high 9 days",
    '{ shape = "pert", low = 3, most_likely = 5, high = 9, lambda = 6, unit = "w" }': (
        "pert: low 3, most likely 5, high 9 weeks, lambda 6"
    ),
    '{ shape = "uniform", low = 1234.5, high = 20000 }': "uniform: low 1,234.5, high 20,000 days",
    '{ shape = "triangular", low = 1, most_likely = 2, high = 3, max = 2.5 }': (
        "triangular: low 1, most likely 2, high 3 days, not above 2.5"
    ),
    '{ shape = "trigen", low = 3, most_likely = 5, high = 9 }': (
        "trigen: low 3, most likely 5, high 9 days, low percentile 0.1, high percentile 0.9"
    ),
    '{ shape = "normal", mean = 5, sd = 1, min = 0 }': "normal: mean 5, sd 1 days, not below 0",
    '{ shape = "lognormal", p10 = 3, p90 = 9 }': "lognormal: p10 3, p90 9 days",
    '{ shape = "double_triangular", low = 3, most_likely = 5, high = 9 }': (
        "double triangular: low 3, most likely 5, high 9 days, weight below 0.5"
    ),
    '{ shape = "gamma", mean = 5, sd = 1 }': "gamma: mean 5, sd 1 days",
    '{ shape = "weibull", scale = 5, form = 2, shift = 1 }': "weibull: scale 5, shift 1 days, form 2",
    '{ shape = "mixture", of = [{ low = 3, most_likely = 5, high = 9, source = "Anna" }, [4, 5, 6]], '
    "weights = [3, 1] }": (
        "mixture of pert: low 3, most likely 5, high 9 days, by Anna (75 %); "
        "pert: low 4, most likely 5, high 6 days (25 %)"
    ),
    '{ shape = "average", of = [[3, 5, 9], [4, 5, 6]] }': (
        "average of pert: low 3, most likely 5, high 9 days (50 %); pert: low 4, most likely 5, high 6 days (50 %)"
    ),
    '{ shape = "empirical", values = [5, 8, 5] }': "empirical: 3 values from 5 to 8 days",
    '{ shape = "cumulative", values = [5, 8, 9], probabilities = [0, 0.5, 1] }': (
        "cumulative: 5 (P0), 8 (P50), 9 (P100) days"
    ),
    '{ shape = "metalog", values = [5, 8, 12], percentiles = [0.1, 0.5, 0.9], lower_bound = 1 }': (
        "metalog: 5 (P10), 8 (P50), 12 (P90) days, above 1"
    ),
    '{ shape = "exponential", mean = 5 }': "exponential: mean 5 days",
    '{ shape = "beta", low = 3, high = 9, alpha = 2, beta = 3 }': "beta: low 3, high 9 days, alpha 2, beta 3",
    '{ shape = "discrete", values = [5, 8], weights = [1, 3] }': "discrete: 5 (25 %), 8 (75 %) days",
}


@pytest.mark.parametrize("text", WORDS)
def test_an_estimate_is_told_in_words(text):
    assert in_words(read_text(f"[tasks.a]\nduration = {text}\n").tasks["a"].duration) == WORDS[text]


def test_money_has_its_currency_and_a_factor_no_unit():
    text = (
        "[tasks.a]\nduration = 1\ncost.fixed = 12000.5\n[risks.r]\nprobability = 0.5\nimpacts.a.factor = [1, 1.1, 2]\n"
    )
    scenario = read_text(text)
    assert in_words(scenario.tasks["a"].cost.fixed, "EUR") == "12,000.5 EUR"
    assert in_words(scenario.tasks["a"].cost.fixed) == "12,000.5"
    assert in_words(scenario.risks["r"].impacts["a"].factor) == "pert: low 1, most likely 1.1, high 2"


def test_every_shape_that_there_is_stands_among_the_words():
    shapes = {words.partition(":")[0].partition(" of ")[0].replace(" ", "_") for words in WORDS.values()} - {
        "5_days",
        "1_day",
        "36_hours",
        "1_elapsed_day",
    }
    assert shapes | {"constant"} == set(SHAPES)


def test_parameters_have_the_keys_of_files():
    text = '{ shape = "pert", low = 3, most_likely = 5, high = 9, min = 4 }'
    estimate = read_text(f"[tasks.a]\nduration = {text}\n").tasks["a"].duration
    assert written_parameters(estimate) == {"low": 3, "most_likely": 5, "high": 9, "lambda": 4, "min": 4}
    text = '{ shape = "discrete", values = [5, 8], weights = [1, 3] }'
    estimate = read_text(f"[tasks.a]\nduration = {text}\n").tasks["a"].duration
    assert written_parameters(estimate) == {"values": [5, 8], "weights": [1, 3]}
