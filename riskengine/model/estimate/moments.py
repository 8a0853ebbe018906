"""Mean and standard deviation, or P10 and P90: the two ways to tell a bell curve."""

from typing import Annotated, Final

from riskengine.model.estimate.estimate import Problem
from riskengine.model.estimate.parameter import Parameter

Mean = Annotated[float | None, Parameter("Mean, of the value itself.", example="25")]
Sd = Annotated[float | None, Parameter("Standard deviation, of the value itself.", role="width", example="4")]
P10 = Annotated[float | None, Parameter("Value not exceeded in 10 % of cases.", example="18")]
P90 = Annotated[float | None, Parameter("Value not exceeded in 90 % of cases.", example="40")]

Z90: Final = 1.2815515655446004
"""Standard normal quantile of 0.9."""


def moments_or_percentiles(
    mean: float | None, sd: float | None, p10: float | None, p90: float | None, *, positive: bool
) -> Problem | None:
    """Return what is wrong with a pair of moments or a pair of percentiles."""
    if (mean is None) != (sd is None) or (p10 is None) != (p90 is None) or (mean is None) == (p10 is None):
        numbers = tuple(number for number in (mean, sd, p10, p90) if number is not None)
        return Problem("RE204", "takes mean and sd, or p10 and p90", numbers)
    if mean is not None and sd is not None:
        if sd <= 0:
            return Problem("RE205", "sd must be above 0", (sd,))
        if positive and mean <= 0:
            return Problem("RE205", "the mean of a lognormal must be above 0", (mean,))
        if positive and sd / mean > 1e6:
            return Problem("RE205", "sd must be at most a million times the mean", (mean, sd))
    elif p10 is not None and p90 is not None:
        if p10 >= p90:
            return Problem("RE207", "must satisfy p10 < p90", (p10, p90))
        if positive and p10 <= 0:
            return Problem("RE207", "the p10 of a lognormal must be above 0", (p10,))
    return None
