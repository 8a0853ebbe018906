"""The engine against its twin on random scenarios: exactly, in ticks, iteration by iteration."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest

from tests.reference import agreement, written
from tests.reference.generator import document


def disagreements(seeds: Iterable[int], folder: Path, iterations: int) -> list[str]:
    """First differences of each scenario on which engine and twin differ."""
    found = []
    for seed in seeds:
        scenario = written.read(document(seed), folder, ".toml" if seed % 3 else ".json")
        run = agreement.run(scenario, seed, ("sobol", "lhs", "random")[seed % 3], iterations)
        found += [f"scenario {seed}: {line}" for line in islice(agreement.differences(scenario, run), 3)]
    return found


@pytest.mark.parametrize("first", range(1000, 1300, 100))
def test_engine_and_twin_agree_in_every_iteration(first, tmp_path):
    assert disagreements(range(first, first + 100), tmp_path, iterations=12) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 16_000, 500))
def test_engine_and_twin_agree_on_thousands_of_scenarios(first, tmp_path):
    assert disagreements(range(first, first + 500), tmp_path, iterations=20) == []


@pytest.mark.slow
def test_engine_and_twin_agree_over_several_blocks(tmp_path):
    assert disagreements(range(40), tmp_path, iterations=700) == []
