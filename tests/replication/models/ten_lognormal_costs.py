"""Ten lognormal costs, each with an sd of its mean."""

import math

from tests.replication import law, scenario
from tests.replication.model import Measure, Model


def build() -> Model:
    """Each has the mean 10,000."""
    own = law.lognormal(10_000, 10_000, 10.0, 600_000)
    plan = 10 * 10_000 * math.exp(-1.5 * math.log(2))
    items = "".join(f"[costs.item{k}]\nfixed = {scenario.lognormal(10000, 10000)}\n" for k in range(10))
    return Model(
        "sum of ten lognormal costs, sd = mean",
        "convolution; moments in closed form",
        scenario.head("ten lognormal costs") + scenario.task("work", "10") + items,
        (Measure(own.times(10), measure="cost", plan=plan),),
    )
