"""Engine and twin on scenarios with risks that wait for a date."""

import pytest

from tests.twin.simulator import agreement
from tests.twin.simulator.sweep import KINDS, differences_of, disagreements
from tests.twin.simulator.waiting_scenarios import waiting
from tests.twin.simulator.written import read


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("waiting risks")])
def test_engine_and_twin_agree_on_risks_that_wait_for_a_date(kind, tmp_path):
    assert disagreements(kind, range(4 if "lost days" in kind else 8), tmp_path, iterations=12) == []


def test_runs_keep_their_limits_with_risks_that_wait(tmp_path):
    assert [line for seed in range(6) for line in differences_of("limits of waiting risks", seed, tmp_path, 100)] == []


def waits_for_nothing(scenario, finish_of):
    return set()


def waits_for_the_other_side(scenario, finish_of):
    waiting_ones = {id: risk for id, risk in scenario.risks.items() if risk.if_later_than is not None}
    return {id for id, risk in waiting_ones.items() if finish_of(risk.after) > risk.if_later_than}


@pytest.mark.parametrize("fault", [waits_for_nothing, waits_for_the_other_side])
def test_agreement_fails_where_the_twin_has_another_rule(fault, tmp_path, monkeypatch):
    pairs = []
    for seed in range(10):
        plan = read(waiting(seed), tmp_path, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    monkeypatch.setattr("tests.twin.simulator.simulator.barred", fault)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 4


def test_some_iterations_pass_the_date_and_some_do_not(tmp_path):
    """Of 30 scenarios so many have a risk that occurs in some of the iterations that draw it, and not in others."""
    both = 0
    for seed in range(20, 50):
        scenario = read(waiting(seed), tmp_path, ".toml")
        run = agreement.run(scenario, seed, "random", 64)
        for row, name in enumerate(run.plan.risk):
            if name.startswith("w") and not scenario.risks[name].triggered_by:
                is_drawn = run.seen.draws[f"risk/{name}/occurs"][:64].astype(bool)
                both += 0 < run.seen.output.occurs[row, :64][is_drawn].sum() < is_drawn.sum()
    assert both >= 6
