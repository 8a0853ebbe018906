"""A value of 2 % of an estimate: no whole number of 256, on which ten blocks often agree."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import task_numbers

SHARE = 0.02
TRIAL = '{ shape = "discrete", values = [5, 35], weights = [98, 2] }'


def build() -> Model:
    """A triangular task, and a trial of 5 days that takes 35 in two cases of a hundred, at 100 a day."""
    step = 2e-3
    own, trial = law.triangular(50, 60, 90, step), law.discrete({5: 1 - SHARE, 35: SHARE})
    finish = own + law.constant(5.0, step) + law.event(SHARE, law.constant(30.0, step))
    sums = law.constant(500.0, 20 * step) + law.event(SHARE, law.constant(3_000.0, 20 * step))
    return Model(
        "triangular task before a trial of two values, the longer with 2 %",
        "mixture of two laws",
        scenario.head("common value")
        + scenario.task("work", scenario.triangular(50, 60, 90), more="cost = { rate = 20 }")
        + scenario.task("trial", TRIAL, '["work"]', "cost = { rate = 100 }"),
        (Measure(finish, plan=65), Measure(own.scaled(20.0) + sums, measure="cost", plan=1_700, has_gates=False)),
        tuple(task_numbers("trial", trial, law.discrete({500: 1 - SHARE, 3500: SHARE}))),
        of_one_variable=("task",),
        of_one_event=dict.fromkeys(("task trial",), SHARE),
    )
