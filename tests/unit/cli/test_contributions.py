"""``riskengine contributions``: what each source of risk contributes."""

import json

import pytest

from riskengine.cli import main
from tests.support.command_line import plan


def contributions(*words):
    return main(["contributions", *words])


def test_the_object_has_every_number_with_its_parts(folder, capsys):
    assert contributions("plan.toml", "-n", "512", "--seed", "3", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["plan"], found["rule"], found["seed"], found["iterations"]) == ("plan", "shapley", 3, 512)
    assert [each["player"] for each in found["players"]] == ["estimates", "risk:late"]
    names = [(each["measure"], each["statistic"], each["unit"]) for each in found["numbers"]]
    amounts = [
        (measure, statistic, unit)
        for measure, unit in (("finish", "working days"), ("cost", "currency"))
        for statistic in ("mean", "p50", "p80", "p90")
    ]
    assert names == [*amounts, ("gate", "delivery", "probability")]
    for number in found["numbers"]:
        for part in number["parts"]:
            assert part["ci_low"] <= part["value"] <= part["ci_high"]
    assert found["instants"]["plan"] < found["instants"]["p80"]


def test_the_lines_of_a_waterfall_add_up_as_they_are_printed(folder, capsys):
    assert contributions("plan.toml", "-n", "512") == 0
    text = capsys.readouterr().out
    assert "Antenna late" in text
    assert "P80 of the finish, from the plan on" in text
    block = text.split("P80 of the finish, from the plan on")[1].split("\n\n")[0].splitlines()[1:]
    numbers = [float(next(word for word in line.split() if "." in word)) for line in block]
    assert round(sum(numbers[:-1]), 1) == numbers[-1]
    assert max(len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("rule", ["remove-one", "add-one", "greedy"])
def test_other_rules_say_what_they_are(folder, capsys, rule):
    assert contributions("plan.toml", "-n", "256", "--rule", rule, "--by", "task", "--at", "mean") == 0
    text = capsys.readouterr().out
    assert f"({rule})" in text
    assert "estimates of build" in text
    assert "Mean of the finish is" in text


def test_a_results_folder_stands_for_its_plan(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "512", "--seed", "3"]) == 0
    capsys.readouterr()
    assert contributions("results/plan", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["iterations"], found["seed"]) == (512, 3)
    assert contributions("results/plan", "--seed", "4") == 2
    assert "a results folder has its own" in capsys.readouterr().err
    stored = folder / "results/plan/iterations.arrow"
    stored.write_bytes(stored.read_bytes()[:-40])
    assert contributions("results/plan") == 4


def test_wrong_words_are_refused(folder, capsys):
    assert contributions("faulty.toml") == 3
    assert contributions("plan.toml", "--players", "risks", "-n", "64") == 2
    assert "RE620" in capsys.readouterr().err
    assert contributions("plan.toml", "--target", "desing", "-n", "64") == 2
    assert contributions("plan.toml", "--rule", "banzhaf") == 2


def test_names_cannot_act_on_the_terminal(folder, capsys):
    hostile = plan().replace("Antenna late", "Antenna\\u202e late")
    (folder / "hostile.toml").write_text(hostile, encoding="utf-8")
    assert contributions("hostile.toml", "-n", "64") == 0
    text = capsys.readouterr().out
    assert "\u202e" not in text
    assert "\\u202e" in text
