"""``simulate --rho``: a plan at several levels of one common rank correlation."""

import json

import pytest

from riskengine.cli import main
from riskengine.plan.correlation.common_rank import common_members
from riskengine.reading import read
from riskengine.results.folder.portfolio import open_portfolio
from riskengine.results.folder.store import open_run, verify
from tests.support.command_line import plan

OWN = '[correlations.own]\nbetween = ["design", "risk:late"]\nrank = 0.4\n'
FEW = '[tasks.permit]\nduration = { shape = "discrete", values = [2, 9], weights = [19, 1] }\n'
MORE = "[tasks.test]\nduration = [5, 6, 9]\nafter = ['build']\n[costs.site]\nrate = [100, 120, 200]\n"


@pytest.fixture
def stressed(folder):
    """The folder with a plan that has correlations of its own, what has few values, and a gate."""
    (folder / "plan.toml").write_text(plan() + MORE + FEW + OWN, encoding="utf-8")
    (folder / "common.toml").write_text(
        plan()
        + MORE
        + FEW
        + '[correlations.common]\nbetween = ["design", "build", "test", "cost:design", "cost:site"]\nrank = 0.5\n',
        encoding="utf-8",
    )
    (folder / "free.toml").write_text(plan() + MORE + FEW, encoding="utf-8")
    return folder


def simulate(*words):
    return main(["simulate", *words, "-n", "512"])


def levels(capsys, *words):
    assert simulate("plan.toml", "--json", *words) == 0
    return json.loads(capsys.readouterr().out)


def percentiles(folder):
    return open_run(folder).tables["percentiles"]


def test_each_level_is_the_run_of_the_plan_with_that_correlation(stressed, capsys):
    said = levels(capsys, "--rho", "0.5,0")
    assert (said["durations"], said["costs"]) == (3, 2)
    assert [level["rho"] for level in said["levels"]] == [None, 0, 0.5]
    for name in ("plan", "free", "common"):
        assert simulate(f"{name}.toml") == 0
    for key, name in (("as-written", "plan"), ("rho-0", "free"), ("rho-0.5", "common")):
        assert verify(f"results/plan-rho/{key}") == []
        assert percentiles(f"results/plan-rho/{key}").equals(percentiles(f"results/{name}")), key
    assert not percentiles("results/free").equals(percentiles("results/common"))


def test_the_table_of_levels_lies_beside_the_runs(stressed, capsys):
    said = levels(capsys, "--rho", "0,0.5", "-o", "out")
    table = open_portfolio(stressed / "out" / "portfolio.arrow").to_pylist()
    assert [row["scenario_key"] for row in table] == ["as-written", "rho-0", "rho-0.5"]
    assert [row["cost_p80"] for row in table] == [level["cost_p80"] for level in said["levels"]]
    gates = open_portfolio(stressed / "out" / "portfolio_gates.arrow").to_pylist()
    assert [row["scenario_key"] for row in gates] == ["as-written", "rho-0", "rho-0.5"]
    assert [row["probability"] for row in gates] == [level["gates"][0]["probability"] for level in said["levels"]]
    assert all(row["ci_low"] < row["probability"] < row["ci_high"] for row in gates)


def test_what_has_few_values_takes_no_part(stressed):
    members = common_members(read(stressed / "plan.toml"))
    assert members.durations == ("build", "design", "test")
    assert members.costs == ("cost:design", "cost:site")


def test_a_spread_grows_with_the_level(stressed, capsys):
    """Costs of one sign: their P80 lies further out the more they go together."""
    p80 = [level["cost_p80"] for level in levels(capsys, "--rho", "0,0.4,0.8", "--no-write")["levels"]][1:]
    assert p80 == sorted(p80)
    assert p80[0] < p80[2]


def test_the_table_in_words_has_every_level_with_its_interval(stressed, capsys):
    assert simulate("plan.toml", "--rho", "0,0.3", "--no-write") == 0
    out = capsys.readouterr().out
    assert "between 3 uncertain durations and 2" in out
    for heading in ("finish P50", "finish P80", "cost P80", "Gate delivery"):
        assert heading in out
    rows = [line.split() for line in out.splitlines()]
    assert sum(row[:1] == ["0.3"] for row in rows) == 4
    assert sum(row[:2] == ["as", "written"] for row in rows) == 4
    assert out.count(" to ") >= 9
    assert not (stressed / "results").exists()


@pytest.mark.parametrize(
    "value", ["", "x", "1.5", "-0.1", "0,0", "0;0.3", "nan", ",".join(f"0.{k:03d}" for k in range(21))]
)
def test_levels_that_are_none_are_refused(stressed, capsys, value):
    assert simulate("plan.toml", "--rho", value) == 2
    assert not (stressed / "results").exists()


def test_one_line_of_each_answer_is_no_form_of_it(stressed, capsys):
    assert simulate("plan.toml", "--rho", "0", "--brief") == 2


def test_a_plan_without_two_uncertain_quantities_is_refused(folder, capsys):
    (folder / "sure.toml").write_text(
        'schema = 1\nname = "x"\nstart = 2027-03-01\ntasks.a.duration = [3, 5, 9]\ntasks.b.duration = 5\n',
        encoding="utf-8",
    )
    assert simulate("sure.toml", "--rho", "0") == 2
    assert "--rho needs at least two uncertain durations or costs" in capsys.readouterr().err


ACTION = """[tasks.spare]
duration = [2, 3, 9]
after = ["design"]
[actions.buy]
task = "spare"
effects.late = { probability = 0 }
"""


@pytest.mark.parametrize(("switches", "durations"), [((), 3), (("--mitigated",), 4)])
def test_levels_are_those_of_the_plan_with_what_is_switched_on(stressed, capsys, switches, durations):
    (stressed / "plan.toml").write_text(plan() + MORE + ACTION, encoding="utf-8")
    said = levels(capsys, "--rho", "0", *switches)
    assert said["durations"] == durations
    assert simulate("plan.toml", "-o", "alone", *switches) == 0
    assert percentiles("results/plan-rho/rho-0").equals(percentiles("alone"))


def test_a_plan_with_a_duration_that_several_draws_make_is_refused(folder, capsys):
    dig = "[tasks.dig]\nquantity = 900\nrate_per_day = [80, 100, 110]\n"
    (folder / "plan.toml").write_text(plan() + dig, encoding="utf-8")
    assert simulate("plan.toml", "--rho", "0.5") == 2
    assert "rate_per_day vary: dig" in capsys.readouterr().err
