"""The catalogue is complete, ordered and cannot be changed."""

import pkgutil
import re
from collections import Counter
from collections.abc import Mapping
from importlib import import_module

import pytest

from riskengine.errors import codes
from riskengine.errors.catalogue import CATALOGUE


def test_codes_are_in_order_and_well_formed():
    assert list(CATALOGUE) == sorted(CATALOGUE)
    assert all(re.fullmatch(r"RE[1-9]\d\d", code) for code in CATALOGUE)


def test_no_code_has_two_entries():
    """Of two, one would stand for the faults of the other."""
    modules = [import_module(f"{codes.__name__}.{each.name}") for each in pkgutil.iter_modules(codes.__path__)]
    parts = {
        id(part): part for module in modules for part in vars(module).values() if isinstance(part, Mapping) and part
    }
    count = Counter(code for part in parts.values() for code in part if re.fullmatch(r"RE\d{3}", str(code)))
    assert count.keys() == CATALOGUE.keys()
    assert [code for code, times in count.items() if times > 1] == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_entry_says_title_rule_reason_example_and_cure(code):
    entry = CATALOGUE[code]
    for text in (entry.title, entry.rule, entry.reason, entry.example, entry.cure):
        assert text.strip() == text and text
    assert entry.reason.endswith(".")
    assert not entry.rule.endswith("."), "a rule is part of a sentence: PATH: RULE, got VALUE"


def test_titles_tell_codes_apart():
    titles = [entry.title for entry in CATALOGUE.values()]
    assert len(set(titles)) == len(titles)


def test_points_out_of_order_is_re202():
    assert CATALOGUE["RE202"].rule == "must satisfy low <= most_likely <= high"


def test_the_catalogue_cannot_be_changed():
    with pytest.raises(TypeError):
        CATALOGUE["RE999"] = CATALOGUE["RE202"]  # type: ignore[index]
