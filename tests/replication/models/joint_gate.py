"""Gates that ask for a date and a budget at once."""

from datetime import timedelta

import numpy as np

from tests.replication import law, scenario
from tests.replication.model import Measure, Model
from tests.replication.truths import START, gates_of

RATE, DAYS, MONEY = 25.0, 300, 16_500


def build() -> Model:
    """A triangular task with a fixed cost and a rate: cost and finish are dependent."""
    step = 1e-2
    finish = law.triangular(200, 260, 400, step)
    fixed = law.triangular(6_000, 8_000, 13_000, step * RATE)
    cost = fixed + finish.scaled(RATE)
    middle = step * (finish.first + np.arange(finish.mass.size))
    edge = np.clip(middle + step / 2, None, DAYS)
    share = np.clip((edge - (middle - step / 2)) / step, 0, 1) * finish.mass
    joint = float(sum(p * fixed.cdf(MONEY - RATE * t) for p, t in zip(share, middle, strict=True) if p > 0))
    instant = START + timedelta(days=DAYS)
    bound = f"finish = {instant.isoformat(timespec='seconds')}\ncost = {MONEY}"
    text, estimates, questions = gates_of("joint", bound, joint)
    amounts = f"cost = {{ fixed = {scenario.triangular(6_000, 8_000, 13_000)}, rate = {RATE} }}"
    return Model(
        "a date and a budget at once, cost by the day",
        "quadrature",
        scenario.head("joint gate") + scenario.task("work", scenario.triangular(200, 260, 400), more=amounts) + text,
        (Measure(finish, plan=260), Measure(cost, measure="cost", plan=8_000 + 260 * RATE)),
        tuple(estimates),
        tuple(questions),
        of_one_variable=("finish P", "finish chance", "finish contingency", "gate finish"),
    )
