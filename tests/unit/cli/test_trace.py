"""``riskengine trace``: one iteration of a run again."""

import json
import re

import numpy as np
import pytest

import riskengine
from riskengine.cli import main
from riskengine.results.folder.store import open_run


@pytest.fixture
def results(folder, capsys):
    """The folder with the results of ``plan.toml`` in ``out``."""
    assert main(["simulate", "plan.toml", "-n", "700", "--seed", "4", "-o", "out"]) == 0
    capsys.readouterr()
    return folder


def document(capsys, *words):
    assert main(["trace", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_iteration_of_a_folder_is_the_one_that_it_holds(results, capsys):
    table = open_run("out").tables["iterations"]
    for iteration in (0, 255, 256, 699):
        found = document(capsys, "out", "--iteration", str(iteration))
        assert found["iteration"] == iteration
        assert found["cost"] == table["cost"][iteration].as_py()
        finish = found["finish"]["project"]
        assert finish["instant"] == str(table["finish"].to_numpy()[iteration].astype("datetime64[s]"))
        assert finish["days"] == table["finish_days"][iteration].as_py()
        assert sum(task["cost"] for task in found["tasks"]) + found["cost_elsewhere"] == pytest.approx(found["cost"])
        assert found["no_later"] == np.count_nonzero(table["finish_days"].to_numpy() <= finish["days"])
        assert found["no_dearer"] == np.count_nonzero(table["cost"].to_numpy() <= found["cost"])
        assert (found["near"], found["seed"], found["iterations"]) == (None, 4, 700)


def test_a_plan_is_traced_as_its_folder_is(results, capsys):
    of_folder = document(capsys, "out", "--near", "p80")
    of_plan = document(capsys, "plan.toml", "--near", "P80", "-n", "700", "--seed", "4")
    assert of_plan == of_folder
    finish = np.sort(open_run("out").tables["iterations"]["finish"].to_numpy())
    assert of_folder["near"]["low"] == str(finish[556].astype("datetime64[s]"))
    assert of_folder["near"]["high"] == str(finish[562].astype("datetime64[s]"))
    assert of_folder["near"]["candidates"] == 7
    assert of_folder["near"]["low"] <= of_folder["finish"]["project"]["instant"] <= of_folder["near"]["high"]


def test_cost_and_gates_have_percentiles_of_their_own(results, capsys):
    cost = np.sort(open_run("out").tables["iterations"]["cost"].to_numpy())
    found = document(capsys, "out", "--near", "50", "--of", "cost")
    assert (found["near"]["low"], found["near"]["high"]) == (cost[346], cost[352])
    assert cost[346] <= found["cost"] <= cost[352]
    of_gate = document(capsys, "out", "--near", "p90", "--of", "delivery")
    assert of_gate == document(capsys, "out", "--near", "p90")


def test_words_say_what_happened(results, capsys):
    assert main(["trace", "out", "--near", "p80"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "It is the typical one of the 7 iterations next to P80 of the finish" in out
    assert "Driving path: design -> build." in out
    assert "of 700 iterations finish no later" in out
    assert "finish and cost are those of the run, to the bit" in out
    assert main(["trace", "out", "--iteration", "3", "--all"]) == 0
    assert "Tasks" in capsys.readouterr().out


def test_an_elapsed_delay_is_in_calendar_days(folder, capsys):
    text = (
        'schema = 1\nname = "e"\nstart = 2027-03-01\n[tasks.cast]\nduration = 2\n'
        '[risks.cold]\nprobability = 1\nimpacts.cast.delay = ["2ed", "3ed", "5ed"]\n'
    )
    (folder / "elapsed.toml").write_text(text, encoding="utf-8")
    assert main(["trace", "elapsed.toml", "--iteration", "0", "-n", "8"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert re.search(r"cast delay \+[0-9.]+ calendar days", out), out


def test_what_was_never_simulated_is_refused(results, capsys):
    for words, code in (
        (["--iteration", "700"], "RE650 the run has no iteration 700: they are numbered from 0 to 699"),
        ([], "RE651 either an iteration or a percentile"),
        (["--iteration", "3", "--near", "p80"], "RE651"),
        (["--near", "p0"], "RE652"),
        (["--near", "nan"], "RE652"),
        (["--near", "p100.1"], "RE652"),
        (["--near", "p80", "--of", "delivry"], "RE653 nothing to trace is called 'delivry'; there is finish, cost"),
        (["--near", "p80", "--seed", "4"], "--seed is for plans"),
    ):
        assert main(["trace", "out", *words]) == 2
        assert code in capsys.readouterr().err


def test_a_folder_whose_iteration_does_not_come_out_again_is_refused(results, capsys, monkeypatch):
    from riskengine import engine

    true = engine.trace
    monkeypatch.setattr(engine, "trace", lambda plan, seed, *others: true(plan, seed + 1, *others))
    assert main(["trace", "out", "--iteration", "5"]) == 4
    assert "RE933 iteration 5 has the cost" in capsys.readouterr().err


def test_a_damaged_folder_is_refused(results, capsys):
    data = bytearray((results / "out/iterations.arrow").read_bytes())
    data[len(data) // 2] ^= 1
    (results / "out/iterations.arrow").write_bytes(data)
    assert main(["trace", "out", "--iteration", "5"]) == 4
    assert "RE702" in capsys.readouterr().err
    assert main(["trace", "nowhere", "--iteration", "5"]) == 4
    assert "RE701" in capsys.readouterr().err


def test_python_has_the_same(results, capsys):
    found = document(capsys, "out", "--iteration", "9")
    trace = riskengine.open_run("out").trace(9)
    assert trace.document == found
    assert (trace.iteration, list(trace.path), trace.words) == (9, found["path"], found["words"])
    assert repr(trace) == f"<Trace: {found['words'][0]}>"
    with pytest.raises(riskengine.UsageError, match="RE922"):
        riskengine.open_run("out").trace(1.0)


@pytest.mark.parametrize("width", ["20", "60", "200"])
def test_every_width_is_kept(results, capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    assert main(["trace", "out", "--iteration", "3", "--all"]) == 0
    assert all(len(line) <= int(width) for line in capsys.readouterr().out.splitlines() if " " in line.strip())


def test_names_cannot_act_on_a_terminal(folder, capsys):
    (folder / "evil.toml").write_text(
        'schema = 1\nname = "a\\u202e"\nstart = 2027-03-01\n[tasks.a]\nname = "\\u202e"\nduration = [1, 2, 3]\n',
        encoding="utf-8",
    )
    assert main(["trace", "evil.toml", "--near", "p50", "-n", "1"]) == 0
    assert "\u202e" not in capsys.readouterr().out
