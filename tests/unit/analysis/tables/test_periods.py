"""The tables of calendar months against numpy, and what is known in them."""

import numpy as np
import pytest

from riskengine import analysis, engine, plan
from riskengine.engine import Settings
from riskengine.results.tables.registry import PERIOD_PERCENTS
from tests.support.plans_of_all_features import RICH
from tests.support.scenario_text import read_text

UNDER_WAY = """
schema = 1
name = "under way"
data_date = 2027-05-10
[tasks.going]
duration = { shape = "uniform", low = 10, high = 40 }
remaining = { shape = "uniform", low = 10, high = 40 }
actual_start = 2027-03-22
cost = { fixed = 500, rate = 200 }
[tasks.next]
duration = 5
after = ["going"]
cost.fixed = 900
team = "red"
[risks.rare]
probability = 0.00001
impacts.next = { cost = 50000 }
"""


def run_of(text, iterations=512, method="sobol"):
    """Sample and table of a scenario."""
    sample = engine.simulate(plan.compile(read_text(text, head="")), Settings(iterations, method=method))
    return sample, analysis.tables(sample)["cost_periods"].to_pandas()


CREW = """
schema = 1
name = "crew"
start = 2027-03-01
calendar = "24h"
[calendars.spring]
week = "mon-fri 08:00-16:00"
holidays = ["2027-04-01..2027-04-30"]
[resources.crew]
capacity = 2
name = "The crew"
[resources.crane]
calendar = "spring"
[tasks.a]
duration = { shape = "uniform", low = 20, high = 50 }
resources = { crew = 1, crane = 1 }
[tasks.b]
duration = { shape = "uniform", low = 10, high = 45 }
resources.crew = 1.5
"""


def resources_of(text, iterations=512, method="sobol"):
    """Sample and table of resources of a scenario."""
    sample = engine.simulate(plan.compile(read_text(text, head="")), Settings(iterations, method=method))
    return sample, analysis.tables(sample)["resource_periods"].to_pandas()


def rows_of(table, scope="project", key=""):
    return table[(table["scope"] == scope) & (table["key"] == key)].reset_index(drop=True)


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_values_are_those_of_numpy_over_the_iterations(method):
    sample, table = run_of(RICH, 700, method)
    periods = sample.cost_periods
    assert table["scope"].tolist() == [name for name in periods.scope for _ in periods.month]
    for row, (scope, key) in enumerate(zip(periods.scope, periods.key, strict=True)):
        mine = rows_of(table, scope, key)
        assert (mine["month"].to_numpy().astype("M8[us]") == periods.month).all()
        assert (mine["iterations"] == 700).all()
        for name, values, exact in (
            ("cost", periods.cost[row], periods.deterministic[row]),
            ("cumulative", np.cumsum(periods.cost[row], axis=0), np.cumsum(periods.deterministic[row])),
        ):
            assert mine[f"deterministic_{name}"].tolist() == exact.tolist()
            assert mine[f"{name}_mean"].to_numpy() == pytest.approx(values.mean(axis=1))
            for percent in PERIOD_PERCENTS:
                expected = np.sort(values, axis=1)[:, -(-700 * percent // 100) - 1]
                assert mine[f"{name}_p{percent}"].tolist() == expected.tolist()


def test_every_interval_holds_its_value():
    _, table = run_of(RICH)
    for name in ("cost", "cumulative"):
        for statistic in ("mean", *(f"p{percent}" for percent in PERIOD_PERCENTS)):
            value, low, high = (table[f"{name}_{statistic}{end}"] for end in ("", "_ci_low", "_ci_high"))
            assert (low <= value).all()
            assert (value <= high.fillna(np.inf)).all()


def test_means_of_months_add_up_to_the_mean_cost_and_the_last_cumulative_percentile_is_that_of_the_cost():
    sample, table = run_of(RICH, 300)
    project = rows_of(table)
    assert project["cost_mean"].sum() == pytest.approx(sample.cost.mean(), rel=1e-12)
    assert project["cumulative_p80"].iloc[-1] == pytest.approx(np.sort(sample.cost)[239], rel=1e-12)
    for scope in ("team",):
        parts = table[table["scope"] == scope].groupby("month")["cost_mean"].sum()
        assert parts.to_numpy() == pytest.approx(project["cost_mean"].to_numpy(), rel=1e-9)


@pytest.mark.parametrize("iterations", [1, 16, 512])
def test_a_month_in_the_past_is_known_to_the_last_digit(iterations):
    """From 22 March to 9 May are 35 working days at 200 a day: 8 in March, 22 in April, 5 in May."""
    _, table = run_of(UNDER_WAY, iterations)
    past = rows_of(table).iloc[:2]
    for name, spent in (("cost", [1600, 4400]), ("cumulative", [1600, 6000])):
        statistics = ("mean", "p10", "p50", "p80")
        columns = [f"{name}_{each}{end}" for each in statistics for end in ("", "_ci_low", "_ci_high")]
        for column in (f"deterministic_{name}", *columns):
            assert past[column].tolist() == pytest.approx(spent, rel=1e-12)
        values = past[columns].to_numpy()
        assert (values == values[:, :1]).all()


def test_a_month_before_a_team_can_begin_has_no_interval_and_one_that_it_might_reach_has():
    _, table = run_of(UNDER_WAY)
    red = rows_of(table, "team", "red")
    assert red["cost_mean_ci_high"].iloc[0] == red["cost_mean"].iloc[0] == 0
    later = red[red["cost_mean"] > 0]
    assert (later["cost_mean_ci_low"] < later["cost_mean"]).all()


def test_a_rare_risk_that_did_not_occur_widens_the_interval_of_a_mean():
    """50,000 with a probability of 0.00001 have a standard deviation of 158, over 512 iterations 7; the rest: 0.6."""
    _, table = run_of(UNDER_WAY.replace("= 900", '= { shape = "uniform", low = 899, high = 901 }'))
    row = rows_of(table, "team", "red").iloc[-1]
    assert row["cumulative_mean"] == pytest.approx(900, abs=1e-3)
    assert row["cumulative_mean_ci_low"] > 900 - 20
    assert 900 + 10 < row["cumulative_mean_ci_high"] < 900 + 20


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_the_mean_of_a_month_is_the_integral_over_the_days_on_which_work_may_begin(method):
    """Work of 30 days at 100 a day begins after 10 to 40 days, so March has max(0, 31 - wait) of them: 7.35 on average.

    Four standard errors cry wolf at one seed in 15,000; with ``random`` they find 28, 4 % of March's mean.
    """
    text = """
schema = 1
name = "month"
start = 2027-03-01
calendar = "24h"
[tasks.wait]
duration = { shape = "uniform", low = 10, high = 40 }
[tasks.work]
duration = 30
after = ["wait"]
cost.rate = 100
"""
    _, table = run_of(text, 10_240, method)
    march, april, may = (rows_of(table).iloc[month] for month in range(3))
    for row, mean in ((march, 735), (april, 3000 - 735 - 135), (may, 135)):  # 100 x 21 x 21 / 60, and 100 x 9 x 9 / 60
        error = (row["cost_mean_ci_high"] - row["cost_mean_ci_low"]) / 3.92
        assert abs(row["cost_mean"] - mean) < 4 * error + 0.01
        assert error < 8
    assert may["cumulative_mean_ci_low"] == pytest.approx(3000)


def test_without_costs_the_table_is_empty():
    head = 'schema = 1\nname = "free"\nstart = 2027-03-01\n[tasks.a]\nduration = 5\n'
    _, table = run_of(head, 16)
    assert len(table) == 0


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_units_in_use_are_those_of_numpy_over_the_iterations(method):
    sample, table = resources_of(CREW, 700, method)
    periods = sample.resource_periods
    for row, resource in enumerate(periods.id):
        mine = table[table["resource"] == resource].reset_index(drop=True)
        assert (mine["month"].to_numpy().astype("M8[us]") == periods.month).all()
        for at, name in enumerate(("average", "peak")):
            values = periods.units[at, row]
            assert mine[f"deterministic_{name}"].to_numpy() == pytest.approx(
                periods.deterministic[at, row], nan_ok=True
            )
            assert mine[f"{name}_mean"].to_numpy() == pytest.approx(values.mean(axis=1), nan_ok=True)
            for percent in PERIOD_PERCENTS:
                expected = np.sort(values, axis=1)[:, -(-700 * percent // 100) - 1]
                assert mine[f"{name}_p{percent}"].to_numpy() == pytest.approx(expected, nan_ok=True)
    crew = table[table["resource"] == "crew"]
    assert crew["name"].tolist() == ["The crew"] * 2
    assert crew["capacity"].tolist() == [2.0] * 2
    over = (periods.units[1, periods.id.index("crew")] > 2).mean(axis=1)
    assert over[0] == 1
    assert 0 < over[1] < 1
    assert crew["overload"].tolist() == over.tolist()
    assert (crew["overload_ci_low"] <= over).all()
    assert (crew["overload_ci_high"] >= over).all()


def test_what_a_resource_has_no_time_for_or_no_end_of_is_null():
    _, table = resources_of(CREW)
    crane = table[table["resource"] == "crane"]
    averages = [name for name in table.columns if "average" in name]
    assert crane.iloc[1][averages].isna().all()
    assert not crane.iloc[0][averages].isna().any()
    assert crane[["capacity", "overload", "overload_ci_low", "overload_ci_high"]].isna().all(axis=None)
    assert not crane[[name for name in table.columns if "peak" in name]].isna().any(axis=None)


def test_units_in_use_in_the_past_are_known():
    text = CREW.replace("start = 2027-03-01", "data_date = 2027-05-03").replace(
        "[tasks.b]", "[tasks.b]\nactual_start = 2027-03-20\nremaining = 5"
    )
    _, table = resources_of(text, 16)
    crew = table[table["resource"] == "crew"].iloc[:2]
    ends = ("", "_ci_low", "_ci_high")
    for column in (f"{name}{end}" for name in ("peak_mean", "peak_p10", "peak_p50", "peak_p80") for end in ends):
        assert crew[column].tolist() == [1.5, 1.5]
    assert crew["average_mean_ci_high"].tolist() == pytest.approx([1.5 * 12 / 31, 1.5])
    for end in ends:
        assert crew[f"overload{end}"].tolist() == [0, 0]


def test_without_resources_the_table_is_empty():
    head = 'schema = 1\nname = "free"\nstart = 2027-03-01\n[tasks.a]\nduration = 5\n'
    assert len(resources_of(head, 16)[1]) == 0
