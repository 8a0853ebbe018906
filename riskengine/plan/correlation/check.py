"""What can be asked of correlated quantities: a range for two of them, a bound for a group, no contradiction."""

from collections.abc import Iterator

import numpy as np

from riskengine.errors import Issue, ScenarioError
from riskengine.errors.counting import counted
from riskengine.model import Correlation, Scenario
from riskengine.plan.correlation.component import Component
from riskengine.plan.correlation.dependence import (
    MOST_IN_MATRIX,
    Contradiction,
    Dependence,
    Tied,
    TooMany,
    dependence_of,
)
from riskengine.plan.correlation.group import Group
from riskengine.plan.correlation.latent import ROUNDING, feasible
from riskengine.plan.correlation.matrix import least_eigenvalue
from riskengine.plan.correlation.nested import NestedGroups

DIGITS = 4
"""Of a rank correlation in a message."""
CHANGED = 5e-4
"""What a correlation has to move by to be counted among those that a repair changes."""
NO_ZERO = "a rank must not be 0 where there are tails: extremes would come together all the same"
Where = tuple[str, ...]
"""Keys from the id of a correlation down."""


def check_correlations(
    scenario: Scenario, notes: list[str] | None = None, *, is_strict: bool = False
) -> Iterator[tuple[Where, Issue]]:
    """Yield where a correlation asks for what cannot be had, below ``correlations``, and its fault.

    Parameters
    ----------
    scenario : Scenario
    notes : list of str, optional
        Where a sentence goes about each group, and about each matrix, that has to take the nearest of what it asks for.
    is_strict : bool
        Whether that is a fault.
    """
    dependence = dependence_of(scenario)
    faults = list(faults_of(dependence))
    yield from faults
    if faults or (notes is None and not is_strict):
        return
    for ids, text in repairs(dependence):
        if is_strict:
            yield fault(ids[0], "", "RE330", text, ", ".join(ids))
        elif notes is not None:
            notes.append(f"{'correlations' if len(ids) > 1 else 'correlation'} {', '.join(ids)}: {text}")


def refuse_infeasible(dependence: Dependence) -> None:
    """Raise the faults of correlations that cannot be had.

    Raises
    ------
    ScenarioError
    """
    issues = [issue for _, issue in faults_of(dependence)]
    if issues:
        raise ScenarioError(issues)


def faults_of(dependence: Dependence) -> Iterator[tuple[Where, Issue]]:
    """Yield each fault with its place."""
    for group in dependence.demands.groups:
        if group.rank and group.members < 2:
            id = dependence.correlation[group.source].id
            names = " and ".join(dependence.quantities.member[at] for at in group.place.tolist())
            yield fault(id, "rank", "RE320", f"{id} is between {names or 'nothing'}", f"{group.rank:g}")
    for contradiction in dependence.contradictions:
        yield contradiction_fault(contradiction, dependence)
    for matrix in dependence.too_many:
        yield too_many_fault(matrix, dependence)
    yield from tail_faults(dependence)
    for one in dependence.tied:
        match one:
            case Group():
                yield from group_faults(one)
            case Component():
                yield from infeasible_pairs(one, dependence)


def fault(id: str, key: str, code: str, rule: str, value: str, *, cure: str = "") -> tuple[Where, Issue]:
    """Return a fault of what a correlation asks for, with its place."""
    where = (id, key) if key else (id,)
    return where, Issue(code, ".".join(("correlations", *where)), rule, value, cure=cure)


def contradiction_fault(contradiction: Contradiction, dependence: Dependence) -> tuple[Where, Issue]:
    """Return the fault of two demands of one pair."""
    earlier, later = (dependence.correlation[source] for source in contradiction.sources)
    pair = pair_text(*(dependence.quantities.member[at] for at in contradiction.pair))
    before, after = contradiction.ranks
    rule = f"two correlations must not say of one pair something else, and {earlier.id} says {before:g} of {pair}"
    return fault(later.id, key_of(later, *contradiction.pair, dependence=dependence), "RE326", rule, f"{after:g}")


def too_many_fault(matrix: TooMany, dependence: Dependence) -> tuple[Where, Issue]:
    """Return the fault of a matrix of too many."""
    id = dependence.correlation[matrix.source].id
    rule = (
        f"what pairs, matrices or groups that overlap connect must be at most {MOST_IN_MATRIX:,} members, "
        f"and {id} is part of {matrix.count:,}"
    )
    return fault(id, "", "RE327", rule, f"{matrix.count}")


def tail_faults(dependence: Dependence) -> Iterator[tuple[Where, Issue]]:
    """Yield the faults of tails: of what they cannot be for, of a rank of 0, and of several for what goes together."""
    for group in dependence.demands.groups:
        correlation = dependence.correlation[group.source]
        if correlation.tails is not None and not group.rank:
            yield fault(correlation.id, "tails", "RE332", NO_ZERO, f"{correlation.tails:g}")
    for one in dependence.tied:
        if not one.tails:
            continue
        sources = sorted(sources_of(one))
        named = [dependence.correlation[at] for at in sources if dependence.correlation[at].tails is not None]
        first, value = named[0], f"{named[0].tails:g}"
        others = [each for each in named if each.tails != first.tails]
        with_ties = [member for member, steps in zip(one.quantities.member, one.quantities.steps, strict=True) if steps]
        if others:
            rule = f"what goes together must have one value of tails, and {first.id} has {value}"
            yield fault(others[0].id, "tails", "RE332", rule, f"{others[0].tails:g}")
        elif with_ties:
            rule = f"members must be continuous where there are tails, and {with_ties[0]} has few values"
            yield fault(first.id, "tails", "RE332", rule, value)
        elif isinstance(one, Component) and bool(((one.rank == 0) & (one.source >= 0)).any()):
            yield fault(first.id, "tails", "RE332", NO_ZERO, value)


def sources_of(one: Tied) -> set[int]:
    """Return whose demands tie what goes together, by their places in the order of ids."""
    match one:
        case Group():
            return {one.source}
        case NestedGroups():
            return {each.source for each in one.sets}
        case Component():
            return set(one.source[one.source >= 0].tolist())


def group_faults(group: Group) -> Iterator[tuple[Where, Issue]]:
    """Yield the fault of a group that stands by itself, if it has one."""
    count, rank = len(group.quantities), f"{group.rank:g}"
    pair = group.infeasible()
    if not group.has_factor and count > MOST_IN_MATRIX:
        why = (
            "a negative correlation" if group.quantities.is_of_one_kind else "a correlation of several kinds of members"
        )
        rule = f"{why} must have at most {MOST_IN_MATRIX:,} of them, and {group.id} has {count:,}"
        yield fault(group.id, "rank", "RE327", rule, rank)
    elif pair is not None:
        rule, cure = range_text(
            group.quantities.member[pair[0]], group.quantities.member[pair[1]], pair[2:], group.rank
        )
        yield fault(group.id, "rank", "RE324", rule, rank, cure=cure)
    elif not group.can_be_contrary():
        least = inward(group.least_rank(), 1)
        rule = f"a group of {count} can have a rank correlation of {least} at the least"
        yield fault(group.id, "rank", "RE325", rule, rank, cure=f"the nearest is {least}")


def infeasible_pairs(component: Component, dependence: Dependence) -> Iterator[tuple[Where, Issue]]:
    """Yield a fault for each correlation with a pair that cannot have what it asks for: of the one furthest out."""
    steps, member, rank = component.quantities.steps, component.quantities.member, component.rank
    worst: dict[int, tuple[float, int, int]] = {}
    has_ties = np.array([bool(each) for each in steps])
    is_requested = np.triu(component.source >= 0, 1) & (has_ties[:, None] | has_ties[None, :])
    for one, other in np.argwhere(is_requested).tolist():
        low, high = feasible(*sorted((steps[one], steps[other])))
        beyond = max(low - rank[one, other], rank[one, other] - high)
        source = int(component.source[one, other])
        if beyond > ROUNDING and (source not in worst or beyond > worst[source][0]):
            worst[source] = beyond, one, other
    for source, (_, one, other) in sorted(worst.items()):
        correlation = dependence.correlation[source]
        ends = feasible(*sorted((steps[one], steps[other])))
        value = float(rank[one, other])
        rule, cure = range_text(member[one], member[other], ends, value)
        places = int(component.place[one]), int(component.place[other])
        yield fault(
            correlation.id, key_of(correlation, *places, dependence=dependence), "RE324", rule, f"{value:g}", cure=cure
        )


def range_text(one: str, other: str, ends: tuple[float, float], rank: float) -> tuple[str, str]:
    """Return what two members can have, and the cure."""
    low, high = inward(ends[0], 1), inward(ends[1], -1)
    names = " and ".join(sorted((one, other)))
    return f"{names} can have a rank correlation from {low} to {high}", f"the nearest is {low if rank < 0 else high}"


def key_of(correlation: Correlation, one: int, other: int, *, dependence: Dependence) -> str:
    """Return under which key a correlation says something of a pair of places."""
    pair = {dependence.quantities.member[at] for at in (one, other)}
    if any(set(each.between) == pair for each in correlation.pairs):
        return "pairs"
    if correlation.matrix is not None and pair <= set(correlation.matrix.members):
        return "matrix"
    return "rank"


def pair_text(one: str, other: str) -> str:
    """Return a pair of members as text."""
    return " and ".join(sorted((one, other)))


def inward(rank: float, direction: int) -> str:
    """Return a bound as text that is itself within the bound: rounded up, or down."""
    step = 10.0**-DIGITS
    text = round(rank, DIGITS)
    if direction * (text - rank) < -ROUNDING:
        text += direction * step
    return f"{text + 0.0:.{DIGITS}g}" if abs(text) >= 1e-3 or text == 0 else f"{text:.{DIGITS}f}"


def repairs(dependence: Dependence) -> Iterator[tuple[list[str], str]]:
    """Yield what has to take the nearest of what it asks for, by ids, and what that changes."""
    for one in dependence.tied:
        if isinstance(one, NestedGroups) or not one.is_repaired:
            continue
        if isinstance(one, Group):
            ids, before = [one.id], least_eigenvalue(one.requested_latent)
            pairs = [(i, j) for i in range(len(one.place)) for j in range(i)]
        else:
            sources = np.unique(one.source[one.source >= 0]).tolist()
            ids, before = (
                [dependence.correlation[source].id for source in sources],
                least_eigenvalue(one.completed_latent),
            )
            pairs = [(i, j) for i, j in np.argwhere(np.tril(one.source >= 0, -1)).tolist()]
        change = [one.expected(i, j) - one.requested_rank(i, j) for i, j in pairs]
        at = int(np.argmax(np.abs(change)))
        i, j = pairs[at]
        moved = int((np.abs(change) > CHANGED).sum())
        names = pair_text(one.quantities.member[i], one.quantities.member[j])
        yield (
            ids,
            f"not all can go together as asked, so the nearest is taken; {moved:,} of "
            f"{counted(len(pairs), 'pair')} change, most that of {names}, from {one.requested_rank(i, j):g} to "
            f"{one.expected(i, j):.3f}; "
            f"the least eigenvalue rises from {before:.2g} to {least_eigenvalue(one.latent):.2g}",
        )
