"""``riskengine contingency``: what a confidence takes beyond the plan, and whose it is."""

import json
from math import fsum

import numpy as np
import pytest

import riskengine
from riskengine.cli import main
from riskengine.results.folder.store import open_run
from tests.support.command_line import plan

WITH_COSTS = """
[costs.site]
fixed = [1000, 2000, 4000]
[risks.fine]
probability = 0.4
impacts.build = { cost = [1000, 3000, 6000] }
[tasks.test]
duration = 5
after = ["build"]
cost.fixed = [100, 200, 400]
wbs = "2.1"
"""
SERIES = """schema = 1
name = "Series"
start = 2027-03-01
calendar = "24h"
[tasks.a]
duration = 10
[tasks.b]
duration = 20
after = ["a"]
[risks.one]
probability = 0.5
impacts.a = { delay = [2, 5, 9] }
[risks.two]
probability = 0.5
impacts.b = { delay = [1, 4, 6] }
"""


@pytest.fixture
def results(folder, capsys):
    """The folder with results of a plan that has costs of every kind."""
    (folder / "plan.toml").write_text(plan() + WITH_COSTS, encoding="utf-8")
    assert main(["simulate", "plan.toml", "-n", "2048", "-o", "out"]) == 0
    capsys.readouterr()
    return folder


def document(capsys, *words):
    assert main(["contingency", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def total(parts, *others):
    return fsum([*(part["value"] for part in parts), *(other["value"] for other in others)])


def test_at_80_percent_it_is_the_contingency_of_the_summary(results, capsys):
    found = document(capsys, "out")
    tables = open_run(results / "out").tables
    for row in tables["summary"].to_pylist():
        part = found[row["measure"]]
        names = (
            ("value", "contingency_p80"),
            ("ci_low", "contingency_p80_ci_low"),
            ("ci_high", "contingency_p80_ci_high"),
        )
        assert [part["from_plan"][name] for name, _ in names] == [row[column] for _, column in names]
        assert part["from_mean"]["value"] == pytest.approx(part["percentile"]["value"] - row["mean"])
        assert part["from_mean"]["ci_low"] < part["from_mean"]["value"] < part["from_mean"]["ci_high"]
    (row,) = [row for row in tables["percentiles"].to_pylist() if (row["measure"], row["percentile"]) == ("finish", 80)]
    assert found["finish"]["date"]["instant"] == row["instant"].isoformat()


@pytest.mark.parametrize("confidence", ["0.5", "0.85", "0.95"])
def test_parts_add_up(results, capsys, confidence):
    found = document(capsys, "out", "--confidence", confidence)
    cost = found["cost"]["from_plan"]["value"]
    assert total(found["tasks"], found["no_task"]) == pytest.approx(cost, abs=1e-6)
    assert total(found["elements"], found["no_task"]) == pytest.approx(cost, abs=1e-6)
    assert total(found["cost_risks"]["risks"], found["cost_risks"]["together"]) == pytest.approx(cost, abs=1e-6)
    finish = found["finish_risks"]
    days = found["finish"]["from_plan"]["value"]
    assert total(finish["risks"], finish["together"]) == pytest.approx(days, abs=1e-9)
    assert {part["task"] for part in found["tasks"]} == {"design", "build", "test"}
    assert [part["element"] for part in found["elements"]] == ["", "2.1"]
    for part in (*found["tasks"], found["no_task"], *found["cost_risks"]["risks"]):
        assert part["ci_low"] <= part["value"] <= part["ci_high"]


def test_money_is_free_once_the_plan_has_its_task_finished(results, capsys):
    found = document(capsys, "out")
    parts = {part["task"]: part["value"] for part in found["tasks"]}
    ends = open_run(results / "out").tables["tasks"].select(["task", "deterministic_finish"]).to_pylist()
    months = {row["task"]: f"{row['deterministic_finish']:%Y-%m}" for row in ends}
    remaining = {row["month"]: row["remaining"]["value"] for row in found["drawdown"]}
    assert list(remaining) == sorted(remaining)
    last = list(remaining)[-1]
    assert remaining[last] == 0
    assert last == max(months.values())
    for month, value in remaining.items():
        if month != last:
            later = [parts[task] for task in parts if months[task] > month]
            assert value == pytest.approx(fsum([*later, found["no_task"]["value"]]), abs=1e-6)


def test_adding_parts_up_is_dearer(results, capsys):
    found = document(capsys, "out")
    additive = found["additive"]
    assert additive["excess"]["ci_low"] > 0
    assert additive["added"]["value"] - additive["excess"]["value"] == pytest.approx(
        found["cost"]["from_plan"]["value"]
    )


def test_risks_in_series_with_nothing_else_have_it_all(folder, capsys):
    (folder / "series.toml").write_text(SERIES, encoding="utf-8")
    found = document(capsys, "series.toml", "-n", "4096", "--confidence", "0.9")
    assert found["finish_risks"]["together"]["value"] == pytest.approx(0, abs=1e-6)
    assert found["cost"] is None
    values = {part["risk"]: part["value"] for part in found["finish_risks"]["risks"]}
    assert values["one"] > values["two"] > 0
    assert fsum(values.values()) == pytest.approx(found["finish"]["from_plan"]["value"], abs=1e-6)


def test_words_say_it_in_sentences(results, capsys):
    assert main(["contingency", "out"]) == 0
    out, err = capsys.readouterr()
    words = " ".join(out.split())
    assert err == ""
    assert words.startswith("80% for the finish takes +")
    assert "80% for the cost takes +" in words
    assert "EUR" in words and "beyond the mean" in words
    assert "Setting 80% aside for every part of the cost by itself would come to" in words
    for title in ("finish, working days, by risk", "cost, by risk", "cost, by WBS", "cost, by task", "still needed"):
        assert title in out
    assert "estimates, and what risks do together" in words
    assert "2,048 iterations (sobol, seed 1); tasks by the first 2,048." in words


def test_a_large_plan_has_a_row_for_its_lesser_tasks(folder, capsys):
    tasks = "".join(f"[tasks.t{k}]\nduration = 5\ncost.fixed = [{k}, {2 * k}, {5 * k}]\n" for k in range(1, 21))
    (folder / "many.toml").write_text(f'schema = 1\nname = "Many"\nstart = 2027-03-01\n{tasks}', encoding="utf-8")
    assert main(["contingency", "many.toml", "-n", "512"]) == 0
    out = capsys.readouterr().out
    (row,) = [line for line in out.splitlines() if line.startswith("  8 others")]
    assert " to " in row
    found = document(capsys, "many.toml", "-n", "512")
    assert len(found["tasks"]) == 20
    assert total(found["tasks"], found["no_task"]) == pytest.approx(found["cost"]["from_plan"]["value"], abs=1e-9)


def test_python_answers_as_the_command_does(results, capsys):
    found = document(capsys, "out", "--confidence", "0.7")
    answer = riskengine.open_run("out").contingency(0.7)
    assert answer.document == found
    assert answer.words[0] in repr(answer)
    assert (answer.confidence, isinstance(answer, riskengine.Contingency)) == (0.7, True)
    before = sorted(str(path) for path in results.rglob("*"))
    assert document(capsys, "plan.toml", "-n", "2048", "--confidence", "0.7") == found
    assert sorted(str(path) for path in results.rglob("*")) == before


def test_the_finish_of_a_target_has_no_risks(results, capsys):
    (results / "targets.toml").write_text(
        plan().replace("[gates.delivery]", '[gates.delivery]\ntarget = "design"'), encoding="utf-8"
    )
    found = document(capsys, "targets.toml", "-n", "512", "--target", "design")
    assert (found["target"], found["finish_risks"]) == ("design", None)
    whole = document(capsys, "targets.toml", "-n", "512")
    assert found["finish"]["percentile"]["value"] < whole["finish"]["percentile"]["value"]
    assert main(["contingency", "targets.toml", "-n", "512", "--target", "design"]) == 0
    assert "for the finish of design takes" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("iterations", ["1", "16", "256"])
def test_one_task_that_never_varies_takes_nothing(folder, capsys, iterations):
    (folder / "sure.toml").write_text(
        'schema = 1\nname = "Sure"\nstart = 2027-03-01\n[tasks.only]\nduration = 5\ncost.fixed = 10\n', encoding="utf-8"
    )
    found = document(capsys, "sure.toml", "-n", iterations)
    assert (found["cost"]["from_plan"]["value"], found["finish"]["from_plan"]["value"]) == (0, 0)
    assert [part["value"] for part in found["tasks"]] == [0]
    assert main(["contingency", "sure.toml", "-n", iterations]) == 0


def test_no_cost_and_no_risk_leave_the_finish(folder, capsys):
    (folder / "free.toml").write_text(
        'schema = 1\nname = "Free"\nstart = 2027-03-01\n[tasks.only]\nduration = [3, 5, 9]\n', encoding="utf-8"
    )
    assert main(["contingency", "free.toml", "-n", "256"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert "Nothing costs anything: there is no contingency in money. 256 iterations (sobol, seed 1)." in words


def test_open_ends_say_why(results, capsys):
    assert main(["contingency", "out", "--confidence", "0.9995"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert "Ends of intervals are open: 2,048 iterations say too little of 99.95%" in words
    assert "Where no interval stands, so many iterations show too little." in words
    assert np.isfinite(document(capsys, "out", "--confidence", "0.9995")["cost"]["from_plan"]["value"])


@pytest.mark.parametrize(
    ("words", "code"),
    [(["out", "--confidence", "80"], "RE640"), (["out", "--target", "nobody"], "RE923"), (["out", "-n", "9"], "-n")],
)
def test_what_cannot_be_answered_is_refused(results, capsys, words, code):
    assert main(["contingency", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, "Traceback" in err) == ("", False)
    assert code in err or "--iterations is for plans" in err


def test_a_folder_whose_scenario_gives_other_iterations_is_refused(results, capsys):
    run = riskengine.open_run("out")
    changed = riskengine.read(results / "plan.toml").changed({"tasks.build.duration": 50})
    run.__dict__["scenario_json"] = riskengine.simulate(changed, iterations=1).scenario_json
    with pytest.raises(riskengine.ResultsError, match="gives other iterations than it holds"):
        run.contingency()


def test_work_that_ends_at_the_midnight_of_a_month_is_of_that_month(folder, capsys):
    (folder / "midnight.toml").write_text(
        'schema = 1\nname = "Midnight"\nstart = 2027-03-01\ncalendar = "24h"\n'
        "[tasks.march]\nduration = 31\ncost.fixed = [10, 20, 60]\n"
        '[tasks.april]\nduration = 30\nafter = ["march"]\ncost.fixed = [5, 10, 30]\n',
        encoding="utf-8",
    )
    found = document(capsys, "midnight.toml", "-n", "512")
    april = next(part["value"] for part in found["tasks"] if part["task"] == "april")
    remaining = [(row["month"], row["remaining"]["value"]) for row in found["drawdown"]]
    assert remaining == [("2027-03", pytest.approx(april, abs=1e-9)), ("2027-04", 0.0)]
