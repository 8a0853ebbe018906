"""How much of its own spread a stratified sample happens not to show of discrete estimates.

Where a draw steps from one value to the next, a block of 256 has m or m + 1 draws beyond: the variance of that is
known, and few blocks may agree by chance. So it is with risks (:mod:`riskengine.analysis.statistics.unseen`), of which
each is a single step. What a step changes is the difference between the means at the values before and behind it, whose
squares are taken without what chance alone would show.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.known_variance import KnownVariance
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.results.samples.discrete_sample import DiscreteSample

Values = NDArray[np.float64]

CHUNK = 64
"""Steps that are counted at a time."""


@dataclass(frozen=True)
class KnownSteps:
    """The steps of discrete estimates, and how often their values are known to be taken.

    Parameters
    ----------
    discrete : DiscreteSample
    shortage : (step,) float64
        Variance that the share of iterations beyond a step is known to have, less what they show.
    certain : (step,) float64
        That known variance.
    """

    discrete: DiscreteSample
    shortage: Values
    certain: Values

    @classmethod
    def of(cls, discrete: DiscreteSample | None, method: str, n: int) -> "KnownSteps | None":
        """Return them for the first ``n`` iterations of a run by this method; None where there are no replicates."""
        replicates = Replicates.of(method, n)
        if discrete is None or not replicates.blocks:
            return None
        certain = replicates.known_share_variance(discrete.probability)
        seen = np.empty_like(certain)
        for first in range(0, certain.size, CHUNK):
            some = slice(first, first + CHUNK)
            is_beyond = discrete.level[discrete.estimate[some], :n] > discrete.lower[some, None]
            seen[some] = replicates.shown_share_variance(is_beyond)
        return cls(discrete, certain - seen, certain)

    def known_variance(self, values: Values) -> KnownVariance:
        """Return what is known of the means of rows of values, (row, n), on which every estimate may act."""
        rows, n = values.shape
        unseen, certain = np.zeros(rows), np.zeros(rows)
        for estimate in range(len(self.discrete.level)):
            steps = self._steps_of(estimate)
            square = self._squares(steps, self.discrete.level[estimate, :n], values)
            unseen += (self.shortage[steps, None] * square).sum(axis=0)
            certain += (self.certain[steps, None] * square).sum(axis=0)
        return KnownVariance(unseen, np.maximum(certain, 0.0))

    def known_variance_of_tasks(self, values: Values, first: int) -> KnownVariance:
        """Return what is known of the means of values of tasks, (task, n), on which the estimates that hit each act.

        Parameters
        ----------
        values : (task, n) float64
        first : int
            Row of the first task.
        """
        rows, n = values.shape
        unseen, certain = np.zeros(rows), np.zeros(rows)
        hits = self.discrete.task_hits
        for estimate, row in hits[:, (hits[1] >= first) & (hits[1] < first + rows)].T.tolist():
            steps, at = self._steps_of(estimate), slice(row - first, row - first + 1)
            square = self._squares(steps, self.discrete.level[estimate, :n], values[at])
            unseen[at] += (self.shortage[steps, None] * square).sum(axis=0)
            certain[at] += (self.certain[steps, None] * square).sum(axis=0)
        return KnownVariance(unseen, np.maximum(certain, 0.0))

    def _steps_of(self, estimate: int) -> slice:
        """Return the steps of an estimate, which stand together."""
        return slice(*np.searchsorted(self.discrete.estimate, (estimate, estimate + 1)))

    def _squares(self, steps: slice, level: NDArray[np.int32], values: Values) -> Values:
        """Return the square of what each step changes of each row, (step, row), less what chance shows.

        It is 0 where a value was hardly taken.
        """
        lower, upper = self.discrete.lower[steps], self.discrete.upper[steps]
        members = {each: np.flatnonzero(level == each) for each in np.union1d(lower, upper).tolist()}
        mean = {each: values[:, some].sum(axis=1) / max(some.size, 1) for each, some in members.items()}
        scatter = values.var(axis=1)
        square = np.zeros((lower.size, len(values)))
        for at, sides in enumerate(zip(lower.tolist(), upper.tolist(), strict=True)):
            counts = [members[side].size for side in sides]
            if min(counts) >= 2:
                change = mean[sides[1]] - mean[sides[0]]
                square[at] = change**2 - scatter * sum(1 / count for count in counts)
        return square
