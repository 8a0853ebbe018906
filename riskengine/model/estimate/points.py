"""The three points that several shapes are told by, and the one rule that they keep."""

from typing import Annotated

from riskengine.model.estimate.estimate import Problem
from riskengine.model.estimate.parameter import Parameter

Low = Annotated[float, Parameter("Lowest value; a percentile of a trigen, or where low_is says so.", example="20")]
MostLikely = Annotated[float, Parameter("Most likely value.", example="25")]
High = Annotated[float, Parameter("Highest value; a percentile of a trigen, or where high_is says so.", example="40")]


def points_problem(low: float, most_likely: float, high: float) -> Problem | None:
    """Return what is wrong with three points."""
    if low <= most_likely <= high:
        return None
    return Problem("RE202", "must satisfy low <= most_likely <= high", (low, most_likely, high))
