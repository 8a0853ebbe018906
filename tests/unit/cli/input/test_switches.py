"""Actions in force and risks switched off from the command line."""

import json

import pytest

from riskengine.cli import main

PLAN = """schema = 1
name = "Crane"
start = 2027-03-01
[tasks.design]
duration = 5
[tasks.build]
duration = 10
after = ["design"]
[risks.late]
probability = 0.4
impacts.build.delay = 10
[risks.storm]
probability = 0.3
impacts.build.delay = 5
[actions.spare]
cost = 30000
effects.late.probability = 0.1
[actions.shelter]
cost = 1000
effects.storm.probability_factor = 0.5
"""
"""Two risks and two actions, none of them in force."""


@pytest.fixture
def run(folder, capsys):
    """What a command says on both streams, and its exit status; the plan lies in the working directory."""
    (folder / "crane.toml").write_text(PLAN, encoding="utf-8")

    def run(command, *words, status=0):
        assert main([command, "crane.toml", *words]) == status
        return capsys.readouterr()

    return run


@pytest.fixture
def states(run):
    """Which actions and which risks are active with switches, as `resolve` prints it."""

    def states(*switches):
        document = json.loads(run("resolve", *switches).out)
        return tuple({id: item["active"] for id, item in document[key].items()} for key in ("actions", "risks"))

    return states


def test_with_puts_the_named_actions_into_force(states):
    actions, risks = states("--with", "spare")
    assert actions == {"shelter": False, "spare": True}
    assert risks == {"late": True, "storm": True}


def test_mitigated_puts_every_action_into_force_but_those_left_out(states):
    assert states("--mitigated")[0] == {"shelter": True, "spare": True}
    assert states("--mitigated", "--without", "spare")[0] == {"shelter": True, "spare": False}


def test_without_switches_risks_off(states):
    assert states("--without", "late, storm")[1] == {"late": False, "storm": False}


def test_only_uncertainty_switches_every_risk_off(states):
    assert states("--only", "uncertainty")[1] == {"late": False, "storm": False}


def test_an_action_that_is_not_there_is_refused_with_what_is_near(run):
    told = run("simulate", "--with", "spar", "--no-write", status=3).err
    assert "RE921 actions.spar.active" in told
    assert '"spare"' in told


def test_a_comma_with_nothing_behind_it_is_refused(run):
    assert "has nothing before or behind a comma" in run("resolve", "--with", "spare,", status=2).err


def test_a_run_says_what_is_in_force_and_what_is_switched_off(run, folder):
    told = run("simulate", "--with", "spare", "--without", "storm", "-n", "256", "-o", "out")
    assert "actions in force: spare; risks switched off: storm" in told.err
    assert "1 action of 2 in force, for 30,000" in " ".join(told.out.split())
    assert "1 risk is switched off: storm." in told.out
    digest = json.loads((folder / "out" / "manifest.json").read_text())["digest"]
    other = json.loads(run("simulate", "-n", "256", "-o", "all", "--json").out)
    assert other["run"]["digest"] != digest
    assert [row["in_force"] for row in other["actions"]] == [False, False]
