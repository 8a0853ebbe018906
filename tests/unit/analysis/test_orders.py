"""Weights of coalitions: Shapley's average, single differences, drawn orders; and rounding that adds up."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

from riskengine.analysis.adding_up import rounded_parts
from riskengine.analysis.orders import (
    add_one,
    coalitions,
    drawn_orders,
    everybody,
    greedy_order,
    of_orders,
    remove_one,
    shapley,
)


def parts(weights, values, count):
    """What each player has of the values of coalitions."""
    return [sum(Fraction(values[on]) * of.get(player, 0) for on, of in weights.items()) for player in range(count)]


def game(count, seed=1):
    """A whole number for each coalition."""
    source = np.random.default_rng(seed)
    return {on: int(source.integers(0, 1000)) for on in coalitions(range(count))}


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_shapley_is_the_average_over_all_orders_and_adds_up_exactly(count):
    values = game(count)
    shares = parts(shapley(count), values, count)
    assert shares == parts(of_orders(list(permutations(range(count)))), values, count)
    assert sum(shares) == values[everybody(count)] - values[frozenset()]
    assert len(shapley(count)) == 2**count


def test_single_differences_are_those_to_the_ends():
    values = game(3)
    everyone = everybody(3)
    assert parts(remove_one(3), values, 3) == [values[everyone] - values[everyone - {k}] for k in range(3)]
    assert parts(add_one(3), values, 3) == [values[frozenset({k})] - values[frozenset()] for k in range(3)]
    assert len(remove_one(3)) == len(add_one(3)) == 4


def test_greedy_switches_off_what_takes_away_most_each_time():
    values = {on: 10 * len(on) + 7 * (0 in on and 2 in on) + 3 * (1 in on) for on in coalitions(range(3))}
    # without 0 or 2 17 are gone, 10 + 7; then 13 of player 1; 10 are left
    assert greedy_order(3, values.__getitem__) == (2, 1, 0)
    shares = parts(of_orders([greedy_order(3, values.__getitem__)]), values, 3)
    assert shares == [17, 13, 10]


def test_drawn_orders_come_in_pairs_of_reverses_and_from_their_seed():
    orders = drawn_orders(14, 8, seed=5)
    assert len(orders) == 16
    assert all(order[::-1] == reverse for order, reverse in zip(orders[::2], orders[1::2], strict=True))
    assert all(sorted(order) == list(range(14)) for order in orders)
    assert orders == drawn_orders(14, 8, seed=5)
    assert orders != drawn_orders(14, 8, seed=6)
    values = {on: len(on) ** 2 for order in orders for at in range(15) for on in [frozenset(order[:at])]}
    assert sum(parts(of_orders(orders), values, 14)) == 196


def test_every_order_is_drawn_about_as_often():
    counts = dict.fromkeys(permutations(range(3)), 0)
    for order in drawn_orders(3, 3_000, seed=1):
        counts[order] += 1
    # binomial(6000, 1/6), halved in effect by pairs: sd 41; five of them
    assert max(abs(count - 1_000) for count in counts.values()) < 205


def test_rounded_parts_add_up_and_none_is_off_by_one():
    source = np.random.default_rng(3)
    for _ in range(200):
        sizes = [Fraction(int(each), 7) for each in source.integers(-100, 100, 6)]
        total = round(sum(sizes))
        whole = rounded_parts(sizes, total)
        assert sum(whole) == total
        assert all(abs(each - part) < 1 for each, part in zip(whole, sizes, strict=True))
    assert rounded_parts([Fraction(1, 2), Fraction(1, 2)], 1) == [1, 0]
    assert rounded_parts([Fraction(5), Fraction(-2)], 3) == [5, -2]
