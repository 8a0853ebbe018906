"""A risk that is sure to occur scales a task of which a value has 2 %: what it contributes rests on how often."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution

SHARE = 0.02
TRIAL = '{ shape = "discrete", values = [50, 80], weights = [98, 2] }'


def build() -> Model:
    """Both tasks take half as long again; one takes 50 days, or 80 in two cases of a hundred."""
    step = 5e-3
    without = law.constant(50.0, step) + law.triangular(50, 60, 90, step) + law.event(SHARE, law.constant(30.0, step))
    finish = without.scaled(1.5)
    return Model(
        "a sure factor on a triangular task and one of two values, the longer with 2 %",
        "mixture of two laws",
        scenario.head("sure driver")
        + scenario.task("trial", TRIAL)
        + scenario.task("work", scenario.triangular(50, 60, 90), '["trial"]')
        + "[risks.pace]\nprobability = 1\nimpacts.trial = { factor = 1.5 }\nimpacts.work = { factor = 1.5 }\n",
        (Measure(finish, plan=110),),
        tuple(contribution("pace", "days", finish, without, probability=1.0)),
    )
