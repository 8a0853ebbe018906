"""The Wheatstone bridge: the smallest network that is not series-parallel."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import criticality

POINTS = 400


def build() -> Model:
    """Uniform tasks up to 100 days; the finish is the largest of A + D, A + C + E and B + E."""
    step = 0.125
    own = law.uniform(0, 100, step)
    finishes, direct = [], 0.0
    for k in range(POINTS):
        first = 100 * (k + 0.5) / POINTS
        behind = law.maximum(own + first, own) + own
        finishes.append((1 / POINTS, law.maximum(own + first, behind)))
        direct += law.probability_at_least(own + first, behind) / POINTS
    limits = scenario.uniform(0, 100)
    return Model(
        "Wheatstone bridge of uniform tasks",
        "quadrature over its first task",
        scenario.head("bridge")
        + scenario.task("A", limits)
        + scenario.task("B", limits)
        + scenario.task("C", limits, '["A"]')
        + scenario.task("D", limits, '["A"]')
        + scenario.task("E", limits, '["B", "C"]'),
        (Measure(law.mixture(finishes), plan=150),),
        (criticality("D", direct, error=2e-5), criticality("E", 1 - direct, error=2e-5)),
    )
