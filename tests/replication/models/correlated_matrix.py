"""Three normal costs with a matrix of rank correlations."""

from math import pi, sin, sqrt

from tests.replication import law, scenario
from tests.replication.model import Measure, Model

SD = {"a": 10.0, "b": 20.0, "c": 30.0}
RANKS = {("a", "b"): 0.5, ("a", "c"): 0.3, ("b", "c"): -0.2}


def build() -> Model:
    """A sum of jointly normal amounts is normal; their Pearson correlations are 2 sin(pi rank / 6)."""
    variance = sum(sd * sd for sd in SD.values())
    variance += sum(2 * SD[one] * SD[other] * 2 * sin(pi * rank / 6) for (one, other), rank in RANKS.items())
    cost = law.normal(400, sqrt(variance), 0.02)
    text = "".join(
        f'[costs.{name}]\nfixed = {{ shape = "normal", mean = {mean}, sd = {SD[name]} }}\n'
        for name, mean in (("a", 100), ("b", 140), ("c", 160))
    )
    text += (
        '[correlations.together.matrix]\nmembers = ["cost:a", "cost:b", "cost:c"]\n'
        "rows = [[1], [0.5, 1], [0.3, -0.2, 1]]\n"
    )
    return Model(
        "three normal costs with a matrix of rank correlations",
        "closed form: a normal distribution",
        scenario.head("correlated matrix") + scenario.task("work", "10") + text,
        (Measure(cost, measure="cost", plan=400),),
    )
