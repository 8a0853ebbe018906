"""Engine and twin on scenarios in which finishes and risks decide which paths are followed."""

import pytest

from tests.twin.simulator import agreement
from tests.twin.simulator.conditioned_scenarios import conditioned
from tests.twin.simulator.sweep import KINDS, differences_of, disagreements
from tests.twin.simulator.written import read


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("conditions")])
def test_engine_and_twin_agree_on_conditions(kind, tmp_path):
    slow = "under way" in kind or "lost days" in kind
    assert disagreements(kind, range(4 if slow else 8), tmp_path, iterations=8) == []


def test_runs_keep_their_limits_with_conditions(tmp_path):
    assert [line for seed in range(8) for line in differences_of("limits of conditions", seed, tmp_path, 100)] == []


def earlier(branch, scenario, finish_of, happening):
    """The other answer."""
    return branch.if_later_than is None or finish_of(branch.after) < branch.if_later_than


def test_agreement_fails_where_the_twin_follows_the_other_path(tmp_path, monkeypatch):
    pairs = []
    for seed in range(12):
        plan = read(conditioned(seed), tmp_path, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    monkeypatch.setattr("tests.twin.simulator.conditions.is_met", earlier)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 6


def test_both_paths_of_a_condition_are_followed_in_runs(tmp_path):
    """Of 40 scenarios so many have a condition on a finish that some iterations meet and some do not."""
    both = 0
    for seed in range(40):
        scenario = read(conditioned(seed), tmp_path, ".toml")
        run = agreement.run(scenario, seed, "random", 64)
        for branch in scenario.branches.values():
            if branch.if_later_than is not None:
                share = run.seen.output.exists[run.plan.task.index(branch.then), :64].mean()
                other = run.seen.output.exists[run.plan.task.index(branch.otherwise), :64].mean()
                both += min(share, other) > 0
    assert both >= 4
