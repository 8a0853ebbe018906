"""What points mean where the file does not say: their shape, and which percentiles low and high are."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from riskengine.model.estimate import SHAPES
from riskengine.model.format import DEFAULT_SHAPE
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

PERCENTILE_KEYS: Final[Mapping[str, str]] = {"low_is": "low_percentile", "high_is": "high_percentile"}
"""How a file names a percentile, and the parameter of a shape that it is."""

NAMED_PERCENTILE: Final = re.compile(r"[pP](\d{1,2}(?:\.\d{1,6})?|100)")


class PointDefaults(NamedTuple):
    """What points mean where the file does not say.

    Attributes
    ----------
    shape : str
        Shape of a list of points.
    low, high : float or None
        Probabilities of being below low and below high; None where they are the bounds.
    """

    shape: str = DEFAULT_SHAPE
    low: float | None = None
    high: float | None = None


def read_percentile(table: Mapping[str, Any], key: str, place: Place, faults: Faults) -> float | None:
    """Return the probability that a text such as ``p10`` names, or None where there is none or it is wrong."""
    if key not in table:
        return None
    value = table[key]
    match = NAMED_PERCENTILE.fullmatch(value) if isinstance(value, str) else None
    if match:
        return float(f"{float(match[1]) / 100:.12g}")
    cure = ""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100:
        cure = f'write "p{value * 100 if value < 1 else value:g}"'
    faults.add("RE206", (*place, key), value, rule='must be a percentile such as "p10"', cure=cure)
    return None


def with_percentiles(shape: str, values: dict[str, Any], defaults: PointDefaults) -> str:
    """Let low and high of a shape be percentiles where the defaults say so, and return the shape that then is meant.

    Parameters
    ----------
    shape : str
        As the file says it. A triangle whose low or high is a percentile is a trigen.
    values : dict
        Parameters that the file gives; those that follow are added.
    defaults : PointDefaults
    """
    if defaults.low is None and defaults.high is None and not any(key in values for key in PERCENTILE_KEYS.values()):
        return shape
    defaults_set = {
        key: value for key, value in zip(PERCENTILE_KEYS.values(), defaults[1:], strict=True) if value is not None
    }
    if shape == "triangular":
        both = {**defaults_set, **{key: values[key] for key in PERCENTILE_KEYS.values() if key in values}}
        if both.get("low_percentile", 0.0) == 0 and both.get("high_percentile", 1.0) == 1:
            for key in PERCENTILE_KEYS.values():
                values.pop(key, None)
            return shape
        values.update({"low_percentile": 0.0, "high_percentile": 1.0, **both})
        return "trigen"
    if "low_percentile" not in SHAPES[shape].parameters:
        return shape
    for key, value in defaults_set.items():
        values.setdefault(key, value)
    if shape != "trigen":
        for key, bound in (("low_percentile", 0.0), ("high_percentile", 1.0)):
            if values.get(key) == bound:
                del values[key]
    return shape
