"""A risk on the finish of the project and nothing else: 60 % of the futures end on the first day."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, occurrence


def build() -> Model:
    """A milestone, and a triangular delay of 40 %."""
    step = 2e-3
    finish = law.event(0.4, law.triangular(10, 20, 45, step))
    return Model(
        "a delay of 40 % and nothing else uncertain",
        "closed form",
        scenario.head("project delay")
        + "[tasks.deliver]\nmilestone = true\n[risks.late]\nprobability = 0.4\n"
        + f"impacts.project = {{ delay = {scenario.triangular(10, 20, 45)} }}\n",
        (Measure(finish, plan=0),),
        (*contribution("late", "days", finish, law.constant(0.0, step)), occurrence("late", 0.4)),
    )
