"""The NumPy yardstick on plans whose answer is known."""

import numpy as np
import pytest

from benchmarks.core import DisagreementError, bound_run, check_agreement, compare, compiled, in_days
from benchmarks.network import Network, Risk, Task, document, network
from benchmarks.yardstick import Simulated, simulate


def task(name: str, likely: float, *predecessors: int, fixed: float = 0, rate: float = 0) -> Task:
    """Return a task that takes its most likely duration, give or take a millionth."""
    return Task(name, likely * (1 - 1e-6), likely, likely * (1 + 1e-6), predecessors, fixed, rate)


def test_finish_is_the_longest_path_and_cost_is_fixed_and_rate() -> None:
    tasks = (task("a", 2, fixed=10), task("b", 3, rate=5), task("c", 4, 0, 1), task("d", 1, 0))
    found = simulate(Network("diamond", tasks, ()), 50, 1)
    assert found.finish == pytest.approx(7, rel=1e-5)
    assert found.cost == pytest.approx(25, rel=1e-5)
    assert found.criticality.tolist() == [0, 1, 1, 0]


def test_risk_delays_and_costs_as_often_as_its_probability_says() -> None:
    plan = Network("risky", (task("a", 10),), (Risk("r", 0.25, 0, 4, 5, 6, 100),))
    found = simulate(plan, 4000, 1)
    occurs = found.finish > 11
    assert occurs.mean() == pytest.approx(0.25, abs=0.04)
    assert set(found.cost[occurs]) == {100}
    assert set(found.cost[~occurs]) == {0}
    assert 14 < found.finish[occurs].min() < found.finish[occurs].max() < 16


@pytest.mark.parametrize("has_risks", [False, True])
def test_core_and_yardstick_agree_by_more_than_luck(has_risks: bool) -> None:
    plan = network("small") if has_risks else network("small").without_risks()
    arrays = compiled(document(plan))
    ours = in_days(plan, arrays, bound_run(arrays, 2048)())
    check_agreement(simulate(plan, 2048, 1), ours)
    with pytest.raises(DisagreementError, match="mean finish"):
        check_agreement(simulate(plan, 2048, 1), Simulated(ours.finish + 3, ours.cost, ours.criticality))
    with pytest.raises(DisagreementError, match="mean cost"):
        check_agreement(simulate(plan, 2048, 1), Simulated(ours.finish, 1.1 * ours.cost, ours.criticality))
    with pytest.raises(DisagreementError, match="criticalities"):
        check_agreement(simulate(plan, 2048, 1), Simulated(ours.finish, ours.cost, np.roll(ours.criticality, 1)))


def test_figure_names_the_plan_and_gives_the_time_of_both() -> None:
    figure = compare(network("small"), 512, 1, 0)
    assert "12 tasks, 5 risks" in figure.name
    assert figure.value == pytest.approx(figure.details["numpy_ns"] / figure.details["core_ns"])
