"""Which actions to buy, held against every set of every plan worked out by hand: all futures, one by one."""

from __future__ import annotations

import random
from itertools import chain, combinations, product
from typing import Any

import numpy as np
import pytest

import riskengine

NAMES = ("r0", "r1", "r2", "r3")


def subsets(names: Any) -> list[frozenset[str]]:
    """All sets of some names."""
    return [*map(frozenset, chain.from_iterable(combinations(sorted(names), size) for size in range(len(names) + 1)))]


class TwoPaths:
    """Two paths of one task each, 20 and 22 days, risks on either, an action against each risk.

    A late day costs 300 of damages from day 30 on; running the project costs 100 a day.
    """

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.chance = {name: draw.choice([0.2, 0.3, 0.5, 0.7]) for name in NAMES}
        self.delay = {name: draw.choice([4, 7, 11, 16]) for name in NAMES}
        self.path = {name: draw.choice("ab") for name in NAMES}
        self.price = {name: draw.choice([200, 500, 900, 1500]) for name in NAMES}
        self.after = {name: draw.choice([0.0, 0.05, 0.1]) for name in NAMES}

    @property
    def scenario(self) -> riskengine.Scenario:
        return riskengine.Scenario(
            name="Two paths",
            start="2027-03-01",
            currency="EUR",
            tasks={
                "a": {"duration": 20},
                "b": {"duration": 22},
                "end": {"type": "finish milestone", "after": ["a", "b"]},
                "run": {"type": "level of effort", "after": ["a SS", "end FF"], "cost": {"rate": 100}},
            },
            risks={
                name: {"probability": self.chance[name], "impacts": {self.path[name]: {"delay": self.delay[name]}}}
                for name in NAMES
            },
            actions={
                f"x{name}": {"cost": self.price[name], "effects": {name: {"probability": self.after[name]}}}
                for name in NAMES
            },
            gates={"in-time": {"finish": "2027-04-16", "confidence": 0.8}},
        )

    def futures(self, chosen: frozenset[str]) -> list[tuple[float, float, float]]:
        """Probability, finish in working days and cost of every future with some actions."""
        made = []
        for occurs in product((False, True), repeat=len(NAMES)):
            share, length = 1.0, {"a": 20.0, "b": 22.0}
            for name, happens in zip(NAMES, occurs, strict=True):
                chance = self.after[name] if f"x{name}" in chosen else self.chance[name]
                share *= chance if happens else 1 - chance
                length[self.path[name]] += self.delay[name] * happens
            finish = max(length.values())
            cost = 100 * finish + sum(self.price[name[1:]] for name in chosen)
            made.append((share, finish, cost))
        return made

    def exact(self, objective: str, chosen: frozenset[str]) -> float:
        """The objective of one set; of ``reach`` the chance to finish within 35 days."""
        futures = self.futures(chosen)
        if objective == "reach":
            return sum(share for share, finish, _ in futures if finish <= 35)
        if objective == "mean-cost":
            return sum(share * cost for share, _, cost in futures)
        column = 1 if objective.endswith("finish") else 2
        ordered = sorted((future[column], future[0]) for future in futures if future[0] > 0)
        if objective.startswith("p80"):
            below = np.cumsum([share for _, share in ordered])
            return ordered[int(np.argmax(below >= 0.8 - 1e-12))][0]
        left, total = 0.2, 0.0
        for value, share in reversed(ordered):
            total += value * min(share, left)
            left -= min(share, left)
        return total / 0.2

    def prices(self, chosen: frozenset[str]) -> float:
        return sum(self.price[name[1:]] for name in chosen)


ITERATIONS = 2_560


@pytest.mark.parametrize("objective", ["p80-finish", "p80-cost", "mean-cost", "worst-finish", "worst-cost"])
@pytest.mark.parametrize("seed", range(6))
def test_the_best_set_is_the_best_of_all_worked_out_by_hand(seed, objective):
    """Percentiles of these plans jump: a set next to the best is as good where a chance is within 1 % of 80 %."""
    plan = TwoPaths(seed)
    budget = 1500
    choice = riskengine.mitigate(plan.scenario, budget=budget, minimise=objective, iterations=ITERATIONS)
    sets = [chosen for chosen in subsets([f"x{name}" for name in NAMES]) if plan.prices(chosen) <= budget]
    exact = {chosen: plan.exact(objective, chosen) for chosen in sets}
    best = frozenset(choice.actions)
    assert plan.prices(best) == choice.price <= budget
    least = min(exact.values())
    alike = {frozenset(row["actions"]) for row in choice.document["alike"]} | {best}
    winners = {chosen for chosen, value in exact.items() if value <= least + 1e-9}
    assert exact[best] == pytest.approx(least, rel=0.01) or alike & winners
    assert choice.document["possible_sets"] == len(sets)
    moved = choice.document["best"]["objective"]
    known = exact[best] - exact[frozenset()]
    assert moved["before"] + moved["difference"] == pytest.approx(moved["after"])
    if moved["ci_low"] is not None:
        width = moved["ci_high"] - moved["ci_low"]
        assert moved["ci_low"] - width <= known <= moved["ci_high"] + width


@pytest.mark.parametrize("seed", range(8))
def test_a_gate_is_reached_by_the_cheapest_set_that_reaches_it(seed):
    plan = TwoPaths(seed)
    choice = riskengine.mitigate(plan.scenario, reach="in-time", iterations=ITERATIONS)
    exact = {chosen: plan.exact("reach", chosen) for chosen in subsets([f"x{name}" for name in NAMES])}
    best = frozenset(choice.actions)
    assert choice.answer == ("GO" if exact[best] >= 0.8 else "NO-GO")
    reaching = [chosen for chosen, chance in exact.items() if chance >= 0.83]
    if choice.answer == "GO":
        assert choice.price <= min(map(plan.prices, reaching), default=np.inf)
        assert all(exact[chosen] < 0.83 for chosen in exact if plan.prices(chosen) < choice.price)
    else:
        assert not reaching
    (gate,) = choice.document["best"]["gates"]
    assert gate["before"]["probability"] == pytest.approx(exact[frozenset()], abs=0.02)
    assert gate["after"]["probability"] == pytest.approx(exact[best], abs=0.02)


def small(**changes: Any) -> riskengine.Scenario:
    """A task of 10 days, a risk that always occurs and makes it 10 longer and 1,000 dearer, one that never does."""
    parts: dict[str, Any] = {
        "name": "By hand",
        "start": "2027-03-01",
        "currency": "EUR",
        "tasks": {"build": {"duration": 10}},
        "risks": {
            "sure": {"probability": 1, "impacts": {"build": {"delay": 10, "cost": 1000}}},
            "never": {"probability": 0, "impacts": {"build": {"delay": 100}}},
        },
        "gates": {"date": {"finish": "2027-03-19", "confidence": 0.9}},
    }
    return riskengine.Scenario(**{**parts, **changes})


SHORTEN = {"cost": 400, "effects": {"sure": {"impacts": {"build": {"delay": 4}}}}}
AVOID = {"cost": 700, "effects": {"sure": {"probability": 0}}}
USELESS = {"cost": 1, "effects": {"never": {"probability": 0}}}


def mitigate(actions: Any, **asked: Any) -> riskengine.Mitigation:
    return riskengine.mitigate(small(actions=actions), iterations=512, **asked)


def test_what_a_sure_risk_costs_is_saved_exactly():
    choice = mitigate({"shorten": SHORTEN, "avoid": AVOID, "useless": USELESS})
    assert (choice.actions, choice.price) == (("avoid",), 700)
    best = choice.document["best"]
    rows = {(row["measure"], row["statistic"]): row for row in best["differences"]}
    assert rows["finish", "p80"]["difference"] == -10
    assert rows["cost", "mean"]["difference"] == -300
    (gate,) = best["gates"]
    assert (gate["before"]["answer"], gate["after"]["answer"], gate["difference"]) == ("fail", "pass", 1)
    by_id = {row["action"]: row for row in choice.document["actions"]}
    assert by_id["shorten"]["alone"]["per_price"]["days"]["value"] == 6 / 400
    assert by_id["avoid"]["last"]["per_price"]["money"]["value"] == pytest.approx(1000 / 700)
    assert by_id["shorten"]["last"] is None
    assert [row["clairvoyant"]["value"] for row in choice.document["actions"]] == [1, 0, 0]


def test_the_frontier_goes_from_nothing_to_the_best_and_each_step_is_better():
    choice = mitigate({"shorten": SHORTEN, "avoid": AVOID, "useless": USELESS})
    steps = [(row["price"], row["objective"]["difference"]) for row in choice.document["frontier"]]
    assert steps == [(0, 0), (400, -6), (700, -10)]


def test_a_budget_of_nothing_buys_nothing():
    choice = mitigate({"shorten": SHORTEN, "avoid": AVOID}, budget=0)
    assert (choice.actions, choice.price) == ((), 0)
    assert "buy nothing" in choice.words[0]


def test_the_budget_and_the_number_are_kept_to():
    actions = {"shorten": SHORTEN, "avoid": AVOID}
    assert mitigate(actions, budget=699).actions == ("shorten",)
    assert mitigate(actions, budget=700).actions == ("avoid",)
    assert mitigate(actions, most=0).actions == ()


@pytest.mark.parametrize("minimise", ["p80-finish", "p80-cost", "mean-cost", "worst-finish", "worst-cost"])
def test_an_action_without_effect_is_never_bought(minimise):
    assert mitigate({"useless": USELESS}, minimise=minimise).actions == ()


def test_what_costs_more_than_it_saves_is_not_bought_for_money_but_is_for_days():
    actions = {"avoid": {**AVOID, "cost": 1001}}
    assert mitigate(actions, minimise="mean-cost").actions == ()
    assert mitigate(actions, minimise="p80-finish").actions == ("avoid",)


def test_needs_and_exclusions_are_kept_to():
    needy = {**AVOID, "needs": ["shorten"], "effects": {"sure": {"probability_factor": 0}}}
    choice = mitigate({"shorten": SHORTEN, "avoid": needy})
    assert (choice.actions, choice.price) == (("avoid", "shorten"), 1100)
    assert mitigate({"shorten": SHORTEN, "avoid": needy}, budget=1000).actions == ("shorten",)
    shut = {**AVOID, "excludes": ["shorten"]}
    assert mitigate({"shorten": SHORTEN, "avoid": shut}).actions == ("avoid",)
    alone = {row["action"]: row["alone"] for row in choice.document["actions"]}
    assert alone["avoid"]["actions"] == ["avoid", "shorten"]


def test_actions_in_force_stay_and_are_paid_already():
    active = {**SHORTEN, "active": True}
    factor = {"cost": 50, "effects": {"sure": {"impact_factor": 0.5}}}
    choice = mitigate({"shorten": active, "half": factor}, budget=50)
    assert choice.actions == ("half",)
    assert choice.document["in_force"] == ["shorten"]
    assert choice.document["best"]["objective"]["difference"] == -2


def test_the_price_is_in_the_cost_of_the_plan():
    choice = mitigate({"avoid": AVOID})
    whole = riskengine.simulate(choice.scenario, iterations=512)
    before = riskengine.simulate(small(actions={"avoid": AVOID}), iterations=512)
    assert whole.cost(0.8) - before.cost(0.8) == -1000 + 700


def test_the_best_set_buys_what_comparing_the_two_plans_says():
    plan = TwoPaths(3).scenario
    choice = riskengine.mitigate(plan, iterations=ITERATIONS)
    compared = riskengine.compare(plan, choice.scenario, iterations=ITERATIONS)
    rows = choice.document["best"]["differences"]
    assert rows == compared.document["differences"]
    assert choice.document["best"]["gates"] == compared.document["gates"]


def test_nobody_does_better_than_who_knows_the_future():
    for seed in range(4):
        for minimise in ("p80-finish", "mean-cost", "worst-cost"):
            plan = TwoPaths(seed)
            bound = riskengine.mitigate(plan.scenario, minimise=minimise, iterations=512).document["clairvoyant"]
            assert bound["objective"] <= bound["best"]
            assert bound["difference"] == pytest.approx(bound["objective"] - bound["best"])


def test_who_knows_the_future_buys_against_a_risk_where_it_would_occur():
    """In 40 of 100 futures the risk occurs with nothing done, in 10 all the same: buying helps in 30."""
    plan = small(
        risks={"late": {"probability": 0.4, "impacts": {"build": {"delay": 10}}}},
        actions={"watch": {"cost": 100, "effects": {"late": {"probability": 0.1}}}},
    )
    found = riskengine.mitigate(plan, iterations=2_560, minimise="worst-finish").document
    (action,) = found["actions"]
    assert action["clairvoyant"]["value"] == pytest.approx(0.3, abs=0.005)
    assert found["clairvoyant"]["price"] == pytest.approx(100 * action["clairvoyant"]["value"])


def test_sets_the_reader_refuses_are_no_choice():
    """Each factor alone leaves a probability; both together would be 1.2."""
    worse = {"effects": {"late": {"probability_factor": 2}}, "cost": -5000}
    plan = small(
        risks={"late": {"probability": 0.3, "impacts": {"build": {"delay": 10}}}},
        actions={"one": worse, "other": worse},
    )
    found = riskengine.mitigate(plan, iterations=512, minimise="mean-cost")
    assert found.document["possible_sets"] == 3
    assert found.actions == ("one",)


def test_a_screening_gives_what_running_everything_gives(monkeypatch):
    from riskengine.api import set_search

    plan = TwoPaths(5).scenario
    whole = riskengine.mitigate(plan, minimise="mean-cost", iterations=ITERATIONS)
    monkeypatch.setattr(set_search, "FIRST_VALUES", 1)
    screened = riskengine.mitigate(plan, minimise="mean-cost", iterations=ITERATIONS)
    assert screened.document["rounds"][0] == {"iterations": 512, "sets": 16}
    assert screened.document["rounds"][-1]["sets"] < 16
    assert screened.actions == whole.actions
    assert screened.document["best"] == whole.document["best"]
    assert [row["actions"] for row in screened.document["frontier"]] == [
        row["actions"] for row in whole.document["frontier"]
    ]


def test_a_plan_with_nothing_to_choose_is_refused():
    with pytest.raises(riskengine.UsageError, match="no action that is not in force") as refused:
        mitigate({})
    assert refused.value.code == "RE630"
    with pytest.raises(riskengine.UsageError, match="b is excluded by a"):
        mitigate({"a": {"active": True, "cost": 1}, "b": {"cost": 1, "excludes": ["a"]}})


def test_more_sets_than_can_be_run_are_refused():
    actions = {f"a{number}": {"cost": 1} for number in range(16)}
    with pytest.raises(riskengine.UsageError) as refused:
        mitigate(actions)
    assert refused.value.code == "RE633"
    assert mitigate(actions, budget=2).document["possible_sets"] == 137


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"budget": -1}, "RE632"),
        ({"budget": float("nan")}, "RE632"),
        ({"budget": "much"}, "RE632"),
        ({"most": 1.5}, "RE922"),
        ({"minimise": "worry"}, "RE922"),
        ({"reach": "nothing"}, "RE631"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked, code):
    with pytest.raises(riskengine.UsageError) as refused:
        mitigate({"avoid": AVOID}, **asked)
    assert refused.value.code == code
