"""``riskengine history``: what is printed where, and exit statuses."""

import json
import re

import pytest

from tests.support.command_line import riskengine
from tests.support.star_runs import write_run


@pytest.fixture
def folder(tmp_path):
    write_run(tmp_path / "march" / "plan")
    write_run(tmp_path / "april" / "plan", seed=2, days_later=31)
    return tmp_path


def test_runs_are_added_once_and_shown(folder):
    first = riskengine("history", "march", "-o", "h.duckdb", cwd=folder)
    assert (first.returncode, first.stderr) == (0, b"h.duckdb: 1 new, 0 unchanged, 0 replaced\n")
    both = riskengine("history", "march", "april", "-o", "h.duckdb", cwd=folder)
    assert both.stderr == b"h.duckdb: 1 new, 1 unchanged, 0 replaced\n"
    alone = riskengine("history", "-o", "h.duckdb", cwd=folder)
    assert (alone.returncode, alone.stderr) == (0, b"")
    assert alone.stdout == both.stdout
    lines = both.stdout.decode().splitlines()
    assert lines[0] == "plan: Chain" and lines[2].startswith("  1 Mar 2027") and lines[3].startswith("  1 Apr 2027")
    move = re.search(r"[+-][\d.]+ (\w+)", lines[3])
    assert move is not None and move.group(1) == "days", lines[3]


def test_json_is_one_object(folder):
    done = riskengine("history", "march", "april", "-o", "h.duckdb", "--json", cwd=folder)
    (scenario,) = json.loads(done.stdout)["scenarios"]
    assert [status["run_key"] for status in scenario["statuses"]] == ["plan@2027-03-01", "plan@2027-04-01"]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("-o", "none.duckdb"), 4, "RE720"),
        (("nowhere", "-o", "h.duckdb"), 4, "RE720"),
        (("march",), 2, "--output"),
        (("march", "-o", "march/plan/manifest.json"), 4, "RE723"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(folder, arguments, status, words):
    done = riskengine("history", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (status, b"")
    assert words in done.stderr.decode() and "Traceback" not in done.stderr.decode()
    assert sorted(path.name for path in folder.iterdir()) == ["april", "march"]
