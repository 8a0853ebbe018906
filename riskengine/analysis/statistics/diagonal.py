"""The percentile p for which two quantities keep their P_p at once with a given probability."""

import math
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.analysis.statistics.moment import half_width
from riskengine.analysis.statistics.percentile import percentile_rank
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.quantile import normal_quantile
from riskengine.analysis.statistics.replicate import LEVEL, Replicates

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEW_ITERATIONS = 10
"""Iterations of a kind, up to which their number alone does not say how it varies."""


@dataclass(frozen=True)
class EqualPercentiles:
    """Where the percentiles of finish and cost are equal.

    Attributes
    ----------
    share : SingleInterval [share 0..1]
        The p for which the finish keeps its P_p and the cost its P_p at once with the probability asked for.
    finish : SingleInterval
        P_p of the finish, a date.
    cost : SingleInterval [currency]
        P_p of the cost.
    joint_at_level : SingleInterval [share 0..1]
        How often both are kept where each is at the probability asked for.
    finish_at_level, cost_at_level
        That date and that amount.
    """

    share: SingleInterval
    finish: SingleInterval
    cost: SingleInterval
    joint_at_level: SingleInterval
    finish_at_level: datetime
    cost_at_level: float


class Diagonal:
    """The probability that two quantities keep their k-th smallest values at once, for every k.

    Notes
    -----
    The k-th smallest values are those of the same iterations, so that the count at k varies with them. With J(k / n)
    that probability and s, t by how much it rises with the rank of the first and of the second alone, an iteration
    moves what is counted at k by 1{both} - s 1{first} - t 1{second}, less its mean (the delta method for a copula at
    its empirical margins, Fermanian, Radulovic and Wegkamp 2004). Where the percentile of the first itself is asked
    for, how far that is from its own rank counts, too: 1{both} + t (1{first} - 1{second}); and for the second alike.

    References
    ----------
    Fermanian, J.-D., Radulovic, D. and Wegkamp, M. (2004), Weak convergence of empirical copula processes. Bernoulli
    10, 847-860.
    """

    def __init__(self, first: NDArray[np.int64], second: Values, replicates: Replicates, table_error: float) -> None:
        self.values = first, second
        self.ordered = np.sort(first), np.sort(second)
        self.n, self.replicates = len(first), replicates
        # the least rank at which a value is kept: equal values have that of the first of them
        ranks = [
            np.searchsorted(ordered, each, side="left") + 1
            for ordered, each in zip(self.ordered, self.values, strict=True)
        ]
        self.count = np.cumsum(np.bincount(np.maximum(*ranks), minlength=self.n + 1))
        self.least = max(-math.log((1 - LEVEL) / 2) / self.n if replicates.blocks else 1 / self.n, table_error)

    def rank_at(self, count: float) -> int | None:
        """Return the least rank at which so many iterations keep both values; None where none does, or any."""
        rank = int(np.searchsorted(self.count, count, side="left"))
        return rank if 1 <= rank <= self.n else None

    def within(self, rank: int) -> tuple[Mask, Mask]:
        """Return which iterations keep the value of a rank, of the first and of the second."""
        first, second = (each <= ordered[rank - 1] for each, ordered in zip(self.values, self.ordered, strict=True))
        return first, second

    def half_widths(self, rank: int) -> Values | None:
        """Return half the interval of what is counted at a rank, as a share: by itself, for the first, for the second.

        None for a single iteration.
        """
        if self.n < 2:
            return None
        first, second = self.within(rank)
        both = (first & second).astype(np.float64)
        rise = self._rises(rank)
        gap = first.astype(np.float64) - second
        moved = np.stack([both - rise[0] * first - rise[1] * second, both + rise[1] * gap, both - rise[0] * gap])
        return np.maximum(half_width(moved, self.replicates), self.least)

    def reach(self, rank: int, half: float) -> tuple[float, float]:
        """Return how far the interval of what is counted at a rank reaches below and above it, as shares.

        Notes
        -----
        Of ranks that are what they are, one cell decides the other three: iterations that keep both, only the first,
        only the second, or none. Up to 10 in the smallest say little of their spread: there the interval of its own
        share counts where it reaches further.
        """
        first, second = self.within(rank)
        cells = np.stack([first & second, ~first & ~second, first & ~second, ~first & second])
        counts = np.count_nonzero(cells, axis=1)
        smallest = int(counts.argmin())
        if counts[smallest] > FEW_ITERATIONS:
            return half, half
        share = probability_of(cells[smallest : smallest + 1], self.replicates)
        below, above = float(share.value[0] - share.low[0]), float(share.high[0] - share.value[0])
        if smallest > 1:
            below, above = above, below
        return max(half, below), max(half, above)

    def share_at(self, rank: int) -> tuple[float, float]:
        """Return from where to where the share may be at which either quantity steps to its value of a rank.

        Notes
        -----
        Between single values a rank is a share. Where many iterations share a value, a step lies at the share of those
        that have at most the value before, which is not known better than any other share; but no further off than the
        steps before and after it, for what is looked for lies within one.
        """
        shares = [((rank - 1) / self.n, rank / self.n)]
        for values, ordered in zip(self.values, self.ordered, strict=True):
            before, here = ordered[max(rank - 2, 0)], ordered[rank - 1]
            first = int(np.searchsorted(ordered, before, side="left"))
            last = int(np.searchsorted(ordered, here, side="right"))
            if before < here and last - first > 2:
                chance = probability_of((values <= before)[None], self.replicates)
                shares.append((max(float(chance.low[0]), first / self.n), min(float(chance.high[0]), last / self.n)))
        return min(low for low, _ in shares), max(high for _, high in shares)

    def _rises(self, rank: int) -> tuple[float, float]:
        """Return by how much the share that keeps both rises with the rank of either alone."""
        p = rank / self.n
        reach = math.ceil(normal_quantile((1 + LEVEL) / 2) * math.sqrt(self.n * p * (1 - p))) + 1
        low, high = max(rank - reach, 1), min(rank + reach, self.n)
        rises = []
        for one, other in ((0, 1), (1, 0)):
            beside = self.values[one][self.values[other] <= self.ordered[other][rank - 1]]
            ends = [np.count_nonzero(beside <= self.ordered[one][end - 1]) for end in (low, high)]
            rises.append((ends[1] - ends[0]) / max(high - low, 1))
        return rises[0], rises[1]


def equal_percentiles(
    finish: NDArray[np.int64], cost: Values, level: Fraction, replicates: Replicates, table_error: float
) -> EqualPercentiles:
    """Return where the percentiles of finish and cost are equal and both are kept with a probability.

    Parameters
    ----------
    finish : (n,) int64 [us since 1970]
    cost : (n,) float64 [currency]
    level : Fraction
        Above 0 and below 1.
    replicates : Replicates
    table_error : float

    Notes
    -----
    The least rank k at which ceil(n level) iterations keep the k-th smallest finish and the k-th smallest cost. Its
    interval holds every rank whose count is not further from n level than half the interval of that count: no density
    is needed, and values that many iterations share are kept or left as a whole. An end beyond the sample is open. A
    rank k stands for shares above (k - 1) / n, so that the lower end of the share is that; see ``Diagonal.share_at``
    where many iterations share a value.
    """
    diagonal = Diagonal(finish, cost, replicates, table_error)
    n, wanted = len(cost), percentile_rank(len(cost), 100 * level)
    rank = diagonal.rank_at(wanted) or n
    half = diagonal.half_widths(rank)
    ends: list[tuple[int | None, int | None]] = [(None, None)] * 3
    if half is not None:
        sides = [diagonal.reach(rank, float(half[0])), (half[1], half[1]), (half[2], half[2])]
        ends = [(diagonal.rank_at(wanted - n * above), diagonal.rank_at(wanted + n * below)) for below, above in sides]
    low, high = ends[0]
    return EqualPercentiles(
        share=SingleInterval(
            rank / n,
            None if low is None else diagonal.share_at(low)[0],
            None if high is None else diagonal.share_at(high)[1],
        ),
        finish=SingleInterval(*(_date(diagonal.ordered[0], each) for each in (rank, *ends[1]))),
        cost=SingleInterval(*(_amount(diagonal.ordered[1], each) for each in (rank, *ends[2]))),
        joint_at_level=_share_at(diagonal, wanted),
        finish_at_level=_date(diagonal.ordered[0], wanted),
        cost_at_level=float(diagonal.ordered[1][wanted - 1]),
    )


def _share_at(diagonal: Diagonal, rank: int) -> SingleInterval:
    """Return how often both keep their values of a rank."""
    share = int(diagonal.count[rank]) / diagonal.n
    half = diagonal.half_widths(rank)
    if half is None:
        return SingleInterval(share, None, None)
    below, above = diagonal.reach(rank, float(half[0]))
    return SingleInterval(share, max(0.0, share - below), min(1.0, share + above))


def _date(ordered: NDArray[Any], rank: int | None) -> Any:
    """Return the instant of a rank."""
    return None if rank is None else ordered[rank - 1].astype("datetime64[us]").item()


def _amount(ordered: Values, rank: int | None) -> float | None:
    """Return the amount of a rank."""
    return None if rank is None else float(ordered[rank - 1])
