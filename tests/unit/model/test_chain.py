"""Chances of risks that trigger and exclude each other."""

from itertools import pairwise, product
from random import Random

import pytest

from riskengine.model import Exclusive, Risk, Scenario
from riskengine.model.chain import TooManyStatesError, causes_first, chances, occurrences


def scenario(probabilities, triggers=(), sets=()):
    """A scenario with risks of these probabilities; what triggers them, and what excludes each other, by id."""
    risks = {
        id: Risk.model_construct(id=id, probability=p, triggered_by=tuple(dict(triggers).get(id, ())))
        for id, p in probabilities.items()
    }
    exclusive = {key: Exclusive(id=key, risks=members) for key, members in dict(sets).items()}
    return Scenario.model_construct(risks=risks, exclusive=exclusive)


def enumerated(plan):
    """Chances by all futures: each risk and each set takes every value that it can."""
    singles = [id for id in plan.risks if not any(id in each.risks for each in plan.exclusive.values())]
    questions = [[(id, plan.risks[id].probability), ("", 1 - plan.risks[id].probability)] for id in singles]
    for each in plan.exclusive.values():
        outcomes = [(id, plan.risks[id].probability) for id in each.risks]
        questions.append([*outcomes, ("", 1 - sum(p for _, p in outcomes))])
    total = dict.fromkeys(plan.risks, 0.0)
    for future in product(*questions):
        share, possible = 1.0, {id for id, _ in future}
        for _, p in future:
            share *= p
        happened: set[str] = set()
        for _ in plan.risks:
            happened |= {
                id
                for id in possible - {""}
                if not plan.risks[id].triggered_by or happened & set(plan.risks[id].triggered_by)
            }
        for id in happened:
            total[id] += share
    return total


def random_plan(seed):
    rng = Random(seed)
    ids = [f"r{k}" for k in range(7)]
    order = rng.sample(ids, 7)
    triggers = {id: rng.sample(order[:at], min(at, rng.choice([0, 1, 2, 3]))) for at, id in enumerate(order)}
    roots = [id for id in ids if not triggers[id]]
    sets = {"one": tuple(sorted(roots[:3]))} if len(roots) >= 2 else {}
    if seed % 3 == 0 and len(order) > 5:
        leaves = [id for id in ids if not any(id in causes for causes in triggers.values()) and id not in roots]
        sets |= {"two": tuple(leaves[:2])} if len(leaves) >= 2 else {}
    return scenario({id: rng.choice([0.0, 0.1, 0.25, 0.3]) for id in ids}, triggers, sets)


@pytest.mark.parametrize("seed", range(40))
def test_chances_are_those_of_an_enumeration(seed):
    plan = random_plan(seed)
    assert chances(plan) == pytest.approx(enumerated(plan), abs=1e-12)


def test_one_of_several_triggers_is_enough():
    plan = scenario({"a": 0.5, "b": 0.4, "c": 0.1}, {"c": ("a", "b")})
    assert chances(plan)["c"] == pytest.approx(0.1 * (1 - 0.5 * 0.6))


def test_triggers_that_exclude_each_other_add_up():
    plan = scenario({"a": 0.5, "b": 0.4, "c": 0.1}, {"c": ("a", "b")}, {"s": ("a", "b")})
    assert chances(plan)["c"] == pytest.approx(0.1 * 0.9)


def test_two_that_one_risk_triggers_are_not_independent():
    plan = scenario({"a": 0.5, "b": 0.5, "c": 0.5, "d": 1.0}, {"b": ("a",), "c": ("a",), "d": ("b", "c")})
    assert chances(plan)["d"] == pytest.approx(0.5 * 0.75)


def test_a_risk_that_is_switched_off_triggers_nothing():
    plan = scenario({"a": 0.5, "b": 0.5}, {"b": ("a",)})
    off = plan.risks["a"].model_copy(update={"active": False})
    assert chances(plan.model_copy(update={"risks": {**plan.risks, "a": off}})) == {"a": 0.0, "b": 0.0}


def test_causes_stand_first_and_without_chains_the_order_stays():
    assert causes_first(scenario({"a": 0.5, "b": 0.5, "c": 0.5}, {"a": ("c",)}).risks) == ("c", "a", "b")
    assert causes_first(scenario({"b": 0.5, "a": 0.5}).risks) == ("b", "a")


def test_outcomes_lie_one_behind_the_other_from_the_top_down():
    when = occurrences(scenario({"a": 0.25, "b": 0.5, "c": 0.25}, (), {"s": ("a", "b")}))
    assert when["a"] == ("exclusive/s/outcome", 0.75, 1.0)
    assert when["b"] == ("exclusive/s/outcome", 0.25, 0.75)
    assert when["c"] == ("risk/c/occurs", 0.75, 1.0)


def test_many_triggers_each_with_a_cause_of_its_own_are_worked_out():
    ids = [f"{letter}{k:02d}" for letter in "ab" for k in range(40)]
    triggers = {f"b{k:02d}": (f"a{k:02d}",) for k in range(40)} | {"top": tuple(ids[40:])}
    plan = scenario(dict.fromkeys([*ids, "top"], 0.1), triggers)
    assert chances(plan)["top"] == pytest.approx(0.1 * (1 - 0.99**40))


def test_a_tangle_is_refused_and_not_guessed():
    causes = [f"a{k:02d}" for k in range(14)]
    triggers = {"b": tuple(causes)} | {f"c{k:02d}": (cause,) for k, cause in enumerate(causes)}
    plan = scenario(dict.fromkeys([*causes, *triggers, "top"], 0.5), triggers | {"top": tuple(triggers)})
    with pytest.raises(TooManyStatesError):
        chances(plan)


def test_a_chain_of_thousands_is_worked_out_at_once():
    ids = [f"r{k:04}" for k in range(4000)]
    triggers = {after: [before] for before, after in pairwise(ids)}
    shares = chances(scenario(dict.fromkeys(ids, 0.999), triggers))  # each as the one before: else it takes an hour
    assert shares[ids[-1]] == pytest.approx(0.999**4000)
