"""Hints at numbers that are out of scale: one code each, never a refusal, and nothing on what ships."""

import json

import pytest

from riskengine.cli.entry import main
from riskengine.errors.codes.hints import HINTS
from tests.support.places import ROOT
from tests.support.scenario_text import HEAD, written

SCENARIOS = sorted((ROOT / "scenarios").rglob("*.toml"))
UNDER_WAY = HEAD.replace("start =", "data_date =")
TASKS = "[tasks]\na = { duration = 5 }\nb = { duration = 8 }\nc = { duration = 10 }\n"
RISK = "[risks.r]\nprobability = 0.2\n"


def codes(text, tmp_path, capsys, head=HEAD):
    """Return the codes of the hints at a scenario, which is good."""
    path = written(tmp_path, text, head=head)
    assert main(["check", "--no-health", "--json", str(path)]) == 0
    (found,) = json.loads(capsys.readouterr().out)["scenarios"]
    return [hint.split()[0] for hint in found["hints"] if hint.startswith("RE")]


def started(percent, more=""):
    return f"[tasks.a]\nduration = 10\nactual_start = 2027-02-15\npercent_complete = {percent}\n{more}"


@pytest.mark.parametrize(
    ("percent", "expected"), [("0.5", ["RE590"]), ("0.01", ["RE590"]), ("0", []), ("1", []), ("50", [])]
)
def test_a_percentage_below_one_is_hinted_at(percent, expected, tmp_path, capsys):
    assert codes(started(percent), tmp_path, capsys, UNDER_WAY) == expected


def test_who_says_what_remains_is_not_asked_about_the_percentage(tmp_path, capsys):
    assert codes(started(0.5, "remaining = 9.95\n"), tmp_path, capsys, UNDER_WAY) == []


@pytest.mark.parametrize(
    ("kind", "effect", "factor", "expected"),
    [
        ("threat", "factor", "20", ["RE591"]),
        ("threat", "factor", "[5, 10, 20]", ["RE591"]),
        ("threat", "factor", "{ shape = 'discrete', values = [1, 25], weights = [1, 1] }", ["RE591"]),
        ("threat", "factor", "{ shape = 'lognormal', mean = 20, sd = 5, min = 1 }", ["RE591"]),
        ("threat", "factor", "5", []),
        ("threat", "factor", "[1, 2, 3]", []),
        ("driver", "factor", "[90, 100, 130]", ["RE591"]),
        ("driver", "factor", "0.1", ["RE591"]),
        ("driver", "factor", "[0.9, 1, 1.3]", []),
        ("opportunity", "factor", "0.1", ["RE591"]),
        ("opportunity", "factor", "0.8", []),
        ("threat", "cost_factor", "20", ["RE591"]),
    ],
)
def test_a_factor_far_from_one_is_hinted_at(kind, effect, factor, expected, tmp_path, capsys):
    text = f"{TASKS}[tasks.d]\nduration = 5\ncost.fixed = 5\n{RISK}kind = '{kind}'\nimpacts.d.{effect} = {factor}\n"
    assert codes(text, tmp_path, capsys) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("focus = 80", ["RE591"]), ("growth = 20", ["RE591"]), ("focus = 0.1", []), ("growth = [1, 1.2, 1.5]", [])],
)
def test_a_percentage_as_focus_or_growth_of_a_backlog_is_hinted_at(line, expected, tmp_path, capsys):
    text = f"{TASKS}[backlogs.web]\nitems = 3\ndone = [4, 0, 6, 3, 5, 2, 4, 4, 4, 4, 4, 4]\n{line}\n"
    assert codes(text, tmp_path, capsys) == expected


@pytest.mark.parametrize(
    ("duration", "expected"),
    [("200", ["RE592"]), ("[150, 200, 300]", ["RE592"]), ("'40w'", ["RE592"]), ("100", []), ("'200h'", [])],
)
def test_a_duration_far_above_its_peers_is_hinted_at(duration, expected, tmp_path, capsys):
    assert codes(f"{TASKS}[tasks.d]\nduration = {duration}\n", tmp_path, capsys) == expected


@pytest.mark.parametrize(
    ("duration", "expected"), [("0.05", ["RE592"]), ("'0.3h'", ["RE592"]), ("'4h'", []), ("0.1", [])]
)
def test_a_duration_far_below_its_peers_is_hinted_at(duration, expected, tmp_path, capsys):
    peers = "".join(f"[tasks.t{k}]\nduration = {days}\n" for k, days in enumerate([8, 8, 10, 12]))
    assert codes(f"{peers}[tasks.d]\nduration = {duration}\n", tmp_path, capsys) == expected


def test_durations_that_grow_little_by_little_are_no_reason_for_a_hint(tmp_path, capsys):
    text = "".join(f"[tasks.t{k}]\nduration = {days}\n" for k, days in enumerate([1, 2, 3, 5, 10, 20, 45, 90, 120]))
    assert codes(text, tmp_path, capsys) == []


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ((52, 80, 61_000), ["RE593"]),
        ((52_000, 80_000, 61), ["RE593"]),
        ((52, 80_000), ["RE593"]),
        ((52_000, 80, 70_000, 90), ["RE593"]),
        (("[40, 50, 70]", 80, "{ shape = 'uniform', low = 50000, high = 70000 }"), ["RE593"]),
        ((5_000, 80_000, 400_000), []),
        ((1_000, 1_000), []),
        ((0, 80_000, 61_000), []),
    ],
)
def test_costs_of_mixed_size_are_hinted_at(costs, expected, tmp_path, capsys):
    of_tasks = "".join(f"[tasks.t{k}]\nduration = 5\ncost.fixed = {cost}\n" for k, cost in enumerate(costs))
    assert codes(of_tasks, tmp_path, capsys) == expected
    lines = "".join(f"[costs.c{k}]\nfixed = {cost}\n" for k, cost in enumerate(costs))
    assert codes(TASKS + lines, tmp_path, capsys) == expected
    rates = "".join(f"[costs.c{k}]\nrate = {cost}\n" for k, cost in enumerate(costs))
    assert codes(TASKS + rates, tmp_path, capsys) == expected


def test_costs_of_risks_and_budgets_in_another_unit_are_hinted_at(tmp_path, capsys):
    costs = f"{TASKS}[tasks.d]\nduration = 5\ncost.fixed = 800000\n[tasks.e]\nduration = 5\ncost.fixed = 90000\n"
    assert codes(f"{costs}{RISK}impacts.d.cost = 20\n", tmp_path, capsys) == ["RE593"]
    assert codes(f"{costs}[gates.g]\ncost = 950\nconfidence = 0.8\n", tmp_path, capsys) == ["RE593"]
    assert (
        codes(f"{costs}{RISK}impacts.d.cost = 20000\n[gates.g]\ncost = 950000\nconfidence = 0.8\n", tmp_path, capsys)
        == []
    )


def test_a_factor_on_costs_that_are_not_there_is_hinted_at(tmp_path, capsys):
    resource = "[resources.crew]\nrate = 100\n[tasks.d]\nduration = 5\nresources = { crew = 1 }\n"
    assert codes(f"{TASKS}{RISK}impacts.a.cost_factor = 1.2\n", tmp_path, capsys) == ["RE594"]
    assert codes(f"{TASKS}{resource}{RISK}impacts.d.cost_factor = 1.2\n", tmp_path, capsys) == []
    assert codes(f"{TASKS}{resource}{RISK}impacts.'*'.cost_factor = 1.2\n", tmp_path, capsys) == []


@pytest.mark.parametrize("code", HINTS)
def test_the_example_of_a_hint_is_hinted_at(code, tmp_path, capsys):
    example = HINTS[code].example
    head = UNDER_WAY if "actual_start" in example else HEAD
    tasks = "" if "tasks" in example else "\n[tasks.a]\nduration = 5\n"
    assert code in codes(f"{example}\n{tasks}", tmp_path, capsys, head)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_no_shipped_scenario_is_hinted_at(path, capsys):
    assert main(["check", "--no-health", "--json", str(path)]) == 0
    (found,) = json.loads(capsys.readouterr().out)["scenarios"]
    assert [hint for hint in found["hints"] if hint.startswith("RE")] == []


@pytest.mark.parametrize("command", ["simulate", "decide", "batch"])
def test_an_answer_comes_with_the_hints_at_what_it_rests_on(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    written(
        tmp_path,
        started(0.5) + RISK + "impacts.a.factor = 20\n[gates.g]\nfinish = 2027-05-01\nconfidence = 0.5\n",
        head=UNDER_WAY,
    )
    assert main([command, "plan.toml", "--json", "-n", "64"]) in (0, 10, 11)
    out, err = capsys.readouterr()
    json.loads(out)
    assert "plan.toml: hint: RE590 " in err
    assert "plan.toml: hint: RE591 " in err


def test_what_ships_is_answered_without_a_hint(capsys):
    assert main(["simulate", str(SCENARIOS[0]), "-n", "64", "--no-write"]) == 0
    assert "hint" not in capsys.readouterr().err
