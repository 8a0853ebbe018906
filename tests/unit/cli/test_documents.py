"""``check``, ``resolve``, ``schema``, ``new``, ``explain`` and ``verify``."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from riskengine import scenario
from riskengine.cli import main
from riskengine.errors.catalogue import CATALOGUE
from tests.support.command_line import environment


def test_check_echoes_what_was_understood(folder, capsys):
    assert main(["check", "plan.toml"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("plan.toml: good")
    for words in ("tasks         2", "risks         1", "calendars     standard", "delivery: project by 14 Jun 2027"):
        assert words in out
    assert err == ""


def test_check_lists_every_fault_of_every_file_and_goes_on(folder, capsys):
    assert main(["check", "faulty.toml", "plan.toml", "nowhere.toml"]) == 3
    out, err = capsys.readouterr()
    assert out.startswith("plan.toml: good")
    assert "RE202" in err and "RE301" in err and "RE101" in err
    assert err.splitlines()[-1].endswith("faults")


def test_check_as_json_has_issues_with_code_line_and_path(folder, capsys):
    assert main(["check", "faulty.toml", "plan.toml", "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert found["valid"] is False
    faulty, good = found["scenarios"]
    assert {"RE202", "RE301"} <= {issue["code"] for issue in faulty["issues"]}
    assert next(i["line"] for i in faulty["issues"] if i["code"] == "RE202") == 6
    assert (good["valid"], good["tasks"], good["issues"]) == (True, 2, [])


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"[gates.delivery]": "[gates.x]", "2027-06-14": "2027-01-01"}, "gate x asks for a finish"),
        ({"confidence = 0.5": "confidence = 0.3"}, "less than an even chance"),
        ({'after = ["design"]': ""}, "RE551 2 unfinished tasks without predecessor or successor: build, design"),
        ({"[20, 25, 40]": "[1, 25, 40]"}, "more than 20 times low"),
        ({"[20, 25, 40]": "[2000, 2500, 4000]"}, "longer than 1,000 working days"),
        ({"probability = 0.3": "probability = 1.0"}, "certain to occur"),
        ({"probability = 0.3": "probability = 0.3\nactive = false"}, "switched off"),
    ],
)
def test_check_hints_at_what_is_seldom_meant(folder, capsys, change, hint):
    text = (folder / "plan.toml").read_text()
    for before, after in change.items():
        assert before in text
        text = text.replace(before, after)
    (folder / "plan.toml").write_text(text)
    assert main(["check", "plan.toml"]) == 0
    assert hint in capsys.readouterr().out


def test_a_plan_without_oddities_gets_no_hint(folder, capsys):
    main(["check", "plan.toml"])
    out = capsys.readouterr().out
    assert "hint" not in out
    assert "warning" not in out


PROBE = """
import sys
from riskengine.cli import main
main(sys.argv[2:])
loaded = set(sys.argv[1].split()) & set(sys.modules)
sys.exit(repr(loaded) if loaded else 0)
"""


def loaded(folder, unwanted, *words):
    """What of the unwanted modules a command loads; an empty text for nothing."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, unwanted, *words], env=environment(), cwd=folder, capture_output=True, check=False
    )
    return done.stderr.decode()


@pytest.mark.parametrize("words", [["check", "plan.toml"], ["resolve", "plan.toml"], ["--help"], ["explain"]])
def test_light_commands_load_no_heavy_library(folder, words):
    assert loaded(folder, "numpy scipy numba pyarrow rich", *words) == ""


def test_help_imports_no_command_and_no_model(folder):
    assert (
        loaded(
            folder,
            "riskengine.cli.commands.check riskengine.cli.commands.simulate riskengine.scenario pydantic",
            "--help",
        )
        == ""
    )


def test_the_probe_sees_what_a_command_loads(folder):
    assert "numpy" in loaded(folder, "numpy", "verify", "nowhere")


def test_resolving_twice_changes_nothing_and_its_hash_is_the_digest(folder, capsys):
    assert main(["resolve", "plan.toml"]) == 0
    first = capsys.readouterr().out
    (folder / "resolved.json").write_text(first, encoding="utf-8")
    assert main(["resolve", "resolved.json"]) == 0
    assert capsys.readouterr().out == first
    digest = scenario.digest(scenario.read(folder / "plan.toml"))
    assert hashlib.sha256(first.encode()).hexdigest() == digest


def test_resolve_writes_a_file_whole(folder, capsys):
    assert main(["resolve", "plan.toml", "-o", "out.json"]) == 0
    assert capsys.readouterr().out == ""
    assert (folder / "out.json").read_text(encoding="utf-8") == scenario.dumps(scenario.read(folder / "plan.toml"))
    assert main(["resolve", "plan.toml", "-o", "missing/out.json"]) == 4
    (folder / "taken").mkdir()
    assert main(["resolve", "plan.toml", "-o", "taken"]) == 4
    assert sorted(p.name for p in folder.iterdir()) == ["faulty.toml", "open.toml", "out.json", "plan.toml", "taken"]


def test_resolve_of_a_faulty_scenario_writes_nothing(folder, capsys):
    assert main(["resolve", "faulty.toml", "-o", "out.json"]) == 3
    assert not (folder / "out.json").exists()
    assert capsys.readouterr().out == ""


def test_schema_is_a_json_schema(folder, capsys):
    assert main(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(json.dumps(scenario.json_schema()))
    assert main(["schema", "-o", "s.json"]) == 0
    assert json.loads((folder / "s.json").read_text(encoding="utf-8")) == printed


def test_explain_prints_rule_reason_example_and_cure(folder, capsys):
    assert main(["explain", "re202"]) == 0
    out = capsys.readouterr().out
    entry = CATALOGUE["RE202"]
    for words in ("RE202", entry.title, entry.rule, entry.reason, entry.cure, *entry.example.split("\n")):
        assert words in out


def test_explain_without_a_code_lists_them_all(folder, capsys):
    assert main(["explain"]) == 0
    assert [line[:5] for line in capsys.readouterr().out.splitlines()] == sorted(CATALOGUE)


def test_an_unknown_code_is_a_usage_error(folder, capsys):
    assert main(["explain", "RE999"]) == 2
    assert "RE901" in capsys.readouterr().err


def test_new_starts_from_every_template_and_what_it_writes_is_good(folder, capsys):
    assert main(["new", "--list"]) == 0
    names = capsys.readouterr().out.split()
    assert "minimal" in names and len(names) >= 8
    for name in names:
        (folder / name).mkdir(parents=True)
        assert main(["new", f"{name}/mine.toml", "--template", name]) == 0
        assert main(["check", f"{name}/mine.toml"]) == 0, capsys.readouterr().err


def test_new_never_overwrites(folder, capsys):
    before = (folder / "plan.toml").read_text()
    assert main(["new", "plan.toml"]) == 2
    assert "RE904" in capsys.readouterr().err
    assert (folder / "plan.toml").read_text() == before


def test_new_puts_the_sheets_of_a_template_where_it_looks_for_them(folder, monkeypatch):
    files = {"big/plan.toml": "main", "big/base.toml": "base", "big/sheets/tasks.csv": "id"}
    monkeypatch.setattr("riskengine.scenario.starter_files", lambda name: files)
    (folder / "here").mkdir()
    assert main(["new", "here/mine.toml"]) == 0
    assert {p.relative_to(folder).as_posix(): p.read_text() for p in (folder / "here").rglob("*.*")} == {
        "here/mine.toml": "main",
        "here/base.toml": "base",
        "here/sheets/tasks.csv": "id",
    }


def test_new_writes_all_files_of_a_template_or_none(folder, capsys, monkeypatch):
    files = {"main.toml": "x", "tasks.csv": "id"}
    monkeypatch.setattr("riskengine.scenario.starter_files", lambda name: files)
    (folder / "tasks.csv").write_text("mine")
    assert main(["new", "mine.toml"]) == 2
    assert not (folder / "mine.toml").exists()
    assert (folder / "tasks.csv").read_text() == "mine"


def test_an_unknown_template_is_a_usage_error(folder, capsys):
    assert main(["new", "x.toml", "--template", "minimall"]) == 2
    err = capsys.readouterr().err
    assert "RE903" in err and "did you mean minimal?" in err


def test_new_without_a_path_is_a_usage_error(folder, capsys):
    assert main(["new"]) == 2
    assert "PATH" in capsys.readouterr().err


def test_verify_finds_a_flipped_bit(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "out"]) == 0
    capsys.readouterr()
    assert main(["verify", "out"]) == 0
    assert "whole" in capsys.readouterr().out
    data = bytearray((folder / "out/iterations.arrow").read_bytes())
    data[len(data) // 2] ^= 4
    (folder / "out/iterations.arrow").write_bytes(data)
    (folder / "out/tasks.arrow").unlink()
    assert main(["verify", "out"]) == 4
    out, err = capsys.readouterr()
    assert "iterations.arrow" in out and "tasks.arrow" in out
    assert "2 damages" in err


def test_verify_of_a_batch_folder_names_a_run_in_it(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "all/b"]) == 0
    (folder / "all/c").mkdir()
    (folder / "all/c/manifest.json").write_text("{}")
    capsys.readouterr()
    assert main(["verify", "all"]) == 4
    err = capsys.readouterr().err
    assert "it holds 2 runs" in err
    assert str(Path("all/b")) in err


@pytest.mark.parametrize("name", ["x.json", "foo", ".."])
def test_new_writes_no_file_that_no_command_would_read(folder, capsys, name):
    assert main(["new", name]) == 2
    assert "must end in .toml" in capsys.readouterr().err
    assert not (folder / "x.json").exists()
    assert not (folder / "foo").exists()


def test_verify_of_something_else_is_a_results_error(folder, capsys):
    (folder / "x").mkdir()
    for name in ("x", "nowhere"):
        assert main(["verify", name]) == 4
        assert "RE701" in capsys.readouterr().err
