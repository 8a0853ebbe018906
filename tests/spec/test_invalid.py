"""The invalid half of the specification: each file of `invalid/` is refused with exactly the faults it names.

A file begins with one line ``# expect: CODE path`` a fault, in the order in which they are reported. Where the fault is
stands in the file itself, as ``# <- CODE`` at the end of the line. Where no comment can stand (in a table, on a line
that is missing) or the fault is in another file, the expectation ends in ``@ line`` or ``@ file:line``. JSON has no
comments: there the expectations are in ``NAME.json.expect``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from riskengine import reading, scenario
from riskengine.errors import ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.scenario.hooks import Hooks

HOOKS = Hooks(correlations=reading.correlations)
"""What asks for dates is refused without."""

INVALID = Path(__file__).parent / "invalid"
FILES = sorted(path for path in INVALID.iterdir() if path.suffix != ".expect" and path.is_file())

EXPECT = re.compile(r"# expect: (RE\d{3})(?: (.*?))??(?: @ (?:(\S+):)?(\d+))?")
MARK = re.compile(r"# <- (RE\d{3})")


@dataclass(frozen=True)
class Expectation:
    """One fault that a file must be refused with."""

    code: str
    path: str
    file: str
    line: int


def expectations(path: Path) -> list[Expectation]:
    """The faults that the file names, each with its place."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    beside = path.with_name(path.name + ".expect")
    header = beside.read_text(encoding="utf-8").splitlines() if beside.exists() else lines
    marks: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines, start=1):
        for code in MARK.findall(line):
            marks[code].append(number)
    expected = []
    for line in header:
        if not line.startswith("# expect:"):
            break
        match = EXPECT.fullmatch(line)
        assert match, f"{path.name}: cannot read {line!r}"
        code, where, file, number = match.groups()
        assert number or marks[code], f"{path.name}: nothing says which line {code} is on"
        expected.append(
            Expectation(code, where or "", file or path.name, int(number) if number else marks[code].pop(0))
        )
    assert expected, f"{path.name} names no fault"
    assert not any(marks.values()), f"{path.name}: a mark that no expectation is for: {dict(marks)}"
    return expected


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_file_is_refused_with_exactly_the_faults_it_names(path: Path) -> None:
    expected = expectations(path)
    with pytest.raises(ScenarioError) as refusal:
        scenario.read(path, hooks=HOOKS)
    found = [(issue.code, issue.path) for issue in refusal.value.issues]
    assert found == [(fault.code, fault.path) for fault in expected], str(refusal.value)
    assert refusal.value.exit_code == 3


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_each_fault_points_at_its_file_and_line(path: Path) -> None:
    expected = expectations(path)
    with pytest.raises(ScenarioError) as refusal:
        scenario.read(path, hooks=HOOKS)
    for issue, fault in zip(refusal.value.issues, expected, strict=True):
        file = Path(issue.file).resolve().relative_to(INVALID.resolve())
        assert (file.as_posix(), issue.line) == (fault.file, fault.line), issue.format()
        assert issue.format().startswith(f"{issue.file}:{fault.line}: {fault.code} ")


WITHOUT_FILE = {
    "RE448": "a run is refused, and no file: tests/properties/test_backlogs.py has one",
    "RE330": "a fault with --strict alone: tests/unit/cli/test_strict.py has it",
    "RE327": "a group of a thousand: tests/unit/plan/correlation/test_check.py writes one",
    "RE103": "a file of 16 MiB has no place in a repository: test_limits.py writes one",
}
NOT_OF_FILES = {
    "RE55": "files of other tools",
    "RE56": "files of other tools",
    "RE57": "files of other tools",
    "RE59": "hints at sound scenarios",
    "RE6": "the file is sound and the plan refuses what it asks for",
    "RE7": "results folders",
    "RE8": "findings in sound scenarios",
    "RE9": "the command line",
}


def test_every_code_that_a_file_can_trigger_has_a_file() -> None:
    shown = {fault.code for path in FILES for fault in expectations(path)}
    of_files = {code for code in CATALOGUE if not code.startswith(tuple(NOT_OF_FILES))}
    assert of_files - shown == set(WITHOUT_FILE)


def test_most_files_have_one_fault_only() -> None:
    counts = [len(expectations(path)) for path in FILES]
    assert len(counts) >= 70
    assert counts.count(1) >= 0.9 * len(counts)
    assert max(counts) >= 4
