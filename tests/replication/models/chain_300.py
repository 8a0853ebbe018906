"""A chain of 300 uncertain tasks with named targets on the way."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model


def build() -> Model:
    """Triangular tasks; targets behind 2, 100 and 200 of them."""
    step = 5e-3
    own = law.triangular(2, 3, 6, step)
    behind = {"t001": 2, "t099": 100, "t199": 200}
    return Model(
        "chain of 300 triangular tasks, three targets on the way",
        "convolution",
        scenario.head("chain of 300", f"targets = {list(behind)}") + scenario.chain(300, scenario.triangular(2, 3, 6)),
        (
            Measure(own.times(300), plan=900),
            *(
                Measure(own.times(count), target=target, plan=3 * count, has_gates=count == 100)
                for target, count in behind.items()
            ),
        ),
    )
