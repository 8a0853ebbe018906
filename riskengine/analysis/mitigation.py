"""Which actions to buy: what is reported of sets of actions, and how the best of them is told from the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.comparison import Comparison, Movement, bounded
from riskengine.analysis.objective import Objective
from riskengine.analysis.screening import rivals
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates

Values = NDArray[np.float64]
Ids = frozenset[str]


@dataclass(frozen=True)
class ActionSet:
    """A set of actions and what it buys.

    Attributes
    ----------
    actions : tuple of str
        Sorted; empty for nothing.
    price : float [currency]
    objective : Movement
        From the plan without them to the plan with them.
    comparison : Comparison
        Of the same two.
    """

    actions: tuple[str, ...]
    price: float
    objective: Movement
    comparison: Comparison


@dataclass(frozen=True)
class Alike:
    """A set of actions that cannot be told from the best one.

    Attributes
    ----------
    actions : tuple of str
    price : float [currency]
    difference, ci_low, ci_high : float or None
        Of the objective, less that of the best set; of a gate the probability.
    """

    actions: tuple[str, ...]
    price: float
    difference: float
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True)
class Worth:
    """What one action brings.

    Attributes
    ----------
    action, name : str
    price : float [currency]
    alone : ActionSet or None
        The action with all that it needs, and nothing else; None where these cannot be bought together.
    last : ActionSet or None
        What the action adds to the rest of the best set, with those of it that need the action; None for an action that
        is not in it. Its price is that of what is added.
    clairvoyant : tuple of float
        Share of the iterations in which somebody who knew the future would buy it, and the ends of its interval.
    """

    action: str
    name: str
    price: float
    alone: ActionSet | None
    last: ActionSet | None
    clairvoyant: tuple[float, float, float]


@dataclass(frozen=True)
class Clairvoyant:
    """What somebody would reach who knew each future, and bought the best set for it: no choice can do better.

    Attributes
    ----------
    iterations : int
        Of which every set was run.
    objective : float
        With the best set of each iteration; of a gate the probability.
    best : float
        With the best fixed set, in the same iterations.
    difference, ci_low, ci_high : float or None
        The clairvoyant less the best fixed set.
    price : float [currency]
        Mean price of what is bought.
    """

    iterations: int
    objective: float
    best: float
    difference: float
    ci_low: float | None
    ci_high: float | None
    price: float


@dataclass(frozen=True)
class Round:
    """Some iterations of the sets that could still be the best of those that cost no more.

    Attributes
    ----------
    iterations : int
        So many of each, those of the rounds before included.
    sets : int
    """

    iterations: int
    sets: int


@dataclass(frozen=True)
class Choice:
    """Which actions to buy, and all that is said about it.

    Attributes
    ----------
    objective : str
        Its name, such as ``p80-finish``, or ``reach``.
    gate : str
        Id of the gate that is to be reached; empty otherwise.
    answer : str
        Of the best set: ``pass``, ``fail`` or ``undecided`` for a gate to be reached; empty otherwise.
    budget : float or None [currency]
    most : int or None
    in_force : tuple of str
        Actions that the plan has already.
    not_on_offer : dict of str to str
        Actions that cannot be bought, and the action in force that keeps them out.
    possible : int
        Sets that can be bought.
    rounds : tuple of Round
    nothing : ActionSet
        The plan as it is.
    best : ActionSet
    frontier : tuple of ActionSet
        From the cheapest on, each the better one of all that cost no more.
    alike : tuple of Alike
        The cheapest first.
    alike_in_all : int
        With those that are not listed, and those that too few iterations ruled neither in nor out.
    worths : tuple of Worth
    clairvoyant : Clairvoyant
    """

    objective: str
    gate: str
    answer: str
    budget: float | None
    most: int | None
    in_force: tuple[str, ...]
    not_on_offer: dict[str, str]
    possible: int
    rounds: tuple[Round, ...]
    nothing: ActionSet
    best: ActionSet
    frontier: tuple[ActionSet, ...]
    alike: tuple[Alike, ...]
    alike_in_all: int
    worths: tuple[Worth, ...]
    clairvoyant: Clairvoyant


def frontier_rows(prices: Values, objectives: Values) -> list[int]:
    """Return the plans that are better than all that cost no more, by price, of prices in ascending order."""
    best = rivals(prices, objectives)
    return [row for row in range(objectives.size) if best[row] == row]


def clairvoyant_of(
    objective: Objective, values: Values, prices: Values, fixed: int, method: str
) -> tuple[Clairvoyant, NDArray[np.intp]]:
    """Return what a clairvoyant reaches with these plans, and which of them it takes in each iteration.

    Parameters
    ----------
    objective : Objective
    values : (plan, n) float64
        The same iterations of every plan, the cheapest first.
    prices : (plan,) float64 [currency]
    fixed : int
        The best plan for all iterations together.
    method : str
    """
    taken = values.argmin(axis=0)  # the first of equals, which is the cheapest
    outcome = np.take_along_axis(values, taken[np.newaxis], axis=0)
    value, low, high = (float(part[0]) for part in objective.difference(outcome, values[fixed], method))
    reached, best = objective.of(np.concatenate((outcome, values[fixed : fixed + 1]))).tolist()
    if objective.gate is not None:  # the share that misses it becomes the share that meets it
        reached, best = 1 - reached, 1 - best
    return (
        Clairvoyant(
            iterations=taken.size,
            objective=reached,
            best=best,
            difference=value,
            ci_low=bounded(low),
            ci_high=bounded(high),
            price=float(prices[taken].mean()),
        ),
        taken,
    )


def shares_bought(members: NDArray[np.bool_], taken: NDArray[np.intp], method: str) -> Interval:
    """Return in which share of the iterations a clairvoyant buys each action, with its interval, (action,).

    Parameters
    ----------
    members : (action, plan) bool
        Which actions each plan has.
    taken : (n,) intp
        The plan of each iteration.
    method : str
    """
    return probability_of(members[:, taken], Replicates.of(method, taken.size))


def alike_rows(difference: Interval) -> list[int]:
    """Return the rows of which the difference may be none."""
    low, high = difference.low, difference.high
    return np.flatnonzero(~(low > 0) & ~(high < 0)).tolist()


def most_promising(prices: Values, objectives: Values, count: int) -> list[int]:
    """Return the plans that are nearest to the best of those that cost no more, at most so many, in their order."""
    behind = objectives - objectives[rivals(prices, objectives)]
    return sorted(np.argsort(behind, kind="stable")[:count].tolist())


def members_of(sets: Sequence[Ids], names: Sequence[str]) -> NDArray[np.bool_]:
    """Return which actions each set has, (action, set) bool."""
    return np.array([[name in chosen for chosen in sets] for name in names], dtype=np.bool_).reshape(
        len(names), len(sets)
    )
