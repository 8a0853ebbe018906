"""Whatever is done to a register, reading it gives risks or a refusal with places; nothing else comes out."""

import json
import random
import re
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from riskengine.errors import ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.importers.register.read import read_register, risk_documents
from riskengine.importers.sheets import workbook as opening
from riskengine.importers.sheets.process import contents
from riskengine.scenario import parse
from riskengine.scenario.hooks import known_targets
from tests.unit.importers.register.registers import TASKS
from tests.unit.importers.sheets.workbooks import PERCENT, Styled, parts, worksheet, zipped

NORMAL, ALL = 600, 8_000
BOOKS, ALL_BOOKS = 300, 4_000
PROCESSES = 12
LIMIT_S = 1.0  # processor time of one reading, so that a busy machine does not matter
LONGEST = 1_500  # characters of one fault

CSV = (
    "Register of the project,,,,,,,,\n"
    ",,Before mitigation,,,,After mitigation,,\n"
    "ID,Title,Probability,Delay min (days),Delay ML (days),Delay max (days),Probability,Cost (k€),Affected tasks\n"
    "R1,Late,30%,5,10,20,10%,1.5,A1000; A1010\n"
    'R2,"Lost, or stolen",0.5,1,2,3,5%,"1,234.5",1.1\n'
    "R3,Found,12 %,2d,2d,2d,,0,civil\n"
    "R4,Other,5%,,,,,,\n"
)
GERMAN = (
    "Nr;Bezeichnung;Status;Art;Eintrittswahrscheinlichkeit (%);Terminverzug (Tage);Kosten (T€);PSP\n"
    "1;Verspätung;offen;Gefahr;30;10;1.500;1.1\n"
    "2;Fund;geschlossen;Gefahr;12,5;0;2,5;1.2\n"
    "3;Nachlass;eingetreten;Chance;50;5;12,5;1.2\n"
)
MAPPING = (
    'decimal = "."\n[columns]\nprobability = { column = "P", unit = "percent" }\n'
    'delay = { p10 = "A", p50 = "B", p90 = "C", unit = "d" }\ncost = "Rating"\n'
    "[scales.cost]\nlow = 5\nhigh = [5, 10, 20]\n"
)
MAPPED = "ID,P,A,B,C,Rating\nR1,30,1,2,3,low\nR2,5,0,10,20,HIGH\n"
ROWS = [
    ["ID", "Title", "Probability", "Delay (days)", "Cost (EUR)", "Affected tasks"],
    ["R1", "Late", Styled(0.3, PERCENT), 5, "1 500", "A1000"],
    ["R2", "Lost", 0.5, 2.5, 100, "1.1; A1010"],
]
CELLS = (
    *(
        "",
        "0",
        "-1",
        "1",
        "1e308",
        "nan",
        "inf",
        "30%",
        "130%",
        "1,500",
        "1.500,5",
        "5d",
        "2 weeks",
        "€ 5",
        "High",
        "VH",
    ),
    *("9" * 400, "x" * 20_000, "\x00", "\x1b[31m", "‮", '"', "'", "=1+1", "1-2", "2027-03-01", "TRUE", "-", "n/a"),
    *("A1000", "Probability", "ID", "Delay (days)", "Cost (k€)", "closed", "project", "*", "wbs:1", "a/b", "😀", "٣"),
)
LINES = ("", ",,,,,,", ";;;;", "Total,,,,,", "ID,Probability", '"', "sheet = 1", "[columns]", "x = [", "\t\t")

Mutation = Callable[[random.Random, str], str]


def _replace_cell(rng: random.Random, text: str) -> str:
    matches = list(re.finditer(r"[^,;\n]+", text))
    if not matches:
        return rng.choice(CELLS)
    match = rng.choice(matches)
    return text[: match.start()] + rng.choice(CELLS) + text[match.end() :]


def _swap_cells(rng: random.Random, text: str) -> str:
    cells = re.split(r"([,;\n])", text)
    one, two = rng.randrange(len(cells)), rng.randrange(len(cells))
    cells[one], cells[two] = cells[two], cells[one]
    return "".join(cells)


def _line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    place = rng.randrange(len(lines))
    match rng.randrange(3):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, lines[rng.randrange(len(lines))])
        case _:
            lines.insert(place, rng.choice(LINES) + "\n")
    return "".join(lines)


def _span(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text) or 1)
    return text[:start] + text[start + rng.randrange(1, 20) :]


def _character(rng: random.Random, text: str) -> str:
    place = rng.randrange(len(text) or 1)
    return text[:place] + chr(rng.choice((*range(0x80), 0xA0, 0x202E, 0xFFFD, 0x1F680))) + text[place + 1 :]


MUTATIONS: tuple[Mutation, ...] = (_replace_cell, _replace_cell, _swap_cells, _line, _span, _character)


def _mutated(number: int, original: str) -> bytes:
    """The bytes of mutation `number`: one to three textual changes, in one case of eight a change of raw bytes."""
    rng = random.Random(f"register {number}")
    text = original
    for _ in range(rng.choice((1, 1, 2, 3))):
        text = rng.choice(MUTATIONS)(rng, text)
    mutated = bytearray(text.encode())
    if rng.random() < 0.125 and mutated:
        mutated[rng.randrange(len(mutated))] = rng.randrange(256)
    return bytes(mutated)


def _check(path: Path, mapping: Path | None, position: str, *, is_timed: bool = True) -> bool:
    """Read a register; whether it was read. Its risks are sound, its faults have their places."""
    began = time.process_time()
    try:
        register = read_register(
            path, mapping=mapping, position=position, known_targets=known_targets({"tasks": TASKS})
        )  # type: ignore[arg-type]
    except ScenarioError as error:
        assert error.issues
        for issue in error.issues:
            assert issue.code in CATALOGUE, issue
            assert Path(issue.file) in (path, mapping), issue
            assert issue.format().isprintable()
            assert len(issue.format()) < LONGEST, issue
            if path.suffix == ".csv" and issue.file == str(path):
                assert issue.line is not None, issue
        return False
    finally:
        assert not is_timed or time.process_time() - began < LIMIT_S
    risks = risk_documents(register.risks)
    tasks = {key: {"duration": 5, **fields} for key, fields in TASKS.items()}
    try:
        parse({"schema": 1, "name": "N", "start": "2027-03-01", "tasks": tasks, "risks": risks})
    except ScenarioError as error:  # two impacts may meet on one task, and an id may be invisible: RE305, RE115
        assert {issue.code for issue in error.issues} <= {"RE305", "RE115"}, error
    assert all(0 <= risk["probability"] <= 1 for risk in risks.values())
    return True


def _run_texts(numbers: range, folder: Path) -> tuple[int, int]:
    """Read the mutations of these numbers; count what was read and what was refused."""
    counts = [0, 0]
    for number in numbers:
        originals = (CSV, GERMAN, MAPPED, MAPPING)
        kind = number % 4
        path, mapping = folder / "register.csv", folder / "mapping.toml"
        path.write_bytes(_mutated(number, originals[kind]) if kind < 3 else MAPPED.encode())
        mapping.write_bytes(_mutated(number, MAPPING) if kind == 3 else MAPPING.encode())
        try:
            is_read = _check(path, mapping if kind > 1 else None, "post" if kind == 0 and number % 8 else "pre")
        except Exception as error:
            raise AssertionError(
                f"mutation {number}: {error!r}\n{path.read_bytes()!r}\n{mapping.read_bytes()!r}"
            ) from error
        counts[is_read] += 1
    return counts[1], counts[0]


def _mutated_book(number: int) -> bytes:
    """The bytes of a workbook with a part changed, or with its archive damaged."""
    rng = random.Random(f"workbook {number}")
    members = parts({"Risks": worksheet(ROWS, ["A1:B1"] if number % 3 else [])})
    name = rng.choice([*members, *["xl/worksheets/sheet1.xml"] * 6])
    text = members[name]
    for _ in range(rng.choice((1, 1, 2))):
        match rng.randrange(5):
            case 0:
                text = _character(rng, text)
            case 1:
                text = _span(rng, text)
            case 2:
                found = list(re.finditer(r">[^<>]+<", text))
                if found:
                    match_ = rng.choice(found)
                    text = text[: match_.start() + 1] + rng.choice(CELLS).replace("\x00", "") + text[match_.end() - 1 :]
            case 3:
                found = list(re.finditer(r'"[^"]*"', text))
                if found:
                    match_ = rng.choice(found)
                    text = (
                        text[: match_.start()]
                        + f'"{rng.choice(("0", "-1", "XFD9", "A1048576", "e", "s", ""))}"'
                        + (text[match_.end() :])
                    )
            case _:
                tags = list(re.finditer(r"<[^<>]+>", text))
                if tags:
                    match_ = rng.choice(tags)
                    text = text[: match_.start()] + text[match_.end() :]
    content = bytearray(zipped({**members, name: text}))
    if rng.random() < 0.2:
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)


def _in_process(raw: bytes, wanted: str) -> dict[str, object]:
    """What the process that reads workbooks would answer, without starting one for each mutation."""
    try:
        return json.loads(json.dumps(contents(raw, wanted)))  # type: ignore[no-any-return]
    except Exception as error:
        return {"refused": str(error)[:300]}


def _run_books(numbers: range, path: Path) -> tuple[int, int]:
    counts = [0, 0]
    for number in numbers:
        path.write_bytes(_mutated_book(number))
        try:
            counts[_check(path, None, "pre")] += 1
        except Exception as error:
            raise AssertionError(f"workbook {number}: {error!r}") from error
    return counts[1], counts[0]


def _check_balance(accepted: int, refused: int) -> None:
    """Mutations that are nearly all refused, or nearly none, would test half of the reader only."""
    assert accepted > 0.1 * (accepted + refused)
    assert refused > 0.2 * (accepted + refused)


def test_hundreds_of_damaged_texts_give_risks_or_a_refusal_with_places(tmp_path):
    _check_balance(*_run_texts(range(NORMAL), tmp_path))


@pytest.mark.slow
def test_thousands_of_damaged_texts_give_risks_or_a_refusal_with_places(tmp_path):
    _check_balance(*_run_texts(range(NORMAL, NORMAL + ALL), tmp_path))


def test_hundreds_of_damaged_workbooks_give_risks_or_a_refusal(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "ask", _in_process)
    _check_balance(*_run_books(range(BOOKS), tmp_path / "register.xlsx"))


@pytest.mark.slow
def test_thousands_of_damaged_workbooks_give_risks_or_a_refusal(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "ask", _in_process)
    _check_balance(*_run_books(range(BOOKS, BOOKS + ALL_BOOKS), tmp_path / "register.xlsx"))


def test_damaged_workbooks_go_through_the_process_as_well(tmp_path):
    path = tmp_path / "register.xlsx"
    for number in range(PROCESSES):
        path.write_bytes(_mutated_book(number))
        _check(path, None, "pre", is_timed=False)


def test_mutations_are_the_same_in_every_run_and_archives_stay_archives():
    assert [_mutated(number, CSV) for number in range(20)] == [_mutated(number, CSV) for number in range(20)]
    books = [_mutated_book(number) for number in range(20)]
    assert books == [_mutated_book(number) for number in range(20)]
    assert sum(zipfile.is_zipfile(BytesIO(book)) for book in books) > 10
