"""Engine and twin on scenarios whose risks trigger or exclude each other."""

import pytest

from tests.support.slow_parameters import with_slow
from tests.twin.simulator import agreement, risks
from tests.twin.simulator.chained_scenarios import chained
from tests.twin.simulator.sweep import KINDS, differences_of, disagreements
from tests.twin.simulator.written import read

OF_CHAINS = [kind for kind in KINDS if kind.startswith("chains")]
COMPILED_ONCE_MORE = ("chains under way with lost days",)
"""Kinds whose core nothing else needs, so that each is compiled for some fifteen seconds."""


@pytest.mark.parametrize("kind", with_slow(OF_CHAINS, COMPILED_ONCE_MORE))
def test_engine_and_twin_agree_on_chains_of_risks(kind, tmp_path):
    assert disagreements(kind, range(4 if "under way" in kind else 10), tmp_path, iterations=12) == []


def test_runs_keep_their_limits_with_chains(tmp_path):
    assert [line for seed in range(10) for line in differences_of("limits of chains", seed, tmp_path, 100)] == []


def forgets_what_triggers(scenario, draw):
    return {id for id, risk in scenario.risks.items() if risks.drawn(risk, scenario, draw)}


def needs_all_of_its_triggers(scenario, draw):
    happened = forgets_what_triggers(scenario, draw)
    for _ in scenario.risks:
        happened = {id for id in happened if set(scenario.risks[id].triggered_by) <= happened}
    return happened


@pytest.mark.parametrize("fault", [forgets_what_triggers, needs_all_of_its_triggers])
def test_agreement_fails_where_the_twin_has_another_rule(fault, tmp_path, monkeypatch):
    pairs = pairs_of_runs(tmp_path)
    monkeypatch.setattr("tests.twin.simulator.risks.occurring", fault)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3


def test_agreement_fails_where_outcomes_are_drawn_from_the_bottom_up(tmp_path, monkeypatch):
    pairs = pairs_of_runs(tmp_path)
    right = risks.answer
    upside_down = lambda outcomes, question, scenario, draw: right(  # noqa: E731
        outcomes, question, scenario, lambda name: 1 - draw(name)
    )
    monkeypatch.setattr("tests.twin.simulator.risks.answer", upside_down)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3


def pairs_of_runs(folder):
    """Scenarios with what the engine makes of them."""
    pairs = []
    for seed in range(24):
        plan = read(chained(seed), folder, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    return pairs


def test_the_generator_makes_chains_sets_and_secondary_risks():
    documents = [chained(seed) for seed in range(60)]
    assert any(len(risk.get("triggered_by", ())) > 1 for each in documents for risk in each["risks"].values())
    assert sum("exclusive" in each for each in documents) > 20
    assert any("secondary_risks" in action for each in documents for action in each.get("actions", {}).values())
