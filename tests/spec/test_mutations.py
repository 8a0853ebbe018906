"""Whatever is done to a valid file, reading gives a scenario or a refusal with places; nothing else comes out."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from riskengine import scenario
from riskengine.errors import ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.model import Scenario

VALID = Path(__file__).parent / "valid"
NORMAL, ALL = 2_000, 20_000
LONGEST = 6_000  # characters of one issue: twenty ids of a circle in full
LIMIT_S = 1.0  # processor time of one reading, so that a busy machine does not matter

EXTREME_NUMBERS = (
    *("0", "-0.0", "-1", "1", "0.5", "1e308", "-1e308", "1e400", "5e-324", "inf", "-inf", "nan", "1_000", "0x7f"),
    *("9223372036854775807", "9223372036854775808", "9" * 400, "9" * 5000, "1e-9", "2.5", "100000", "1e15"),
)
EXTREME_DATES = ("0001-01-01", "9999-12-31", "1899-12-31", "2027-02-29", "2028-02-29", "2262-04-12T00:00:00Z")
VALUES = (
    *("true", "false", '""', '"x"', '"*"', '"off"', '"5d"', '"-5d"', '"project"', "1", "-1.5", "inf", "nan"),
    *("[]", "[[]]", "[1]", "[1, 2, 3]", '["a", 1]', "{}", "{ x = 1 }", "{ shape = 1 }", '{ shape = "pert" }'),
    *("2027-03-01", "07:32:00", "2027-03-01T07:32:00", "2027-03-01T07:32:00+02:00", '"' + "x" * 10_000 + '"'),
    *("[" * 30 + "]" * 30, '"\\u0000"', "'''\n'''", '"ß / .. \\\\"'),
)
LINES = (
    *(
        "[tasks]",
        "[tasks.a]",
        "[risks.r]",
        "[calendars.c]",
        "[gates.g]",
        "[costs]",
        "[defaults.task]",
        "[x]",
        "[[tasks]]",
    ),
    *('after = ["a"]', "duration = 1", 'extends = "minimal.toml"', "x.y.z = 1", "schema = 2", "]", '"""', "\x00", "="),
)

Mutation = Callable[[random.Random, str], str]


def _delete_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return "".join(lines)


def _duplicate_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
    return "".join(lines)


def _transpose_lines(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "".join(lines)


def _insert_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(LINES) + "\n")
    return "".join(lines)


def _replace_match(rng: random.Random, text: str, pattern: str, replacement: str) -> str:
    matches = list(re.finditer(pattern, text))
    if not matches:
        return _delete_line(rng, text)
    match = rng.choice(matches)
    return text[: match.start()] + replacement + text[match.end() :]


def _replace_number(rng: random.Random, text: str) -> str:
    return _replace_match(rng, text, r"(?<![\w-])-?\d+(\.\d+)?", rng.choice(EXTREME_NUMBERS))


def _replace_date(rng: random.Random, text: str) -> str:
    return _replace_match(rng, text, r"\d{4}-\d\d-\d\d", rng.choice(EXTREME_DATES))


def _replace_value(rng: random.Random, text: str) -> str:
    return _replace_match(rng, text, r'(?<== )[^\n]+|(?<=": )[^\n,]+', rng.choice(VALUES))


def _replace_member(rng: random.Random, text: str) -> str:
    return _replace_match(rng, text, r"(?<=[\[,{] )[^,\]}\n]+|(?<=\[)[^,\]}\n]+", rng.choice(VALUES))


def _replace_word(rng: random.Random, text: str) -> str:
    words = re.findall(r"[\w*-]+", text)
    return _replace_match(rng, text, r"[\w*-]+", rng.choice(words))


def _delete_span(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text))
    return text[:start] + text[start + rng.randrange(1, 20) :]


def _cut(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text))]


def _replace_character(rng: random.Random, text: str) -> str:
    place = rng.randrange(len(text))
    return text[:place] + chr(rng.choice((*range(0x80), 0xFFFD, 0x1F680, 0x202E))) + text[place + 1 :]


MUTATIONS: tuple[Mutation, ...] = (
    _delete_line,
    _duplicate_line,
    _transpose_lines,
    _insert_line,
    _replace_number,
    _replace_date,
    _replace_value,
    _replace_member,
    _replace_word,
    _delete_span,
    _cut,
    _replace_character,
)


def _mutated(number: int, original: bytes) -> bytes:
    """The bytes of mutation `number`: one to three textual changes, in one case of eight a change of raw bytes."""
    rng = random.Random(f"mutation {number}")
    text = original.decode()
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        text = rng.choice(MUTATIONS)(rng, text or "x")
    mutated = bytearray(text.encode())
    if rng.random() < 0.125 and mutated:
        mutated[rng.randrange(len(mutated))] = rng.randrange(256)
    return bytes(mutated)


def _check_refusal(error: ScenarioError, folder: Path) -> None:
    """Every issue has a code, and a line that is in the file it names."""
    assert error.issues
    for issue in error.issues:
        assert issue.code in CATALOGUE, issue
        file = Path(issue.file)
        assert file.is_relative_to(folder), f"{issue.format()} names a file out of the folder"
        assert issue.line is not None and issue.line >= 1, f"{issue.format()} names no line"
        text = file.read_bytes().decode(errors="replace")
        assert issue.line <= len(re.split("\r\n|\r|\n", text)), f"{issue.format()}: the file has fewer lines"
        assert "\n" not in issue.format()
        assert len(issue.format()) < LONGEST, "an issue that fills the screen"


def _check_scenario(read: Scenario, folder: Path) -> None:
    """Resolving is idempotent: the resolved form is read to the same scenario."""
    text = scenario.dumps(read)
    resolved = folder / "again.json"
    resolved.write_text(text, encoding="utf-8")
    try:
        again = scenario.read(resolved)
        assert again == read
        assert scenario.dumps(again) == text
    finally:
        resolved.unlink()


def _entry(path: Path, folder: Path) -> Path:
    """The scenario through which a file is reached: itself, or the first that names it."""
    if path.parent == folder:
        return path
    name = path.relative_to(folder).as_posix()
    for candidate in sorted(folder.glob("*.toml")):
        if f'"{name}"' in candidate.read_text(encoding="utf-8"):
            return candidate
    raise AssertionError(f"no scenario names {name}")


def _run(numbers: range, folder: Path) -> tuple[int, int]:
    """Read the mutations of these numbers; count the scenarios and the refusals."""
    shutil.copytree(VALID, folder)
    sources = sorted(path for path in folder.rglob("*") if path.is_file())
    entry = {path: _entry(path, folder) for path in sources}
    accepted = refused = 0
    for number in numbers:
        path = sources[number % len(sources)]
        original = path.read_bytes()
        path.write_bytes(_mutated(number, original))
        began = time.process_time()
        read: Scenario | None = None
        try:
            try:
                read = scenario.read(entry[path])
            except ScenarioError as error:
                taken = time.process_time() - began
                refused += 1
                _check_refusal(error, folder)
            else:
                taken = time.process_time() - began
                accepted += 1
                _check_scenario(read, folder)
            assert taken < LIMIT_S, f"took {taken:.1f} s"
        except Exception as error:
            text = path.read_bytes().decode(errors="backslashreplace")
            raise AssertionError(f"mutation {number} of {path.name}: {error!r}\n{text[:3000]}") from error
        finally:
            path.write_bytes(original)
    return accepted, refused


def _check_balance(accepted: int, refused: int) -> None:
    """Mutations that are nearly all refused, or nearly none, would test half of the reader only."""
    assert accepted > 0.05 * (accepted + refused)
    assert refused > 0.3 * (accepted + refused)


def test_two_thousand_mutations_give_a_scenario_or_a_refusal_with_places(tmp_path: Path) -> None:
    _check_balance(*_run(range(NORMAL), tmp_path / "corpus"))


@pytest.mark.slow
def test_twenty_thousand_mutations_give_a_scenario_or_a_refusal_with_places(tmp_path: Path) -> None:
    _check_balance(*_run(range(NORMAL, NORMAL + ALL), tmp_path / "corpus"))


def test_mutations_are_the_same_in_every_run() -> None:
    original = (VALID / "minimal.toml").read_bytes()
    mutated = [_mutated(number, original) for number in range(50)]
    assert mutated == [_mutated(number, original) for number in range(50)]
    assert len(set(mutated)) > 40
