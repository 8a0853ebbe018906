"""Random scenarios of the generator, some of their estimates past values, curves through points, or of several experts.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.twin.simulator.generator import Document, document

AMOUNTS = ("duration", "lag", "fixed", "rate", "delay", "factor", "cost", "cost_factor")
KINDS = ("empirical", "cumulative", "metalog", "mixture", "average")
POINTS = {"uniform": ("low", "high"), "triangular": ("low", "high"), "pert": ("low", "high"), "beta": ("low", "high")}


def shaped(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, many of whose estimates have another shape between the same ends.

    What is correlated stays as it is, for what has steps cannot have every rank.
    """
    rng = Random(f"shapes {seed}")
    result = plain(seed)
    if "correlations" in result:
        return result
    for table, key in list(estimates(result)):
        ends = ends_of(table[key])
        if ends is not None and rng.random() < 0.8:
            table[key] = in_shape(rng, rng.choice(KINDS), *ends)
    return result


def estimates(part: Any) -> Iterator[tuple[Document, str]]:
    """Where estimates stand in a document."""
    if isinstance(part, list):
        for item in part:
            yield from estimates(item)
    elif isinstance(part, dict):
        for key, item in part.items():
            if key in AMOUNTS and (isinstance(item, list) or (isinstance(item, dict) and "shape" in item)):
                yield part, key
            elif key != "actions":
                yield from estimates(item)


def ends_of(estimate: Any) -> tuple[float, float, str] | None:
    """The ends of an estimate that has two, with their unit: of none by percentiles, nor of one that is cut."""
    if isinstance(estimate, list):
        ends = estimate[0], estimate[-1]
    elif estimate["shape"] in POINTS and not {"low_is", "min", "max"} & estimate.keys():
        ends = estimate["low"], estimate["high"]
    else:
        return None
    low, high = (re.fullmatch(r"([-+.\de]+?)([a-z]*)", str(end)) for end in ends)
    if low is None or high is None or float(low[1]) >= float(high[1]):
        return None
    return float(low[1]), float(high[1]), high[2]


def in_shape(rng: Random, shape: str, low: float, high: float, unit: str) -> Document:
    """An estimate of a shape between two ends."""

    def at(share: float) -> Any:
        value = low + share * (high - low)
        return f"{value!r}{unit}" if unit else value

    if shape == "empirical":
        return {"shape": shape, "values": [at(rng.choice([0, 0.25, 0.5, 0.5, 1])) for _ in range(rng.randint(2, 5))]}
    if shape == "cumulative":
        middle = rng.choice([0.25, 0.5, 0.75])
        cut = {"min": at(0.125)} if rng.random() < 0.3 else {}
        return {
            "shape": shape,
            "values": [at(0), at(middle), at(1)],
            "probabilities": [0, rng.choice([0.2, 0.6]), 1],
        } | cut
    if shape == "metalog":
        bounds = {"lower_bound": at(0), "upper_bound": at(1)}
        return {"shape": shape, "values": [at(0.2), at(0.45), at(0.8)], "percentiles": [0.1, 0.5, 0.9]} | bounds
    experts: list[Document] = [
        {"shape": "uniform", "low": at(0), "high": at(0.75)},
        {"shape": "triangular", "low": at(0.25), "most_likely": at(0.5), "high": at(1)},
        {"shape": "pert", "low": at(0), "most_likely": at(0.25), "high": at(1)},
    ]
    few = rng.sample(experts, rng.choice([2, 3]))
    weights = {"weights": [rng.choice([1, 2, 0.5]) for _ in few]} if rng.random() < 0.6 else {}
    return {"shape": shape, "of": few} | weights
