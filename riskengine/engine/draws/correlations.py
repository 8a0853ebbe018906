"""How correlated members went together in the first iterations of a run, from their words, drawn once more."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request
from riskengine.engine.draws.redraw import redrawing
from riskengine.kernel import BLOCK
from riskengine.plan import Plan
from riskengine.plan.correlation.decided import DecidedPairs, decided_pairs, mean_expected
from riskengine.plan.correlation.latent import Steps, midranks
from riskengine.results.samples.correlation_sample import CorrelationSample

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
    dependence, arrays = plan.correlation.dependence, plan.correlation.arrays
    assert dependence is not None
    decided = decided_pairs(dependence)
    varies = np.array(dependence.quantities.is_uncertain, bool)
    each = max(
        1,
        arrays.load.size + int((arrays.scale >= 0).sum()),
        *(first.size for pairs in decided for first, _, _ in pairs.entries),
    )
    width = min(iterations, MOST_ITERATIONS, BLOCK * max(1, DRAWN_WORDS // (each * BLOCK)))
    redraw = redrawing(plan, request, dimension, width)
    variable, steps = plan.correlation.variable, dependence.quantities.steps

    def ranks(place: int) -> Floats:
        return standard_ranks(redraw(int(variable[place])).word, steps[place])

    pairs = [pair_products(one, varies, ranks, width) for one in decided]
    return CorrelationSample(
        id=tuple(dependence.correlation[one.source].id for one in decided),
        name=tuple(dependence.correlation[one.source].name for one in decided),
        rank=np.array([one.mean_rank(np.ones_like(varies)) for one in decided]),
        members=np.array([len(one.places()) for one in decided]),
        varying=np.array([int(varies[one.places()].sum()) for one in decided]),
        is_repaired=np.array([one.is_repaired for one in decided]),
        expected=np.array([mean_expected(one, dependence, varies) for one in decided]),
        product=np.array([product for product, _ in pairs]),
        square=np.array([square for _, square in pairs]),
    )


def pair_products(
    pairs: DecidedPairs, varies: NDArray[np.bool_], ranks: Callable[[int], Floats], width: int
) -> tuple[Floats, Floats]:
    """Return the mean product of the standard ranks of two that vary, and the mean square of one, (n,) each.

    Notes
    -----
    The products of every two of a set follow from the sum of all and that of their squares.
    """
    count = pairs.count(varies)
    if not count:
        return np.full(width, np.nan), np.full(width, np.nan)
    places = [place for place in pairs.places() if varies[place]]
    rank = {place: ranks(place) for place in places} if pairs.entries or len(pairs.sets) > 1 else {}
    product, square = np.zeros(width), np.zeros(width)
    for one in pairs.sets:
        total, squares = np.zeros(width), np.zeros(width)
        for place in one.place.tolist():
            if varies[place]:
                each = rank[place] if rank else ranks(place)
                total += each
                squares += each * each
        product += one.sign * (total * total - squares) / 2
        square = squares
    if rank:
        square = np.zeros(width)
        for each in rank.values():
            square += each * each
    for first, second, _ in pairs.entries:
        both = varies[first] & varies[second]
        for one_place, other_place in zip(first[both].tolist(), second[both].tolist(), strict=True):
            product += rank[one_place] * rank[other_place]
    return product / count, square / len(places)


def standard_ranks(word: NDArray[np.uint32], steps: Steps) -> Floats:
    """Return ranks with mean 0 and variance 1 over all futures; what has ties by the middle of each."""
    u = (word.astype(np.float64) + 0.5) / 2.0**32
    if not steps:
        return np.asarray((u - 0.5) * np.sqrt(12.0))
    middle, variance = midranks(steps)
    return np.asarray((middle[np.searchsorted(steps, u, side="right")] - 0.5) / float(np.sqrt(variance)))
