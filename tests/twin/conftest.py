"""Engine runs of generated scenarios, made once for all tests that look at them."""

import pytest

from riskengine.model import Scenario
from tests.twin.simulator import agreement, written
from tests.twin.simulator.generator import document

FEW = 150
METHODS = ("sobol", "lhs", "random")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Scenario, agreement.Run]]:
    """The first generated scenarios, each with the engine's run of a few iterations."""
    folder = tmp_path_factory.mktemp("scenarios")
    pairs = []
    for seed in range(FEW):
        scenario = written.read(document(seed), folder, ".toml" if seed % 3 else ".json")
        pairs.append((scenario, agreement.run(scenario, seed, METHODS[seed % 3], 8)))
    return pairs
