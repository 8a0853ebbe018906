"""Damaged exports: each is read, or refused with faults; nothing else comes of them, and no item goes in silence."""

import random
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers import document, write_toml
from riskengine.importers.items.options import ItemOptions
from riskengine.importers.items.read import read_items
from riskengine.reading import parse

JIRA: Final = (
    "Summary,Issue key,Issue id,Issue Type,Status,Priority,Assignee,Due date,Original estimate,Remaining Estimate,"
    "Time Spent,Outward issue link (Blocks),Outward issue link (Blocks),Inward issue link (Blocks),Sprint,Sprint,"
    'Parent\nRenew,PAY-1,101,Epic,In Progress,High,,,,,,,,,,,\n"Agree, then build",PAY-2,102,Story,Done,High,Ann,,'
    "57600,0,72000,PAY-3,PAY-4,,Sprint 7,,101\nService,PAY-3,103,Story,In Progress,Low,Ann,26/Mar/27 12:00 AM,144000,"
    "86400,64800,PAY-5,,PAY-2,Sprint 7,Sprint 8,101\nPage,PAY-4,104,Story,To Do,Medium,Ben,,115200,115200,,PAY-5,,"
    "PAY-2,,,101\nRehearse,PAY-5,105,Task,To Do,,,,28800,28800,,,,OPS-1,,,101\n"
)
AZURE: Final = (
    "ID,Work Item Type,Title 1,Title 2,Assigned To,State,Tags,Iteration Path,Original Estimate,Remaining Work\n"
    '1,Feature,Ledger,,,Active,,Shop\\2027,,\n2,Task,,Read,"P <p@x.org>",Active,"data; risk",Shop\\2027\\Sprint 5,16,'
    "10\n3,Task,,Write,,New,,Shop\\2027\\Sprint 6,8,\n4,Task,,Drop,,Removed,,Shop\\2027,4,4\n"
)
LIST: Final = (
    "Plan of the move;;;;;;\n#;Task;Best (h);Likely (h);Worst (h);Predecessors;Owner\n1;Analyse;8;16;32;;Ann\n"
    "2;Design;16;24,5;40;1;Ann\n;Build phase;;;;;\n3;Procure;40;40;80;1SS+1d;Ben\n4;Build;40;64;120;2FS+2d,3SS;Ann\n"
    "5;Launch;0;0;0;4;\n;Total;104;144,5;272;;\n"
)
JSON: Final = (
    '{"total": 2, "issues": [{"key": "A-1", "id": "1", "fields": {"summary": "One", "status": {"name": "To Do"}, '
    '"issuetype": {"name": "Task"}, "timeoriginalestimate": 28800, "duedate": "2027-03-26", "issuelinks": [{"type": '
    '{"name": "Blocks"}, "outwardIssue": {"key": "A-2"}}]}}, {"key": "A-2", "id": "2", "fields": {"summary": "Two", '
    '"status": {"name": "In Progress"}, "parent": {"key": "A-9"}, "labels": ["x"], "timeoriginalestimate": 3600}}]}'
)
EXPORTS: Final = {"jira": JIRA, "azure-devops": AZURE, "list": LIST, "json": JSON}
SIGNS: Final = (
    ",",
    ";",
    "\t",
    '"',
    "\n",
    "=",
    "-",
    "0",
    "9",
    "E+9",
    "\0",
    "é",
    "\u202e",
    "[",
    "{",
    "PAY-3",
    "1SS",
    "%",
    " ",
)


def damaged(text: str, rng: random.Random) -> bytes:
    """Return an export with one to four places changed, cut out, doubled or swapped."""
    for _ in range(rng.randint(1, 4)):
        place, length = rng.randrange(len(text)), rng.randint(1, 12)
        kind = rng.randrange(6)
        if kind == 0:
            text = text[:place] + text[place + length :]
        elif kind == 1:
            text = text[:place] + rng.choice(SIGNS) + text[place:]
        elif kind == 2:
            text = text[:place] + rng.choice(SIGNS) + text[place + 1 :]
        elif kind == 3:
            text = text[:place] + text[place : place + 5 * length] + text[place:]
        elif kind == 4:
            lines = text.split("\n")
            one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
            text = "\n".join(lines)
        else:
            cells = text.split(",")
            rng.shuffle(cells) if rng.random() < 0.02 else cells.pop(rng.randrange(len(cells)))
            text = ",".join(cells)
        text = text or " "
    raw = text.encode(rng.choice(("utf-8", "utf-8-sig", "utf-16")), "replace")
    return raw[: rng.randrange(1, len(raw) + 1)] if rng.random() < 0.1 else raw


def outcome(path: Path, kind: str, raw: bytes) -> str:
    """Return what comes of a file: a scenario that accounts for every item, or a refusal."""
    path.write_bytes(raw)
    options = ItemOptions(map="jira" if kind == "json" else kind, data_date=date(2027, 3, 8), has_people=True)
    try:
        schedule = read_items(path, options)
    except ScenarioError as error:
        assert all(issue.rule and issue.code for issue in error.issues)
        assert len(str(error)) < 100_000
        return "refused"
    content = document(schedule)
    parse(content)
    text = write_toml(content)
    assert text == write_toml(document(read_items(path, options)))
    return "read"


def check(folder: Path, seeds: range) -> None:
    """Damage each export in many ways."""
    outcomes = {kind: set[str]() for kind in EXPORTS}
    for seed in seeds:
        for kind, text in EXPORTS.items():
            raw = damaged(text, random.Random(f"{kind} {seed}"))
            outcomes[kind].add(outcome(folder / "items.csv", kind, raw))
    assert all(seen == {"read", "refused"} for seen in outcomes.values()), outcomes


def test_a_damaged_export_is_read_or_refused(tmp_path):
    check(tmp_path, range(80))


@pytest.mark.slow
def test_many_damaged_exports_are_read_or_refused(tmp_path):
    check(tmp_path, range(1_000, 2_000))
