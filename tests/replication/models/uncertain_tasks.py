"""A test that is done again, one of two paths behind it, and a repair that need not be."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model

TEXT = """
[branches.acceptance]
after = "test"
paths = { accept = 0.8, reject = 0.2 }
[rework.again]
tasks = ["test"]
probability = 0.3
factor = 0.5
most = 2
"""


def build() -> Model:
    """Tasks in a row, of uniform durations."""
    step = 2e-3
    again = law.uniform(10, 20, step), law.uniform(5, 10, step), law.uniform(2.5, 5, step)
    test = again[0] + law.event(0.3, again[1] + law.event(0.3, again[2]))
    path = law.mixture([(0.8, law.uniform(5, 9, step)), (0.2, law.uniform(20, 40, step))])
    finish = test + path + law.event(0.4, law.uniform(8, 12, step))
    return Model(
        "a test that is done again, one of two paths behind it, and a repair that need not be",
        "convolution, mixtures",
        scenario.head("uncertain tasks")
        + scenario.task("test", scenario.uniform(10, 20))
        + scenario.task("accept", scenario.uniform(5, 9), '["test"]')
        + scenario.task("reject", scenario.uniform(20, 40), '["test"]')
        + scenario.task("repair", scenario.uniform(8, 12), '["accept", "reject"]', more="exists = 0.4")
        + TEXT,
        (Measure(finish, plan=22),),
        (),
    )
