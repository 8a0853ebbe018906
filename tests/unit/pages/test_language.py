"""Every language says everything that English says, with the same values in it, and every text is asked for."""

import ast
import json
import re
import string
from datetime import date, datetime

import pytest

from riskengine.errors import UsageError
from riskengine.model import Impact
from riskengine.pages.contents import SECTIONS
from riskengine.pages.language import FOLDER, language_codes, read_language
from riskengine.report.text.speech import PHRASES
from tests.support.places import ROOT

ROOM = ROOT / "riskengine/pages"
ENGLISH = read_language("en")


def values_of(text: str) -> set[str]:
    """Names of the values that a text has a place for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def spoken_keys() -> set[str]:
    """Keys that code or a template asks for as they are; others begin with what is asked for."""
    keys = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                keys |= {node.value} & ENGLISH.words.keys()
                keys |= {key for key in ENGLISH.words if node.value.endswith(".") and key.startswith(node.value)}
    for path in (ROOM / "templates").iterdir():
        for key in re.findall(r'say\("([\w.-]+)"', path.read_text(encoding="utf-8")):
            keys |= {one for one in ENGLISH.words if one == key or (key.endswith(".") and one.startswith(key))}
    return keys | {f"{section.key}.title" for section in SECTIONS}


@pytest.mark.parametrize("code", language_codes())
def test_a_language_has_the_texts_of_english_and_the_same_values(code):
    words = read_language(code).words
    assert words.keys() ^ ENGLISH.words.keys() == set()
    assert [key for key, text in words.items() if values_of(text) != values_of(ENGLISH.words[key])] == []
    assert [key for key, text in words.items() if not text.strip()] == []


@pytest.mark.parametrize("code", language_codes())
def test_every_effect_of_a_risk_has_words(code):
    words = read_language(code).words
    assert [
        key
        for effect in Impact.model_fields
        for key in (f"register.{effect}", f"assumptions.{effect}")
        if key not in words
    ] == []


@pytest.mark.parametrize("code", language_codes())
def test_a_language_has_the_phrases_of_english_and_the_same_values(code):
    phrases = read_language(code).phrases
    assert phrases.keys() ^ PHRASES.keys() == set()
    for key, phrase in phrases.items():
        one, _, many = phrase.partition("|")
        least = set.intersection(*(values_of(part) for part in PHRASES[key].split("|")))
        for part in (one, many or one):
            assert values_of(part) <= values_of(PHRASES[key]), key
        assert least - {"count"} <= values_of(one) & values_of(many or one), key


def test_english_has_its_phrases_from_the_report():
    assert read_language("en").phrases is PHRASES and read_language("de").phrases is not PHRASES


@pytest.mark.parametrize("code", language_codes())
def test_no_key_of_a_language_stands_twice(code):
    pairs = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"), object_pairs_hook=list)
    keys = [(part, key) for part in ("words", "sentences") for key, _ in dict(pairs).get(part, [])]
    assert len(keys) == len(set(keys))


def test_a_text_that_is_missing_is_refused():
    with pytest.raises(KeyError):
        ENGLISH.say("gates.nothing")
    with pytest.raises(KeyError):
        ENGLISH.say("gates.by")


def test_every_text_is_asked_for():
    assert ENGLISH.words.keys() - spoken_keys() == set()


def test_an_unknown_language_is_refused_by_its_name():
    with pytest.raises(UsageError, match=r"RE943 no language '\.\./en'"):
        read_language("../en")


def test_dates_and_numbers_of_german():
    german = read_language("de")
    assert german.day(date(2028, 3, 1)) == "1. März 2028"
    assert german.days_estimate(1234.56, 1230.0, 1240.0) == ("1.234,6 AT", "1.230,0 bis 1.240,0")
    assert german.money(1234567.0, "EUR") == "1.234.567 EUR"
    assert german.money(1234.5, "U.S.,D") == "1.234 U.S.,D"
    assert german.chance_estimate(0.362, 0.3556, 0.3693, 0.8) == ("36,2\u00a0%", "35,5\u00a0% bis 37,0\u00a0%")
    assert german.span(datetime(2028, 2, 2), datetime(2028, 3, 1)) == "1. Feb. bis 29. Feb. 2028"


def test_dates_and_numbers_of_english():
    assert ENGLISH.day(date(2028, 2, 29)) == "29 Feb 2028"
    assert ENGLISH.day(datetime(2028, 3, 1)) == "29 Feb 2028"
    assert ENGLISH.moment(datetime(2028, 3, 1, 12, 30)) == "1 Mar 2028 12:30"
    assert ENGLISH.days(1234.56) == "1,234.6 d"
    assert ENGLISH.money(1234567.0, "EUR") == "1,234,567 EUR"
    assert (ENGLISH.chance(0.362), ENGLISH.confidence(0.8), ENGLISH.days(None)) == ("36.2%", "80%", "-")
    assert ENGLISH.days_estimate(21.14, 20.06, 22.04) == ("21.1 d", "20.0 to 22.1")
    assert ENGLISH.money_estimate(1500.2, None, 1600.4, "EUR", True) == ("+1,500 EUR", "up to +1,601")
    assert ENGLISH.chance_estimate(0.362, 0.3556, 0.3693, 0.8) == ("36.2%", "35.5% to 37.0%")
    assert ENGLISH.chance_estimate(0.75, 0.75, 0.75) == ("75.0%", "75.0% to 75.0%")
    assert ENGLISH.limit(1020.005, "EUR") == "1,020.005 EUR"
    assert ENGLISH.span(datetime(2027, 12, 31), datetime(2028, 3, 1)) == "30 Dec 2027 to 29 Feb 2028"
    assert ENGLISH.span(datetime(2028, 2, 2), datetime(2028, 3, 1)) == "1 Feb to 29 Feb 2028"
    assert ENGLISH.span(datetime(2028, 3, 1), None) == "from 29 Feb 2028 up"
