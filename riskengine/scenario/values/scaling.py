"""Estimates in proportion to others: what is left of a duration."""

from typing import Any, Final

from riskengine.model import AnyEstimate, Constant

POINTS: Final = ("value", "low", "most_likely", "high", "mean", "sd", "p10", "p90", "min", "max")
"""Parameters that grow with the value; the others are pure numbers."""


def scaled(estimate: AnyEstimate, parts: float, whole: float = 1.0) -> AnyEstimate:
    """Return an estimate of ``parts / whole`` of the value; of nothing, a constant zero.

    Parameters
    ----------
    estimate : Estimate
    parts, whole : float
        Not negative, and positive. Each point is multiplied, then divided, so that 20 at 65 of 100 is 13 exactly.
    """
    if parts == 0:
        return Constant.model_construct(value=0.0, unit=estimate.unit, source=estimate.source)
    changed: dict[str, Any] = {}
    for name, value in estimate:
        if name in POINTS and value is not None:
            changed[name] = value * parts / whole
        elif name == "values":
            changed[name] = tuple(point * parts / whole for point in value)
    return estimate.model_copy(update=changed)
