"""Values with probabilities: the points that a curve goes through."""

from itertools import pairwise
from typing import Annotated, Final

from riskengine.model.estimate.estimate import Problem
from riskengine.model.estimate.parameter import Parameter

Values = Annotated[
    tuple[float, ...],
    Parameter(
        "Values of a discrete or empirical estimate, or points of a cumulative or metalog.",
        is_list=True,
        example="[5, 10, 30]",
    ),
]
Probabilities = Annotated[
    tuple[float, ...],
    Parameter(
        "Probability of staying below each value, from 0 to 1.", role="number", is_list=True, example="[0, 0.5, 1]"
    ),
]
Percentiles = Annotated[
    tuple[float, ...],
    Parameter(
        "Percentile that each value is, between 0 and 1.", role="number", is_list=True, example="[0.1, 0.5, 0.9]"
    ),
]
WEIGHTS: Final = Parameter(
    "Weight of each value or estimate, on any scale.", role="number", is_list=True, above=0, example="[6, 3, 1]"
)
MOST_TERMS: Final = 10
"""Points of a metalog: more would fit noise."""


def rising_problem(values: tuple[float, ...], probabilities: tuple[float, ...]) -> Problem | None:
    """Return what is wrong with points that both must rise from each to the next."""
    if len(values) < 2 or len(values) != len(probabilities):
        counts = (float(len(values)), float(len(probabilities)))
        return Problem("RE208", "there must be as many probabilities as values, and at least two", counts)
    for name, numbers in (("values", values), ("probabilities", probabilities)):
        for number, following in pairwise(numbers):
            if not number < following:
                return Problem("RE207", f"{name} must rise from each to the next", (number, following))
    return None
