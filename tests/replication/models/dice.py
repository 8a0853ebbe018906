"""Three dice in a row: whole days, and ties everywhere."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model

DIE = '{ shape = "discrete", values = [1, 2, 3, 4, 5, 6], weights = [1, 1, 1, 1, 1, 1] }'


def build() -> Model:
    """The finish is 3 to 18 days."""
    finish = law.discrete(dict.fromkeys(range(1, 7), 1 / 6)).times(3)
    return Model(
        "sum of three dice",
        "enumeration",
        scenario.head("dice") + scenario.chain(3, DIE),
        (Measure(finish, plan=3),),
    )
