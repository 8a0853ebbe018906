"""Which actions of a plan can be bought together: what needs what, what excludes what, and a budget."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from riskengine.model.action import Action, RiskChange

Ids = frozenset[str]
ROUNDING: Final = 1e-9
"""Part of a budget by which a sum of prices may be above it: the rounding of a sum decides nothing."""


@dataclass(frozen=True)
class Purchase:
    """What may be bought.

    Parameters
    ----------
    budget : float or None [currency]
        Prices of what is bought may come to so much; None for any amount.
    most : int or None
        So many actions at the most; None for any number.
    """

    budget: float | None = None
    most: int | None = None

    def allows(self, price: float, count: int) -> bool:
        """Return whether so many actions may be bought at such a price."""
        if self.most is not None and count > self.most:
            return False
        return self.budget is None or price <= self.budget + ROUNDING * max(1.0, abs(self.budget))


class Offers:
    """The actions of a plan that can be bought: those that are not in force, and that nothing in force excludes.

    Parameters
    ----------
    actions : mapping of str to Action
        All actions of the plan. Those that are in force stay so, and are paid for.

    Attributes
    ----------
    price : dict of str to float [currency]
        Of each action on offer, by its id, those that an action needs before it. Of a range it is the plan value.
    needs : dict of str to frozenset of str
        Actions on offer that must be bought with it.
    excludes : dict of str to frozenset of str
        Actions on offer that cannot be bought with it: one of the two excludes the other, or both set the same.
    not_on_offer : dict of str to str
        Actions that something in force keeps from being bought, and what that is.
    """

    def __init__(self, actions: Mapping[str, Action]) -> None:
        self.actions = actions
        in_force = [action for action in actions.values() if action.active]
        others = {name: action for name, action in actions.items() if not action.active}
        self.not_on_offer: dict[str, str] = {}
        for name, action in others.items():
            against = [each.id for each in in_force if cannot_be_together(action, each)]
            if against:
                self.not_on_offer[name] = against[0]
        for _ in others:
            for name, action in others.items():
                without = [each for each in action.needs if each in self.not_on_offer]
                if name not in self.not_on_offer and without:
                    self.not_on_offer[name] = self.not_on_offer[without[0]]
        offered = [name for name in needed_first(others) if name not in self.not_on_offer]
        self.price = {name: price_of(actions[name]) for name in offered}
        self.needs = {name: frozenset(actions[name].needs) & self.price.keys() for name in offered}
        self.excludes = {
            name: frozenset(other for other in offered if cannot_be_together(actions[name], actions[other]))
            for name in offered
        }

    def price_of(self, chosen: Iterable[str]) -> float:
        """Return what some actions cost together."""
        return math.fsum(self.price[name] for name in chosen)

    def with_needs(self, name: str) -> Ids:
        """Return an action with all that it needs, directly or not."""
        wanted, reached = [name], {name}
        while wanted:
            for other in self.needs[wanted.pop()]:
                if other not in reached:
                    reached.add(other)
                    wanted.append(other)
        return frozenset(reached)

    def with_dependents(self, name: str, chosen: Collection[str]) -> Ids:
        """Return those of some actions that cannot stay without one of them, which is among them."""
        return frozenset(other for other in chosen if name in self.with_needs(other))

    def is_possible(self, chosen: Ids, purchase: Purchase) -> bool:
        """Return whether actions on offer can be bought together, within a purchase."""
        if not purchase.allows(self.price_of(chosen), len(chosen)):
            return False
        return all(self.needs[name] <= chosen and chosen.isdisjoint(self.excludes[name]) for name in chosen)

    def sets(self, purchase: Purchase, limit: int) -> list[Ids] | None:
        """Return all sets of actions that can be bought together, the cheapest first; None for more than ``limit``.

        Notes
        -----
        In the order of their prices, then of their sizes, then of their ids, so that the first of several equals is the
        one to buy. Nothing is bought in the first one.
        """
        names = list(self.price)
        reducible = [0.0]
        for name in reversed(names):
            reducible.append(reducible[-1] + min(0.0, self.price[name]))
        reducible.reverse()
        made: list[Ids] = []
        pending: list[tuple[int, Ids, float]] = [(0, frozenset(), 0.0)]
        while pending:
            at, chosen, price = pending.pop()
            if not purchase.allows(price + reducible[at], len(chosen)):
                continue
            if at == len(names):
                made.append(chosen)
                if len(made) > limit:
                    return None
                continue
            pending.append((at + 1, chosen, price))
            name = names[at]
            if self.needs[name] <= chosen and chosen.isdisjoint(self.excludes[name]):
                pending.append((at + 1, chosen | {name}, price + self.price[name]))
        return sorted(made, key=lambda chosen: (self.price_of(chosen), len(chosen), sorted(chosen)))


def price_of(action: Action) -> float:
    """Return the price of an action: of a range the plan value, as the plan has it with the action in force."""
    return 0.0 if action.cost is None else float(action.cost.plan_value())


def needed_first(actions: Mapping[str, Action]) -> list[str]:
    """Return the ids of actions, sorted, but for those that an action needs, which stand before it."""
    ordered: dict[str, None] = {}

    def add(name: str) -> None:
        for other in actions[name].needs:
            if other in actions and other not in ordered:
                add(other)
        ordered.setdefault(name)

    for name in sorted(actions):
        add(name)
    return list(ordered)


def cannot_be_together(one: Action, other: Action) -> bool:
    """Return whether two actions exclude each other, or set the same of a risk."""
    if one.id == other.id:
        return False
    if other.id in one.excludes or one.id in other.excludes:
        return True
    return any(
        not set(settings_of(change)).isdisjoint(settings_of(other.effects[risk]))
        for risk, change in one.effects.items()
        if risk in other.effects
    )


def settings_of(change: RiskChange) -> list[tuple[str, ...]]:
    """Return what an effect sets and does not multiply, as places within it."""
    settings: list[tuple[str, ...]] = [] if change.probability is None else [("probability",)]
    for key, impact in change.impacts.items():
        settings += [("impacts", key, kind) for kind, value in impact.__dict__.items() if value is not None]
    return settings
