"""The plans that the benchmark of real schedules runs."""

from benchmarks.core import compiled
from benchmarks.network import network
from benchmarks.schedule import bound, real
from riskengine.kernel.contract.arrays import HANDS_ON_DATES, HAS_STARTED, IS_FINISHED, LEAST_FINISH


def test_real_plan_has_two_thousand_tasks_six_thousand_relationships_and_five_calendars() -> None:
    plan = compiled(real(network("large").without_risks()))
    assert len(plan.task) == 2000
    assert plan.network.predecessor.size >= 6000
    assert len(set(plan.time.task_calendar.tolist())) == 5
    assert set(plan.network.kind.tolist()) == {0, 1, 2, 3}
    assert (plan.network.lag != 0).mean() > 0.5


def test_bound_plan_has_finished_started_and_constrained_tasks() -> None:
    plan = compiled(bound(network("medium")))
    binding = plan.network.binding
    assert ((binding & (IS_FINISHED | HANDS_ON_DATES)) != 0).sum() == 12
    assert (binding & HAS_STARTED).sum() == 0  # with a data date what is left is bound, not the start
    assert ((binding & LEAST_FINISH) != 0).sum() == 9
    assert (plan.network.bound > plan.network.bound.min()).sum() >= 10
