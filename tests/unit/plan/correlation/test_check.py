"""Correlations that cannot be had, and what is said of them."""

import tomllib
from time import monotonic

import pytest

from riskengine import plan
from riskengine.errors import ScenarioError
from riskengine.plan.correlation.check import check_correlations
from riskengine.plan.correlation.dependence import dependence_of
from riskengine.plan.correlation.matrix import is_valid
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\n'


def scenario(between, rank, tasks="abcde", probabilities=()):
    text = HEAD + "".join(f"[tasks.{name}]\nduration = [3, 5, 9]\n" for name in tasks)
    text += "".join(f"[risks.r{at}]\nprobability = {p}\nimpacts.a.delay = 3\n" for at, p in enumerate(probabilities))
    text += f"[correlations.x]\nbetween = {between}\nrank = {rank}\n"
    return parse(tomllib.loads(text), "x")


def issue(*args, **kwargs):
    ((where, fault),) = check_correlations(scenario(*args, **kwargs))
    assert where == ("x", "rank")
    return fault


def test_two_risks_are_refused_beyond_their_range_with_the_nearest():
    fault = issue(["risk:r0", "risk:r1"], 0.9, probabilities=(0.1, 0.3))
    assert fault.code == "RE324"
    assert fault.rule == "risk:r0 and risk:r1 can have a rank correlation from -0.2182 to 0.5091"
    assert fault.cure == "the nearest is 0.5091"


def test_the_nearest_that_is_stated_is_accepted():
    for rank in (0.5091, -0.2182):
        assert list(check_correlations(scenario(["risk:r0", "risk:r1"], rank, probabilities=(0.1, 0.3)))) == []


def test_a_risk_and_a_duration_cannot_have_everything():
    fault = issue(["risk:r0", "a"], -0.7, probabilities=(0.1,))
    assert fault.code == "RE324"
    assert "from -0.5196 to 0.5196" in fault.rule
    assert fault.cure == "the nearest is -0.5196"


@pytest.mark.parametrize(("names", "least"), [("abc", -0.4825), ("abcde", -0.2393)])
def test_a_group_is_refused_below_what_so_many_can_have(names, least):
    fault = issue(list(names), least - 0.0002)
    assert fault.code == "RE325"
    assert f"a group of {len(names)} can have a rank correlation of {least} at the least" in fault.rule
    assert list(check_correlations(scenario(list(names), least))) == []
    assert plan.compile(scenario(list(names), least)).correlation is not None


def test_the_plan_refuses_what_the_reader_was_not_asked_to_look_at():
    with pytest.raises(ScenarioError, match="RE324"):
        plan.compile(scenario(["risk:r0", "risk:r1"], 0.9, probabilities=(0.1, 0.3)))


def test_members_that_cannot_all_go_together_take_the_nearest_and_say_so():
    between = ["a", "risk:r0", "risk:r1", "risk:r2"]
    notes = []
    made = scenario(between, 0.5, probabilities=(0.1, 0.1, 0.3))
    assert list(check_correlations(made, notes)) == []
    (group,) = dependence_of(made).tied
    assert group.is_repaired
    assert is_valid(group.latent)
    assert len(notes) == 1
    assert notes[0].startswith("correlation x: not all can go together as asked, so the nearest is taken; ")
    assert "the least eigenvalue rises from -" in notes[0]


def test_a_correlation_of_rank_zero_asks_for_nothing():
    assert list(check_correlations(scenario(["risk:r0", "risk:r1"], 0, probabilities=(0.1, 0.3)))) == []
    assert plan.compile(scenario(["a", "b"], 0)).correlation is None


def test_sixty_risks_with_probabilities_of_their_own_are_looked_at_in_no_time():
    """1,770 pairs are solved for: half a second, where a wasteful search took minutes."""
    began = monotonic()
    made = scenario(["risk:*"], 0.2, probabilities=[round(0.2 + k / 150, 4) for k in range(60)])
    assert list(check_correlations(made)) == []
    assert monotonic() - began < 20


def test_a_group_without_a_factor_has_a_thousand_members_at_the_most():
    names = [f"t{at}" for at in range(1001)]
    fault = issue(names, -0.0001, tasks=names)
    assert fault.code == "RE327"
    assert fault.rule == "a negative correlation must have at most 1,000 of them, and x has 1,001"
    assert list(check_correlations(scenario(names, 0.3, tasks=names))) == []
