"""Two tasks in a row with costs by the day: the numbers of each task, and its influence on the finish."""

import numpy as np

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import task_influence, task_numbers

RATE = 100.0


def rank_correlation(one: law.Law, other: law.Law) -> float:
    """Spearman's correlation of X and X + Y: 12 E(F(X) G(X + Y)) - 3."""
    whole = one + other
    middle = np.cumsum(whole.mass) - whole.mass / 2
    share = np.cumsum(one.mass) - one.mass / 2
    found = sum(
        p * f * float(middle[k : k + other.mass.size] @ other.mass)
        for k, (p, f) in enumerate(zip(one.mass, share, strict=True))
    )
    return 12 * found - 3


PRODUCT = (
    "it is the product of the intervals of a criticality and of a ratio, of which one may be off and the other not"
)


def build() -> Model:
    """A uniform task, then a triangular one."""
    step = 2e-2
    first, second = law.uniform(20, 60, step), law.triangular(10, 20, 50, step)
    finish = first + second
    rate = f"cost = {{ rate = {RATE} }}"
    return Model(
        "a uniform task, then a triangular one, costs by the day",
        "convolution, quadrature",
        scenario.head("two in a row")
        + scenario.task("first", scenario.uniform(20, 60), more=rate)
        + scenario.task("second", scenario.triangular(10, 20, 50), '["first"]', rate),
        (Measure(finish, plan=60), Measure(finish.scaled(RATE), measure="cost", plan=6_000, has_gates=False)),
        (
            *task_numbers("first", first, first.scaled(RATE)),
            *task_numbers("second", second, second.scaled(RATE)),
            task_influence("first", "cruciality", rank_correlation(first, second)),
            task_influence("second", "cruciality", rank_correlation(second, first)),
            task_influence("first", "ssi", first.sd / finish.sd),
            task_influence("second", "ssi", second.sd / finish.sd),
        ),
        covers_more=dict.fromkeys(("task first ssi", "task second ssi"), PRODUCT),
        of_one_variable=("task first cost", "task second cost"),
    )
