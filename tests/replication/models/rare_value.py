"""A rare value of an estimate: no risk says that it is there."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import task_numbers

TRIAL = '{ shape = "discrete", values = [5, 65], weights = [998, 2] }'


def build() -> Model:
    """A triangular task, and a trial of 5 days that takes 65 in two cases of a thousand, at 100 a day."""
    step = 2e-3
    own, trial = law.triangular(50, 60, 90, step), law.discrete({5: 0.998, 65: 0.002})
    finish = own + law.constant(5.0, step) + law.event(0.002, law.constant(60.0, step))
    cost = law.discrete({500: 0.998, 6500: 0.002})
    return Model(
        "triangular task before a trial of two values, the longer with 0.2 %",
        "mixture of two laws",
        scenario.head("rare value")
        + scenario.task("work", scenario.triangular(50, 60, 90))
        + scenario.task("trial", TRIAL, '["work"]', "cost = { rate = 100 }"),
        (Measure(finish, plan=65), Measure(cost, measure="cost", plan=500, has_gates=False)),
        tuple(task_numbers("trial", trial, cost)),
        counted=dict.fromkeys(("cost mean", "task trial duration mean", "task trial cost mean"), 0.002),
        of_one_variable=("finish", "cost", "gate", "task"),
    )
