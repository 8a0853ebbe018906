"""Two risks of known cost that occur together more often than by chance."""

from math import sqrt

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, occurrence

RANK = 0.4
RISKS = {"r1": (0.1, 1_000), "r2": (0.3, 500)}


def build() -> Model:
    """Four outcomes; of two occurrences Spearman's correlation is that of the two indicators."""
    (p, one), (q, other) = RISKS.values()
    both = p * q + RANK * sqrt(p * (1 - p) * q * (1 - q))
    cost = law.discrete({0: 1 - p - q + both, other: q - both, one: p - both, one + other: both})
    without = {"r1": law.discrete({0: 1 - q, other: q}), "r2": law.discrete({0: 1 - p, one: p})}
    text = "".join(
        f"[risks.{risk}]\nprobability = {probability}\nimpacts.work.cost = {amount}\n"
        for risk, (probability, amount) in RISKS.items()
    )
    text += f'[correlations.together]\nbetween = ["risk:r1", "risk:r2"]\nrank = {RANK}\n'
    estimates = []
    for risk, (probability, _) in RISKS.items():
        estimates += contribution(risk, "cost", cost, without[risk], probability=probability)
    return Model(
        "two risks with a rank correlation of 0.4",
        "enumeration of four outcomes",
        scenario.head("correlated risks") + scenario.task("work", "10") + text,
        (Measure(cost, measure="cost", plan=0),),
        (*estimates, *(occurrence(risk, probability) for risk, (probability, _) in RISKS.items())),
    )
