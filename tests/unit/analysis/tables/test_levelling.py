"""What levelling does, from samples whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from riskengine.analysis.tables.levelling import levelling_table, resources_table
from riskengine.results.samples.limits import Limits
from riskengine.results.samples.sample import LevellingSample, ResourceSample
from tests.support.samples import example, with_milestone

RESOURCES = ResourceSample(
    id=("crane", "crew"),
    name=("Crane", ""),
    capacity=np.array([1.0, 4.0]),
    demand=np.array([2.0, 5.0]),
    use=np.stack([np.full(256, 0.75), np.linspace(0.2, 0.4, 256)]),
    full=np.stack([np.full(256, 0.5), np.zeros(256)]),
)


def levelled(days, method="sobol", n=2560, cost=100.0, rule="late finish"):
    """A sample that is so many days (iteration,) later, and so much dearer, than it would be without levelling."""
    made = with_milestone(example(method, n), "t0001", 1)
    free = LevellingSample(
        rule=rule,
        finish=made.finish - (days * 86_400e6).astype("timedelta64[us]"),
        finish_days=made.finish_days - days,
        cost=made.cost - cost,
        deterministic_finish=made.deterministic_finish - np.timedelta64(2, "D"),
        deterministic_finish_days=made.deterministic_finish_days - 2.0,
        deterministic_cost=made.deterministic_cost - cost,
        resources=RESOURCES,
    )
    return replace(made, levelling=free)


def rows(made, target="project", measure="finish"):
    """The rows of one measure of one target, by statistic."""
    table = levelling_table(made).to_pylist()
    return {row["statistic"]: row for row in table if (row["target"], row["measure"]) == (target, measure)}


def test_a_scenario_without_levelling_has_no_rows():
    made = example()
    assert levelling_table(made).num_rows == 0
    assert resources_table(made).num_rows == 0


def test_every_target_and_the_cost_have_five_statistics():
    table = levelling_table(levelled(np.full(2560, 3.0))).to_pylist()
    groups = {(row["target"], row["measure"]) for row in table}
    assert groups == {("project", "finish"), ("t0001", "finish"), ("project", "cost")}
    assert [row["statistic"] for row in table] == ["deterministic", "mean", "p50", "p80", "p90"] * 3
    assert {row["rule"] for row in table} == {"late finish"}


def test_a_constant_wait_is_found_without_doubt_at_every_statistic():
    found = rows(levelled(np.full(2560, 3.0)))
    for statistic in ("mean", "p50", "p80", "p90"):
        row = found[statistic]
        ends = [row[f"difference{end}"] for end in ("", "_ci_low", "_ci_high")]
        assert ends == pytest.approx([3.0] * 3, abs=1e-9)
    exact = found["deterministic"]
    assert exact["difference"] == exact["difference_ci_low"] == exact["difference_ci_high"] == 2.0


def test_values_are_the_order_statistics_of_both_runs_and_the_difference_is_theirs():
    days = np.random.default_rng(2).exponential(4.0, 2560)
    made = levelled(days)
    row = rows(made)["p80"]
    rank = int(np.ceil(0.8 * 2560)) - 1
    assert row["levelled"] == np.sort(made.finish_days[0])[rank]
    assert row["unlevelled"] == np.sort(made.finish_days[0] - days)[rank]
    assert row["difference"] == pytest.approx(row["levelled"] - row["unlevelled"])
    assert row["difference_ci_low"] < row["difference"] < row["difference_ci_high"]
    assert row["levelled_instant"] == np.sort(made.finish[0])[rank].item()
    assert row["unlevelled_instant"] <= row["levelled_instant"]


def test_cost_and_means_have_no_dates():
    made = levelled(np.full(2560, 3.0))
    assert all(row["levelled_instant"] is None for row in rows(made, measure="cost").values())
    assert rows(made)["mean"]["unlevelled_instant"] is None
    assert rows(made)["deterministic"]["levelled_instant"] == made.deterministic_finish[0].item()


def test_too_few_iterations_give_no_interval_of_percentiles():
    row = rows(levelled(np.arange(10.0), "random", 10))["p80"]
    assert row["difference"] is not None
    assert row["difference_ci_low"] == 0  # nobody is earlier for having to wait
    assert row["difference_ci_high"] is None


def test_no_wait_in_any_iteration_is_no_proof_of_none():
    """Only where dates never vary is a difference exact that was the same in all iterations."""
    made = levelled(np.zeros(2560), cost=0.0)
    ends = np.array([[0.0], [np.inf]])
    limits = Limits(
        np.repeat(ends, 2, axis=1), ends[:, 0], np.repeat(ends, 3, axis=1), np.repeat(ends, 3, axis=1), False
    )
    found = rows(replace(made, limits=limits))
    del found["deterministic"]
    assert all(row["difference"] == row["difference_ci_low"] == 0 for row in found.values())
    assert found["mean"]["difference_ci_high"] is None
    assert found["p80"]["difference_ci_high"] > 0
    fixed = rows(replace(made, limits=replace(limits, is_float_fixed=True)))
    never = rows(replace(made, limits=limits, levelling=replace(made.levelling, finish_change=np.zeros(2))))
    assert fixed["mean"]["difference_ci_high"] == never["mean"]["difference_ci_high"] == 0


def test_a_difference_that_is_the_same_in_every_iteration_is_exact():
    row = rows(levelled(np.full(100, 3.0), "random", 100))["p80"]
    assert row["difference_ci_low"] == row["difference_ci_high"] == row["difference"] == pytest.approx(3.0)


def test_resources_have_the_mean_of_their_shares_with_an_interval():
    crane, crew = resources_table(levelled(np.full(2560, 3.0))).to_pylist()
    assert (crane["resource"], crane["capacity"], crane["demand"], crane["iterations"]) == ("crane", 1.0, 2.0, 256)
    assert crane["use"] == crane["use_ci_low"] == 0.75 and crane["full"] == 0.5
    assert crew["use"] == pytest.approx(0.3) and crew["use_ci_low"] < 0.3 < crew["use_ci_high"]
