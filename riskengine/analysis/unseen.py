"""How much of its own spread a sample happens not to show, though the probabilities of the risks are known.

A risk of a thousandth may not occur in a thousand iterations; the mean over them then looks certain, and is not. But
how often a risk occurs is no estimate: its probability stands in the scenario. So the variance that its occurrences
have, and that the sample does not show, is known, and is added to that of every mean, once for each risk, times the
square of what an occurrence changes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.moment import Known
from riskengine.analysis.replicate import BLOCK, Replicates, spread
from riskengine.results.sample import RiskSample

Values = NDArray[np.float64]

OFTEN = 30.0
"""Occurrences to be expected from which a sample shows the spread of a risk."""

KNOWN_FROM = 5.0
"""Occurrences to be expected from which what an occurrence changes is known well enough to take variance away."""


@dataclass(frozen=True)
class UnseenRisks:
    """The risks of which some iterations show too little.

    Parameters
    ----------
    risks : RiskSample
    shortage : (risk,) float64
        Variance that the share of occurrences among the iterations is known to have, less what they show; of very rare
        risks, which are expected to occur, or not to occur, less than 5 times, not negative.
    certain : (risk,) float64
        That known variance.
    is_rare : (n,) bool
        Iterations in which a rare risk occurred, or a nearly sure one did not.
    """

    risks: RiskSample
    shortage: Values
    certain: Values
    is_rare: NDArray[np.bool_]

    @classmethod
    def of(cls, risks: RiskSample, method: str, n: int) -> "UnseenRisks":
        """Return them for the first ``n`` iterations of a run by this method.

        Notes
        -----
        In a stratified block a risk occurs m or m + 1 times; the variance of that is f (1 - f), f = frac(256 p).
        Where the run has more iterations than occurrences were recorded for, nothing counts as seen of a rare risk,
        and nothing is known of another. What an occurrence changes is itself an estimate, and a poor one for a very
        rare risk: so nothing is taken from its variance. From five expected occurrences on it is: else an interval of
        64 iterations held what a risk of 10 % contributes in 99 of 100 runs.
        """
        replicates = Replicates.of(method, n)
        p = risks.probability
        blocks = replicates.blocks
        fraction = BLOCK * p % 1
        between = fraction * (1 - fraction)
        known = replicates.total_variance(p * (1 - p), between) / n**2 if blocks else p * (1 - p) / n
        rare = n * np.minimum(p, 1 - p) < OFTEN
        width = min(n, risks.occurs.shape[1])
        occurs = risks.occurs[:, :width]
        is_rare = np.zeros(n, dtype=np.bool_)
        is_rare[:width] = (occurs != (p > 0.5)[:, np.newaxis])[rare].any(axis=0)
        if width < n:
            known = np.where(rare, known, 0.0)
            return cls(risks, known, known, is_rare)
        share = np.count_nonzero(occurs, axis=1) / n
        seen = share * (1 - share) / n
        if blocks:
            counts = spread(replicates.block_count(occurs).astype(np.float64)) ** 2
            seen = replicates.total_variance(share * (1 - share), counts) / n**2
        shortage = known - seen
        very_rare = n * np.minimum(p, 1 - p) < KNOWN_FROM
        return cls(risks, np.where(very_rare, np.maximum(shortage, 0.0), shortage), known, is_rare)

    def share(self, rows: list[int]) -> Known:
        """Return what is known of the share of occurrences of these risks."""
        return Known(self.shortage[rows], self.certain[rows])

    def known(self, values: Values, forced: Values) -> Known:
        """Return what is known of the mean of some values, one row of them.

        Parameters
        ----------
        values : (n,) float64
            One for each iteration.
        forced : (forced risk, m) float64
            The same of the first m iterations, each of the forced risks occurring in all or in none of them.

        Notes
        -----
        What an occurrence changes is the difference of means with and without it, where there are two iterations of
        either; else it comes from the iterations in which the risk was forced.
        """
        row_of = {row: at for at, row in enumerate(self.risks.forced)}
        unseen = certain = 0.0
        width = min(values.size, self.risks.occurs.shape[1])
        whole = float(values[:width].sum())
        for row in np.flatnonzero((self.shortage != 0) | (self.certain > 0)).tolist():
            occurs = self.risks.occurs[row, :width]
            count = int(np.count_nonzero(occurs))
            if min(count, width - count) >= 2:
                with_it = float(values[:width][occurs].sum())
                change = with_it / count - (whole - with_it) / (width - count)
            elif row in row_of:
                base = values[: forced.shape[1]]
                change = float((forced[row_of[row], : base.size] - base).mean())
            else:
                continue
            unseen += float(self.shortage[row]) * change * change
            certain += float(self.certain[row]) * change * change
        return Known(np.array([unseen]), np.array([certain]), self.is_rare)
