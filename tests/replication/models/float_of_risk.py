"""The total float of a task under a risk of 2 %, beside one that is always longer."""

from tests.replication import law, scenario
from tests.replication.model import Model
from tests.replication.truths import total_float

SHARE = 0.02


def build() -> Model:
    """A triangular task, which the risk delays by 30 days, beside a task of 200."""
    step = 2e-3
    own = law.triangular(50, 60, 90, step) + law.event(SHARE, law.constant(30.0, step))
    return Model(
        "a task under a risk of 2 % beside a longer one",
        "mixture of two laws",
        scenario.head("float of risk")
        + scenario.task("short", scenario.triangular(50, 60, 90))
        + scenario.task("long", "200")
        + '[tasks.end]\nmilestone = true\nafter = ["short", "long"]\n'
        + f"[risks.late]\nprobability = {SHARE}\nimpacts.short = {{ delay = 30 }}\n",
        estimates=tuple(total_float("short", law.constant(200.0, step) + law.negative(own))),
        of_one_variable=("float short p",),
    )
