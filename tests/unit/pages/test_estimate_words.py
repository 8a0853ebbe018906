"""Estimates in the language of a page."""

import pytest

from riskengine.model.estimate.shapes import SHAPES
from riskengine.model.estimate.words import in_words
from riskengine.pages.language import read_language
from riskengine.pages.sections.estimate_words import estimate_in_words
from tests.support.scenario_text import read_text
from tests.unit.scenario.values.test_estimates_in_words import WORDS

ENGLISH, GERMAN = read_language("en"), read_language("de")
TERMS = {text.removeprefix("estimate.") for text in GERMAN.words if text.startswith("estimate.")}


@pytest.mark.parametrize("words", WORDS.values())
def test_english_words_stay_as_they_are(words):
    assert estimate_in_words(words, ENGLISH) == words


@pytest.mark.parametrize("words", WORDS.values())
def test_no_english_word_is_left_over_in_german(words):
    german = estimate_in_words(words, GERMAN)
    assert german != words
    assert not {"low", "most", "high", "days", "hours", "weeks", "below", "above", "mean"} & set(german.split())


def test_numbers_and_units_are_written_as_the_language_does():
    assert estimate_in_words("uniform: low 1,234.5, high 20,000 days", GERMAN) == (
        "gleichverteilt: niedrig 1.234,5, hoch 20.000 Tage"
    )
    assert (
        estimate_in_words("discrete: 5 (25 %), 8 (75 %) days", GERMAN) == "diskret: 5 (25\u00a0%), 8 (75\u00a0%) Tage"
    )
    assert estimate_in_words("lognormal: p10 1e-05, p90 16 days, not above 4e+20", GERMAN) == (
        "lognormal: P10 1e-05, P90 16 Tage, nicht über 4e+20"
    )


@pytest.mark.parametrize("currency", ["EUR", "low 3", "pert: x", ", high 9", "<b>", "days", "(5 %)", "k$", ":"])
def test_a_currency_is_taken_for_nothing_else(currency):
    scenario = read_text("[tasks.a]\nduration = 1\ncost.fixed = [1000, 2000, 4000]\n")
    words = in_words(scenario.tasks["a"].cost.fixed, currency)
    german = estimate_in_words(words, GERMAN)
    if currency in ("EUR", "low 3", "<b>", "(5 %)", "k$", ":"):
        assert german == f"PERT: niedrig 1.000, am wahrscheinlichsten 2.000, hoch 4.000 {currency}"
    else:
        assert german in (words, "PERT: niedrig 1.000, am wahrscheinlichsten 2.000, hoch 4.000 Tage")


def test_every_shape_has_its_word():
    names = {name.replace("_", " ") for name in SHAPES} - {"constant"}
    assert names <= TERMS
