"""An estimate in words and numbers that a planner reads: what was written, not what is computed from it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.model.calendar import Unit
from riskengine.model.estimate.constant import Constant
from riskengine.model.estimate.cumulative import Cumulative
from riskengine.model.estimate.discrete import Discrete
from riskengine.model.estimate.empirical import Empirical
from riskengine.model.estimate.estimate import Estimate
from riskengine.model.estimate.metalog import Metalog
from riskengine.model.estimate.parameter import TRUNCATION, parameters_of
from riskengine.model.estimate.several import Several

UNIT_WORDS: Final[Mapping[Unit, tuple[str, str]]] = MappingProxyType(
    {
        "h": ("hour", "hours"),
        "d": ("day", "days"),
        "w": ("week", "weeks"),
        "mo": ("month", "months"),
        "eh": ("elapsed hour", "elapsed hours"),
        "ed": ("elapsed day", "elapsed days"),
    }
)
"""Units of time as one and as many."""

Parameters = dict[str, Any]


def written_parameters(estimate: Estimate) -> Parameters:
    """Return the parameters of an estimate that are set, by their keys in files."""
    parameters: Parameters = {}
    for name in parameters_of(type(estimate)):
        value = getattr(estimate, name)
        if value is not None:
            parameters[name.removesuffix("_")] = list(value) if isinstance(value, tuple) else value
    if isinstance(estimate, Several):
        parameters["of"] = [{"shape": part.shape, **written_parameters(part)} for part in estimate.of]
    return parameters


def in_words(estimate: Estimate, unit: str = "") -> str:
    """Return an estimate in words: its shape, its parameters and its unit.

    Parameters
    ----------
    unit : str, optional
        Of money; an estimate of time has one of its own, and a factor none.

    Examples
    --------
    >>> in_words(Pert(low=3, most_likely=5, high=9, unit="d"))
    'pert: low 3, most likely 5, high 9 days'
    """
    if isinstance(estimate, Constant):
        text = _with_unit(_number(estimate.value), estimate, unit, is_one=estimate.value == 1)
    elif isinstance(estimate, Discrete):
        total = sum(estimate.weights)
        shares = ", ".join(
            f"{_number(value)} ({100 * weight / total:.3g} %)"
            for value, weight in zip(estimate.values, estimate.weights, strict=True)
        )
        text = f"discrete: {_with_unit(shares, estimate, unit)}"
    elif isinstance(estimate, Cumulative | Metalog):
        probabilities = estimate.percentiles if isinstance(estimate, Metalog) else estimate.probabilities
        points = zip(estimate.values, probabilities, strict=True)
        percentiles = ", ".join(f"{_number(value)} (P{100 * probability:.6g})" for value, probability in points)
        ends = {"above": estimate.lower_bound, "below": estimate.upper_bound} if isinstance(estimate, Metalog) else {}
        bounds = "".join(f", {side} {_number(end)}" for side, end in ends.items() if end is not None)
        text = f"{estimate.shape}: {_with_unit(percentiles, estimate, unit)}{bounds}"
    elif isinstance(estimate, Several):
        parts = zip(estimate.of, estimate.shares(), strict=True)
        text = f"{estimate.shape} of " + "; ".join(
            f"{in_words(part, unit)}{f', by {part.source}' if part.source else ''} ({100 * share:.3g} %)"
            for part, share in parts
        )
    elif isinstance(estimate, Empirical):
        low, high = estimate.bounds()
        values = f"{counted(len(estimate.values), 'value')} from {_number(low)} to {_number(high)}"
        text = f"empirical: {_with_unit(values, estimate, unit)}"
    else:
        text = f"{estimate.shape.replace('_', ' ')}: {_points(estimate, unit)}"
    return ", ".join((text, *_cuts(estimate)))


def _points(estimate: Estimate, unit: str) -> str:
    """Return the parameters of a shape: first those in the unit of the estimate, then pure numbers."""
    values, numbers = [], []
    fields = type(estimate).model_fields
    for name, parameter in parameters_of(type(estimate)).items():
        value = getattr(estimate, name)
        if name in TRUNCATION or value is None:
            continue
        words = f"{name.removesuffix('_').replace('_', ' ')} {_number(value)}"
        if parameter.role != "number":
            values.append(words)
        elif name != "lambda_" or value != fields[name].default:  # everybody's pert has the weight 4
            numbers.append(words)
    return ", ".join((_with_unit(", ".join(values), estimate, unit), *numbers))


def _cuts(estimate: Estimate) -> list[str]:
    """Return what truncates an estimate."""
    cuts = (("not below", estimate.min), ("not above", estimate.max))
    return [f"{words} {_number(value)}" for words, value in cuts if value is not None]


def _with_unit(text: str, estimate: Estimate, unit: str, is_one: bool = False) -> str:
    """Return a text with the unit of an estimate behind it."""
    if estimate.unit is not None:
        unit = UNIT_WORDS[estimate.unit][0 if is_one else 1]
    return f"{text} {unit}".rstrip()


def _number(value: float) -> str:
    """Return a number to twelve digits, its thousands apart."""
    return f"{value:,.12g}"
