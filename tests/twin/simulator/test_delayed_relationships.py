"""Engine and twin on scenarios in which risks delay relationships."""

import pytest

from tests.twin.simulator import agreement
from tests.twin.simulator.delayed_relationships import delayed
from tests.twin.simulator.faults import _changed, _instead
from tests.twin.simulator.simulator import Simulator
from tests.twin.simulator.sweep import KINDS, differences_of, disagreements
from tests.twin.simulator.written import read

FAULTS = {
    "delays forgotten": _instead(Simulator, "delay_of", lambda *asked: 0),
    "waiting costs nothing": _instead(Simulator, "waiting_cost", lambda *asked: 0.0),
    "a delay twice": _changed(Simulator, "delay_of", lambda right, self, *asked: 2 * right(self, *asked)),
    "every lag on the clock": _changed(
        Simulator,
        "delayed_lag",
        lambda right, self, *asked: type(right(self, *asked))(right(self, *asked).ticks, None),
    ),
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("delayed") and "lost" not in kind])
def test_engine_and_twin_agree_on_delayed_relationships(kind, tmp_path):
    assert disagreements(kind, range(6), tmp_path, iterations=12) == []


def test_runs_keep_their_limits_with_delayed_relationships(tmp_path):
    kind = "limits of delayed relationships"
    assert [line for seed in range(6) for line in differences_of(kind, seed, tmp_path, 100)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_delayed_relationships_shows(fault, tmp_path, monkeypatch):
    pairs = []
    for seed in range(8):
        scenario = read(delayed(seed), tmp_path, ".toml")
        pairs.append((scenario, agreement.run(scenario, seed, "random", 12)))
    FAULTS[fault](monkeypatch)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 2
