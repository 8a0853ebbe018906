"""Which of several correlations decides about a pair, and who goes with whom."""

import tomllib

import numpy as np
import pytest

from riskengine import plan
from riskengine.errors import ScenarioError
from riskengine.plan.correlation.check import check_correlations
from riskengine.plan.correlation.component import Component
from riskengine.plan.correlation.decided import decided_pairs, expected_of
from riskengine.plan.correlation.dependence import dependence_of
from riskengine.plan.correlation.group import Group
from riskengine.plan.correlation.nested import NestedGroups
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\ncosts.steel = { fixed = [1, 2, 4], rate = [3, 4, 9] }\n'


def scenario(text, tasks="abcdef"):
    duration = "".join(f"tasks.{name}.duration = [3, 5, 9]\n" for name in tasks)
    return parse(tomllib.loads(f"{HEAD}{duration}[correlations]\n{text}\n"), "x")


def rank(made, one, other):
    """What is to be expected of two tasks."""
    dependence = dependence_of(made)
    places = [dependence.quantities.stream.index(f"task/{name}/duration") for name in (one, other)]
    return expected_of(dependence, *places)


def tied(text):
    return dependence_of(scenario(text)).tied


GROUPS = 'x = { between = ["a", "b", "c"], rank = 0.4 }\ny = { between = ["b", "c", "d", "e"], rank = 0.3 }\n'


def test_the_narrowest_decides():
    made = scenario(GROUPS + 'z.pairs = { "c/d" = 0.6 }')
    assert [round(rank(made, *pair), 4) for pair in ("ab", "bc", "be", "cd")] == [0.4, 0.4, 0.3, 0.6]
    made = scenario(GROUPS + 'z.matrix = { members = ["b", "c"], rows = [[1, 0.1], [0.1, 1]] }')
    assert round(rank(made, "b", "c"), 4) == 0.1


def test_equals_that_say_something_else_are_refused():
    made = scenario('x = { between = ["a", "b", "c"], rank = 0.4 }\ny = { between = ["b", "c", "d"], rank = 0.3 }')
    ((where, issue),) = check_correlations(made)
    assert (where, issue.code, issue.value) == (("y", "rank"), "RE326", "0.3")
    assert issue.rule.endswith("and x says 0.4 of b and c")
    with pytest.raises(ScenarioError, match="RE326"):
        plan.compile(made)
    assert not list(check_correlations(scenario(GROUPS.replace("0.3", "0.4"))))


def test_equals_are_no_matter_where_something_narrower_decides():
    text = 'x = { between = ["a", "b", "c"], rank = 0.4 }\ny = { between = ["b", "c", "d"], rank = 0.3 }\n'
    assert not list(check_correlations(scenario(text + 'z.pairs = { "b/c" = 0.35 }')))


def test_a_pair_of_rank_zero_takes_a_pair_out_of_its_group():
    made = scenario('x = { between = ["a", "b", "c"], rank = 0.4, pairs = { "a/b" = 0 } }')
    assert [round(rank(made, *pair), 4) for pair in ("ab", "ac", "bc")] == [0, 0.4, 0.4]


def test_what_ranks_of_zero_alone_connect_is_apart():
    (one, other) = tied('x.pairs = { "a/b" = 0.5, "c/d" = 0.4, "b/c" = 0 }')
    assert {len(one.place), len(other.place)} == {2}
    assert not tied('x = { between = ["a", "b"], rank = 0.4 }\ny.pairs = { "a/b" = 0 }')


def test_groups_within_each_other_have_factors_where_ranks_rise_inwards():
    inner = 'y = { between = ["a", "b"], rank = %s }\n'
    outer = 'x = { between = ["*"], rank = 0.3 }\n'
    (rising,) = tied(outer + inner % 0.6)
    (falling,) = tied(outer + inner % 0.1)
    assert isinstance(rising, NestedGroups)
    assert isinstance(falling, Component)
    assert isinstance(tied(outer)[0], Group)
    made = scenario(outer + inner % 0.6)
    assert [round(rank(made, *pair), 6) for pair in ("ab", "ac", "cd")] == [0.6, 0.3, 0.3]


def test_thousands_in_groups_within_each_other_are_compiled():
    names = [f"t{at}" for at in range(2400)]
    text = 'x = { between = ["*"], rank = 0.2 }\n'
    text += "".join(f"y{k} = {{ between = {names[40 * k : 40 * k + 40]}, rank = 0.5 }}\n" for k in range(60))
    made = plan.compile(scenario(text, names))
    assert made.correlation.arrays.load.size == 2 * 2400


def test_a_matrix_of_thousands_is_refused():
    names = [f"t{at}" for at in range(1200)]
    text = f"x = {{ between = {names[:700]}, rank = 0.2 }}\ny = {{ between = {names[600:]}, rank = 0.2 }}"
    ((where, issue),) = check_correlations(scenario(text, names))
    assert (where, issue.code, issue.value) == (("x",), "RE327", "1200")


def test_a_pair_with_a_cost_of_two_amounts_ties_both_to_the_task_alone():
    (made,) = tied('x.pairs = { "a/cost:steel" = -0.6 }')
    assert len(made.place) == 3
    assert not made.is_repaired
    assert made.expected(0, 1) == pytest.approx(0.36, abs=0.02)  # the two amounts, by way of the task


def test_a_cost_that_there_is_not_goes_with_nothing():
    """A task may be named for its cost before it has one: it was looked up among the amounts that there are."""
    made = scenario('x = { between = ["a", "b", "cost:c"], rank = 0.4 }\ny.pairs = { "d/cost:c" = 0.3 }')
    assert not list(check_correlations(made))
    assert [len(one.place) for one in dependence_of(made).tied] == [2]


def test_each_correlation_has_the_pairs_that_it_decides():
    made = scenario('x = { between = ["*"], rank = 0.3 }\ny = { between = ["a", "b", "c"], rank = 0.6 }')
    dependence = dependence_of(made)
    outer, inner = decided_pairs(dependence)
    varies = np.ones(6, bool)
    assert (outer.count(varies), inner.count(varies)) == (15 - 3, 3)
    assert (outer.mean_rank(varies), inner.mean_rank(varies)) == (0.3, 0.6)


def test_what_contradicts_itself_is_told_with_its_largest_change():
    notes = []
    text = 'x.pairs = { "a/b" = 0.9, "b/c" = 0.9, "a/c" = { rank = -0.9, weight = 0.1 } }'
    assert not list(check_correlations(scenario(text), notes))
    assert len(notes) == 1
    assert "most that of a and c, from -0.9 to 0.5" in notes[0]
