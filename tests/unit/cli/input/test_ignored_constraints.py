"""``--ignore-hard-constraints``, in the words and in the results."""

import json

import pytest

from riskengine.cli import main
from riskengine.reading import read
from riskengine.report.summary.terminal import WITHOUT_HARD
from riskengine.results.folder.store import open_run, verify
from tests.support.places import ROOT

HELD = """schema = 1
name = "Held"
start = 2027-03-01
HEAD
[tasks.a]
duration = [3, 5, 9]
constraints = ["MFO 2027-03-31T17:00:00"]
"""
LEFT_OUT = "held.toml: 1 hard constraint ignored: a MFO 2027-03-31T17:00:00\n"


@pytest.fixture
def place(folder):
    (folder / "held.toml").write_text(HELD.replace("HEAD", ""))
    (folder / "said.toml").write_text(HELD.replace("HEAD", 'schedule = { hard_constraints = "ignored" }'))
    return folder


def answered(capsys, *words):
    assert main(["simulate", *words, "-n", "256", "--json"]) == 0
    out, err = capsys.readouterr()
    return json.loads(out), err


def test_results_say_that_hard_constraints_are_ignored(place, capsys):
    kept, err = answered(capsys, "held.toml", "-o", "kept")
    assert kept["run"]["hard_constraints"] == "kept" and "ignored" not in err
    left, err = answered(capsys, "held.toml", "-o", "left", "--ignore-hard-constraints")
    assert left["run"]["hard_constraints"] == "ignored" and LEFT_OUT in err
    assert left["run"]["digest"] != kept["run"]["digest"]
    assert left["finish"]["mean"]["value"] < kept["finish"]["mean"]["value"]
    stored = json.loads((place / "left/scenario.json").read_text())
    assert stored["schedule"]["hard_constraints"] == "ignored"
    assert "schedule" not in json.loads((place / "kept/scenario.json").read_text())
    assert verify(place / "left") == []
    assert open_run("left").manifest["digest"] == left["run"]["digest"]


def test_a_file_that_says_so_gives_the_same_numbers(place, capsys):
    left, _ = answered(capsys, "held.toml", "--no-write", "--ignore-hard-constraints")
    said, err = answered(capsys, "said.toml", "--no-write")
    assert said["run"]["digest"] == left["run"]["digest"] and said["finish"] == left["finish"]
    assert "said.toml: hard constraints are ignored, as the file says\n" in err
    both, err = answered(capsys, "said.toml", "--no-write", "--ignore-hard-constraints")
    assert both["run"]["digest"] == left["run"]["digest"] and "no hard constraints" not in err


def test_the_page_names_every_key_about_the_run(place, capsys):
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    (row,) = (line for line in page.splitlines() if line.startswith("| `run` | "))
    found, _ = answered(capsys, "held.toml", "--no-write")
    assert {key for key in found["run"] if f"`{key}`" not in row} == set()


def test_the_summary_has_a_line_about_it(place, capsys):
    assert main(["simulate", "held.toml", "-n", "256", "--no-write", "--ignore-hard-constraints"]) == 0
    assert capsys.readouterr().out.endswith(f"\n\n{WITHOUT_HARD}\n")
    assert main(["simulate", "held.toml", "-n", "256", "--no-write"]) == 0
    assert WITHOUT_HARD not in capsys.readouterr().out


def test_a_batch_stores_it_with_every_scenario(place, capsys):
    assert main(["batch", "held.toml", "-n", "256", "-o", "all", "--ignore-hard-constraints"]) == 0
    (stored,) = (place / "all").glob("*/scenario.json")
    assert json.loads(stored.read_text())["schedule"]["hard_constraints"] == "ignored"


def test_check_names_what_a_file_leaves_out_and_does_not_compare_its_dates(place, capsys):
    with (place / "said.toml").open("a") as file:
        file.write("imported = { early_start = 2027-03-01T08:00:00 }\n")
    assert main(["check", "said.toml"]) == 0
    out = capsys.readouterr().out
    assert "  hint: 1 hard constraint ignored: a MFO 2027-03-31T17:00:00\n" in out
    assert "  handshake: not compared, the scenario leaves out the hard constraints" in out
    assert read("said.toml").imported is None
