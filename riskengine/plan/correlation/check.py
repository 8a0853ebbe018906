"""What can be asked of correlated quantities: a range for two of them, a bound for a group, one group for each."""

from collections.abc import Iterable, Iterator

from riskengine.errors import Issue, ScenarioError
from riskengine.model import Scenario
from riskengine.plan.correlation.group import Group, groups_of
from riskengine.plan.correlation.latent import ROUNDING, spearman
from riskengine.plan.correlation.matrix import is_valid

MOST_IN_MATRIX = 1_000
"""Members of a group that has no factor."""
DIGITS = 4
"""Of a rank correlation in a message."""


def check_correlations(scenario: Scenario, notes: list[str] | None = None) -> Iterator[tuple[str, Issue]]:
    """Yield the id of each correlation that cannot be had, with its fault.

    Parameters
    ----------
    scenario : Scenario
    notes : list of str, optional
        Where a sentence goes about each group that has to take the nearest of what it asks for.
    """
    for group in groups_of(scenario):
        issue = fault_of(group)
        if issue is not None:
            yield group.id, issue
        elif group.is_repaired and notes is not None:
            notes.append(repair_note(group))


def refuse_infeasible(groups: Iterable[Group]) -> None:
    """Raise the faults of groups that cannot be had.

    Raises
    ------
    ScenarioError
    """
    issues = [issue for issue in map(fault_of, groups) if issue is not None]
    if issues:
        raise ScenarioError(issues)


def fault_of(group: Group) -> Issue | None:
    """Return the fault of a group that cannot be had."""
    if len(group.stream) < 2:
        return fault(group, "RE320", f"{group.id} is between {' and '.join(group.member) or 'nothing'}")
    return too_large(group) or infeasible_pair(group) or contrary_group(group)


def fault(group: Group, code: str, rule: str, cure: str = "") -> Issue:
    """Return a fault of a group's rank."""
    return Issue(code, f"correlations.{group.id}.rank", rule, f"{group.rank:g}", cure=cure)


def too_large(group: Group) -> Issue | None:
    """Return the fault of a group whose matrix would have too many pairs."""
    if group.has_factor or len(group.stream) <= MOST_IN_MATRIX:
        return None
    why = "a negative correlation" if group.is_of_one_kind else "a correlation of several kinds of members"
    rule = f"{why} must have at most {MOST_IN_MATRIX:,} of them, and {group.id} has {len(group.stream):,}"
    return fault(group, "RE327", rule)


def infeasible_pair(group: Group) -> Issue | None:
    """Return the fault of a group in which two members cannot have the correlation."""
    pair = group.infeasible()
    if pair is None:
        return None
    one, other, low, high = pair
    names = " and ".join(sorted((group.member[one], group.member[other])))
    rule = f"{names} can have a rank correlation from {inward(low, 1)} to {inward(high, -1)}"
    return fault(group, "RE324", rule, f"the nearest is {inward(low, 1) if group.rank < 0 else inward(high, -1)}")


def contrary_group(group: Group) -> Issue | None:
    """Return the fault of a group that is more contrary than so many can be."""
    if group.rank >= 0:
        return None
    if group.is_of_one_kind:
        is_possible = group.rank >= spearman(group.steps[0], group.steps[0], -1 / (len(group.stream) - 1)) - ROUNDING
    else:
        is_possible = is_valid(group.requested_latent)
    if is_possible:
        return None
    least = inward(group.least_rank(), 1)
    rule = f"a group of {len(group.stream)} can have a rank correlation of {least} at the least"
    return fault(group, "RE325", rule, f"the nearest is {least}")


def inward(rank: float, direction: int) -> str:
    """Return a bound as text that is itself within the bound: rounded up, or down."""
    step = 10.0**-DIGITS
    text = round(rank, DIGITS)
    if direction * (text - rank) < -ROUNDING:
        text += direction * step
    return f"{text + 0.0:.{DIGITS}g}" if abs(text) >= 1e-3 or text == 0 else f"{text:.{DIGITS}f}"


def repair_note(group: Group) -> str:
    """Return a sentence about a group that takes the nearest of what it asks for, with the largest change."""
    pairs = [(i, j) for i in range(len(group.stream)) for j in range(i)]
    i, j = max(pairs, key=lambda pair: abs(group.expected(*pair) - group.rank))
    return (
        f"correlation {group.id}: its members cannot all have {group.rank:g} with each other, so the nearest is taken; "
        f"most changes between {group.member[j]} and {group.member[i]}, to {group.expected(i, j):.3f}"
    )
