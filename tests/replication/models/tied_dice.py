"""Two dice in parallel: both are on the longest path where they tie."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import criticality, total_float

DIE = '{ shape = "discrete", values = [1, 2, 3, 4, 5, 6], weights = [1, 1, 1, 1, 1, 1] }'


def build() -> Model:
    """The finish is the larger of two dice."""
    die = law.discrete(dict.fromkeys(range(1, 7), 1 / 6))
    return Model(
        "the larger of two dice",
        "enumeration",
        scenario.head("tied dice")
        + scenario.task("first", DIE)
        + scenario.task("second", DIE)
        + '[tasks.end]\nmilestone = true\nafter = ["first", "second"]\n',
        (Measure(law.maximum(die, die), plan=1),),
        (criticality("first", 21 / 36), *total_float("first", law.positive_part(die + law.negative(die)))),
    )
