"""Finish and cost together, against counting, laws that are known, and the published model RM-1."""

from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil, sqrt
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

import riskengine
from riskengine.analysis.joint_confidence import (
    Futures,
    JointQuestion,
    frontier,
    frontier_dates,
    joint_chance,
    joint_confidence,
    latest_finish,
    least_iterations,
)
from riskengine.analysis.statistics.diagonal import equal_percentiles
from riskengine.analysis.statistics.replicate import Replicates
from tests.verification.cases_joint import RM1_TEXT

START = np.datetime64("2027-03-01T00:00:00", "us")
SECOND = np.timedelta64(1, "s")


def futures(seconds, cost, method="random"):
    """Futures that finish so many seconds after the start."""
    return Futures(START + np.asarray(seconds, np.int64) * SECOND, np.asarray(cost, np.float64), method, 0.0)


def drawn(n, seed, rho):
    """Futures with a normal copula."""
    random = np.random.default_rng(seed)
    first = random.standard_normal(n)
    second = rho * first + sqrt(1 - rho**2) * random.standard_normal(n)
    return futures(np.round(1e6 * (first + 10)), second + 10)


def equal(some, level, replicates=None):
    counted = replicates or some.replicates
    return equal_percentiles(some.finish.astype(np.int64), some.cost, Fraction(level), counted, 0.0)


def test_chances_are_counts_and_keep_their_bounds():
    some = drawn(1000, 3, 0.5)
    finish, cost = some.finish[np.argsort(some.finish)[600]], float(np.sort(some.cost)[700])
    pair = joint_chance(some, finish.item(), cost)
    on_time, within = some.finish <= finish, some.cost <= cost
    assert pair.joint.value == (on_time & within).mean()
    assert (pair.on_time.value, pair.in_budget.value) == (0.601, 0.701)
    assert pair.in_budget_if_on_time.value == pytest.approx((on_time & within).sum() / 601)
    assert pair.on_time_if_in_budget.value == pytest.approx((on_time & within).sum() / 701)
    assert pair.on_time.value + pair.in_budget.value - 1 <= pair.joint.value <= pair.on_time.value
    for each in (pair.joint, pair.on_time, pair.in_budget, pair.in_budget_if_on_time, pair.on_time_if_in_budget):
        assert each.ci_low < each.value < each.ci_high


def test_a_frontier_has_the_least_money_for_each_date():
    some, level = drawn(500, 8, 0.3), Fraction("0.725")
    wanted = ceil(500 * level)
    days = frontier_dates(some, level)
    points = frontier(some, level, days)
    assert len(points) == len(days) > 5
    for point in points:
        on_time = some.finish <= np.datetime64(point.finish)
        assert (on_time & (some.cost <= point.cost.value)).sum() == wanted
        assert point.cost.ci_low < point.cost.value
        assert point.cost.ci_high is None or point.cost.value < point.cost.ci_high
    money = [point.cost.value for point in points]
    assert money == sorted(money, reverse=True)
    assert points[-1].on_time.value == 1
    assert money[-1] == np.sort(some.cost)[wanted - 1]


def test_a_date_that_is_too_early_has_no_amount_and_the_reverse():
    some = drawn(400, 1, 0.3)
    early = np.sort(some.finish)[100].item()
    (point,) = frontier(some, Fraction("0.7"), [early])
    assert (point.cost.value, point.cost.ci_low, point.cost.ci_high) == (None, None, None)
    cheap = float(np.sort(some.cost)[100])
    date = latest_finish(some, Fraction("0.7"), cheap)
    assert (date.finish.value, date.finish.ci_low, date.finish.ci_high) == (None, None, None)


def test_a_date_for_an_amount_and_an_amount_for_a_date_are_one_pair():
    some, level = drawn(500, 5, 0.6), Fraction("0.6")
    amount = float(np.sort(some.cost)[360])
    date = latest_finish(some, level, amount)
    both = (some.finish <= np.datetime64(date.finish.value)) & (some.cost <= amount)
    assert both.sum() == 300
    assert date.finish.ci_low < date.finish.value < date.finish.ci_high


def test_frontier_dates_are_ends_of_days():
    days = frontier_dates(futures(86_400 * np.arange(1, 101) - 3_600, np.arange(100)), Fraction("0.7"))
    assert days[0] == datetime(2027, 3, 1) + timedelta(days=70)
    assert days[-1] == datetime(2027, 3, 1) + timedelta(days=100)
    on_midnight = frontier_dates(futures(86_400 * np.arange(1, 101), np.arange(100)), Fraction("0.7"))
    assert on_midnight == days


def test_equal_percentiles_of_what_rises_together_are_the_level():
    some = futures(np.arange(1000), 2.0 * np.arange(1000))
    found = equal(some, "0.7")
    assert found.share.value == found.joint_at_level.value == 0.7
    assert found.cost.value == 2 * 699
    assert found.share.ci_low < 0.7 < found.share.ci_high
    assert found.share.ci_high - found.share.ci_low < 0.02
    assert found.finish.ci_low < found.finish.value < found.finish.ci_high


def test_equal_percentiles_of_opposites_leave_nothing_over():
    """Both beyond never happens: J(p) = 2 p - 1, so that 70 % takes P85."""
    some = futures(np.arange(1000), -2.0 * np.arange(1000))
    found = equal(some, "0.7")
    assert found.share.value == 0.85
    assert found.joint_at_level.value == pytest.approx(0.4)


def test_equal_percentiles_where_one_never_varies_are_the_level():
    for seconds, cost in ((np.zeros(1000), np.arange(1000.0)), (np.arange(1000), np.zeros(1000))):
        found = equal(futures(seconds, cost), "0.7")
        assert (found.share.value, found.joint_at_level.value) == (0.7, 0.7)
    nothing = equal(futures(np.zeros(300), np.zeros(300)), "0.7")
    assert nothing.joint_at_level.value == 1


@pytest.mark.parametrize("rho", [0.0, 0.6, 0.95])
def test_equal_percentiles_are_the_least_rank_at_which_enough_keep_both(rho):
    some, wanted = drawn(777, 4, rho), ceil(777 * 0.7)
    found = equal(some, "0.7")
    dates, money = np.sort(some.finish), np.sort(some.cost)
    counts = [((some.finish <= date) & (some.cost <= amount)).sum() for date, amount in zip(dates, money, strict=True)]
    rank = next(at for at, count in enumerate(counts) if count >= wanted)
    assert found.share.value == (rank + 1) / 777
    assert found.cost.value == money[rank]
    assert np.datetime64(found.finish.value) == dates[rank]
    assert found.joint_at_level.value == counts[wanted - 1] / 777


@pytest.mark.parametrize("level", ["0.7", "0.9"])
def test_intervals_hold_the_truth_of_independent_finish_and_cost(level):
    """J(p) = p^2, so that 70 % takes the 83.666th percentile, and 90 % the 94.868th, beyond which few keep neither.

    Of 200 samples each interval is expected to miss in 10; that more than 23 do has a chance of 1 in 10,000 each. An
    interval that held 85 % would miss in 30.
    """
    misses = np.zeros(2)
    for seed in range(200):
        found, p = equal(drawn(400, 1000 + seed, 0.0), level), float(level)
        for at, (each, truth) in enumerate(((found.share, sqrt(p)), (found.joint_at_level, p * p))):
            misses[at] += not (each.ci_low or 0) <= truth <= (each.ci_high or 1)
    assert misses.max() <= 23


def test_an_interval_of_equal_percentiles_holds_where_many_iterations_share_a_value():
    """Three in four finish on the first of two days, and with any amount these are too few: P75 and more is needed.

    Its interval held P75 in 6 of 40 runs, for it was that of the step in this sample alone. Of 200 samples it should
    miss in 10; that it does in more than 23 has a chance of 1 in 10,000. One that held 85 % would miss in 30.
    """
    misses = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        long, gain = random.random(400) < 0.5, random.random(400) < 0.5
        work = np.where(long, 10, 5) - 2 * gain
        cost = 100.0 * work - 20 * gain + random.choice([0, 300, 1000], 400, p=[0.5, 0.3, 0.2])
        found = equal(futures(np.maximum(work, 8) * 3600, cost), "0.7").share
        misses += not found.ci_low <= 0.75 <= found.ci_high
    assert misses <= 23


def test_a_level_that_few_iterations_cannot_bound_has_open_ends():
    found = equal(drawn(256, 2, 0.5), "0.999")
    assert found.share.ci_high is None
    assert found.cost.ci_high is None
    assert found.finish.ci_high is None
    single = equal(futures([5], [7.0]), "0.7")
    assert (single.cost.value, single.cost.ci_low, single.cost.ci_high) == (7.0, None, None)
    assert least_iterations(Fraction("0.999")) == 3688


def test_blocks_tell_how_far_they_vary():
    """Stratified on one draw that decides both: whole blocks hardly differ, and the interval is far narrower."""
    random = np.random.default_rng(9)
    ranks = np.concatenate([random.permutation(256) for _ in range(20)])
    seconds = 1000 * ranks + random.integers(0, 1000, ranks.size)
    wide = equal(futures(seconds, seconds.astype(float)), "0.7", Replicates.of("random", ranks.size))
    narrow = equal(futures(seconds, seconds.astype(float)), "0.7", Replicates.of("lhs", ranks.size))
    spread = [each.cost.ci_high - each.cost.ci_low for each in (wide, narrow)]
    assert spread[1] < spread[0] / 4


@pytest.fixture(scope="module")
def published():
    """RM-1 with both risks."""
    return riskengine.simulate(RM1_TEXT.format(r1="true", r2="true"), contributions=False, seed=7)


@pytest.mark.parametrize(("level", "share", "at_level"), [(0.7, 0.7544, 0.6403), (0.8, None, 0.7509)])
def test_the_published_model_has_its_joint_confidence(published, level, share, at_level):
    """Held to 4 standard errors, a quarter of the interval each: a false alarm in one of 15,000.

    A joint confidence that is off by 0.6 % would be seen.
    """
    document = published.jcl(level).document
    near(document["both_at_level"]["joint"], at_level)
    near(document["plan"]["joint"], 0.02995)
    if share is not None:
        near(document["equal_percentiles"]["share"], share)
    plan = document["plan"]
    assert max(0, plan["on_time"]["value"] + plan["in_budget"]["value"] - 1) <= plan["joint"]["value"]
    assert plan["joint"]["value"] <= min(plan["on_time"]["value"], plan["in_budget"]["value"])


def near(number, exact):
    error = (number["ci_high"] - number["ci_low"]) / (2 * 1.96)
    assert abs(number["value"] - exact) <= 4 * error
    assert error < 0.003


def test_gates_that_ask_for_both_are_answered_as_the_run_answers_them():
    gates = [
        {"gate": "both", "name": "Both", "target": "project", "finish": datetime(2027, 3, 2), "cost": 1.5},
        {"gate": "date", "name": "", "target": "project", "finish": datetime(2027, 3, 2), "cost": None},
    ]
    some = futures([0, 86_400, 86_401, 9], [1.0, 1.5, 1.0, 2.0])
    summary = [
        {"target": "project", "measure": "finish", "deterministic": 0.0, "deterministic_instant": datetime(2027, 3, 1)},
        {"target": "project", "measure": "cost", "deterministic": 1.0, "deterministic_instant": None},
    ]
    run = SimpleNamespace(
        manifest={"method": "random", "table_error": 0.0},
        tables={
            "gates": pa.Table.from_pylist(gates),
            "summary": pa.Table.from_pylist(summary),
            "iterations": pa.table({"finish": some.finish, "cost": some.cost}),
        },
    )
    (gate,) = joint_confidence(run, JointQuestion(Fraction("0.5"))).gates
    assert (gate.gate, gate.chance.joint.value) == ("both", 0.5)


DAYS, DAYS_KEPT = np.array([10, 20, 30]), np.array([0.7, 0.9, 1.0])
AMOUNTS, AMOUNTS_KEPT = np.array([1.0, 2.0, 3.0]), np.array([0.55, 0.8, 1.0])


def stepped(n, seed):
    """Futures of few dates and amounts, independent of each other; P70 of the date lies exactly on a step."""
    random = np.random.default_rng(seed)
    days, amounts = (np.searchsorted(kept, random.random(n)) for kept in (DAYS_KEPT, AMOUNTS_KEPT))
    return futures(DAYS[days], AMOUNTS[amounts])


@pytest.mark.parametrize(
    ("level", "share"),
    [("0.5", 0.7 * 0.55), ("0.6", 0.7 * 0.8), ("0.7", 0.7 * 0.8), ("0.8", 0.9 * 0.8), ("0.85", 0.9)],
)
@pytest.mark.parametrize("n", [100, 1000])
def test_an_interval_of_percentiles_that_step_holds_what_is_kept_at_them(level, share, n):
    """By the rank alone it was held in 20 to 70 of 100 runs; fewer than 132 of 150 by chance in 1 of 1000."""
    intervals = [equal(stepped(n, seed), level).joint_at_level for seed in range(150)]
    assert sum(each.ci_low <= share <= each.ci_high for each in intervals) >= 132


@pytest.mark.parametrize("n", [100, 1000])
def test_equal_percentiles_that_step_hold_their_date_and_amount(n):
    """Both are kept with 60 % from P70 on: there the date steps to the twentieth day, and the amount is 2."""
    results = [equal(stepped(n, seed), "0.6") for seed in range(150)]
    twenty = START + 20 * SECOND
    assert sum(each.finish.ci_low <= twenty.item() <= each.finish.ci_high for each in results) >= 132
    assert sum(each.cost.ci_low <= 2 <= each.cost.ci_high for each in results) >= 132


@pytest.mark.parametrize("method", ["random", "lhs"])
@pytest.mark.parametrize("n", [300, 1000, 3000])
def test_one_event_has_one_interval(method, n):
    """Where every future is on time, what is within the amount is one event however it is asked for."""
    random = np.random.default_rng(4)
    some = futures(np.full(n, 60), np.searchsorted([0.7, 1.0], random.random(n)), method)
    pair = joint_chance(some, (START + 60 * SECOND).item(), 0.0)
    assert pair.joint == pair.in_budget == pair.in_budget_if_on_time
    at_level = equal(some, "0.5")
    assert (at_level.cost_at_level, at_level.joint_at_level) == (0.0, pair.joint)
