"""``riskengine jcl``: a date and an amount at once."""

import json

import numpy as np
import pytest

import riskengine
from riskengine.cli import main
from riskengine.results.folder.store import open_run
from tests.support.command_line import plan
from tests.unit.cli.test_documents import loaded

GATE = """
[gates.both]
name = "Both \\u202e at once"
finish = 2027-06-14
cost = 60000
confidence = 0.5
"""


@pytest.fixture
def results(folder, capsys):
    """The folder with results of a plan that has a gate on both."""
    (folder / "plan.toml").write_text(plan() + GATE, encoding="utf-8")
    assert main(["simulate", "plan.toml", "-n", "1024", "-o", "out"]) == 0
    capsys.readouterr()
    return folder


def document(capsys, *words):
    assert main(["jcl", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_numbers_are_counts_of_the_iterations_in_the_folder(results, capsys):
    found = document(capsys, "out", "--finish", "2027-06-14", "--cost", "60000")
    rows = open_run(results / "out").tables
    finish, cost = (rows["iterations"][name].to_numpy() for name in ("finish", "cost"))
    on_time, within = finish <= np.datetime64("2027-06-15"), cost <= 60_000
    assert found["asked"]["finish"] == "2027-06-14"
    assert found["asked"]["joint"]["value"] == (on_time & within).mean()
    assert found["asked"]["on_time"]["value"] == on_time.mean()
    assert found["asked"]["in_budget_if_on_time"]["value"] == pytest.approx((on_time & within).sum() / on_time.sum())
    (gate,) = found["gates"]
    assert {name: gate[name] for name in found["asked"]} == found["asked"]
    (answer,) = [row for row in rows["gates"].to_pylist() if row["gate"] == "both"]
    assert [gate["joint"][name] for name in ("value", "ci_low", "ci_high")] == [
        answer[name] for name in ("probability", "ci_low", "ci_high")
    ]
    assert found["level"] == 0.7
    assert (found["cost_needed"], found["finish_needed"]) == (None, None)


@pytest.mark.parametrize("command", ["jcl", "drivers", "teams", "contingency"])
def test_a_folder_that_is_not_there_is_no_plan_with_a_wrong_ending(folder, capsys, command):
    assert main([command, "results/nowhere"]) == 4
    assert "RE701 results/nowhere: there is no such folder, and no plan of that name" in capsys.readouterr().err
    assert main([command, "nowhere.toml"]) == 3
    assert "RE101" in capsys.readouterr().err


def test_one_of_the_two_asks_for_the_other(results, capsys):
    found = document(capsys, "out", "--finish", "2027-06-30", "--level", "0.5")
    needed = found["cost_needed"]
    assert needed["cost"]["ci_low"] < needed["cost"]["value"] < needed["cost"]["ci_high"]
    back = document(capsys, "out", "--finish", "2027-06-30", "--cost", str(needed["cost"]["value"]))
    assert back["asked"]["joint"]["value"] == 0.5
    found = document(capsys, "out", "--cost", str(needed["cost"]["value"]), "--level", "0.5")
    assert found["finish_needed"]["finish"]["date"] <= "2027-06-30"


def test_words_say_it_in_sentences(results, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert main(["jcl", "out", "--finish", "2027-06-14", "--cost", "60000"]) == 0
    out, err = capsys.readouterr()
    words = " ".join(out.split())
    assert err == ""
    assert "The plan keeps its date, " in words
    assert "By 14 Jun 2027 and within 60,000 EUR: " in words
    assert "Of the futures on time, " in words
    assert "For 70% both at once at equal percentiles, take P" in words
    assert "P70 of the finish, " in words
    assert "Both \\u202e at once" in words
    assert "Both at once is counted, not multiplied" in words


def test_an_amount_that_no_date_needs_is_told(results, capsys):
    assert main(["jcl", "out", "--finish", "2027-03-05"]) == 0
    assert "no amount gives 70% for both at once: 0%" in " ".join(capsys.readouterr().out.split())
    assert main(["jcl", "out", "--cost", "1"]) == 0
    assert "Within 1 EUR no date gives 70% for both at once" in " ".join(capsys.readouterr().out.split())


def test_a_plan_is_simulated_and_nothing_is_written(results, capsys):
    before = sorted(str(path) for path in results.rglob("*"))
    from_plan = document(capsys, "plan.toml", "-n", "1024")
    assert from_plan == document(capsys, "out")
    assert sorted(str(path) for path in results.rglob("*")) == before


def test_python_answers_as_the_command_does(results, capsys):
    found = document(capsys, "out", "--finish", "2027-06-14T09:30", "--cost", "60000", "--level", "0.65")
    joint = riskengine.open_run("out").jcl(0.65, finish="2027-06-14T09:30", cost=60_000)
    assert joint.document == found
    assert joint.level == 0.65
    assert joint.words[0] in repr(joint)
    assert isinstance(joint, riskengine.JointConfidence)


def test_a_plan_without_cost_is_decided_by_its_date(results, capsys):
    (results / "free.toml").write_text(
        'schema = 1\nname = "Free"\nstart = 2027-03-01\n[tasks.only]\nduration = [3, 5, 9]\n', encoding="utf-8"
    )
    assert main(["jcl", "free.toml", "-n", "256"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert words.startswith("Nothing costs anything")
    found = document(capsys, "free.toml", "-n", "256")
    assert found["equal_percentiles"]["share"]["value"] == pytest.approx(0.7, abs=1 / 256)
    assert found["plan"]["joint"] == found["plan"]["on_time"]


def test_a_plan_that_never_varies_is_always_kept(results, capsys):
    (results / "sure.toml").write_text(
        'schema = 1\nname = "Sure"\nstart = 2027-03-01\n[tasks.only]\nduration = 5\ncost.fixed = 10\n', encoding="utf-8"
    )
    found = document(capsys, "sure.toml", "-n", "256", "--level", "0.999")
    assert found["plan"]["joint"]["value"] == 1
    assert [point["cost"]["value"] for point in found["frontier"]] == [10]
    assert main(["jcl", "sure.toml", "-n", "1"]) == 0


def test_open_ends_say_why(results, capsys):
    assert main(["jcl", "out", "--level", "0.999"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert "Ends of intervals are open: 1,024 iterations say too little of 99.9%; about 3,688 would say more." in words
    found = document(capsys, "out", "--level", "0.999")
    assert found["equal_percentiles"]["cost"]["ci_high"] is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["out", "--level", "70"], "RE640"),
        (["out", "--level", "0"], "RE640"),
        (["out", "--level", "nan"], "RE640"),
        (["out", "--finish", "30.06.2027"], "RE641"),
        (["out", "--finish", "9999-12-31"], "RE641"),
        (["out", "--finish", "2027-06-30T12:00+02:00"], "RE641"),
        (["out", "--cost", "inf"], "RE641"),
        (["out", "--target", "nobody"], "RE923"),
    ],
)
def test_what_cannot_be_answered_is_refused(results, capsys, words, code):
    assert main(["jcl", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, code in err, "Traceback" in err) == ("", True, False)


def test_a_folder_has_its_own_draws(results, capsys):
    assert main(["jcl", "out", "--seed", "3"]) == 2
    assert "--seed is for plans: a results folder has its own" in capsys.readouterr().err


def test_a_damaged_folder_is_refused(results, capsys):
    path = results / "out" / "iterations.arrow"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert main(["jcl", "out"]) == 4
    assert "RE702" in capsys.readouterr().err


def test_a_folder_is_answered_without_compiler_and_engine(results):
    assert loaded(results, "numba riskengine.kernel.block scipy.stats", "jcl", "out") == ""
