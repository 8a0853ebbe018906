"""The plans that the benchmark of levelling runs."""

from benchmarks.core import bound_run, compiled
from benchmarks.levelling import levelled
from benchmarks.network import network


def test_most_tasks_of_the_levelled_plan_hold_something_and_many_have_to_wait() -> None:
    made = compiled(levelled("medium", network("medium")))
    assert len(set(made.holdings.holder.tolist())) == 120
    with_it, without = bound_run(made, 256)().finish[0], bound_run(made.unlevelled, 256)().finish[0]
    assert (with_it > 1.1 * without).mean() > 0.99
