"""No message puts a number before a plural by itself: `errors.counting` does, so that one is one task."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[3] / "riskengine"
ROOMS = ("api", "cli", "code_pages", "engine", "errors", "importers", "model", "scenario", "schedule")
PLURAL = re.compile(r" (?:of \w+ )?([a-z]+s)\b(?! of the)")
VERBS = frozenset(
    [
        "is",
        "was",
        "has",
        "does",
        "as",
        "its",
        "allows",
        "asks",
        "needs",
        "changes",
        "comes",
        "contradicts",
        "declares",
        "exists",
        "leaves",
        "lies",
        "reaches",
    ]
)
VERBS |= {"selects", "takes", "tells", "times"}
"""Words in s after a value that are no plurals, but verbs of what the value names."""
LIMIT = re.compile(r"[A-Z_]+|limits\.\w+|longest|high / day|point|wanted")
"""Values that are no counts, or never 1: limits, the last of several numbers, names."""


def plurals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of each f-string in which a value stands right before a plural."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.JoinedStr):
            continue
        for value, text in zip(node.values, node.values[1:], strict=False):
            if isinstance(value, ast.FormattedValue) and isinstance(text, ast.Constant):
                match = PLURAL.match(str(text.value))
                if match is not None and match[1] not in VERBS and not LIMIT.fullmatch(ast.unparse(value.value)):
                    yield node.lineno, f"{{{ast.unparse(value.value)}}}{match[0]}"


def test_no_message_counts_by_itself():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}"
        for room in ROOMS
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for line, text in plurals(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('f"{n} tasks"', 1),
        ('f"{n:,} of many tasks"', 1),
        ('f"{a} is {n} days"', 1),
        ('f"{n} task"', 0),
        ('f"{n} is"', 0),
    ],
)
def test_a_count_before_a_plural_is_found(code, count):
    assert len(list(plurals(ast.parse(code)))) == count
