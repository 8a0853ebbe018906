"""Every number of every sentence is tied to its table and its column, in every language and for every audience."""

import json
import string
from collections import Counter
from dataclasses import replace

import pytest

from riskengine.pages.explained.audiences import AUDIENCES, explain
from riskengine.pages.language import language_codes, read_language
from tests.support.report_runs import constant, gate, run, sample, without_cost
from tests.unit.pages.explained.number_check import faults, sentences
from tests.unit.pages.runs import full_run, full_run_of, many_gates, run_of_teams

RUNS = {
    "all": full_run,
    "several looks": lambda: full_run_of((gate("late", 0.3), gate("soon", 0.9)), looks=3),
    "many gates": lambda: many_gates(12),
    "teams": run_of_teams,
    "no gates": lambda: run(sample()),
    "free": lambda: run(without_cost(sample(gates=(gate(),)))),
    "certain": lambda: run(constant(sample(gates=(gate(),)))),
    "three iterations": lambda: run(sample(gates=(gate(),), iterations=3)),
    "one iteration": lambda: run(sample(gates=(gate(),), iterations=1)),
    "digits in names": lambda: run(replace(sample(gates=(gate("2 of 3"),), task="80 %", targets=("99",)), name="2027")),
}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("which", RUNS)
def test_every_number_stands_in_its_table(which, audience):
    made = RUNS[which]()
    document = json.loads(json.dumps(explain(made, audience).document, allow_nan=False))
    assert faults(document, made) == []
    assert sum(len(sentence["numbers"]) for sentence in sentences(document)) > 0


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("code", language_codes())
def test_a_language_says_the_same_numbers(code, audience):
    made = full_run()
    document = explain(made, audience, code).document
    assert faults(document, made) == []
    english = explain(made, audience).document
    for one, other in zip(sentences(document), sentences(english), strict=True):
        assert places(one) == places(other)


def places(sentence):
    """Where the numbers of a sentence come from."""
    return Counter(json.dumps([n["table"], n["row"], n["column"], n["value"]]) for n in sentence["numbers"])


@pytest.mark.parametrize(
    "harm",
    [
        lambda number: number.update(value=number["value"] * 1.5),
        lambda number: number.update(column="cost"),
        lambda number: number.update(text="71 of 100 futures"),
    ],
)
def test_the_check_finds_a_number_that_is_another(harm):
    made = run(sample(gates=(gate(),)))
    document = json.loads(json.dumps(explain(made).document))
    sentence = next(s for s in sentences(document) if any(n["column"] == "probability" for n in s["numbers"]))
    (number,) = [number for number in sentence["numbers"] if number["column"] == "probability"]
    before = number["text"]
    harm(number)
    sentence["text"] = sentence["text"].replace(before, number["text"])
    assert faults(document, made) != []


def test_the_check_finds_a_number_without_a_table():
    made = run(sample(gates=(gate(),)))
    document = json.loads(json.dumps(explain(made).document))
    sentences(document)[0]["text"] += " 42"
    assert len(faults(document, made)) == 1


@pytest.mark.parametrize("code", language_codes())
def test_no_text_has_a_digit_of_its_own(code):
    words = read_language(code).words
    texts = {key: text for key, text in words.items() if key.startswith("explain.")}
    assert texts
    assert [key for key, text in texts.items() if any(c in string.digits for c in text)] == []
