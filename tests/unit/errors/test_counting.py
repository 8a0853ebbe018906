"""Counts in words."""

import pytest

from riskengine.errors.counting import counted, first_names, share_of


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 tasks"), (1, "1 task"), (2, "2 tasks"), (1234, "1,234 tasks"), (1.0, "1 task")]
)
def test_one_is_singular_and_none_is_plural(count, words):
    assert counted(count, "task") == words


def test_what_follows_the_noun_agrees_with_it():
    assert counted(1, "row has", "rows have") == "1 row has"
    assert counted(3, "row has", "rows have") == "3 rows have"
    nouns, verbs = ("task", "tasks"), ("has", "have")
    assert [share_of(k, 5, nouns, verbs) for k in (0, 1, 2)] == [
        "0 of 5 tasks have",
        "1 of 5 tasks has",
        "2 of 5 tasks have",
    ]
    assert share_of(1, 1, nouns, verbs) == "1 of 1 task has"


@pytest.mark.parametrize(
    ("names", "words"),
    [("", ""), ("A", "A"), ("ABC", "A, B, C"), ("ABCD", "A, B, C and 1 more"), ("A" * 9, "A, A, A and 6 more")],
)
def test_names_beyond_the_first_are_counted(names, words):
    assert first_names(list(names), 3) == words
