"""Differences of two runs on the same random numbers."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from riskengine.analysis.comparison import STATISTICS, compare
from riskengine.analysis.paired_runs import PairedRuns, PairedValues
from tests.support.samples import START, chain_sample, example, gate, instants, uniforms, with_milestone

N = 2_560


def pair(method="sobol", n=N, more=4.0, **options):
    """A chain of three tasks, and the same with a uniform part of its last one stretched."""
    draws = uniforms(method, 4, n, np.random.default_rng(5))
    before = 5 + 10 * draws[:3]
    after = before.copy()
    after[2] += more * draws[3]
    return (
        chain_sample(before, method, gates=(gate(0.8, finish_days=34.0),), **options),
        chain_sample(after, method, gates=(gate(0.8, finish_days=34.0),), **options),
    )


def of(result, measure="finish", target="project"):
    """The differences of one measure."""
    return next(each for each in result.measures if (each.measure, each.target) == (measure, target))


def test_differences_are_those_of_order_statistics_and_means():
    before, after = pair()
    result = of(compare(before, after, is_same_calendar=True))
    old, new = (np.sort(each.finish_days[0]) for each in (before, after))
    assert [each.statistic for each in result.movements] == list(STATISTICS)
    for percent in (50, 80, 90):
        at = N * percent // 100 - 1
        movement = result.of(f"p{percent}")
        assert (movement.before, movement.after) == (old[at], new[at])
        assert movement.difference == new[at] - old[at]
        assert movement.ci_low < movement.difference < movement.ci_high
        assert movement.after_instant == np.sort(after.finish[0])[at].item()
    assert result.of("mean").difference == pytest.approx(new.mean() - old.mean())
    assert result.unit == "working days"


def test_the_deterministic_plan_is_exact():
    before, after = pair()
    movement = of(compare(before, replace(after, deterministic_cost=2_000.0), is_same_calendar=True), "cost").of("plan")
    assert movement.difference == movement.ci_low == movement.ci_high == 2_000.0 - before.deterministic_cost


def test_pairing_is_sharper_than_two_runs_apart():
    before, after = pair("random", more=1.0)
    other = pair("random", more=1.0)[1]
    shuffled = np.random.default_rng(1).permutation(N)
    apart = replace(other, finish_days=other.finish_days[:, shuffled], finish=other.finish[:, shuffled])
    widths = [
        (movement := of(compare(before, each, is_same_calendar=True)).of("p80")).ci_high - movement.ci_low
        for each in (after, apart)
    ]
    assert widths[0] < widths[1] / 2


def test_what_is_computed_alike_differs_by_exactly_nothing():
    before, _ = pair()
    result = compare(before, before, is_same_calendar=True, is_alike=True)
    for measure in result.measures:
        assert all((each.difference, each.ci_low, each.ci_high) == (0, 0, 0) for each in measure.movements)
    assert all((each.difference, each.ci_low, each.ci_high) == (0, 0, 0) for each in result.gates)


def test_plans_that_are_said_to_be_alike_and_are_not_are_a_fault():
    with pytest.raises(AssertionError, match="computed alike"):
        compare(*pair(), is_same_calendar=True, is_alike=True)


def test_no_difference_that_was_seen_is_not_nothing():
    """A change that no iteration shows may still show in one of thousands."""
    before, _ = pair()
    movement = of(compare(before, before, is_same_calendar=True)).of("p80")
    assert movement.difference == 0
    assert movement.ci_low < 0 < movement.ci_high


def test_other_calendars_and_other_starts_are_told_apart_in_calendar_days():
    before, after = pair()
    halved = replace(after, finish_days=after.finish_days / 2)
    by_clock = of(compare(before, halved, is_same_calendar=False))
    assert by_clock.unit == "calendar days"
    expected = of(compare(before, after, is_same_calendar=True))
    for mine, theirs in zip(by_clock.movements, expected.movements, strict=True):
        assert mine.difference == pytest.approx(theirs.difference, abs=1e-9)
        if mine.statistic != "plan":
            assert (mine.ci_low, mine.ci_high) == pytest.approx((theirs.ci_low, theirs.ci_high), abs=1e-9)
    later = replace(after, start=instants(7.0))
    assert of(compare(before, later, is_same_calendar=True)).unit == "calendar days"


def test_targets_and_gates_of_one_plan_only_are_named_or_left_out():
    before, after = pair()
    before = with_milestone(with_milestone(before, "both", 0), "old", 1)
    after = with_milestone(with_milestone(after, "new", 1), "both", 0)
    after = replace(after, gates=(*after.gates, gate(0.5, cost=1e4, name="new")))
    before = replace(before, gates=(*before.gates, gate(0.5, cost=1e4, name="old")))
    result = compare(before, after, is_same_calendar=True)
    assert [each.target for each in result.measures] == ["project", "both", "project"]
    moved = [each.difference for each in of(result, target="both").movements]
    assert moved == [0.0] * 5, "the first task is the same in both, and its row is another one"
    assert (result.gates_before, result.gates_after) == (("old",), ("new",))


def test_a_gate_goes_from_one_share_to_the_other():
    before, after = pair()
    (movement,) = compare(before, after, is_same_calendar=True).gates
    shares = [(each.finish_days[0] <= 34.0).mean() for each in (before, after)]
    assert (movement.before.probability, movement.after.probability) == pytest.approx(tuple(shares))
    assert movement.difference == pytest.approx(shares[1] - shares[0])
    assert movement.ci_low < movement.difference < movement.ci_high < 0
    assert movement.is_same_question


def test_a_gate_that_asks_for_another_date_is_told():
    before, after = pair()
    later = replace(after, gates=(gate(0.8, finish_days=40.0),))
    (movement,) = compare(before, later, is_same_calendar=True).gates
    assert not movement.is_same_question
    assert movement.before.gate.finish.item() == datetime(2027, 4, 4)
    assert START.item() < movement.after.gate.finish.item()


def with_rare(sample, is_rare, effect=30.0, probability=0.001):
    """The sample with a risk that hardly occurs, and its iterations with that risk forced."""
    forced = sample.finish_days[np.newaxis, :, :256] + effect
    risks = replace(
        sample.risks,
        id=("rare",),
        name=("",),
        kind=("threat",),
        probability=np.array([probability]),
        occurs=is_rare[np.newaxis],
        forced=(0,),
        forced_finish_days=forced,
        forced_cost=sample.cost[np.newaxis, :256] + effect,
    )
    return replace(sample, risks=risks)


def known(before, after):
    """What is known of the mean difference of the finish."""
    values = PairedValues(
        after.finish_days[0],
        before.finish_days[0],
        [after.risks.forced_finish_days[:, 0] if after.risks.forced else after.risks.forced_cost],
        [before.risks.forced_finish_days[:, 0] if before.risks.forced else before.risks.forced_cost],
    )
    return PairedRuns(before, after).known_variance(values, lambda after, before: after - before).certain[0]


def test_a_risk_of_one_plan_that_did_not_occur_is_reckoned_with():
    before, after = pair("random")
    never = np.zeros(N, dtype=np.bool_)
    expected = 0.001 * 0.999 / N * 30.0**2
    assert known(before, with_rare(after, never)) == pytest.approx(expected)
    assert known(with_rare(before, never), after) == pytest.approx(expected), "and so is one that is gone"


def test_a_risk_that_both_plans_have_is_one_chance_and_moves_both():
    before, after = pair("random")
    never = np.zeros(N, dtype=np.bool_)
    assert known(with_rare(before, never), with_rare(after, never)) == pytest.approx(0.0, abs=1e-20)
    expected = 0.001 * 0.999 / N * 12.0**2
    assert known(with_rare(before, never), with_rare(after, never, effect=42.0)) == pytest.approx(expected)


def test_a_risk_of_another_probability_counts_on_either_side():
    before, after = pair("random")
    never = np.zeros(N, dtype=np.bool_)
    found = known(with_rare(before, never), with_rare(after, never, probability=0.002))
    assert found == pytest.approx((0.001 * 0.999 + 0.002 * 0.998) / N * 30.0**2)


@pytest.mark.parametrize("n", [1, 2, 3, 40])
def test_few_iterations_leave_ends_open_and_nothing_else(n):
    sample = example(n=n, risks=0)
    other = replace(sample, finish_days=sample.finish_days * 1.1, cost=sample.cost * 1.1)
    result = compare(sample, other, is_same_calendar=True)
    movement = of(result).of("p80")
    assert movement.difference > 0
    assert movement.ci_low is None or movement.ci_low <= movement.difference
    assert movement.ci_high is None or movement.ci_high >= movement.difference
