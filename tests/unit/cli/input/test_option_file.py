"""Defaults from riskengine.toml and pyproject.toml: which file, which value, and every fault with its line."""

import json

import pytest

from riskengine.cli import main


def settings(capsys, *words):
    assert main(["simulate", "plan.toml", "--no-write", "--json", *words]) == 0
    out, err = capsys.readouterr()
    return json.loads(out)["run"], err


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_file_sets_defaults_for_all_commands_and_for_one(folder, capsys):
    write(folder / "riskengine.toml", "iterations = 512\nseed = 0\n[decide]\niterations = 300\n[simulate]\nseed = 9\n")
    run, err = settings(capsys)
    assert (run["iterations"], run["seed"]) == (512, 9)
    assert "--iterations is 512 by riskengine.toml" in err and "--seed is 9 by riskengine.toml" in err
    assert main(["decide", "plan.toml", "--no-write", "--json"]) == 0
    decided = json.loads(capsys.readouterr().out)["run"]
    assert (decided["iterations"], decided["seed"]) == (300, 0)


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(folder, capsys, monkeypatch):
    write(folder / "riskengine.toml", 'iterations = 512\nseed = 5\nmethod = "lhs"\n')
    monkeypatch.setenv("RISKENGINE_ITERATIONS", "300")
    monkeypatch.setenv("RISKENGINE_SEED", "6")
    run, err = settings(capsys, "-n", "256")
    assert (run["iterations"], run["seed"], run["method"]) == (256, 6, "lhs")
    assert "--seed is 6 by RISKENGINE_SEED of the environment" in err and "--iterations is" not in err


def test_no_config_leaves_the_file_alone_even_a_broken_one(folder, capsys):
    write(folder / "riskengine.toml", "iterations = = 512\n")
    run, err = settings(capsys, "--no-config")
    assert run["iterations"] == 10_240 and "riskengine.toml" not in err


def test_the_nearest_folder_decides_and_is_named(folder, capsys, monkeypatch):
    write(folder / "riskengine.toml", "iterations = 512\n")
    write(folder / "work/pyproject.toml", "[tool.riskengine]\niterations = 300\n")
    write(folder / "work/deep/pyproject.toml", '[project]\nname = "riskengine-user"\n')
    (folder / "plan.toml").rename(folder / "work/deep/plan.toml")
    monkeypatch.chdir(folder / "work/deep")
    run, err = settings(capsys)
    assert run["iterations"] == 300 and "--iterations is 300 by ../pyproject.toml" in err


def test_riskengine_toml_goes_before_pyproject_toml(folder, capsys):
    write(folder / "riskengine.toml", "iterations = 512\n")
    write(folder / "pyproject.toml", "[tool.riskengine]\niterations = 300\n")
    assert settings(capsys)[0]["iterations"] == 512


def test_a_broken_pyproject_without_our_table_is_none_of_our_business(folder, capsys):
    write(folder / "pyproject.toml", "[project\nriskengine\n")
    assert settings(capsys)[0]["iterations"] == 10_240


def test_every_fault_is_told_with_its_line(folder, capsys):
    text = (
        '[tool.riskengine]\niteratons = 5\nseed = true\noutput = "x"\n'
        '[tool.riskengine.decide]\nmethod = "halton"\nuntil = "many"\nlanguage = "de"\n'
        '[tool.riskengine.batch]\nexclude = "draft"\niterations = 0\n[tool.riskengine.decied]\nseed = 1\n'
    )
    write(folder / "pyproject.toml", text)
    assert main(["simulate", "plan.toml", "--no-write"]) == 3
    out, err = capsys.readouterr()
    lines = [line for line in err.splitlines() if ": RE" in line]
    named = [(line.split(": ")[0].rsplit(":", 1)[1], line.split(": ")[1].split()[0]) for line in lines]
    assert not out
    assert named == [
        ("2", "RE915"),
        ("3", "RE916"),
        ("4", "RE915"),
        ("6", "RE916"),
        ("7", "RE916"),
        ("8", "RE915"),
        ("10", "RE916"),
        ("11", "RE916"),
        ("12", "RE915"),
    ]
    assert 'did you mean "iterations"?' in err and 'did you mean "decide"?' in err
    assert err.startswith("pyproject.toml:2: RE915 tool.riskengine.iteratons")
    assert "tool.riskengine.decide.method: must be a value that --method takes" in err


@pytest.mark.parametrize("text", ["iterations = 512.0", 'iterations = "512"', "iterations = [512]", "simulate = 3"])
def test_values_of_another_kind_are_refused(folder, capsys, text):
    write(folder / "riskengine.toml", text)
    assert main(["simulate", "plan.toml", "--no-write"]) == 3
    assert "riskengine.toml:1: RE91" in capsys.readouterr().err


def test_patterns_of_a_batch_are_said(folder, capsys):
    write(folder / "riskengine.toml", '[batch]\nexclude = ["faulty*", "open*"]\niterations = 256\n')
    assert main(["batch", ".", "--no-write", "--json"]) == 0
    out, err = capsys.readouterr()
    assert [row["scenario_key"] for row in json.loads(out)["scenarios"]] == ["plan"]
    assert "--exclude is faulty*, open* by riskengine.toml" in err


def test_the_switch_of_a_check_is_said(folder, capsys):
    write(folder / "riskengine.toml", "[check]\nstrict = true\n")
    main(["check", "plan.toml"])
    assert "--strict is on by riskengine.toml" in capsys.readouterr().err


def test_help_and_completion_do_not_read_the_file(folder, capsys):
    write(folder / "riskengine.toml", "iteratons = 512\n")
    assert main(["simulate", "--help"]) == 0
    assert main(["--help"]) == 0


def test_a_scenario_of_that_name_is_a_scenario(folder, capsys):
    (folder / "plan.toml").rename(folder / "riskengine.toml")
    assert main(["batch", ".", "--exclude", "faulty*", "--no-write", "-n", "256", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["scenarios"]
    assert {row["scenario_key"] for row in rows} == {"riskengine", "open"}


def test_the_language_of_a_history_is_said(folder, tmp_path, capsys):
    write(folder / "riskengine.toml", 'language = "de"\n')
    main(["history", "-o", "none.duckdb"])
    assert "--language is de by riskengine.toml" in capsys.readouterr().err
