"""A risk that waits for a date: it may occur only where the task before it is late."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, occurrence

TEXT = """
[risks.frost]
probability = 0.5
after = "design"
if_later_than = 2027-03-16
impacts.build.delay = {delay}
"""


def build() -> Model:
    """Two uniform tasks in a row: the first takes 10 to 20 days, and the risk waits for the end of the sixteenth."""
    step = 2e-3
    in_time, late = law.uniform(10, 16, step), law.uniform(16, 20, step)
    work, delay = law.uniform(5, 9, step), law.uniform(4, 8, step)
    finish = work + law.mixture([(0.6, in_time), (0.2, late), (0.2, late + delay)])
    without = work + law.uniform(10, 20, step)
    return Model(
        "a risk of 50 % that waits for a task to be late, as it is in 40 %",
        "convolution, mixtures",
        scenario.head("waiting risk")
        + scenario.task("design", scenario.uniform(10, 20))
        + scenario.task("build", scenario.uniform(5, 9), '["design"]')
        + TEXT.format(delay=scenario.uniform(4, 8)),
        (Measure(finish, plan=22),),
        (occurrence("frost", 0.2), *contribution("frost", "days", finish, without)),
    )
