"""Risks that depend on others: those that others trigger, and those of which at most one occurs.

A risk with ``triggered_by`` can occur only where one of those risks does; its probability is that of its occurring
there. Each has a draw of its own. Risks of which at most one occurs share one draw: its highest values are the first
of them by id, the next ones the second, and so on; at the lowest none occurs.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Final, NamedTuple

from riskengine.model.exclusive import Exclusive
from riskengine.model.risk import Risk
from riskengine.model.scenario import Scenario

MOST_STATES: Final = 4096
"""Cases that are told apart when the chance of a risk is worked out that others trigger."""


class Occurrence(NamedTuple):
    """When a risk occurs, apart from what triggers it: where the draw of a stream is in a span of the unit interval."""

    stream: str
    least: float
    most: float


class TooManyStatesError(Exception):
    """A risk depends on so many others in so tangled a way that its chance is not worked out."""


def dependent_risks(scenario: Scenario) -> frozenset[str]:
    """Return the risks whose occurrence depends on that of others, or on a date of the iteration."""
    triggered = {name for name, risk in scenario.risks.items() if risk.triggered_by or risk.after}
    return frozenset(triggered.union(*(each.risks for each in scenario.exclusive.values())))


def causes_first(risks: Mapping[str, Risk], of: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the ids of risks so that each stands behind those that trigger it; without chains in their order.

    Parameters
    ----------
    of : iterable of str, optional
        The risks that are asked for, with all that triggers them; default all.
    """
    order: dict[str, None] = {}
    for name in risks if of is None else of:
        trail = [name]
        while trail:
            ahead = [cause for cause in risks[trail[-1]].triggered_by if cause not in order]
            if ahead:
                trail.append(ahead[0])
            else:
                order[trail.pop()] = None
    return tuple(order)


def causes_of(name: str, risks: Mapping[str, Risk]) -> set[str]:
    """Return the risks that trigger a risk, directly or through others; itself only where it stands in a circle."""
    causes: set[str] = set()
    waiting = [*risks[name].triggered_by]
    while waiting:
        cause = waiting.pop()
        if cause not in causes:
            causes.add(cause)
            waiting += risks[cause].triggered_by
    return causes


def set_of_risks(exclusive: Mapping[str, Exclusive]) -> dict[str, str]:
    """Return the set that each risk is in of which at most one occurs."""
    return {name: each.id for each in exclusive.values() for name in each.risks}


def occurrences(scenario: Scenario) -> dict[str, Occurrence]:
    """Return when each risk occurs, apart from what triggers it and from switches, by its id.

    Notes
    -----
    A risk that is switched off keeps its span, so that no switch moves what the others draw.
    """
    when = {
        name: Occurrence(f"risk/{name}/occurs", 1.0 - risk.probability, 1.0) for name, risk in scenario.risks.items()
    }
    for each in scenario.exclusive.values():
        most = 1.0
        for name in each.risks:
            least = max(0.0, most - scenario.risks[name].probability)
            when[name] = Occurrence(f"exclusive/{each.id}/outcome", least, most)
            most = least
    return when


def chances(scenario: Scenario) -> dict[str, float]:
    """Return the share of all futures in which each risk occurs, by its id; 0 for one that is switched off.

    Raises
    ------
    TooManyStatesError

    Notes
    -----
    Of a risk that others trigger this is less than the probability that is written: that one is its share of the
    futures in which one of them occurs.
    """
    chance_alone = {name: risk.probability if risk.active else 0.0 for name, risk in scenario.risks.items()}
    if not any(risk.triggered_by for risk in scenario.risks.values()):
        return chance_alone
    tree = _Causes(scenario, chance_alone)
    worked_out: dict[str, float] = {}
    in_one_line: set[str] = set()
    for name in causes_first(scenario.risks):
        causes = set(scenario.risks[name].triggered_by)
        if len(causes) < 2 and causes <= in_one_line:  # else a long chain is gone through for each of its risks
            in_one_line.add(name)
            worked_out[name] = math.prod(worked_out[cause] for cause in causes) * chance_alone[name]
        else:
            worked_out[name] = tree.chance(name)
    return {name: worked_out[name] for name in scenario.risks}


State = tuple[frozenset[str], frozenset[tuple[str, str]]]
"""Risks that have been triggered and not yet looked at, and which outcome each set has taken, as far as both matter."""


class _Causes:
    """Works out chances by going through what triggers a risk, causes first, and keeping the cases apart.

    Parameters
    ----------
    scenario : Scenario
    chance_alone : mapping of str to float
        Probability of each risk where it may occur.
    """

    def __init__(self, scenario: Scenario, chance_alone: Mapping[str, float]) -> None:
        self.risks, self.chance_alone = scenario.risks, chance_alone
        self.exclusive = scenario.exclusive
        self.set_of = set_of_risks(scenario.exclusive)
        self.triggers: dict[str, set[str]] = {name: set() for name in scenario.risks}
        for name, risk in scenario.risks.items():
            for cause in risk.triggered_by:
                self.triggers[cause].add(name)

    def chance(self, name: str) -> float:
        """Return the chance of a risk that others trigger.

        Notes
        -----
        Once it is triggered, nothing else matters: no cause of a risk is in a set with it (RE375).
        """
        order = causes_first(self.risks, [name])
        within = frozenset(order)
        states: dict[State, float] = {(frozenset(), frozenset()): 1.0}
        reached = 0.0
        for cause in order[:-1]:
            after: dict[State, float] = {}
            for state, share in states.items():
                for (triggered, outcomes), part in self.outcomes(cause, state, share, within):
                    if name in triggered:
                        reached += part * self.chance_alone[name]
                    else:
                        key = (triggered, outcomes)
                        after[key] = after.get(key, 0.0) + part
            if len(after) > MOST_STATES:
                raise TooManyStatesError(name)
            states = after
        return min(reached, 1.0)

    def outcomes(self, cause: str, state: State, share: float, within: Set[str]) -> Iterator[tuple[State, float]]:
        """Yield what becomes of a case once one risk has been looked at, with the shares of futures."""
        triggered, taken = state
        left = triggered - {cause}
        if self.risks[cause].triggered_by and cause not in triggered:
            yield (left, taken), share
            return
        lit = left | (self.triggers[cause] & within)
        group = self.set_of.get(cause, "")
        if not group:
            yield from _halves((lit, taken), (left, taken), share, self.chance_alone[cause])
        elif group in dict(taken):
            yield (lit if (group, cause) in taken else left, taken), share
        else:
            rest = 1.0
            for name in self.exclusive[group].risks:
                if name in within and self.chance_alone[name] > 0:
                    rest -= self.chance_alone[name]
                    yield (lit if name == cause else left, taken | {(group, name)}), share * self.chance_alone[name]
            if rest > 0:
                yield (left, taken | {(group, "")}), share * rest


def _halves(with_it: State, without: State, share: float, chance: float) -> Iterator[tuple[State, float]]:
    """Yield the cases in which something occurs, or does not, without those that there are not."""
    if chance > 0:
        yield with_it, share * chance
    if chance < 1:
        yield without, share * (1.0 - chance)
