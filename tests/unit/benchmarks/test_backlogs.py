"""The plans that the benchmark of backlogs runs."""

from benchmarks.backlogs import PERIODS, with_backlogs
from benchmarks.core import bound_run, compiled
from benchmarks.network import document, network


def test_every_task_is_a_backlog_of_as_many_periods_in_every_iteration() -> None:
    plan = network("small").without_risks()
    made = compiled(with_backlogs(plan))
    assert made.backlogs is not None
    assert sorted(made.backlogs.task.tolist()) == list(range(len(plan.tasks)))
    assert sorted(made.task) == sorted(compiled(document(plan)).task)
    output = bound_run(made, 256)()
    weeks = set((output.finish[0] / made.backlogs.period[0]).tolist())
    assert weeks == {float(4 * PERIODS)}
