"""One uniform duration and one uniform cost: what stratification is best at."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model


def build() -> Model:
    """Uniform from 100 to 200 days, and from 1,000 to 2,000."""
    finish = law.uniform(100, 200, 1e-3)
    cost = law.uniform(1_000, 2_000, 1e-2)
    text = scenario.task("work", scenario.uniform(100, 200)) + f"[costs.item]\nfixed = {scenario.uniform(1000, 2000)}\n"
    return Model(
        "one uniform duration, one uniform cost",
        "closed form",
        scenario.head("single uniform") + text,
        (Measure(finish, plan=150), Measure(cost, measure="cost", plan=1_500)),
        of_one_variable=("finish P", "finish ch", "finish con", "cost P", "cost ch", "cost con", "gate"),
    )
