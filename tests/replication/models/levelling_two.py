"""Two tasks that need the same crane: one after the other, instead of side by side."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import levelling


def build() -> Model:
    """Levelled, the finish is the sum; unlevelled, the later of the two."""
    step = 5e-3
    first, second = law.triangular(20, 30, 50, step), law.uniform(25, 45, step)
    levelled, unlevelled = first + second, law.maximum(first, second)
    crane = "resources = { crane = 1 }"
    return Model(
        "two tasks that need one crane",
        "convolution, product of distribution functions",
        scenario.head("levelling two", "levelling = true")
        + "[resources.crane]\ncapacity = 1\n"
        + scenario.task("first", scenario.triangular(20, 30, 50), more=crane)
        + scenario.task("second", scenario.uniform(25, 45), more=crane),
        (Measure(levelled, plan=65),),
        tuple(levelling(levelled, unlevelled)),
    )
