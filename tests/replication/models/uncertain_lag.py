"""Two tasks with an uncertain lag between their starts."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import criticality


def build() -> Model:
    """The second starts 10 to 30 days after the first; the finish is that of the later one."""
    step = 5e-3
    first = law.triangular(40, 50, 70, step)
    second = law.uniform(10, 30, step) + law.triangular(20, 30, 50, step)
    lag = scenario.uniform(10, 30)
    return Model(
        "two tasks with an uncertain lag between their starts",
        "convolution, product of distribution functions",
        scenario.head("uncertain lag")
        + scenario.task("first", scenario.triangular(40, 50, 70))
        + scenario.task("second", scenario.triangular(20, 30, 50), f'[{{ task = "first", type = "SS", lag = {lag} }}]'),
        (Measure(law.maximum(first, second), plan=50),),
        (criticality("second", law.probability_at_least(second, first)),),
    )
