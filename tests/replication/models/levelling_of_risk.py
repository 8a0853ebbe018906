"""Two tasks that need one crane, the shorter under a risk of 2 %: levelling costs as long as the shorter takes."""

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import levelling

SHARE = 0.02


def build() -> Model:
    """A triangular task, which the risk delays by 30 days, and a uniform one that is always longer."""
    step = 5e-3
    short = law.triangular(50, 60, 90, step) + law.event(SHARE, law.constant(30.0, step))
    long = law.uniform(150, 200, step)
    crane = "resources = { crane = 1 }"
    return Model(
        "a task under a risk of 2 % and a longer one with one crane",
        "convolution",
        scenario.head("levelling of risk", "levelling = true")
        + "[resources.crane]\ncapacity = 1\n"
        + scenario.task("short", scenario.triangular(50, 60, 90), more=crane)
        + scenario.task("long", scenario.uniform(150, 200), more=crane)
        + f"[risks.late]\nprobability = {SHARE}\nimpacts.short = {{ delay = 30 }}\n",
        (Measure(short + long, plan=235),),
        tuple(levelling(short + long, long)),
    )
