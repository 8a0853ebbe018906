"""A date and an amount at once where both have few values: percentiles on steps, and what is kept at once there."""

from dataclasses import replace
from datetime import timedelta

from tests.replication import scenario
from tests.replication.model import Estimate, Model, Outlook
from tests.replication.models.joint_confidence import estimate
from tests.replication.truths import START

RATE, LEVEL, CONFIDENCE = 25.0, 0.7, 0.8
WORK = {200: 0.45, 260: 0.235, 320: 0.215, 400: 0.1}
"""P70 of the finish is next to a step: a thousand iterations cannot tell on which side."""
SITE = {6_000: 0.6, 9_000: 0.3, 13_000: 0.1}
DATE, AMOUNT = 330, 15_000.0
ON_A_STEP = "the law has few values, and the percentile may be on the step between two"

Pairs = dict[tuple[float, float], float]


def build() -> Model:
    """A task of four lengths with a rate, and a cost line of three amounts, independent of it."""
    law: Pairs = {(day, RATE * day + cost): p * q for day, p in WORK.items() for cost, q in SITE.items()}
    finish, cost = (marginal(law, axis) for axis in range(2))
    share = next(
        p for p in sorted({0.0, *finish.values(), *cost.values()}) if joint(law, above(p, finish, cost)) >= LEVEL
    )
    equal = above(share, finish, cost)
    at_level = quantile(finish, LEVEL), quantile(cost, LEVEL)
    pair = joint(law, (DATE, AMOUNT))
    means = [sum(each[axis] * p for each, p in law.items()) for axis in range(2)]
    exact = {
        "equal share": share,
        "equal finish": equal[0],
        "equal cost": equal[1],
        "joint at level": joint(law, at_level),
        "in budget if on time": pair / kept(finish, DATE),
        "on time if in budget": pair / kept(cost, AMOUNT),
        "finish beyond mean": quantile(finish, CONFIDENCE) - means[0],
        "cost beyond mean": quantile(cost, CONFIDENCE) - means[1],
    }
    return Model(
        "a date and an amount at once where both have few values",
        "enumeration",
        scenario.head("joint of values")
        + scenario.task("work", values_of(WORK), more=f"cost.rate = {RATE}")
        + f"[costs.site]\nfixed = {values_of(SITE)}\n",
        estimates=tuple(stepping(estimate(name, value)) for name, value in exact.items()),
        outlook=Outlook(START + timedelta(days=DATE), AMOUNT, str(LEVEL), str(CONFIDENCE)),
    )


def values_of(weights: dict[int, float]) -> str:
    """A discrete estimate."""
    return f'{{ shape = "discrete", values = {list(weights)}, weights = {list(weights.values())} }}'


def stepping(of: Estimate) -> Estimate:
    """The estimate, whose interval covers more and is wider where it jumps."""
    return replace(of, covers_more=ON_A_STEP, is_wide=ON_A_STEP, has_atoms=True)


def marginal(law: Pairs, axis: int) -> dict[float, float]:
    """Return how often each value is kept, by value."""
    values = sorted({each[axis] for each in law})
    return {value: sum(p for each, p in law.items() if each[axis] <= value) for value in values}


def quantile(distribution: dict[float, float], share: float) -> float:
    """Return the least value that is kept so often."""
    return next(value for value, p in distribution.items() if p >= share - 1e-9)


def kept(distribution: dict[float, float], limit: float) -> float:
    """Return how often a limit is kept."""
    return max(p for value, p in distribution.items() if value <= limit)


def above(share: float, *distributions: dict[float, float]) -> tuple[float, ...]:
    """Return the percentiles at shares just above one."""
    return tuple(quantile(each, min(share + 2e-9, 1.0)) for each in distributions)


def joint(law: Pairs, limits: tuple[float, ...]) -> float:
    """Return how often both limits are kept."""
    return sum(p for each, p in law.items() if each[0] <= limits[0] and each[1] <= limits[1])
