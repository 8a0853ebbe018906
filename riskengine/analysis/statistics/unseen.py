"""How much of its own spread a sample happens not to show, though the probabilities of the risks are known.

A risk of a thousandth may not occur in a thousand iterations; the mean over them then looks certain, and is not. But
how often a risk occurs is no estimate: its probability stands in the scenario, and so does that of a rare value of a
discrete estimate. So the variance that its occurrences
have, and that the sample does not show, is known, and is added to that of every mean, once for each risk, times the
square of what an occurrence changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.known_variance import KnownVariance
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.steps import KnownSteps
from riskengine.results.samples.sample import RareValueSample, RiskSample, Sample

Values = NDArray[np.float64]
Chances = RiskSample | RareValueSample

OFTEN = 30.0
"""Occurrences to be expected from which a sample shows the spread of a risk."""

KNOWN_FROM = 5.0
"""Occurrences to be expected from which what an occurrence changes is known well enough to take variance away."""


def joined(parts: Sequence[KnownVariance]) -> KnownVariance:
    """Return what is known from several sources that have nothing to do with each other."""
    is_rare = [part.is_rare for part in parts if part.is_rare is not None]
    return KnownVariance(
        sum((part.unseen for part in parts[1:]), start=parts[0].unseen),
        sum((part.certain for part in parts[1:]), start=parts[0].certain),
        np.logical_or.reduce(is_rare) if is_rare else None,
    )


@dataclass(frozen=True)
class UnseenRisks:
    """The risks of which some iterations show too little.

    Parameters
    ----------
    risks : Chances
    shortage : (risk,) float64
        Variance that the share of occurrences among the iterations is known to have, less what they show; of very rare
        risks, which are expected to occur, or not to occur, less than 5 times, not negative.
    certain : (risk,) float64
        That known variance.
    is_rare : (n,) bool
        Iterations in which a rare risk occurred, or a nearly sure one did not.
    rare : (risk,) bool
        Which risks are rare, or nearly sure.
    """

    risks: Chances
    shortage: Values
    certain: Values
    is_rare: NDArray[np.bool_]
    rare: NDArray[np.bool_]

    @classmethod
    def of(cls, risks: Chances, method: str, n: int) -> "UnseenRisks":
        """Return them for the first ``n`` iterations of a run by this method.

        Notes
        -----
        Where the run has more iterations than occurrences were recorded for, nothing counts as seen of a rare risk,
        and nothing is known of another. What an occurrence changes is itself an estimate, and a poor one for a very
        rare risk: so nothing is taken from its variance. From five expected occurrences on it is: else an interval of
        64 iterations held what a risk of 10 % contributes in 99 of 100 runs.

        The words of a correlated risk do not fall into each stratum of a block once, and what goes with it is part of
        what its occurrence seems to change: of those that are often enough nothing is known, and of rare ones the
        variance of independent draws, from which nothing is taken.
        """
        replicates = Replicates.of(method, n)
        p = risks.probability
        certain = replicates.known_share_variance(p)
        rare = n * np.minimum(p, 1 - p) < OFTEN
        correlated = np.isin(np.arange(p.size), sorted(risks.correlated))
        certain = np.where(correlated, np.where(rare, p * (1 - p) / n, 0.0), certain)
        width = min(n, risks.occurs.shape[1])
        occurs = risks.occurs[:, :width]
        is_rare = np.zeros(n, dtype=np.bool_)
        is_rare[:width] = (occurs != (p > 0.5)[:, np.newaxis])[rare].any(axis=0)
        if width < n:
            certain = np.where(rare, certain, 0.0)
            return cls(risks, certain, certain, is_rare, rare)
        shortage = certain - replicates.shown_share_variance(occurs)
        very_rare = n * np.minimum(p, 1 - p) < KNOWN_FROM
        shortage = np.where(very_rare | correlated, np.maximum(shortage, 0.0), shortage)
        return cls(risks, np.where(correlated & ~rare, 0.0, shortage), certain, is_rare, rare)

    def share(self, rows: list[int]) -> KnownVariance:
        """Return what is known of the share of occurrences of these risks."""
        return KnownVariance(self.shortage[rows], self.certain[rows])

    def known_variance(self, values: Values, forced: Values) -> KnownVariance:
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
        return KnownVariance(np.array([unseen]), np.array([certain]), self.is_rare)

    def known_variance_of_rows(
        self, values: Values, forced: Values, first: int, reach: NDArray[np.int64] | None
    ) -> KnownVariance:
        """Return what is known of the means of rows of values.

        Parameters
        ----------
        values : (row, n) float64
        forced : (forced risk or 0, row) float64
            What these means change by where each of the forced risks is forced.
        first : int
            Number of the first row.
        reach : (2, hit) int64 or None
            Rows of risks and of what they can act on; None where any can act on any.

        Notes
        -----
        What an occurrence changes is estimated as in :meth:`known_variance`, less what chance alone would show: of few
        occurrences among values that the risk does not act on, that is not nothing.
        """
        rows, width = len(values), min(values.shape[1], self.risks.occurs.shape[1])
        unseen, certain = np.zeros(rows), np.zeros(rows)
        row_of = {row: at for at, row in enumerate(self.risks.forced)} if len(forced) else {}
        values_recorded = values[:, :width]
        whole, variance = values_recorded.sum(axis=1), values_recorded.var(axis=1) if width else np.zeros(rows)
        for risk in np.flatnonzero(self.certain > 0).tolist():
            rows_of_risk = np.arange(rows) if reach is None else _hit(reach, risk, first, rows)
            if not rows_of_risk.size:
                continue
            occurs = self.risks.occurs[risk, :width]
            few = np.flatnonzero(occurs != (self.risks.probability[risk] > 0.5))
            others = width - few.size
            if few.size >= 2 and others >= 2:
                total = values_recorded[np.ix_(rows_of_risk, few)].sum(axis=1)
                change = total / few.size - (whole[rows_of_risk] - total) / others
                square = np.maximum(change**2 - variance[rows_of_risk] * (1 / few.size + 1 / others), 0.0)
            elif risk in row_of:
                square = forced[row_of[risk], rows_of_risk] ** 2
            else:
                continue
            unseen[rows_of_risk] += self.shortage[risk] * square
            certain[rows_of_risk] += self.certain[risk] * square
        return KnownVariance(unseen, certain, self.is_rare)


class Unseen(NamedTuple):
    """What some iterations show too little of.

    Parameters
    ----------
    chances : list of UnseenRisks
        Risks, and rare values where there are any.
    steps : KnownSteps or None
        Discrete estimates, where they are stratified.
    """

    chances: list[UnseenRisks]
    steps: KnownSteps | None

    @classmethod
    def of(cls, sample: Sample, n: int) -> "Unseen":
        """Return it for the first ``n`` iterations."""
        chances: list[Chances] = [sample.risks]
        if sample.rare_values is not None:
            chances.append(sample.rare_values)
        unseen = [UnseenRisks.of(each, sample.method, n) for each in chances]
        return cls(unseen, KnownSteps.of(sample.discrete, sample.method, n))

    def known_variance(self, values: Values, forced: Sequence[Values]) -> KnownVariance:
        """Return what is known of the mean of some values, (n,).

        Parameters
        ----------
        values : (n,) float64
        forced : sequence of (forced risk, m) float64
            For each of the chances the same of the first m iterations; see :meth:`UnseenRisks.known_variance`.
        """
        parts = [each.known_variance(values, run) for each, run in zip(self.chances, forced, strict=True)]
        return joined(parts if self.steps is None else [*parts, self.steps.known_variance(values[np.newaxis])])

    def known_variance_of_rows(self, values: Values) -> KnownVariance:
        """Return what is known of the means of rows of values, (row, n), that no forced run was made of."""
        nothing = np.zeros((0, len(values)))
        parts = [each.known_variance_of_rows(values, nothing, 0, None) for each in self.chances]
        return joined(parts if self.steps is None else [*parts, self.steps.known_variance(values)])


def _hit(reach: NDArray[np.int64], risk: int, first: int, rows: int) -> NDArray[np.int64]:
    """Return which of some rows a risk can act on, counted from the first of them."""
    span = slice(*np.searchsorted(reach[0], (risk, risk + 1)))
    hit_rows = reach[1, span] - first
    return hit_rows[(hit_rows >= 0) & (hit_rows < rows)]
