"""The t copula: normal scores times a scale that all of a component share, so that extremes come together.

References
----------
Demarta, S., McNeil, A. J. (2005), The t copula and related copulas. International Statistical Review 73, 111-129.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.polynomial import chebyshev
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray
from scipy.special import gammainccinv, gammaincinv, gammaln, stdtr

from riskengine.kernel.contract.arrays import UInt64
from riskengine.kernel.contract.mixing import SCORE_CELLS, TAIL_CELLS
from riskengine.plan.correlation.latent import Steps, latent, spearman
from riskengine.plan.correlation.normal import (
    LAST_OCTAVE,
    OCTAVE_CELLS,
    SCORE_FRACTION_BITS,
    SINGLE_WORDS,
    cell_of,
)
from riskengine.plan.variables.table import table_entry

Floats = NDArray[np.float64]

NODES = 48
"""Of each of the three integrals of a rank correlation."""
POINTS = 24
"""Correlations of scores at which ranks are worked out; between them a polynomial stands."""
MOST_TAILS = 100
"""Degrees of freedom that are kept."""
OUTERMOST = 1e-13
LEAST_WORD = 0.25
"""A word of zero has a scale, too."""
CELL_NODES = 8
"""At which a scale is looked at for its mean in a cell."""
TAIL_FRACTION_BITS = 15
TAIL_OCTAVES = 13
TAIL_OCTAVE_CELLS = 256


def latent_between(one: Steps, other: Steps, rank: float, tails: float) -> float:
    """Return the correlation of scores that gives a rank correlation; without tails, in a Gaussian copula."""
    return latent_of_tails(rank, tails) if tails else latent(*sorted((one, other)), rank)


def spearman_between(one: Steps, other: Steps, correlation: float, tails: float) -> float:
    """Return the rank correlation of two quantities whose scores have a correlation."""
    return spearman_of_tails(correlation, tails) if tails else spearman(one, other, correlation)


@lru_cache(maxsize=MOST_TAILS)
def _rank_share(tails: float) -> Floats:
    """Return a polynomial of the square of a correlation of scores: the rank of t scores over that of normal ones.

    Notes
    -----
    With W = nu / chi-square, a rank is (6/pi) E asin(r W1 / sqrt((W1 + W2) (W1 + W3))) over three of them.
    """
    node, weight = leggauss(NODES)
    low, high = (float(np.log(chi_square(tails, OUTERMOST, is_upper=side))) for side in (False, True))
    log = low + (high - low) * (node + 1) / 2
    chi = np.exp(log)
    density = np.exp(log * tails / 2 - chi / 2 - gammaln(tails / 2) - tails / 2 * np.log(2))
    mass = density * weight
    mass /= mass.sum()
    w = tails / chi
    ratio = w[:, None] / (w[:, None] + w[None, :])
    shape = np.sqrt(ratio[:, :, None] * ratio[:, None, :]).ravel()
    masses = (mass[:, None, None] * mass[None, :, None] * mass[None, None, :]).ravel()
    squared = (np.cos(np.pi * (np.arange(POINTS) + 0.5) / POINTS) + 1) / 2
    r = np.sqrt(squared)
    rank = np.array([masses @ np.arcsin(np.minimum(each * shape, 1.0)) for each in r])
    return np.asarray(chebyshev.chebfit(2 * squared - 1, rank / np.arcsin(r / 2), POINTS - 1))


def spearman_of_tails(correlation: float, tails: float) -> float:
    """Return the rank correlation of two quantities in a t copula whose scores have a correlation."""
    if abs(correlation) >= 1:
        return float(np.sign(correlation))
    share = chebyshev.chebval(2 * correlation * correlation - 1, _rank_share(tails))
    return float(6 / np.pi * np.arcsin(correlation / 2) * share)


@lru_cache(maxsize=100_000)
def latent_of_tails(rank: float, tails: float) -> float:
    """Return the correlation of scores that gives a rank correlation in a t copula."""
    if rank == 0 or abs(rank) >= 1:
        return float(np.sign(rank))
    from scipy.optimize import brentq  # takes longer to import than a plan without such a pair takes to compile

    return float(brentq(lambda r: spearman_of_tails(r, tails) - rank, -1.0, 1.0, xtol=1e-12, rtol=1e-12))


def chi_square(tails: float, share: float | Floats, *, is_upper: bool) -> Floats:
    """Return chi-square below which a share lies, or above which it does."""
    inverse = gammainccinv if is_upper else gammaincinv
    return np.asarray(2 * inverse(tails / 2, share))


@lru_cache(maxsize=MOST_TAILS)
def scale_table(tails: float) -> UInt64:
    """Return sqrt(nu / chi-square) by words, (1986,) uint64: float32 base low, float32 slope high.

    Notes
    -----
    Cells as in the table of normal scores, those of words below the median first: a small word has a small chi-square,
    and so a large scale. A cell has the mean of its scales, and the rise between its ends.
    """
    sides = [_scales(tails, is_upper=False), _scales(tails, is_upper=True)]
    return np.concatenate(sides)


def _scales(tails: float, is_upper: bool) -> UInt64:
    single = np.arange(1.0, SINGLE_WORDS, 2)
    first_octave = SINGLE_WORDS.bit_length() - 1
    octaves = range(first_octave, LAST_OCTAVE + 1)
    start = np.concatenate([2.0**e * (1 + np.arange(OCTAVE_CELLS) / OCTAVE_CELLS) for e in octaves])
    width = np.concatenate([np.full(OCTAVE_CELLS, 2.0**e / OCTAVE_CELLS) for e in octaves])
    middle = float(1 << SCORE_FRACTION_BITS - 1)

    def scale(word: Floats) -> Floats:
        share = np.maximum(word, LEAST_WORD) / 2.0**32
        return np.asarray(np.sqrt(tails / chi_square(tails, share, is_upper=is_upper)))

    table = np.zeros(SCORE_CELLS, np.uint64)
    table[cell_of(single)] = table_entry(
        _mean(scale, single - 1, 2.0).astype(np.float32), np.zeros(single.size, np.float32)
    )
    slope = np.asarray((scale(start + width) - scale(start)) / (2 * middle), np.float32)
    base = np.asarray(_mean(scale, start, width) - slope * middle, np.float32)
    table[cell_of(start)] = table_entry(base, slope)
    return table


def _mean(scale: Callable[[Floats], Floats], start: Floats, width: float | Floats) -> Floats:
    """Return the mean of a scale in each cell."""
    node, weight = leggauss(CELL_NODES)
    word = start[:, None] + np.reshape(width, (-1, 1)) * (node + 1) / 2
    return np.asarray(scale(word) @ weight / 2)


@lru_cache(maxsize=MOST_TAILS)
def tail_word_table(tails: float) -> UInt64:
    """Return 2^32 times the probability below a t score of -a, by cells of a + 1, (cell,) uint64 as in ``score_table``.

    Notes
    -----
    The ends of a cell are moved by a twelfth of the second derivative times its width squared, so that its mean is
    exact.
    """
    width = np.repeat(2.0 ** np.arange(TAIL_OCTAVES) / TAIL_OCTAVE_CELLS, TAIL_OCTAVE_CELLS)
    start = np.concatenate([[0.0], np.cumsum(width)])[:-1]

    def value(a: Floats) -> Floats:
        density = np.exp(
            gammaln((tails + 1) / 2) - gammaln(tails / 2) - (tails + 1) / 2 * np.log1p(a * a / tails)
        ) / np.sqrt(tails * np.pi)
        bend = density * a * (tails + 1) / (tails + a * a)
        return np.asarray(2.0**32 * (stdtr(tails, -a) - bend * width * width / 12))

    base = value(start).astype(np.float32)
    slope = ((value(start + width) - base) / (1 << TAIL_FRACTION_BITS)).astype(np.float32)
    table = np.zeros(TAIL_CELLS, np.uint64)
    table[:-1] = table_entry(base, slope)
    table[-1] = table[-2]
    return table
