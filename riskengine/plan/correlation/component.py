"""Quantities that go with each other, directly or not, where no factors give what is asked: a matrix between them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.plan.correlation.completion import completed
from riskengine.plan.correlation.matrix import is_valid
from riskengine.plan.correlation.nearest import nearest, rounded
from riskengine.plan.correlation.quantities import Quantities
from riskengine.plan.correlation.tails import latent_between, spearman_between

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Component:
    """Quantities between every two of which there is a chain of correlations.

    Parameters
    ----------
    quantities : Quantities
    place : (stream,) int64
        Where each stands among all correlated quantities.
    rank : (stream, stream) float64
        Spearman's correlations asked for; NaN where nothing is, 1 with itself.
    weight : (stream, stream) float64
        How firmly each is asked for.
    source : (stream, stream) int64
        Whose each is: the place of a correlation in the order of ids, -1 where nothing is asked for.
    tails : float
        Degrees of freedom of a t copula; 0 for a Gaussian one.
    """

    quantities: Quantities
    place: NDArray[np.int64]
    rank: Floats
    weight: Floats
    source: NDArray[np.int64]
    tails: float = 0.0

    @cached_property
    def requested_latent(self) -> Floats:
        """The correlations of normal scores that are asked for, NaN where nothing is, (stream, stream)."""
        steps, rank = self.quantities.steps, self.rank
        kinds = self.quantities.kinds
        number = np.array([kinds.index(each) for each in steps])
        is_plain = np.array([not kind and not self.tails for kind in kinds])[number]
        matrix: Floats = np.where(is_plain[:, None] & is_plain[None, :], 2 * np.sin(np.pi * rank / 6), np.nan)
        for one, other in np.argwhere(np.tril(np.isnan(matrix) & ~np.isnan(rank), -1)).tolist():
            entry = latent_between(steps[one], steps[other], float(rank[one, other]), self.tails)
            matrix[one, other] = matrix[other, one] = entry
        np.fill_diagonal(matrix, 1.0)
        return matrix

    @cached_property
    def completed_latent(self) -> Floats:
        """The same with what nobody asked for filled in, (stream, stream)."""
        requested = self.requested_latent
        return rounded(completed(requested)) if np.isnan(requested).any() else requested

    @cached_property
    def is_repaired(self) -> bool:
        """Whether no future can have all that is asked, so that the nearest is taken."""
        return not is_valid(self.completed_latent)

    @cached_property
    def latent(self) -> Floats:
        """The correlations of normal scores that are used, (stream, stream)."""
        if not self.is_repaired:
            return self.completed_latent
        return nearest(self.requested_latent, self.weight)

    def requested_rank(self, one: int, other: int) -> float:
        """Return the rank correlation that two streams were asked to have, by their places; NaN where nobody did."""
        return float(self.rank[one, other])

    def expected(self, one: int, other: int) -> float:
        """Return the rank correlation that two streams have, by their places."""
        steps, r = self.quantities.steps, float(self.latent[one, other])
        return spearman_between(steps[one], steps[other], r, self.tails)
