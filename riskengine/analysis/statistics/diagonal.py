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
from riskengine.analysis.statistics.percentile import Percent, percentile_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.quantile import normal_quantile
from riskengine.analysis.statistics.replicate import LEVEL, Replicates

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEW_ITERATIONS = 10
"""Iterations of a kind, up to which their number alone does not say how it varies."""
FEW_VALUES = 5
"""Values shared by many iterations, among which a percentile is looked for one by one; see ``Diagonal.steps``."""

NOISE = 1e-9
"""Iterations by which a share times their number may be off by rounding."""

Ranks = tuple[int, int]
"""Of a value of the first quantity, and of one of the second; 1 is the smallest."""


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
        self.table_error = table_error
        self.least = max(-math.log((1 - LEVEL) / 2) / self.n if replicates.blocks else 1 / self.n, table_error)

    def rank_at(self, count: float) -> int | None:
        """Return the least rank at which so many iterations keep both values; None where none does, or any."""
        rank = int(np.searchsorted(self.count, count, side="left"))
        return rank if 1 <= rank <= self.n else None

    def within(self, ranks: Ranks) -> tuple[Mask, Mask]:
        """Return which iterations keep the value of a rank, of the first and of the second."""
        first, second = (
            each <= ordered[rank - 1] for each, ordered, rank in zip(self.values, self.ordered, ranks, strict=True)
        )
        return first, second

    def half_widths(self, ranks: Ranks, is_fixed: tuple[bool, bool] = (False, False)) -> Values | None:
        """Return half the interval of what is counted at two ranks, as a share: by itself, for the first, the second.

        None for a single iteration. What is fixed is a value that does not move with its rank.
        """
        if self.n < 2:
            return None
        first, second = self.within(ranks)
        both = (first & second).astype(np.float64)
        rise = [0.0 if fixed else self._rise(ranks, one) for one, fixed in enumerate(is_fixed)]
        gap = first.astype(np.float64) - second
        moved = np.stack([both - rise[0] * first - rise[1] * second, both + rise[1] * gap, both - rise[0] * gap])
        return np.maximum(half_width(moved, self.replicates), self.least)

    def reach(self, ranks: Ranks, half: float) -> tuple[float, float]:
        """Return how far the interval of what is counted at two ranks reaches below and above it, as shares.

        Notes
        -----
        Of ranks that are what they are, one cell decides the other three: iterations that keep both, only the first,
        only the second, or none. Up to 10 in the smallest say little of their spread: there the interval of its own
        share counts where it reaches further.
        """
        first, second = self.within(ranks)
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

    def steps(self, quantity: int, low: int, high: int) -> bool:
        """Return whether a quantity steps from a rank to another: few values there are shared by many iterations.

        Notes
        -----
        A percentile of such a quantity is one of these values, and how often it is kept is the chance of an event: it
        does not move with the rank, as between single values, but jumps from one of the values to the next.
        """
        ordered = self.ordered[quantity]
        part = ordered[low - 1 : high]
        distinct = 1 + int(np.count_nonzero(part[1:] > part[:-1]))
        first, last = np.searchsorted(ordered, part[0], side="left"), np.searchsorted(ordered, part[-1], side="right")
        return distinct <= FEW_VALUES and bool(last - first >= 2 * distinct)

    def plausible_ranks(self, quantity: int, percent: Percent) -> Ranks:
        """Return the lowest and the highest rank at which a percentile of a quantity may be, within the sample."""
        rows = sort_rows(self.values[quantity][None], self.replicates)
        ranks = percentile_ranks(rows, (percent,), self.replicates, table_error=self.table_error)
        value, low, high = int(ranks.value[0]), int(ranks.low[0, 0]), int(ranks.high[0, 0])
        return max(min(low, value), 1), min(max(high, value), self.n)

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

    def _rise(self, ranks: Ranks, one: int) -> float:
        """Return by how much the share that keeps both rises with the rank of the first (0) or the second (1) alone."""
        rank, other = ranks[one], 1 - one
        p = rank / self.n
        reach = math.ceil(normal_quantile((1 + LEVEL) / 2) * math.sqrt(self.n * p * (1 - p))) + 1
        low, high = max(rank - reach, 1), min(rank + reach, self.n)
        beside = self.values[one][self.values[other] <= self.ordered[other][ranks[other] - 1]]
        ends = [np.count_nonzero(beside <= self.ordered[one][end - 1]) for end in (low, high)]
        return float((ends[1] - ends[0]) / max(high - low, 1))


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
    where many iterations share a value. There the finish and the cost may be the value at any share of that interval.
    """
    diagonal = Diagonal(finish, cost, replicates, table_error)
    n, wanted = len(cost), percentile_rank(len(cost), 100 * level)
    rank = diagonal.rank_at(wanted) or n
    half = diagonal.half_widths((rank, rank))
    ends: list[tuple[int | None, int | None]] = [(None, None)] * 3
    if half is not None:
        sides = [diagonal.reach((rank, rank), float(half[0])), (half[1], half[1]), (half[2], half[2])]
        ends = [(diagonal.rank_at(wanted - n * above), diagonal.rank_at(wanted + n * below)) for below, above in sides]
    low, high = ends[0]
    share = SingleInterval(
        rank / n,
        None if low is None else diagonal.share_at(low)[0],
        None if high is None else diagonal.share_at(high)[1],
    )
    ends = [_with_steps(diagonal, quantity, share, ends[1 + quantity]) for quantity in range(2)]
    return EqualPercentiles(
        share=share,
        finish=SingleInterval(*(_date(diagonal.ordered[0], each) for each in (rank, *ends[0]))),
        cost=SingleInterval(*(_amount(diagonal.ordered[1], each) for each in (rank, *ends[1]))),
        joint_at_level=_joint_at(diagonal, wanted, 100 * level),
        finish_at_level=_date(diagonal.ordered[0], wanted),
        cost_at_level=float(diagonal.ordered[1][wanted - 1]),
    )


def _with_steps(
    diagonal: Diagonal, quantity: int, share: SingleInterval, ends: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    """Return the ranks of an interval of a value, with those of the interval of its share where the value steps."""
    low = 1 if share.ci_low is None else max(1, math.floor(diagonal.n * share.ci_low + NOISE))
    high = diagonal.n if share.ci_high is None else min(diagonal.n, math.floor(diagonal.n * share.ci_high + NOISE) + 1)
    if not diagonal.steps(quantity, low, high):
        return ends
    return None if ends[0] is None else min(low, ends[0]), None if ends[1] is None else max(high, ends[1])


def _joint_at(diagonal: Diagonal, rank: int, percent: Percent) -> SingleInterval:
    """Return how often both keep their percentiles, the values of a rank.

    Notes
    -----
    A quantity that steps where its percentile may be has one of few values there, and the interval holds what belongs
    to each. Where both do, the share is the chance of an event, and has the interval of one.
    """
    share = int(diagonal.count[rank]) / diagonal.n
    if diagonal.n < 2:
        return SingleInterval(share, None, None)
    plausible = [diagonal.plausible_ranks(quantity, percent) for quantity in range(2)]
    is_fixed = (diagonal.steps(0, *plausible[0]), diagonal.steps(1, *plausible[1]))
    low, high = 1.0, 0.0
    for end in range(2):
        ranks = tuple(plausible[each][end] if is_fixed[each] else rank for each in range(2))
        below, above = _ends_at(diagonal, (ranks[0], ranks[1]), is_fixed)
        low, high = min(low, below), max(high, above)
    below, above = _ends_at(diagonal, (rank, rank), is_fixed)
    return SingleInterval(share, max(0.0, min(low, below)), min(1.0, max(high, above)))


def _ends_at(diagonal: Diagonal, ranks: Ranks, is_fixed: tuple[bool, bool]) -> tuple[float, float]:
    """Return the interval of how often both keep the values of two ranks."""
    first, second = diagonal.within(ranks)
    both = first & second
    if all(is_fixed):
        event = probability_of(both[None], diagonal.replicates, table_error=diagonal.table_error)
        return float(event.low[0]), float(event.high[0])
    half = diagonal.half_widths(ranks, is_fixed)
    assert half is not None
    share = int(np.count_nonzero(both)) / diagonal.n
    below, above = diagonal.reach(ranks, float(half[0]))
    return share - below, share + above


def _date(ordered: NDArray[Any], rank: int | None) -> Any:
    """Return the instant of a rank."""
    return None if rank is None else ordered[rank - 1].astype("datetime64[us]").item()


def _amount(ordered: Values, rank: int | None) -> float | None:
    """Return the amount of a rank."""
    return None if rank is None else float(ordered[rank - 1])
