"""One lognormal duration with an sd of twice its mean."""

import math

from tests.replication import law, scenario
from tests.replication.families import UNSEEN_TAIL
from tests.replication.model import Measure, Model


def build() -> Model:
    """The mean is 20 days."""
    finish = law.lognormal(20, 40, 2e-3, 800)
    return Model(
        "one lognormal duration, sd 2 x mean",
        "closed form",
        scenario.head("heavy duration") + scenario.task("work", scenario.lognormal(20, 40)),
        (Measure(finish, plan=20 * math.exp(-1.5 * math.log(5))),),
        is_wide={"finish sd": UNSEEN_TAIL},
        of_one_variable=("finish P", "finish chance", "finish contingency", "gate"),
    )
