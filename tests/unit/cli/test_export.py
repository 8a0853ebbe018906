"""``riskengine export``: what is printed where, and exit statuses."""

import json

import pytest

from tests.support.command_line import riskengine
from tests.support.star_runs import write_batch, write_run


@pytest.fixture
def results(tmp_path):
    return write_batch(tmp_path / "results", 2)


def test_what_was_done_is_data_and_notes_are_words(tmp_path, results):
    done = riskengine("export", "results", "--to", "parquet:out", cwd=tmp_path)
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines[0] == "parquet:out: 2 new, 0 unchanged, 0 replaced"
    assert "fact_iteration" in done.stdout.decode() and "1,200 rows" in done.stdout.decode()
    write_run(tmp_path / "again" / "plan-1", seed=2, project="Project 1", name="Plan 1")
    write_run(tmp_path / "other" / "plan-0", seed=5)
    again = riskengine("export", "again", "results/plan-1", "other", "--to", "parquet:out", cwd=tmp_path)
    assert again.stdout.decode().splitlines()[0] == "parquet:out: 0 new, 1 unchanged, 1 replaced"
    words = again.stderr.decode().splitlines()
    assert words == [
        "note: results/plan-1 and again/plan-1 hold the same run; the first is left out",
        "note: plan-0@2027-03-01 is not as it was, and is replaced",
    ]


def test_the_json_object_in_full(tmp_path, results):
    done = riskengine("export", "results", "--to", "parquet:out", "--table", "fact_gate", "--json", cwd=tmp_path)
    assert json.loads(done.stdout) == {
        "to": "parquet:out",
        "new": ["plan-0@2027-03-01", "plan-1@2027-03-01"],
        "unchanged": [],
        "replaced": [],
        "rows": {"dim_run": 2, "fact_gate": 4},
        "added": [],
    }


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("results", "--to", "out.parquet"), 2, "RE722"),
        (("results", "--to", "parquet:"), 2, "RE722"),
        (("results", "--to", "ods:out"), 2, "RE722"),
        (("results", "--to", "parquet:out", "--table", "fact_tasks"), 2, "RE902"),
        (("results",), 2, "--to"),
        (("--to", "parquet:out"), 2, "RESULTS"),
        (("nowhere", "--to", "parquet:out"), 4, "RE720"),
        (("results", "--to", "parquet:results"), 4, "RE723"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path, results, arguments, status, words):
    done = riskengine("export", *arguments, cwd=tmp_path)
    assert done.returncode == status
    assert words in done.stderr.decode() and "Traceback" not in done.stderr.decode()
    assert done.stdout == b""
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_two_runs_of_one_key_are_refused_by_both_their_names(tmp_path):
    write_run(tmp_path / "a" / "plan", seed=1)
    write_run(tmp_path / "b" / "plan", seed=2)
    done = riskengine("export", "a", "b", "--to", "parquet:out", cwd=tmp_path)
    assert done.returncode == 4
    assert "RE721 a/plan and b/plan are both plan@2027-03-01" in done.stderr.decode()
