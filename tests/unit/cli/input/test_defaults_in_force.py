"""Options that the environment sets."""

import json

import pytest

from riskengine.cli import main


@pytest.fixture(autouse=True)
def set_iterations(monkeypatch):
    monkeypatch.setenv("RISKENGINE_ITERATIONS", "512")


def settings(capsys, *words):
    assert main(["simulate", "plan.toml", "--no-write", "--json", *words]) == 0
    out, err = capsys.readouterr()
    return json.loads(out)["run"], err


def test_the_environment_sets_a_default_and_that_is_said(folder, capsys, monkeypatch):
    monkeypatch.setenv("RISKENGINE_SEED", "7")
    run, err = settings(capsys)
    assert (run["iterations"], run["seed"]) == (512, 7)
    assert "--iterations is 512 by RISKENGINE_ITERATIONS" in err and "--seed is 7 by RISKENGINE_SEED" in err


def test_the_command_line_goes_before_it(folder, capsys):
    run, err = settings(capsys, "-n", "256")
    assert run["iterations"] == 256 and "RISKENGINE" not in err


def test_nothing_is_said_of_what_is_built_in_anyway(folder, capsys, monkeypatch):
    monkeypatch.setenv("RISKENGINE_SEED", "1")
    assert "RISKENGINE_SEED" not in settings(capsys)[1]


def test_a_misspelt_variable_is_told(folder, capsys, monkeypatch):
    monkeypatch.setenv("RISKENGINE_ITERATION", "9")
    monkeypatch.setenv("RISKENGINE_HOME", "/opt")
    err = settings(capsys)[1]
    assert "warning: RISKENGINE_ITERATION has no effect; did you mean RISKENGINE_ITERATIONS?" in err
    assert "RISKENGINE_HOME" not in err


@pytest.mark.parametrize("value", ["many", "0", "1,000"])
def test_a_wrong_value_is_a_usage_error(folder, capsys, monkeypatch, value):
    monkeypatch.setenv("RISKENGINE_ITERATIONS", value)
    assert main(["simulate", "plan.toml", "--no-write"]) == 2
    assert "iterations" in capsys.readouterr().err
