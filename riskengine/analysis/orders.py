"""How the values of coalitions count in what each player contributes: one difference, or the average over orders.

A contribution is a sum of the values of coalitions, each times a weight that is a fraction, so that parts which add up
do so exactly.

References
----------
Shapley, L. S. (1953), A value for n-person games. Contributions to the Theory of Games II, 307-317.

Castro, J., Gomez, D., Tejada, J. (2009), Polynomial calculation of the Shapley value based on sampling. Computers and
Operations Research 36, 1726-1730.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import TypeVar

Member = TypeVar("Member")
Coalition = frozenset[int]
"""The numbers of the players that are on."""
Weights = dict[Coalition, dict[int, Fraction]]
"""How the value of each coalition counts in what each player contributes."""
Order = tuple[int, ...]
"""All players, the one that is switched on first in front."""


def everybody(count: int) -> Coalition:
    """Return the coalition of all players."""
    return frozenset(range(count))


def remove_one(count: int) -> Weights:
    """Return the weights of what each player takes away as the only one that is switched off."""
    everyone = everybody(count)
    weights = weights_of((player, everyone - {player}) for player in range(count))
    return weights or {everyone: {}}


def add_one(count: int) -> Weights:
    """Return the weights of what each player brings as the only one that is switched on."""
    return weights_of((player, frozenset()) for player in range(count))


def of_orders(orders: Sequence[Order]) -> Weights:
    """Return the weights of what each player adds to those before it, averaged over orders."""
    share = Fraction(1, max(1, len(orders)))
    return weights_of(((player, frozenset(order[:at])) for order in orders for at, player in enumerate(order)), share)


def weights_of(steps: Iterable[tuple[int, Coalition]], share: Fraction = Fraction(1)) -> Weights:
    """Return the weights of steps, in each of which a player comes to a coalition; each counts as ``share``."""
    weights: Weights = {}
    for player, before in steps:
        for coalition, signed in ((before | {player}, share), (before, -share)):
            of_players = weights.setdefault(coalition, {})
            of_players[player] = of_players.get(player, Fraction(0)) + signed
    return weights


def shapley(count: int) -> Weights:
    """Return the weights of Shapley's average over all orders, over every coalition there is."""
    shares = [share_of_orders(size, count) for size in range(count)]
    return {
        coalition: {
            player: shares[len(coalition) - 1] if player in coalition else -shares[len(coalition)]
            for player in range(count)
        }
        for coalition in coalitions(range(count))
    }


def share_of_orders(size: int, count: int) -> Fraction:
    """Return in which share of all orders of ``count`` players one of them comes right behind ``size`` certain ones."""
    return Fraction(1, count * comb(count - 1, size))


def coalitions(players: Sequence[Member]) -> Iterator[frozenset[Member]]:
    """Yield every coalition, the smallest first."""
    for size in range(len(players) + 1):
        yield from map(frozenset, combinations(players, size))


def drawn_orders(count: int, pairs: int, seed: int) -> list[Order]:
    """Return orders drawn at random, each followed by its reverse.

    Notes
    -----
    Who comes late in one order comes early in the other, so that two of a pair err in opposite directions.
    """
    source = random.Random(seed)
    orders: list[Order] = []
    for _ in range(pairs):
        places = [source.random() for _ in range(count)]
        order = tuple(sorted(range(count), key=places.__getitem__))
        orders += [order, order[::-1]]
    return orders


def greedy_order(count: int, number_of: Callable[[Coalition], float]) -> Order:
    """Return the order in which switching off takes away the most each time, the first to go at the end.

    Parameters
    ----------
    count : int
    number_of : callable
        Of a coalition, such as its P80. Of players that take away as much, the one with the lower number goes.
    """
    left = everybody(count)
    order: Order = ()
    while left:
        first = min(sorted(left), key=lambda player: number_of(left - {player}))
        left, order = left - {first}, (first, *order)
    return order
