"""A group with one rank correlation that shares no member with another correlation."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.plan.correlation.latent import ROUNDING, feasible
from riskengine.plan.correlation.matrix import is_valid
from riskengine.plan.correlation.nearest import nearest
from riskengine.plan.correlation.quantities import Quantities
from riskengine.plan.correlation.tails import latent_between, spearman_between

Floats = NDArray[np.float64]

FEWEST_WITH_FACTOR = 5
"""Members from which a group has a factor: fewer keep more of their stratification without one."""


@dataclass(frozen=True, eq=False)
class Group:
    """A group with one rank correlation between every two of its members.

    Parameters
    ----------
    id : str
        Of the correlation.
    source : int
        Its place in the order of ids.
    rank : float
        Spearman's correlation asked for, not 0.
    quantities : Quantities
        Whose scores it ties.
    place : (stream,) int64
        Where each stands among all correlated quantities.
    tails : float
        Degrees of freedom of a t copula; 0 for a Gaussian one.
    """

    id: str
    source: int
    rank: float
    quantities: Quantities
    place: NDArray[np.int64]
    tails: float = 0.0

    @property
    def has_factor(self) -> bool:
        """Whether the group follows one factor of its own, which gives exactly what is asked."""
        return self.quantities.is_of_one_kind and self.rank > 0 and len(self.quantities) >= FEWEST_WITH_FACTOR

    @property
    def one_latent(self) -> float:
        """The correlation of normal scores of a group of one kind."""
        kind = self.quantities.steps[0]
        return latent_between(kind, kind, self.rank, self.tails)

    def latent_at(self, rank: float) -> Floats:
        """Return the correlations of normal scores that a rank correlation asks for, (stream, stream)."""
        kinds = self.quantities.kinds
        number = np.array([kinds.index(steps) for steps in self.quantities.steps])
        by_kind = np.array([[latent_between(one, other, rank, self.tails) for other in kinds] for one in kinds])
        matrix: Floats = by_kind[number[:, None], number[None, :]]
        np.fill_diagonal(matrix, 1.0)
        return matrix

    @cached_property
    def requested_latent(self) -> Floats:
        """The correlations of normal scores that are asked for, (stream, stream)."""
        return self.latent_at(self.rank)

    @cached_property
    def is_repaired(self) -> bool:
        """Whether no future can have all that is asked, so that the nearest is taken."""
        return not self.quantities.is_of_one_kind and not is_valid(self.requested_latent)

    @cached_property
    def latent(self) -> Floats:
        """The correlations of normal scores that are used, (stream, stream)."""
        return nearest(self.requested_latent) if self.is_repaired else self.requested_latent

    def requested_rank(self, one: int, other: int) -> float:
        """Return the rank correlation that two streams were asked to have: that of the group."""
        return self.rank

    def expected(self, one: int, other: int) -> float:
        """Return the rank correlation that two streams have, by their places."""
        r = self.one_latent if self.has_factor else float(self.latent[one, other])
        return spearman_between(self.quantities.steps[one], self.quantities.steps[other], r, self.tails)

    def infeasible(self) -> tuple[int, int, float, float] | None:
        """Return the pair that can least have its correlation, with the range of what it can have; None if all can."""
        steps = self.quantities.steps
        kinds = self.quantities.kinds
        worst: tuple[float, int, int, float, float] | None = None
        for at, one in enumerate(kinds):
            for other in kinds[at:]:
                first = steps.index(one)
                second = next((k for k, each in enumerate(steps) if each == other and k != first), None)
                if second is None:
                    continue
                low, high = feasible(one, other)
                beyond = max(low - self.rank, self.rank - high)
                if beyond > ROUNDING and (worst is None or beyond > worst[0]):
                    worst = beyond, first, second, low, high
        return None if worst is None else worst[1:]

    def can_be_contrary(self) -> bool:
        """Return whether every two can have the group's correlation at once, where it is negative."""
        if self.rank >= 0:
            return True
        if self.quantities.is_of_one_kind:
            return self.rank >= self.least_rank() - ROUNDING
        return is_valid(self.requested_latent)

    def least_rank(self) -> float:
        """Return the least correlation that every two can have at once."""
        if self.quantities.is_of_one_kind:
            kind = self.quantities.steps[0]
            return spearman_between(kind, kind, -1 / (len(self.quantities) - 1), self.tails)
        low, high = self.rank, 0.0
        for _ in range(20):
            middle = (low + high) / 2
            if is_valid(self.latent_at(middle)):
                high = middle
            else:
                low = middle
        return high
