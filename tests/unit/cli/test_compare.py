"""``riskengine compare``: what one plan changes against another."""

import json
import re

import numpy as np
import pytest

from riskengine.cli import main
from riskengine.results.folder.store import open_run
from tests.support.command_line import plan

CHANGE = """schema = 1
name = "With CR-12"
extends = "plan.toml"
[tasks.test]
duration = [5, 6, 9]
after = ["build"]
cost.fixed = 8000
[risks.late]
probability = 0.5
"""


@pytest.fixture
def changed(folder):
    """The folder with a change of the plan beside it."""
    (folder / "plan+cr12.toml").write_text(CHANGE, encoding="utf-8")
    return folder


def compare(*words):
    return main(["compare", *words])


def document(capsys, *words):
    assert compare(*words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_differences_are_those_of_the_two_runs(changed, capsys):
    found = document(capsys, "plan.toml", "plan+cr12.toml", "-n", "512", "--seed", "3")
    assert (found["before"], found["after"]) == ("plan", "plan+cr12")
    assert (found["iterations"], found["seed"], found["method"], found["alike"]) == (512, 3, "sobol", False)
    for name in ("plan", "plan+cr12"):
        assert main(["simulate", f"{name}.toml", "-n", "512", "--seed", "3", "-o", name]) == 0
    capsys.readouterr()
    before, after = (open_run(name).tables["iterations"] for name in ("plan", "plan+cr12"))
    rows = {(row["measure"], row["statistic"]): row for row in found["differences"]}
    for measure, column in (("finish", "finish_days"), ("cost", "cost")):
        old, new = (np.sort(each[column].to_numpy()) for each in (before, after))
        row = rows[measure, "p80"]
        assert (row["before"], row["after"]) == (old[409], new[409])
        assert row["difference"] == new[409] - old[409]
        assert row["ci_low"] < row["difference"] < row["ci_high"]
    assert rows["finish", "p80"]["unit"] == "working days"
    assert rows["cost", "plan"]["difference"] == rows["cost", "plan"]["ci_low"] == 8000
    (gate,) = found["gates"]
    assert gate["after"]["probability"] - gate["before"]["probability"] == pytest.approx(gate["difference"])
    assert gate["ci_low"] < gate["difference"] < gate["ci_high"] < 0


def test_a_sentence_says_what_the_change_does(changed, capsys):
    assert compare("plan.toml", "plan+cr12.toml") == 0
    out, err = capsys.readouterr()
    words = " ".join(out.split())
    assert "plan+cr12 moves P80 of the finish by +" in words
    assert "working days [" in words
    assert "and P80 of the cost by +" in words
    assert "Gate delivery goes from " in words
    assert "10,240 iterations of both plans on the same random numbers (sobol, seed 1)" in words
    assert not (changed / "results").exists()
    assert "Traceback" not in err


def test_a_plan_beside_itself_differs_by_exactly_nothing(changed, capsys):
    found = document(capsys, "plan.toml", "plan.toml", "-n", "300")
    assert found["alike"] is True
    assert {row["difference"] for row in found["differences"]} == {0}
    assert {row[end] for row in found["differences"] for end in ("ci_low", "ci_high")} == {0}
    assert [found["gates"][0][name] for name in ("difference", "ci_low", "ci_high")] == [0, 0, 0]
    assert found["words"][0].endswith("are computed alike: no date and no cost differs.")


def test_names_and_gates_alone_change_no_number(changed, capsys):
    (changed / "named.toml").write_text(
        'schema = 1\nname = "N"\nextends = "plan.toml"\ntasks.build.name = "Hall"\ngates.delivery.confidence = 0.9\n'
        "[gates.more]\ncost = 60000\nconfidence = 0.5\n",
        encoding="utf-8",
    )
    found = document(capsys, "plan.toml", "named.toml", "-n", "300")
    assert found["alike"] is True
    assert found["gates_after"] == ["more"]
    assert "Gate more is in named alone." in found["words"]


def test_results_folders_are_compared_on_the_iterations_that_both_have(changed, capsys):
    assert main(["simulate", "plan.toml", "-n", "700", "--seed", "9", "--method", "lhs", "-o", "a"]) == 0
    assert main(["simulate", "plan+cr12.toml", "-n", "512", "--seed", "9", "--method", "lhs", "-o", "b"]) == 0
    capsys.readouterr()
    of_folders = document(capsys, "a", "b")
    assert (of_folders["iterations"], of_folders["seed"], of_folders["method"]) == (512, 9, "lhs")
    words = ("-n", "512", "--seed", "9", "--method", "lhs")
    of_plans = document(capsys, "plan.toml", "plan+cr12.toml", *words)
    assert of_folders["differences"] == of_plans["differences"]
    assert document(capsys, "a", "plan+cr12.toml")["iterations"] == 700


def test_runs_that_have_no_draws_in_common_are_refused(changed, capsys):
    assert main(["simulate", "plan.toml", "-n", "256", "--seed", "9", "-o", "a"]) == 0
    assert main(["simulate", "plan.toml", "-n", "256", "--seed", "8", "-o", "b"]) == 0
    assert main(["simulate", "plan.toml", "-n", "256", "--seed", "9", "--method", "lhs", "-o", "c"]) == 0
    capsys.readouterr()
    assert compare("a", "b") == 2
    assert "RE932 one run has the seed 9, and the other 8" in capsys.readouterr().err
    assert compare("a", "c") == 2
    assert "RE932 one run has the method sobol, and the other lhs" in capsys.readouterr().err


def test_options_that_a_folder_answers_itself_are_refused_with_one(changed, capsys):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "a"]) == 0
    capsys.readouterr()
    assert compare("a", "plan.toml", "--seed", "1") == 2
    assert "--seed is for plans" in capsys.readouterr().err


def test_a_folder_whose_numbers_do_not_come_out_again_is_refused(changed, capsys, monkeypatch):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "a"]) == 0
    capsys.readouterr()
    from riskengine import engine
    from riskengine.api import comparing

    simulate = engine.simulate

    def drifted(plan, settings, *others, **more):
        return simulate(plan, engine.Settings(settings.iterations, settings.seed + 1, settings.method))

    monkeypatch.setattr(comparing.engine, "simulate", drifted)
    assert compare("a", "plan+cr12.toml") == 4
    assert "RE933" in capsys.readouterr().err


def test_a_folder_that_is_none_of_ours_is_refused(changed, capsys):
    (changed / "empty").mkdir()
    assert compare("empty", "plan.toml") == 4
    assert compare("nowhere.toml", "plan.toml") == 3
    assert compare("plan.toml", "faulty.toml") == 3
    assert compare("plan.toml") == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("change", "name"), [('project = "Other"', "project"), ('currency = "USD"', "currency")])
def test_plans_of_two_projects_or_currencies_are_refused(changed, capsys, change, name):
    (changed / "other.toml").write_text(CHANGE.replace("extends", f"{change}\nextends"), encoding="utf-8")
    assert compare("plan.toml", "other.toml") == 2
    assert f"RE931 the {name} of one plan is" in capsys.readouterr().err


def test_another_start_is_told_in_calendar_days(changed, capsys):
    (changed / "later.toml").write_text('extends = "plan.toml"\nschema = 1\nname = "L"\nstart = 2027-03-08\n')
    found = document(capsys, "plan.toml", "later.toml", "-n", "600")
    for row in found["differences"]:
        if row["measure"] == "finish" and row["statistic"] != "mean":
            assert (row["unit"], row["difference"]) == ("calendar days", 7)
    assert compare("plan.toml", "later.toml", "-n", "600") == 0
    out = capsys.readouterr().out
    assert "in calendar days, for the plans begin at other dates" in " ".join(out.split())
    assert re.search(r"^  mean +[0-9.]+ days +[0-9.]+ days +", out, re.MULTILINE), "d are working days"


def test_a_status_date_is_compared_with_the_plan(changed, capsys):
    (changed / "status.toml").write_text(
        'schema = 1\nname = "S"\nextends = "plan.toml"\ndata_date = 2027-04-12\n'
        "[tasks.design]\nactual_start = 2027-03-01\nactual_finish = 2027-04-09\n",
        encoding="utf-8",
    )
    found = document(capsys, "plan.toml", "status.toml", "-n", "600")
    row = next(row for row in found["differences"] if (row["measure"], row["statistic"]) == ("finish", "p80"))
    assert row["unit"] == "calendar days"
    assert row["before_instant"].startswith("2027-0")


def test_names_cannot_act_on_a_terminal(changed, capsys):
    """A file may be called anything, and a name may hold what turns the writing round."""
    (changed / "\x1b[31mred.toml").write_text(CHANGE + '[gates.delivery]\nname = "\u202edelivery"\n', encoding="utf-8")
    assert compare("plan.toml", "\x1b[31mred.toml", "-n", "300") == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert r"\x1b[31mred moves P80" in out


def test_plans_of_one_name_are_told_apart_by_their_paths(changed, capsys):
    (changed / "new").mkdir()
    (changed / "new" / "plan.toml").write_text(plan().replace("[30, 35, 60]", "[30, 36, 60]"), encoding="utf-8")
    found = document(capsys, "plan.toml", "new/plan.toml", "-n", "300")
    assert (found["before"], found["after"]) == ("plan.toml", "new/plan.toml")


def test_a_bridge_shares_the_movement_of_a_status_date_out(changed, capsys):
    """Progress, a longer task and a riskier plan at once, with everything that differs in one table."""
    (changed / "status.toml").write_text(
        'schema = 1\nname = "S"\nextends = "plan.toml"\ndata_date = 2027-04-12\nrisks.late.probability = 0.6\n'
        "[tasks.design]\nactual_start = 2027-03-01\nactual_finish = 2027-04-09\n"
        "[tasks.build]\nduration = [30, 40, 60]\n",
        encoding="utf-8",
    )
    found = document(capsys, "plan.toml", "status.toml", "-n", "512", "--bridge")
    bridge = found["bridge"]
    assert [part["part"] for part in bridge["finish"]] == ["progress", "durations", "risks"]
    for measure in ("finish", "cost"):
        (movement,) = [r for r in found["differences"] if (r["measure"], r["statistic"]) == (measure, "p80")]
        assert sum(part["difference"] for part in bridge[measure]) == pytest.approx(movement["difference"], abs=1e-6)
    assert compare("plan.toml", "status.toml", "-n", "512", "--bridge") == 0
    out = capsys.readouterr().out
    assert "P80 of finish, by what changed" in out
    assert "8 plans on the same random numbers" in " ".join(out.split())


ACTION = """
[actions.spare]
cost = 3000
effects.late = { probability = 0.05 }
"""


@pytest.fixture
def mitigable(folder):
    """The folder with a plan that has an action against its risk."""
    (folder / "plan.toml").write_text(plan() + ACTION, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (["--with", "spare"], "plan with spare"),
        (["--mitigated"], "plan mitigated"),
        (["--without", "late"], "plan without late"),
        (["--only", "uncertainty"], "plan without any risk"),
    ],
)
def test_a_plan_is_compared_with_itself_switched(mitigable, capsys, words, label):
    found = document(capsys, "plan.toml", "-n", "512", *words)
    assert (found["before"], found["after"]) == ("plan", label)
    assert main(["simulate", "plan.toml", "-n", "512", "-o", "before"]) == 0
    assert main(["simulate", "plan.toml", "-n", "512", "-o", "after", *words]) == 0
    capsys.readouterr()
    p80 = [np.sort(open_run(name).tables["iterations"]["finish_days"].to_numpy())[409] for name in ("before", "after")]
    (row,) = [row for row in found["differences"] if (row["measure"], row["statistic"]) == ("finish", "p80")]
    assert (row["before"], row["after"]) == tuple(p80)
    assert row["difference"] < 0


def test_switches_are_of_the_second_plan(mitigable, capsys):
    (mitigable / "same.toml").write_text('schema = 1\nname = "Same"\nextends = "plan.toml"\n', encoding="utf-8")
    one = document(capsys, "plan.toml", "same.toml", "-n", "256", "--with", "spare")
    other = document(capsys, "plan.toml", "-n", "256", "--with", "spare")
    assert one["after"] == "same with spare"
    assert one["differences"] == other["differences"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["plan.toml"], "name two plans"),
        (["-", "--with", "spare"], "standard input"),
        (["run", "--with", "spare"], "--with is for plans"),
        (["plan.toml", "run", "--mitigated"], "--mitigated is for plans"),
    ],
)
def test_what_makes_no_pair_of_plans_is_refused(mitigable, capsys, words, reason):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "run"]) == 0
    capsys.readouterr()
    assert compare(*words) == 2
    assert reason in capsys.readouterr().err


def test_an_action_that_there_is_not_is_refused(mitigable, capsys):
    assert compare("plan.toml", "--with", "sparse") == 3
    assert "sparse" in capsys.readouterr().err
