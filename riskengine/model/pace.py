"""How long work takes at a pace: work by some people at some productivity, or a quantity at a rate per day."""

from collections.abc import Iterable, Mapping
from math import prod
from typing import Final

from riskengine.model.estimate import AnyEstimate
from riskengine.model.estimate.scaling import scaled

PACES_OF: Final[Mapping[str, tuple[str, ...]]] = {"work": ("people", "productivity"), "quantity": ("rate_per_day",)}
"""What there is to do, by its key, and what it is divided by."""

LEFT_OF: Final[Mapping[str, str]] = {"work": "remaining_work", "quantity": "remaining_quantity"}
"""How a file says what is left of it."""

SLOWEST: Final = 1000.0
"""How many times slower than in the plan a pace may be: slower than that is a slip of the pen."""


def planned_pace(paces: Iterable[AnyEstimate]) -> float:
    """Return what the plan divides by."""
    return prod((pace.plan_value() for pace in paces), start=1.0)


def at_planned_pace(amount: AnyEstimate, paces: Iterable[AnyEstimate]) -> AnyEstimate:
    """Return how long an amount of work takes at the pace of the plan; a quantity, in working days.

    Notes
    -----
    What an iteration takes is that, times the pace of the plan over the pace of the iteration.
    """
    length = scaled(amount, 1.0, planned_pace(paces))
    return length if length.unit is not None else length.model_copy(update={"unit": "d"})


def is_possible(pace: AnyEstimate) -> bool:
    """Return whether a pace is above zero in every iteration, and nowhere out of all proportion to the plan."""
    return pace.plan_value() > 0 and pace.support()[0] * SLOWEST >= pace.plan_value()


def varies(estimate: AnyEstimate) -> bool:
    """Return whether an estimate has more than one value."""
    low, high = estimate.support()
    return low != high
