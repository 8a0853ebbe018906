"""What the correlations of a scenario demand: one rank for a group, and ranks of single pairs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.model import Correlation, Scenario
from riskengine.model.correlated import CorrelatedMembers
from riskengine.plan.correlation.quantities import Quantities

Places = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class GroupDemand:
    """One rank between every two of a group.

    Parameters
    ----------
    source : int
        Whose it is: the place of a correlation in the order of ids.
    rank, weight : float
    members : int
        How many it has; of two groups that both have a pair, the one with fewer decides.
    place : (stream,) int64
        Sorted.
    """

    source: int
    rank: float
    weight: float
    members: int
    place: Places


@dataclass(frozen=True, eq=False)
class PairDemands:
    """Ranks of pairs, from lists of pairs and from matrices.

    Parameters
    ----------
    source : (entry,) int64
        Whose each is.
    first, second : (entry,) int64
        Places of streams, the lesser first.
    rank, weight : (entry,) float64
    """

    source: Places
    first: Places
    second: Places
    rank: Floats
    weight: Floats

    def only(self, chosen: NDArray[np.bool_] | Places) -> "PairDemands":
        """Return some of them."""
        return PairDemands(
            self.source[chosen], self.first[chosen], self.second[chosen], self.rank[chosen], self.weight[chosen]
        )


@dataclass(frozen=True, eq=False)
class Demands:
    """All that the correlations of a scenario demand.

    Parameters
    ----------
    correlation : tuple of Correlation
        Sorted by id.
    quantities : Quantities
        All that any of them names.
    groups : tuple of GroupDemand
    pairs : PairDemands
    """

    correlation: tuple[Correlation, ...]
    quantities: Quantities
    groups: tuple[GroupDemand, ...]
    pairs: PairDemands


def demands_of(scenario: Scenario) -> Demands:
    """Return what the correlations of a scenario demand."""
    correlated = CorrelatedMembers(scenario)
    correlations = tuple(one for _, one in sorted(scenario.correlations.items()))
    members = sorted({member for one in correlations for member in correlated.of(one)})
    quantities = Quantities.of(members, correlated)
    places: dict[str, list[int]] = {}
    for at, member in enumerate(quantities.member):
        places.setdefault(member, []).append(at)
    groups = []
    for source, one in enumerate(correlations):
        if one.rank is not None:
            group = correlated.group(one)
            place = np.array(sorted(at for member in group for at in places.get(member, ())), np.int64)
            groups.append(GroupDemand(source, one.rank, one.weight, members=len(group), place=place))
    entries = [(source, *entry) for source, one in enumerate(correlations) for entry in entries_of(one, places)]
    columns = list(zip(*entries, strict=True)) or [()] * 5
    first, second = np.array(columns[1], np.int64), np.array(columns[2], np.int64)
    pairs = PairDemands(
        source=np.array(columns[0], np.int64),
        first=np.minimum(first, second),
        second=np.maximum(first, second),
        rank=np.array(columns[3], np.float64),
        weight=np.array(columns[4], np.float64),
    )
    return Demands(correlations, quantities, tuple(groups), pairs)


def entries_of(
    correlation: Correlation, places: Mapping[str, Sequence[int]]
) -> Iterator[tuple[int, int, float, float]]:
    """Yield the pairs of streams that a correlation names one by one, each with its rank and weight.

    Pairs come behind the matrix: where both name one, the weight of the pair counts.
    """
    if correlation.matrix is not None:
        members = correlation.matrix.members
        for at, (one, row) in enumerate(zip(members, correlation.matrix.rows, strict=True)):
            for other, rank in zip(members[:at], row, strict=False):
                if rank is not None:
                    for first in places.get(one, ()):
                        for second in places.get(other, ()):
                            yield first, second, rank, correlation.weight
    for pair in correlation.pairs:
        weight = correlation.weight if pair.weight is None else pair.weight
        one, other = pair.between
        for first in places.get(one, ()):
            for second in places.get(other, ()):
                yield first, second, pair.rank, weight
