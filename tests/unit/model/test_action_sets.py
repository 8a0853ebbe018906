"""Which actions can be bought together, held against every subset looked at one by one."""

import random
from itertools import chain, combinations

import pytest

import riskengine
from riskengine.model.action_sets import Offers, Purchase


def offers_of(**actions):
    plan = {
        "name": "Offers",
        "start": "2027-03-01",
        "tasks": {"build": {"duration": 10}},
        "risks": {"late": {"probability": 0.4, "impacts": {"build": {"delay": 10, "cost": 50}}}},
        "actions": actions,
    }
    return Offers(riskengine.Scenario(**plan).actions)


def subsets(names):
    return map(frozenset, chain.from_iterable(combinations(sorted(names), size) for size in range(len(names) + 1)))


def test_sets_are_those_that_needs_exclusions_budget_and_number_allow():
    draw = random.Random(7)
    for _ in range(40):
        names = [f"a{number}" for number in range(7)]
        draw.shuffle(names)
        actions = {
            name: {
                "cost": draw.choice([0, 10, 25, 40]),
                "needs": draw.sample(names[:place], min(place, draw.choice([0, 0, 1, 2]))),
                "excludes": draw.sample([other for other in names if other != name], draw.choice([0, 0, 0, 1])),
            }
            for place, name in enumerate(names)
        }
        purchase = Purchase(draw.choice([None, 0, 35, 60]), draw.choice([None, 1, 3]))
        offers = offers_of(**actions)
        sets = offers.sets(purchase, 1_000)
        wanted = {
            chosen
            for chosen in subsets(names)
            if (purchase.most is None or len(chosen) <= purchase.most)
            and (purchase.budget is None or sum(actions[name]["cost"] for name in chosen) <= purchase.budget)
            and all(set(actions[name]["needs"]) <= chosen for name in chosen)
            and all(chosen.isdisjoint(actions[name]["excludes"]) for name in chosen)
        }
        assert set(sets) == wanted
        assert len(sets) == len(wanted)
        assert wanted == {chosen for chosen in subsets(names) if offers.is_possible(chosen, purchase)}
        prices = [offers.price_of(chosen) for chosen in sets]
        assert prices == sorted(prices)


def test_more_sets_than_the_limit_are_none():
    offers = offers_of(**{f"a{number}": {"cost": 1} for number in range(5)})
    assert len(offers.sets(Purchase(), 32)) == 32
    assert offers.sets(Purchase(), 31) is None


def test_the_first_of_sets_at_one_price_is_the_smallest():
    offers = offers_of(a={"cost": 0}, b={"cost": 5})
    assert offers.sets(Purchase(), 9) == [frozenset(), {"a"}, {"b"}, {"a", "b"}]


def test_the_price_of_a_range_is_its_plan_value():
    assert offers_of(a={"cost": [10, 20, 60]}).price == {"a": 20}


def test_actions_that_set_the_same_cannot_be_bought_together():
    offers = offers_of(
        a={"effects": {"late": {"probability": 0.1}}},
        b={"effects": {"late": {"probability": 0.2}}},
        c={"effects": {"late": {"probability_factor": 0.5, "impacts": {"build": {"delay": 3}}}}},
        d={"effects": {"late": {"impact_factor": 0.5}}},
        e={"effects": {"late": {"impacts": {"build": {"cost": 3}}}}},
        f={"effects": {"late": {"impacts": {"build": {"delay": 4}}}}},
    )
    pairs = {(one, other) for one, others in offers.excludes.items() for other in others if one < other}
    assert pairs == {("a", "b"), ("c", "f")}


def test_what_is_in_force_is_not_on_offer_nor_what_it_excludes_or_what_needs_that():
    offers = offers_of(
        a={"active": True, "cost": 1, "excludes": ["b"]},
        b={"cost": 2},
        c={"cost": 3, "needs": ["b"]},
        d={"cost": 4, "needs": ["a"]},
    )
    assert offers.price == {"d": 4}
    assert offers.not_on_offer == {"b": "a", "c": "a"}
    assert offers.sets(Purchase(), 9) == [frozenset(), {"d"}]


def test_an_action_goes_with_all_that_it_needs_and_takes_along_all_that_need_it():
    offers = offers_of(a={"cost": 1}, b={"cost": 1, "needs": ["a"]}, c={"cost": 1, "needs": ["b"]}, d={"cost": 1})
    assert offers.with_needs("c") == {"a", "b", "c"}
    assert offers.with_dependents("b", {"a", "b", "c", "d"}) == {"b", "c"}


@pytest.mark.parametrize(
    ("price", "budget", "allowed"), [(0.1 + 0.2, 0.3, True), (0.31, 0.3, False), (1e9, None, True)]
)
def test_the_rounding_of_a_sum_decides_nothing(price, budget, allowed):
    assert Purchase(budget).allows(price, 1) is allowed


def test_what_one_action_earns_pays_for_another():
    offers = offers_of(a={"cost": 30}, b={"cost": -25, "effects": {"late": {"probability": 0.5}}})
    assert set(offers.sets(Purchase(10), 9)) == {frozenset(), frozenset("b"), frozenset("ab")}
