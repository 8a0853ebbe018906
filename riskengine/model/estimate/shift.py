"""Where a shape that begins at zero begins instead."""

from typing import Annotated

from riskengine.model.estimate.estimate import Problem
from riskengine.model.estimate.parameter import Parameter

Shift = Annotated[
    float | None,
    Parameter("Lowest value, instead of 0; mean and percentiles stay those of the value itself.", example="5"),
]


def shift_problem(shift: float | None, above: float | None, name: str) -> Problem | None:
    """Return what is wrong with a shift, above which the parameter called ``name`` must lie."""
    if shift is None or above is None or above > shift:
        return None
    return Problem("RE205", f"the {name} must be above the shift", (shift, above))
