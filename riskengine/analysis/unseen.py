"""How much of its own spread a sample happens not to show, though the probabilities of the risks are known.

A risk of a thousandth may not occur in a thousand iterations; the mean over them then looks certain, and is not. But
how often a risk occurs is no estimate: its probability stands in the scenario. So the variance that its occurrences
have, and that the sample does not show, is known, and is added to that of every mean, once for each risk, times the
square of what an occurrence changes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.replicate import BLOCK, Replicates, spread
from riskengine.results.sample import RiskSample

Values = NDArray[np.float64]

OFTEN = 30.0
"""Occurrences to be expected from which a sample shows the spread of a risk."""


@dataclass(frozen=True)
class UnseenRisks:
    """The risks of which some iterations show too little.

    Parameters
    ----------
    risks : RiskSample
    shortage : (risk,) float64
        Variance that the share of occurrences among the iterations is known to have, less what they show; not
        negative.
    """

    risks: RiskSample
    shortage: Values

    @classmethod
    def of(cls, risks: RiskSample, method: str, n: int) -> "UnseenRisks":
        """Return them for the first ``n`` iterations of a run by this method.

        Notes
        -----
        In a stratified block a risk occurs m or m + 1 times; the variance of that is f (1 - f), f = frac(256 p).
        Where the run has more iterations than occurrences were recorded for, a risk that is expected to occur 30 times
        or more counts as seen, and of another nothing does.
        """
        replicates = Replicates.of(method, n)
        p = risks.probability
        blocks = replicates.blocks
        if blocks:
            fraction = BLOCK * p % 1
            known = fraction * (1 - fraction) / (BLOCK**2 * blocks)
        else:
            known = p * (1 - p) / n
        if risks.occurs.shape[1] < n:
            return cls(risks, np.where(n * p < OFTEN, known, 0.0))
        occurs = risks.occurs[:, :n]
        if blocks:
            seen = spread(replicates.block_count(occurs).astype(np.float64)) ** 2 / (BLOCK**2 * blocks)
        else:
            share = np.count_nonzero(occurs, axis=1) / n
            seen = share * (1 - share) / n
        return cls(risks, np.maximum(known - seen, 0.0))

    def variance(self, values: Values, forced: Values) -> Values:
        """Return the variance of the mean of some values that they do not show, (1,) float64.

        Parameters
        ----------
        values : (n,) float64
            One for each iteration.
        forced : (forced risk, m) float64
            The same of the first m iterations, with each of the risks that were forced occurring in all of them.

        Notes
        -----
        What an occurrence changes is the difference of means with and without it, where there are two iterations of
        either; else it comes from the iterations in which the risk was forced.
        """
        row_of = {row: at for at, row in enumerate(self.risks.forced)}
        total = 0.0
        width = min(values.size, self.risks.occurs.shape[1])
        whole = float(values[:width].sum())
        for row in np.flatnonzero(self.shortage > 0).tolist():
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
            total += float(self.shortage[row]) * change * change
        return np.array([total])
