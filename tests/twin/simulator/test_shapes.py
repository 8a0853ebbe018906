"""Engine and twin on past values, curves through points, and several experts, anywhere in a scenario."""

import pytest

from tests.twin.draws import drawn
from tests.twin.simulator import agreement, written
from tests.twin.simulator.shaped_scenarios import KINDS, shaped
from tests.twin.simulator.sweep import disagreements

SEEDS = range(400, 408)


@pytest.mark.parametrize("kind", ["shapes", "shapes under way"])
def test_engine_and_twin_agree_on_estimates_of_every_shape(kind, tmp_path):
    assert disagreements(kind, SEEDS, tmp_path, iterations=3) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["shapes", "shapes under way"])
def test_engine_and_twin_agree_on_hundreds_of_scenarios_of_every_shape(kind, tmp_path):
    assert disagreements(kind, range(3000, 3200), tmp_path, iterations=12) == []


def test_draws_of_every_shape_are_the_exact_quantiles_of_their_words(tmp_path):
    wrong, shapes = [], set()
    for seed in SEEDS:
        scenario = written.read(shaped(seed), tmp_path)
        run = agreement.run(scenario, seed, "lhs", 8)
        wrong += drawn.wrong_draws(scenario, run, [0, 1, 5])
        shapes |= {estimate.shape for estimate, _ in drawn.estimates(scenario, run.plan.time.tick).values()}
    assert wrong == []
    assert shapes >= set(KINDS)
