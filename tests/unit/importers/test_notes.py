"""What notes of an import say of one thing, and of many."""

import ast
from pathlib import Path

import pytest

import riskengine.importers
from riskengine.importers.notes import counted_note

SOURCES = sorted(Path(riskengine.importers.__file__).parent.rglob("*.py"))
PLURALS = ("tasks ", "summaries ", "relationships ", "assignments ", "inserted projects ", "inactive tasks")


@pytest.mark.parametrize(
    ("names", "said"),
    [(["7"], "1 task has work of its own: 7"), (["7", "a|b"], "2 tasks have work of their own: 7, a|b")],
)
def test_a_note_goes_with_its_number(names, said):
    assert counted_note("task|tasks has|have work of its|their own", names) == said


@pytest.mark.parametrize("room", ["msproject", "mpxj"])
def test_no_statement_behind_a_number_is_written_for_many_alone(room):
    """ "1 tasks have no duration" was said of most files: each statement has both forms."""
    statements = [
        text.value
        for source in SOURCES
        if source.parent.name == room
        for text in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    ]
    assert any("|" in text for text in statements)
    assert [text for text in statements if text.startswith(PLURALS) and len(text.split()) > 2] == []
