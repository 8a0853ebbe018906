"""Engine and twin on scenarios whose risks can occur between two tasks only."""

from tests.twin.simulator import actions, agreement, agreement_under_way
from tests.twin.simulator.sweep import disagreements
from tests.twin.simulator.windows import windowed
from tests.twin.simulator.written import read

SEEDS = range(20)


def test_engine_and_twin_agree_on_exposures_between_tasks(tmp_path):
    assert disagreements("exposures between tasks", SEEDS, tmp_path, iterations=12) == []


def test_an_exposure_that_never_ends_shows(tmp_path, monkeypatch):
    pairs = []
    for seed in SEEDS:
        scenario = read(windowed(seed), tmp_path, ".toml")
        pairs.append((scenario, agreement.run(scenario, seed, "random", 12)))
    monkeypatch.setattr(actions, "_gone", lambda exposure, scenario: 0.0)
    different = 0
    for pair in pairs:
        try:
            different += next(agreement_under_way.differences(*pair), None) is not None
        except agreement.NotDrawn:
            different += 1
    assert different >= 3
