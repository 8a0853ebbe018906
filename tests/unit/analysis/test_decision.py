"""Gates and what follows from them."""

from dataclasses import replace

import numpy as np
import pytest

from riskengine.analysis import decide
from riskengine.analysis.decision import gates_table, is_met, verdict
from tests.support.samples import START, chain_sample, example, gate, instants, with_milestone


def sample_with(share, gates, n=2560, method="random"):
    """A sample in which this share of the iterations finishes after 10 days, the others after 20."""
    days = np.where(np.arange(n) < share * n, 10.0, 20.0)
    days = np.random.default_rng(1).permutation(days)
    return chain_sample(days[np.newaxis], method, gates=gates)


@pytest.mark.parametrize(("share", "answer"), [(0.9, "pass"), (0.7, "fail"), (0.8, "undecided"), (0.81, "undecided")])
def test_a_gate_answers_by_the_whole_interval(share, answer):
    found = decide(sample_with(share, [gate(0.8, finish_days=15)])).gates[0]
    assert found.answer == answer
    assert found.probability == pytest.approx(share, abs=1e-3)
    assert found.low < found.probability < found.high
    assert found.count == round(share * 2560)


@pytest.mark.parametrize("method", ["random", "lhs", "sobol"])
def test_a_sure_thing_passes_and_a_hopeless_one_fails(method):
    gates = [gate(0.95, finish_days=30, name="sure"), gate(0.05, finish_days=5, name="hopeless")]
    found = decide(sample_with(0.5, gates, method=method))
    assert [answer.answer for answer in found.gates] == ["pass", "fail"]
    assert found.answer == "no-go"


def test_one_iteration_decides_nothing():
    sample = chain_sample([[10.0]], "sobol", gates=[gate(0.8, finish_days=15)])
    assert decide(sample).answer == "undecided"


def test_finishing_at_the_very_threshold_is_in_time():
    sample = sample_with(1.0, [gate(0.9, finish_days=10)])
    assert decide(sample).answer == "go"
    late = replace(sample.gates[0], finish=instants(10) - np.timedelta64(1, "us"))
    assert decide(replace(sample, gates=(late,))).answer == "no-go"


def test_costing_exactly_the_budget_is_within_it_whatever_the_rounding():
    sample = sample_with(1.0, [gate(0.9, cost=0.3)])
    assert decide(replace(sample, cost=np.full(2560, 0.1 + 0.2))).answer == "go"
    assert decide(replace(sample, cost=np.full(2560, 0.3001))).answer == "no-go"


def test_a_joint_gate_counts_iterations_that_meet_both():
    sample = example("random", 5120)
    sample = replace(sample, cost=np.random.default_rng(3).permutation(sample.cost))
    date, money = gate(0.8, finish_days=27), gate(0.8, cost=2600.0)
    joint = gate(0.8, finish_days=27, cost=2600.0)
    both = is_met(sample, date) & is_met(sample, money)
    assert np.array_equal(is_met(sample, joint), both)
    assert 0 < both.sum() < min(is_met(sample, date).sum(), is_met(sample, money).sum())


def test_a_joint_gate_is_not_the_product_of_its_parts():
    sample = example("random", 5120)  # cost is proportional to time: either both or neither
    limit = float(np.quantile(sample.finish_days[0], 0.6))
    found = is_met(sample, gate(0.8, finish_days=limit, cost=100 * limit))
    assert found.mean() == pytest.approx(0.6, abs=0.01)


def test_a_gate_on_a_milestone_asks_for_its_finish():
    sample = with_milestone(example("random", 2560), "m", 0)
    early = gate(0.8, finish_days=20.0, target=1)
    found = decide(replace(sample, gates=(early,))).gates[0]
    assert found.target == "m"
    assert found.count == np.count_nonzero(sample.finish[1] <= START + np.timedelta64(20, "D"))
    assert found.count > np.count_nonzero(sample.finish[0] <= START + np.timedelta64(20, "D"))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], None),
        (["pass"], "go"),
        (["pass", "pass"], "go"),
        (["pass", "undecided"], "undecided"),
        (["undecided", "fail"], "no-go"),
        (["fail", "pass", "pass"], "no-go"),
    ],
)
def test_one_failure_is_a_no_go_and_go_takes_every_gate(answers, expected):
    assert verdict(answers) == expected


def test_every_look_takes_its_part_of_the_doubt():
    sample = sample_with(0.81, [gate(0.8, finish_days=15)], n=10_240)
    once, often = decide(sample).gates[0], decide(sample, looks=10).gates[0]
    assert once.level == 0.95
    assert often.level == pytest.approx(0.995)
    assert often.low < once.low
    assert once.high < often.high
    assert (once.answer, often.answer) == ("pass", "undecided")


def stopped_right(looks, spent, rng):
    """Look at a gate on its very threshold after each 512 iterations: is it rightly never decided?"""
    finish = np.where(rng.random(512 * looks) < 0.8, 10.0, 20.0)
    for look in range(1, looks + 1):
        sample = chain_sample(finish[np.newaxis, : 512 * look], "random", gates=[gate(0.8, finish_days=15)])
        if decide(sample, looks=looks if spent else 1).answer != "undecided":
            return False
    return True


def test_ten_looks_together_are_wrong_in_at_most_five_percent():
    # 300 repetitions: false alarm below 1e-4 at 5 %; looking ten times at 95 % each is wrong in 19 %, seen for sure.
    rng = np.random.default_rng(8)
    assert sum(not stopped_right(10, True, rng) for _ in range(300)) <= 31
    assert sum(not stopped_right(10, False, rng) for _ in range(300)) > 31


def test_the_table_says_what_the_decision_says():
    gates = [gate(0.8, finish_days=15, name="date"), gate(0.5, cost=1500.0, name="money")]
    decision = decide(sample_with(0.9, gates))
    rows = gates_table(decision).to_pylist()
    assert [row["gate"] for row in rows] == ["date", "money"]
    assert rows[0]["cost"] is None
    assert rows[1]["finish"] is None
    assert rows[0]["finish"] == instants(15).item()
    assert [row["answer"] for row in rows] == [answer.answer for answer in decision.gates]
    assert rows[0]["ci_low"] == decision.gates[0].low


def test_a_scenario_without_gates_decides_nothing():
    decision = decide(sample_with(0.5, []))
    assert decision.answer is None
    assert gates_table(decision).num_rows == 0
