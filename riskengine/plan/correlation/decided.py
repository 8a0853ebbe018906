"""Which pairs each correlation decides, what it asks of them, and what is to be expected."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from riskengine.plan.correlation.component import Component
from riskengine.plan.correlation.dependence import Dependence, Tied
from riskengine.plan.correlation.group import Group
from riskengine.plan.correlation.nested import NestedGroups

Places = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PairSet:
    """Every two of some quantities, to be counted or, where a narrower correlation decides, to be left out.

    Parameters
    ----------
    sign : int
        1 or -1.
    place : (stream,) int64
    rank : float
        What is asked of them.
    """

    sign: int
    place: Places
    rank: float


@dataclass(eq=False)
class DecidedPairs:
    """The pairs that one correlation decides.

    Parameters
    ----------
    source : int
        The place of the correlation in the order of ids.
    sets : list of PairSet
    entries : list of tuple
        Of pairs that stand by themselves, places and what is asked for: (first, second, rank), (pair,) each.
    is_repaired : bool
        Whether some of them take the nearest of what is asked.
    """

    source: int
    sets: list[PairSet] = field(default_factory=list)
    entries: list[tuple[Places, Places, Floats]] = field(default_factory=list)
    is_repaired: bool = False

    def count(self, varies: NDArray[np.bool_]) -> int:
        """Return of how many pairs both vary."""
        count = 0
        for one in self.sets:
            number = int(varies[one.place].sum())
            count += one.sign * number * (number - 1) // 2
        return count + sum(int((varies[first] & varies[second]).sum()) for first, second, _ in self.entries)

    def mean_rank(self, varies: NDArray[np.bool_]) -> float:
        """Return the mean rank correlation asked of the pairs that vary; NaN without any."""
        ranks = {one.rank for one in self.sets} | {rank for _, _, ranks in self.entries for rank in ranks.tolist()}
        count = self.count(varies)
        if len(ranks) == 1 and count:
            return ranks.pop()
        total = 0.0
        for one in self.sets:
            number = int(varies[one.place].sum())
            total += one.sign * one.rank * number * (number - 1) / 2
        for first, second, rank in self.entries:
            total += float(rank[varies[first] & varies[second]].sum())
        return total / count if count else float("nan")

    def places(self) -> list[int]:
        """Return the places of all quantities that it decides anything about."""
        sets = [one.place for one in self.sets if one.sign > 0]
        return sorted(
            {at for each in (*sets, *(side for entry in self.entries for side in entry[:2])) for at in each.tolist()}
        )


def decided_pairs(dependence: Dependence) -> list[DecidedPairs]:
    """Return the pairs that each correlation decides, for those that decide any, in the order of ids."""
    decided: dict[int, DecidedPairs] = {}

    def of(source: int) -> DecidedPairs:
        return decided.setdefault(source, DecidedPairs(source))

    for one in dependence.tied:
        match one:
            case Group():
                of(one.source).sets.append(PairSet(1, one.place, one.rank))
                of(one.source).is_repaired |= one.is_repaired
            case NestedGroups():
                for inner in one.sets:
                    of(inner.source).sets.append(PairSet(1, inner.place, inner.rank))
                    if inner.parent >= 0:
                        outer = one.sets[inner.parent]
                        of(outer.source).sets.append(PairSet(-1, inner.place, outer.rank))
            case Component():
                for source, entry in entries_by_source(one):
                    of(source).entries.append(entry)
                    of(source).is_repaired |= one.is_repaired
    return [decided[source] for source in sorted(decided)]


def entries_by_source(component: Component) -> Iterable[tuple[int, tuple[Places, Places, Floats]]]:
    """Yield the pairs of a component by the correlation that decides them."""
    one, other = np.nonzero(np.triu(component.source >= 0, 1))
    source, rank = component.source[one, other], component.rank[one, other]
    first, second = component.place[one], component.place[other]
    for number in np.unique(source).tolist():
        here = source == number
        yield number, (first[here], second[here], rank[here])


def mean_expected(pairs: DecidedPairs, dependence: Dependence, varies: NDArray[np.bool_]) -> float:
    """Return the mean rank correlation over all futures of the pairs that vary; NaN without any."""
    if not pairs.is_repaired:
        return pairs.mean_rank(varies)
    expected = partial(expected_of, dependence)
    values = [
        expected(place, other)
        for one in pairs.sets
        for at, place in enumerate(one.place.tolist())
        for other in one.place[:at].tolist()
        if varies[place] and varies[other]
    ]
    for first, second, _ in pairs.entries:
        both = varies[first] & varies[second]
        values += map(expected, first[both].tolist(), second[both].tolist())
    return float(np.mean(values)) if values else float("nan")


def expected_of(dependence: Dependence, one: int, other: int) -> float:
    """Return the rank correlation that two quantities have over all futures, by their places among all."""
    tie, place = dependence.home
    if tie[one] != tie[other] or tie[one] < 0:
        return 0.0
    home: Tied = dependence.tied[int(tie[one])]
    return home.expected(int(place[one]), int(place[other]))
