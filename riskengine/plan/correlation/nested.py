"""Groups within groups, the inner ones more alike: each has a factor of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.plan.correlation.demands import GroupDemand, PairDemands
from riskengine.plan.correlation.group import FEWEST_WITH_FACTOR
from riskengine.plan.correlation.quantities import Quantities
from riskengine.plan.correlation.tails import latent_between, spearman_between

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class NestedSet:
    """A group among groups within each other, or a pair, which is a group of two.

    Parameters
    ----------
    source : int
        The place of its correlation in the order of ids.
    rank : float
    place : (stream,) int64
        Among all correlated quantities, sorted.
    parent : int
        The least that holds it, by its place among the sets; -1 for the outermost.
    is_pair : bool
    """

    source: int
    rank: float
    place: Places
    parent: int
    is_pair: bool


@dataclass(frozen=True, eq=False)
class NestedGroups:
    """Groups within one outermost group, each inside another or apart from it, with ranks that rise inwards.

    Parameters
    ----------
    quantities : Quantities
        Those of the outermost, all of one kind.
    place : (stream,) int64
        Where each stands among all correlated quantities.
    sets : tuple of NestedSet
        The outermost first, each before those within it.
    tails : float
        Degrees of freedom of a t copula; 0 for a Gaussian one.
    """

    quantities: Quantities
    place: Places
    sets: tuple[NestedSet, ...]
    tails: float = 0.0

    is_repaired = False

    @property
    def innermost(self) -> Places:
        """The innermost set of each stream, (stream,)."""
        innermost = np.zeros(len(self.place), np.int64)
        for number, one in enumerate(self.sets):
            innermost[np.searchsorted(self.place, one.place)] = number
        return innermost

    def common(self, one: int, other: int) -> float:
        """Return the rank of the least set that holds two streams."""
        above, number = set(), int(self.innermost[one])
        while number >= 0:
            above.add(number)
            number = self.sets[number].parent
        number = int(self.innermost[other])
        while number not in above:
            number = self.sets[number].parent
        return self.sets[number].rank

    def requested_rank(self, one: int, other: int) -> float:
        """Return the rank correlation that two streams were asked to have, by their places."""
        return self.common(one, other)

    def expected(self, one: int, other: int) -> float:
        """Return the rank correlation that two streams have, by their places."""
        kind = self.quantities.steps[0]
        return spearman_between(kind, kind, self.share(self.common(one, other)), self.tails)

    def share(self, rank: float) -> float:
        """Return the correlation of normal scores that gives a rank."""
        kind = self.quantities.steps[0]
        return latent_between(kind, kind, rank, self.tails)


def nested_sets(groups: Sequence[GroupDemand], pairs: PairDemands, quantities: Quantities) -> list[NestedSet] | None:
    """Return what is demanded of a component as sets within sets; None where it is anything else.

    Parameters
    ----------
    groups, pairs
        Of the component.
    quantities : Quantities
        Its streams.
    """
    ranks = [*(group.rank for group in groups), *pairs.rank.tolist()]
    if len(quantities) < FEWEST_WITH_FACTOR or min(ranks) <= 0 or not quantities.is_of_one_kind:
        return None
    demands = [(group.source, group.rank, group.place, False) for group in groups]
    for at in range(len(pairs.rank)):
        place = np.array([pairs.first[at], pairs.second[at]])
        demands.append((int(pairs.source[at]), float(pairs.rank[at]), place, True))
    demands.sort(key=lambda demand: (-demand[2].size, demand[3], demand[0]))
    innermost = {place: -1 for _, _, places, _ in demands for place in places.tolist()}
    sets: list[NestedSet] = []
    for source, rank, place, is_pair in demands:
        parents = {innermost[at] for at in place.tolist()}
        if len(parents) > 1:
            return None
        (parent,) = parents
        if parent >= 0 and rank < sets[parent].rank:
            return None
        if parent >= 0 and place.size == sets[parent].place.size:
            if rank != sets[parent].rank:
                return None
            continue
        innermost.update(dict.fromkeys(place.tolist(), len(sets)))
        sets.append(NestedSet(source, rank, place, parent, is_pair=is_pair))
    return sets
