"""Correlated draws of engine and twin, and faults that would be seen."""

import tomllib

import pytest

from riskengine.scenario import parse
from tests.twin.draws import correlated, correlated_words
from tests.twin.simulator import agreement

HEAD = """
schema = 1
name = "net"
start = 2027-03-01
costs.steel = { fixed = [100, 130, 200], rate = [10, 12, 30] }
risks.late = { probability = 0.3, impacts.a.delay = [1, 3, 8] }
risks.storm = { probability = 0.2, impacts.b.delay = [1, 3, 8] }
"""
FEW = '{ shape = "discrete", values = [3, 5, 9], weights = [2, 5, 3] }'
NETWORK = HEAD + "".join(
    f"[tasks.{name}]\ntags = ['all']\nduration = {FEW if name in 'ghijk' else '[4, 6, 12]'}\n" for name in "abcdefghijk"
)


def network(**correlations):
    text = NETWORK
    for id, (between, rank) in correlations.items():
        text += f"[correlations.{id}]\nbetween = {list(between)}\nrank = {rank}\n"
    return parse(tomllib.loads(text), "net")


def several(text):
    past = 'tasks.past.duration = { shape = "empirical", values = [3, 4, 4, 9] }\n'
    return parse(tomllib.loads(f"{HEAD}{past}{NETWORK.removeprefix(HEAD)}\n[correlations]\n{text}\n"), "net")


SEVERAL = {
    "a chain of pairs": 'x.pairs = { "a/b" = 0.6, "b/c" = -0.5, "c/d" = 0.3, "e/f" = 0.9 }',
    "a circle of pairs": 'x.pairs = { "a/b" = 0.6, "b/c" = 0.5, "c/d" = 0.4, "d/a" = 0.5 }',
    "a pair with a cost": 'x.pairs = { "a/cost:steel" = 0.6, "b/risk:late" = -0.3 }',
    "a matrix": 'x.matrix = { members = ["g", "a", "risk:late"], rows = [[1], [0.5, 1], [0.2, "", 1]] }',
    "a pair before a group": """
x = { between = ["a", "b", "c", "d"], rank = 0.4, pairs = { "b/c" = 0 } }""",
    "groups that overlap": """
x = { between = ["a", "b", "c"], rank = 0.6 }
y = { between = ["c", "d", "e", "f"], rank = 0.3 }""",
    "the smaller group decides": """
x = { between = ["a", "b", "c"], rank = 0.2 }
y = { between = ["b", "c", "d", "e", "f"], rank = 0.3 }""",
    "groups within each other": """
x = { between = ["a", "b", "c", "d", "e", "f"], rank = 0.2, pairs = { "a/b" = 0.8 } }
y = { between = ["a", "b", "c"], rank = 0.5 }""",
    "ranks that fall inwards": """
x = { between = ["a", "b", "c", "d", "e", "f"], rank = 0.5 }
y = { between = ["a", "b", "c"], rank = 0.2 }""",
    "a pair with tails": 'x = { pairs = { "a/b" = 0.6 }, tails = 4 }',
    "a factor with tails": 'x = { between = ["a", "b", "c", "d", "e", "f"], rank = 0.4, tails = 3 }',
    "groups within each other with tails": """
x = { between = ["a", "b", "c", "d", "e", "f"], rank = 0.2, tails = 8 }
y = { between = ["a", "b", "c"], rank = 0.5 }""",
    "two scales": """
x = { between = ["a", "b", "c"], rank = -0.2, tails = 2.5 }
y = { pairs = { "d/e" = 0.5, "e/f" = 0.3 }, tails = 30 }""",
    "past durations, with ties": 'x.pairs = { "a/past" = 0.5, "past/risk:late" = 0.3 }',
    "a group of nothing within": """
x = { between = ["a", "b", "c", "d", "e", "f"], rank = 0.4 }
y = { between = ["a", "b"], rank = 0 }""",
}


GROUPS = {
    "a pair": {"x": (("a", "b"), 0.6)},
    "a contrary pair": {"x": (("a", "b"), -0.9)},
    "the same order": {"x": (("a", "b"), 1)},
    "opposites": {"x": (("a", "b"), -1)},
    "one order for all": {"x": (("a", "b", "c", "d", "e", "f"), 1)},
    "a factor of discrete ones": {"x": (("g", "h", "i", "j", "k"), 0.5)},
    "a pair of risks": {"x": (("risk:late", "risk:storm"), 0.5)},
    "a contrary group": {"x": (("a", "b", "c"), -0.3)},
    "a factor": {"x": (("a", "b", "c", "d", "e"), 0.4)},
    "a mixed group": {"x": (("a", "g", "h", "risk:late", "cost:steel"), 0.3)},
    "a selector": {"x": (("tag:all",), 0.35)},
    "two groups": {"x": (("a", "b"), 0.6), "y": (("c", "d", "g", "h"), 0.2)},
}
PLACES = (0, 1, 100, 255, 300)


def wrong(scenario, method):
    return list(correlated_words.wrong_words(scenario, agreement.run(scenario, 11, method, 512), PLACES))


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
@pytest.mark.parametrize("group", GROUPS)
def test_correlated_words_are_those_of_the_twin(group, method):
    assert wrong(network(**GROUPS[group]), method) == []


@pytest.mark.parametrize("method", ["sobol", "random"])
@pytest.mark.parametrize("case", SEVERAL)
def test_words_of_pairs_matrices_and_groups_that_share_members_are_those_of_the_twin(case, method):
    assert wrong(several(SEVERAL[case]), method) == []


FAULTS = {
    "Spearman's taken for Pearson's": ("score_correlation", lambda one, other, rank: rank),
    "ties overlooked": ("jumps", lambda estimate: ()),
    "a factor from four on": ("FACTOR_FROM", 3),
    "no factor": ("FACTOR_FROM", 99),
    "selectors that select nothing": ("is_meant", lambda key, task: task.id in "ab"),
}
SEEN_IN = {
    "Spearman's taken for Pearson's": "a pair",
    "ties overlooked": "a mixed group",
    "a factor from four on": "two groups",
    "no factor": "a factor",
    "selectors that select nothing": "a selector",
}


FAULTS_OF_SEVERAL = {
    "nothing where nobody said": ("completed", lambda matrix: [[entry or 0.0 for entry in row] for row in matrix]),
    "the larger group decides": ("size_of", lambda scenario, one: -len(one.between)),
    "no sets within sets": ("sets_within_sets", lambda scenario, group, steps: None),
    "no tails": ("tails_of", lambda scenario, group: (0.0, "")),
    "Gaussian ranks with tails": (
        "tail_score_correlation",
        lambda rank, tails: 2 * correlated.sin(correlated.pi * rank / 6),
    ),
}
SEVERAL_SEEN_IN = {
    "nothing where nobody said": "a chain of pairs",
    "the larger group decides": "the smaller group decides",
    "no sets within sets": "groups within each other",
    "no tails": "a pair with tails",
    "Gaussian ranks with tails": "a factor with tails",
}


@pytest.mark.parametrize("fault", FAULTS_OF_SEVERAL)
def test_words_of_several_differ_under_the_fault(fault, monkeypatch):
    monkeypatch.setattr(correlated, *FAULTS_OF_SEVERAL[fault])
    assert wrong(several(SEVERAL[SEVERAL_SEEN_IN[fault]]), "lhs")


@pytest.mark.parametrize("fault", FAULTS)
def test_words_differ_under_the_fault(fault, monkeypatch):
    name, value = FAULTS[fault]
    group = GROUPS[SEEN_IN[fault]]
    if fault == "a factor from four on":
        group = {"x": (("a", "b", "c", "d"), 0.4)}
    monkeypatch.setattr(correlated, name, value)
    assert wrong(network(**group), "lhs")


def test_correlations_are_among_the_generated_scenarios(made):
    """Of every kind: pairs, groups with a factor, contrary ones, costs, risks, selectors."""
    correlations = [one for scenario, _ in made for one in scenario.correlations.values()]
    keys = " ".join(key for one in correlations for key in one.between)
    assert len(correlations) > 30
    assert {one.rank < 0 for one in correlations if one.rank is not None} == {True, False}
    assert {bool(one.pairs) for one in correlations} == {bool(one.matrix) for one in correlations} == {True, False}
    assert sum(one.tails is not None for one in correlations) > 3
    assert all(word in keys for word in ("cost:", "risk:", "wbs:", "*"))


def test_generated_scenarios_have_the_words_of_the_twin(made):
    lines = [line for scenario, run in made for line in correlated_words.wrong_words(scenario, run, (0, 3, 7))]
    assert lines == []


def test_a_task_that_spans_others_has_no_duration_to_correlate():
    """The twin took a level of effort for a member of ``*``, and so gave the members behind it other loads."""
    text = HEAD + "".join(f"tasks.{name} = {{ duration = [2, 3, 6] }}\n" for name in "abcd")
    text += (
        'tasks.bb = { type = "level of effort", after = ["a SS"] }\ncorrelations.x = { between = ["*"], rank = 0.4 }\n'
    )
    scenario = parse(tomllib.loads(text))
    run = agreement.run(scenario, 1, "lhs", 64)
    assert list(correlated_words.wrong_words(scenario, run, (0, 3, 7))) == []
