"""A duration times a factor that always acts: a product of two uniform values."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution

FACTOR = (0.8, 1.5)


def build() -> Model:
    """Uniform from 50 to 100 days, times uniform from 0.8 to 1.5."""
    step = 5e-3
    own = law.uniform(50, 100, step)
    finish = law.product(own, law.uniform(*FACTOR, 5e-4), step)
    return Model(
        "uniform duration times a uniform factor that always acts",
        "quadrature",
        scenario.head("driver product")
        + scenario.task("work", scenario.uniform(50, 100))
        + f'[risks.pace]\nkind = "driver"\nimpacts.work = {{ factor = {scenario.uniform(*FACTOR)} }}\n',
        (Measure(finish, plan=75),),
        tuple(contribution("pace", "days", finish, own)),
    )
