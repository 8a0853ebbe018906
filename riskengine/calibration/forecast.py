"""From three points to the range that they forecast."""

from collections.abc import Sequence
from typing import Any

from riskengine.model.estimate import SHAPES, AnyEstimate
from riskengine.model.estimate.percentiles import percentiles_problem

Percentiles = tuple[float | None, float | None, float | None]
"""Which percentiles lowest, middle and highest are; None for a bound, or for the most likely value."""


def forecast_of(
    points: Sequence[float | None], percentiles: Percentiles, shape: str
) -> tuple[float, AnyEstimate | None] | str:
    """Return the middle of three points and the range that they forecast, or why they forecast none.

    Parameters
    ----------
    points : sequence of float or None
        Lowest, middle, highest; without a middle the range is a lognormal through two percentiles, or uniform.
    percentiles : Percentiles
    shape : str
        Of three points whose middle is the most likely value.

    Notes
    -----
    A middle that is a percentile makes a metalog through the three. Three equal points are a single estimate.
    """
    low, middle, high = points
    if low is None or high is None:
        return "low and high must stand together"
    order = [point for point in (low, middle, high) if point is not None]
    if low < 0 or order != sorted(order) or high == 0:
        return "three points must be low <= likely <= high, none below 0"
    if low == high:
        return high, None
    low_percentile, middle_percentile, high_percentile = percentiles
    if middle is None:
        if low_percentile is not None and high_percentile is not None and low > 0:
            return _made("metalog", values=(low, high), percentiles=(low_percentile, high_percentile), lower_bound=0.0)
        return _made("uniform", **_ends(low, high, percentiles))
    if middle_percentile is not None:
        if low_percentile is None or high_percentile is None or not low < middle < high:
            return "a P50 needs percentiles on both sides, such as P10 below and P90 above it"
        at = (low_percentile, middle_percentile, high_percentile)
        bound = {"lower_bound": 0.0} if low > 0 else {}
        return _made("metalog", values=(low, middle, high), percentiles=at, **bound)
    is_bounded = low_percentile is None and high_percentile is None
    if shape == "triangular" and not is_bounded:
        at_ends = {"low_percentile": low_percentile or 0.0, "high_percentile": high_percentile or 1.0}
        return _made("trigen", low=low, most_likely=middle, high=high, **at_ends)
    return _made(shape, most_likely=middle, **_ends(low, high, percentiles))


def _ends(low: float, high: float, percentiles: Percentiles) -> dict[str, Any]:
    ends: dict[str, Any] = {"low": low, "high": high}
    ends |= {"low_percentile": percentiles[0]} if percentiles[0] is not None else {}
    return ends | ({"high_percentile": percentiles[2]} if percentiles[2] is not None else {})


def _made(shape: str, **values: Any) -> tuple[float, AnyEstimate | None] | str:
    """Return the plan value of an estimate and the estimate, or the rule that it breaks."""
    percentiles = values.get("low_percentile"), values.get("high_percentile")
    if "low" in values and percentiles != (None, None):
        problem = percentiles_problem(percentiles[0] or 0.0, 1.0 if percentiles[1] is None else percentiles[1])
        if problem is not None:
            return problem.rule
    estimate = SHAPES[shape].model.model_construct(**values)
    problem = estimate.problem()
    if problem is not None:
        return problem.rule
    if estimate.passes_its_points and estimate.support()[0] < 0:
        estimate = estimate.model_copy(update={"min": 0.0})
    middle = values.get("most_likely", values["values"][1] if len(values.get("values", ())) == 3 else None)
    return float(estimate.plan_value() if middle is None else middle), estimate
