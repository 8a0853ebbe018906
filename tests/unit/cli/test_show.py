"""``riskengine show``, and the five lines of ``--brief``."""

import json

import pytest

from riskengine.cli import main
from tests.support.command_line import plan
from tests.unit.cli.test_documents import loaded

HELD = """schema = 1
name = "Held"
start = 2027-03-01
[tasks.a]
duration = [3, 5, 9]
constraints = ["MFO 2027-03-31T17:00:00"]
"""


@pytest.mark.parametrize("width", ["40", "80", "110"])
@pytest.mark.parametrize("words", [[], ["--brief"]])
def test_the_same_words_come_from_the_folder(folder, capsys, monkeypatch, width, words):
    monkeypatch.setenv("COLUMNS", width)
    assert main(["simulate", "plan.toml", "-n", "512", *words]) == 0
    printed = capsys.readouterr().out
    assert main(["show", "results/plan", *words]) == 0
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize("options", [[], ["--ignore-hard-constraints"], ["--no-contributions"], ["--until", "2048"]])
def test_the_same_object_comes_from_the_folder_but_for_the_time_it_took(folder, capsys, options):
    (folder / "held.toml").write_text(HELD)
    name = "plan.toml" if options[:1] == ["--until"] else "held.toml"
    assert main(["simulate", name, "-n", "256", "--json", "-o", "out", *options]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert main(["show", "out", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert printed["run"].pop("elapsed_s") > 0
    assert again["run"].pop("elapsed_s") is None
    assert again == printed


def test_that_hard_constraints_were_ignored_is_said_again(folder, capsys):
    (folder / "held.toml").write_text(HELD)
    assert main(["simulate", "held.toml", "-n", "256", "--ignore-hard-constraints"]) == 0
    capsys.readouterr()
    assert main(["show", "results/held"]) == 0
    assert "Hard constraints are ignored" in capsys.readouterr().out


def test_show_writes_nothing_and_needs_no_scenario(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "out"]) == 0
    (folder / "plan.toml").unlink()
    before = sorted(str(path) for path in folder.rglob("*"))
    assert main(["show", "out"]) == 0
    assert sorted(str(path) for path in folder.rglob("*")) == before
    assert "simulated" not in capsys.readouterr().err


def test_show_loads_neither_compiler_nor_engine(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "out"]) == 0
    unwanted = "numba llvmlite riskengine.engine riskengine.kernel riskengine.plan riskengine.scenario riskengine.api"
    for form in ([], ["--brief"], ["--json"]):
        assert loaded(folder, unwanted, "show", "out", *form) == ""
    assert "pyarrow" in loaded(folder, "pyarrow", "show", "out")


def test_a_damaged_folder_is_not_shown(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "out"]) == 0
    part = folder / "out/percentiles.arrow"
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    capsys.readouterr()
    assert main(["show", "out"]) == 4
    out, err = capsys.readouterr()
    assert out == "" and "RE702" in err


def test_a_folder_of_folders_names_one_of_them(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "256"]) == 0
    capsys.readouterr()
    assert main(["show", "results"]) == 4
    assert "it holds a run; name one run, as results/plan" in capsys.readouterr().err.replace("\\", "/")
    assert main(["show", "nowhere"]) == 4
    assert "RE701" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["simulate", "decide"])
def test_brief_is_five_lines_with_the_same_exit_status(folder, capsys, command):
    (folder / "plan.toml").write_text(plan(confidence=0.95))
    assert main([command, "plan.toml", "-n", "512", "--brief", "--no-write"]) == (10 if command == "decide" else 0)
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Tiny", "Gates", "Finish", "Cost", "Drivers"]
    assert "NO-GO" in lines[0]


def test_brief_and_json_exclude_each_other(folder, capsys):
    for words in (["simulate", "plan.toml"], ["decide", "plan.toml"], ["show", "out"]):
        assert main([*words, "--json", "--brief"]) == 2
        assert "exclude each other" in capsys.readouterr().err
