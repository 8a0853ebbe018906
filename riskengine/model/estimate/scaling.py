"""Estimates in proportion to others: what is left of a duration."""

from typing import Any

from riskengine.model.estimate.constant import Constant
from riskengine.model.estimate.estimate import Estimate
from riskengine.model.estimate.parameter import parameters_of


def scaled(estimate: Estimate, parts: float, whole: float = 1.0) -> Estimate:
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
    for name, parameter in parameters_of(type(estimate)).items():
        value = getattr(estimate, name)
        if parameter.role == "number" or value is None:
            continue
        if parameter.role == "estimates":
            changed[name] = tuple(scaled(part, parts, whole) for part in value)
            continue
        changed[name] = tuple(n * parts / whole for n in value) if parameter.is_list else value * parts / whole
    return estimate.model_copy(update=changed)
