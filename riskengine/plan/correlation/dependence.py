"""Who goes with whom, and what decides it: groups, pairs and matrices of a scenario sorted out into components.

Of a pair that several name, a pair or a matrix decides before any group, and a smaller group before a larger one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from riskengine.model import Correlation, Scenario
from riskengine.plan.correlation.component import Component
from riskengine.plan.correlation.demands import Demands, GroupDemand, PairDemands, demands_of
from riskengine.plan.correlation.group import Group
from riskengine.plan.correlation.nested import NestedGroups, nested_sets
from riskengine.plan.correlation.quantities import Quantities

Places = NDArray[np.int64]
Tied: TypeAlias = Group | NestedGroups | Component
"""Quantities that go with each other and with nobody else."""

MOST_IN_MATRIX = 1_000
"""Quantities of a matrix, whose every pair is worked out by itself."""


@dataclass(frozen=True, eq=False)
class Contradiction:
    """Two correlations that say of one pair something else, and neither is the narrower one.

    Parameters
    ----------
    sources : tuple of int
        The places of the two in the order of ids.
    pair : tuple of int
        The places of the streams.
    ranks : tuple of float
    """

    sources: tuple[int, int]
    pair: tuple[int, int]
    ranks: tuple[float, float]


@dataclass(frozen=True, eq=False)
class TooMany:
    """Quantities of a matrix that would have too many pairs.

    Parameters
    ----------
    source : int
        The place of one of its correlations in the order of ids.
    count : int
    """

    source: int
    count: int


@dataclass(frozen=True, eq=False)
class Dependence:
    """What the correlations of a scenario come to.

    Parameters
    ----------
    demands : Demands
    tied : tuple of Group, NestedGroups or Component
    contradictions : tuple of Contradiction
    too_many : tuple of TooMany
    """

    demands: Demands
    tied: tuple[Tied, ...]
    contradictions: tuple[Contradiction, ...]
    too_many: tuple[TooMany, ...]

    @property
    def correlation(self) -> tuple[Correlation, ...]:
        """The correlations, sorted by id."""
        return self.demands.correlation

    @property
    def quantities(self) -> Quantities:
        """All that any of them names."""
        return self.demands.quantities

    @cached_property
    def home(self) -> tuple[Places, Places]:
        """For each quantity whom it goes with, -1 for nobody, and its place there; (stream,) each."""
        tie, place = np.full(len(self.quantities), -1), np.zeros(len(self.quantities), np.int64)
        for number, one in enumerate(self.tied):
            tie[one.place], place[one.place] = number, np.arange(len(one.place))
        return tie, place


def dependence_of(scenario: Scenario) -> Dependence:
    """Return what the correlations of a scenario come to; ranks of 0 tie nobody."""
    demands = demands_of(scenario)
    tied: list[Tied] = []
    contradictions: list[Contradiction] = []
    too_many: list[TooMany] = []
    for place, groups, pairs in components_of(demands):
        quantities = demands.quantities.only(place.tolist())
        if len(groups) == 1 and not len(pairs.rank):
            group = groups[0]
            id = demands.correlation[group.source].id
            tails = tails_of(demands, {group.source})
            tied.append(Group(id, group.source, group.rank, quantities, place, tails=tails))
            continue
        sets = nested_sets(groups, pairs, quantities)
        if sets is not None:
            tails = tails_of(demands, {one.source for one in sets})
            tied.append(NestedGroups(quantities, place, tuple(sets), tails))
        elif len(place) > MOST_IN_MATRIX:
            source = groups[0].source if groups else int(pairs.source[0])
            too_many.append(TooMany(source, len(place)))
        else:
            whole, wrong = overlaid(place, quantities, groups, pairs)
            contradictions += wrong
            for part in apart(whole):
                sources = set(part.source[part.source >= 0].tolist())
                tied.append(replace(part, tails=tails_of(demands, sources)))
    return Dependence(demands, tuple(tied), tuple(contradictions), tuple(too_many))


def tails_of(demands: Demands, sources: Iterable[int]) -> float:
    """Return the degrees of freedom that correlations name, the largest of several; 0 for none.

    Only of those that decide about a pair: one that others overrule has no say in tails either.
    """
    return max((demands.correlation[source].tails or 0.0 for source in sources), default=0.0)


def components_of(demands: Demands) -> list[tuple[Places, list[GroupDemand], PairDemands]]:
    """Return quantities that ranks other than 0 connect, each with all that is demanded between them, zeros too."""
    pairs = demands.pairs
    ties = [(group.place[:-1], group.place[1:]) for group in demands.groups if group.rank]
    ties.append((pairs.first[pairs.rank != 0], pairs.second[pairs.rank != 0]))
    label = labels(len(demands.quantities), ties)
    of_pair = np.where(label[pairs.first] == label[pairs.second], label[pairs.first], -1)
    components = []
    for number in np.flatnonzero(np.bincount(label, minlength=1) > 1).tolist():
        place = np.flatnonzero(label == number)
        groups = []
        for group in demands.groups:
            inside = group.place[label[group.place] == number]
            if inside.size > 1:
                groups.append(GroupDemand(group.source, group.rank, group.weight, group.members, inside))
        components.append((place, groups, pairs.only(of_pair == number)))
    return components


def labels(count: int, ties: Sequence[tuple[Places, Places]]) -> Places:
    """Return a number for each of so many, the same for those that ties connect."""
    if not count:
        return np.zeros(0, np.int64)
    from scipy.sparse import coo_array  # both take longer to import than a plan without correlation takes to compile
    from scipy.sparse.csgraph import connected_components

    first = np.concatenate([one for one, _ in ties])
    second = np.concatenate([other for _, other in ties])
    graph = coo_array((np.ones(first.size), (first, second)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)


def overlaid(
    place: Places, quantities: Quantities, groups: Sequence[GroupDemand], pairs: PairDemands
) -> tuple[Component, list[Contradiction]]:
    """Return what is demanded of a component pair by pair, and where two demands contradict each other."""
    size = len(place)
    rank, weight = np.full((size, size), np.nan), np.ones((size, size))
    source, rival = np.full((size, size), -1), np.full((size, size), -1)
    members = np.zeros((size, size), np.int64)
    rivals: dict[int, float] = {}
    for group in sorted(groups, key=lambda each: (-each.members, each.source)):
        among = np.ix_(np.searchsorted(place, group.place), np.searchsorted(place, group.place))
        is_as_narrow = members[among] == group.members
        is_contrary = is_as_narrow & (rank[among] != group.rank)
        rival[among] = np.where(is_contrary, source[among], np.where(is_as_narrow, rival[among], -1))
        rivals[group.source] = group.rank
        rank[among], weight[among], source[among], members[among] = (
            group.rank, group.weight, group.source, group.members,
        )  # fmt: skip
    contradictions = []
    seen: dict[tuple[int, int], int] = {}
    for at in range(len(pairs.rank)):
        one, other = (int(np.searchsorted(place, each[at])) for each in (pairs.first, pairs.second))
        before = seen.setdefault((one, other), at)
        if pairs.rank[before] != pairs.rank[at]:
            contradictions.append(
                Contradiction(
                    (int(pairs.source[before]), int(pairs.source[at])),
                    (int(pairs.first[at]), int(pairs.second[at])),
                    (float(pairs.rank[before]), float(pairs.rank[at])),
                )
            )
        for here in ((one, other), (other, one)):
            rank[here], weight[here], source[here], rival[here] = pairs.rank[at], pairs.weight[at], pairs.source[at], -1
    np.fill_diagonal(rank, 1.0)
    np.fill_diagonal(source, -1)
    np.fill_diagonal(rival, -1)
    for one, other in np.argwhere(np.triu(rival >= 0, 1))[:1].tolist():
        first, second = int(source[one, other]), int(rival[one, other])
        contradictions.append(
            Contradiction(
                (second, first), (int(place[one]), int(place[other])), (rivals[second], float(rank[one, other]))
            )
        )
    return Component(quantities, place, rank, weight, source), contradictions


def apart(whole: Component) -> list[Component]:
    """Return the parts of a component that ranks other than 0 connect, once it is known which rank decides."""
    one, other = np.nonzero(np.triu(~np.isnan(whole.rank) & (whole.rank != 0), 1))
    label = labels(len(whole.place), [(one, other)])
    parts = []
    for number in np.flatnonzero(np.bincount(label) > 1).tolist():
        inside = np.flatnonzero(label == number)
        among = np.ix_(inside, inside)
        parts.append(
            Component(
                whole.quantities.only(inside.tolist()),
                whole.place[inside],
                whole.rank[among],
                whole.weight[among],
                whole.source[among],
            )
        )
    return parts
