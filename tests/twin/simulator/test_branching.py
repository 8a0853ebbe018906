"""Engine and twin on scenarios with branches and rework."""

import pytest

from tests.support.slow_parameters import with_slow
from tests.twin.simulator import agreement
from tests.twin.simulator.branched_scenarios import branched
from tests.twin.simulator.sweep import KINDS, differences_of, disagreements
from tests.twin.simulator.written import read

COMPILED_ONCE_MORE = ("branches under way with lost days",)
"""Kinds whose core nothing else needs, so that each is compiled for some twenty seconds."""
BRANCHES = [kind for kind in KINDS if kind.startswith("branches")]


@pytest.mark.parametrize("kind", with_slow(BRANCHES, COMPILED_ONCE_MORE))
def test_engine_and_twin_agree_on_branches_and_rework(kind, tmp_path):
    assert disagreements(kind, range(4 if "under way" in kind else 8), tmp_path, iterations=8) == []


def test_runs_keep_their_limits_with_branches(tmp_path):
    assert [line for seed in range(8) for line in differences_of("limits of branches", seed, tmp_path, 100)] == []


def every_path(scenario, draw):
    return set()


def test_agreement_fails_where_the_twin_follows_every_path(tmp_path, monkeypatch):
    pairs = []
    for seed in range(12):
        plan = read(branched(seed), tmp_path, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    monkeypatch.setattr("tests.twin.simulator.simulator.untaken", every_path)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3


def test_the_generator_makes_nested_branches_and_loops():
    documents = [branched(seed) for seed in range(40)]
    assert any(len(document["branches"]) == 2 for document in documents)
    assert {loop["most"] for document in documents for loop in document.get("rework", {}).values()} == {1, 2, 3}
