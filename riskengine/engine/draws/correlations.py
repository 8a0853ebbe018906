"""How correlated members went together in the first iterations of a run, from their words, drawn once more."""

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request
from riskengine.engine.draws.redraw import redrawing
from riskengine.kernel import BLOCK
from riskengine.plan import Plan
from riskengine.plan.correlation.compile import CorrelatedGroup
from riskengine.plan.correlation.latent import Steps, midranks
from riskengine.results.correlation_sample import CorrelationSample

Floats = NDArray[np.float64]

MOST_ITERATIONS = 40 * BLOCK
DRAWN_WORDS = 40_000_000
"""Words to be drawn for the table; a row of a matrix draws all before it."""


def correlation_sample(
    plan: Plan, request: Request, dimension: NDArray[np.int16], iterations: int
) -> CorrelationSample | None:
    """Return how the members of each correlation went together; None where nothing is correlated.

    Parameters
    ----------
    request : Request
        Of the run: what counts is how it draws.
    dimension : (variable,) int16
        Sobol dimensions.
    iterations : int
        Of the run.
    """
    if plan.correlation is None:
        return None
    each = max(1, plan.correlation.arrays.load.size)
    width = min(iterations, MOST_ITERATIONS, BLOCK * max(1, DRAWN_WORDS // (each * BLOCK)))
    redraw = redrawing(plan, request, dimension, width)
    groups = plan.correlation.groups
    product, square = np.full((len(groups), width), np.nan), np.full((len(groups), width), np.nan)
    for at, each_group in enumerate(groups):
        varying = varying_streams(each_group)
        count = len(varying)
        if count < 2:
            continue
        total, squares = np.zeros(width), np.zeros(width)
        for place in varying:
            rank = standard_ranks(redraw(int(each_group.variable[place])).word, each_group.group.steps[place])
            total += rank
            squares += rank * rank
        product[at] = (total * total - squares) / (count * (count - 1))
        square[at] = squares / count
    return CorrelationSample(
        id=tuple(one.group.id for one in groups),
        name=tuple(one.group.name for one in groups),
        rank=np.array([one.group.rank for one in groups]),
        members=np.array([len(one.group.stream) for one in groups]),
        varying=np.array([len(varying_streams(one)) for one in groups]),
        is_repaired=np.array([one.group.is_repaired for one in groups]),
        expected=np.array([mean_expected(one) for one in groups]),
        product=product,
        square=square,
    )


def varying_streams(each: CorrelatedGroup) -> list[int]:
    """Return the places of the streams of a group that vary."""
    return [place for place, varies in enumerate(each.group.is_uncertain) if varies]


def standard_ranks(word: NDArray[np.uint32], steps: Steps) -> Floats:
    """Return ranks with mean 0 and variance 1 over all futures; what has ties by the middle of each."""
    u = (word.astype(np.float64) + 0.5) / 2.0**32
    if not steps:
        return np.asarray((u - 0.5) * np.sqrt(12.0))
    middle, variance = midranks(steps)
    return np.asarray((middle[np.searchsorted(steps, u, side="right")] - 0.5) / float(np.sqrt(variance)))


def mean_expected(each: CorrelatedGroup) -> float:
    """Return the mean rank correlation that the pairs of a group have over all futures."""
    group, varying = each.group, varying_streams(each)
    if len(varying) < 2:
        return float("nan")
    if not group.is_repaired:
        return group.rank
    return float(np.mean([group.expected(one, other) for at, one in enumerate(varying) for other in varying[:at]]))
