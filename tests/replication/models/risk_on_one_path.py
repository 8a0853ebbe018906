"""Two parallel paths and a risk on one of them: the other path hides a part of its effect."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import contribution, criticality, occurrence, total_float


def build() -> Model:
    """Triangular paths; the risk of 20 % delays the shorter one by 10 to 40 days."""
    step = 5e-3
    short, long = law.triangular(40, 50, 70, step), law.triangular(50, 60, 75, step)
    delayed = short + law.event(0.2, law.uniform(10, 40, step))
    finish = law.maximum(delayed, long)
    return Model(
        "a risk of 20 % on the shorter of two paths",
        "convolution, product of distribution functions",
        scenario.head("risk on one path")
        + scenario.task("short", scenario.triangular(40, 50, 70))
        + scenario.task("long", scenario.triangular(50, 60, 75))
        + '[tasks.end]\nmilestone = true\nafter = ["short", "long"]\n'
        + f"[risks.late]\nprobability = 0.2\nimpacts.short = {{ delay = {scenario.uniform(10, 40)} }}\n",
        (Measure(finish, plan=60),),
        (
            *contribution("late", "days", finish, law.maximum(short, long)),
            occurrence("late", 0.2),
            criticality("short", law.probability_at_least(delayed, long)),
            *total_float("short", law.positive_part(long + law.negative(delayed))),
        ),
    )
