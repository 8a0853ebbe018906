"""Generated scenarios by the seed, through engine and twin: which kinds there are, and where the two differ."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from riskengine.model import Scenario
from tests.twin.simulator import agreement, agreement_under_way, boundaries, generator, written
from tests.twin.simulator.generator import Document
from tests.twin.simulator.under_way import under_way

METHODS = ("sobol", "lhs", "random")
LINES = 3
"""Differences of a scenario that are told."""


@dataclass(frozen=True)
class Kind:
    """Scenarios of one kind: how a seed becomes one, and what finds the differences of a run."""

    document: Callable[[int], Document]
    differences: Callable[[Scenario, agreement.Run], Iterator[str]]


KINDS = {
    "plain": Kind(generator.document, agreement.differences),
    "boundaries": Kind(boundaries.document, agreement.differences),
    "boundaries on one calendar": Kind(boundaries.on_one_calendar, agreement.differences),
    "under way": Kind(partial(under_way, are_lags_known=True), agreement_under_way.differences),
    "boundaries on one calendar under way": Kind(
        partial(under_way, are_lags_known=True, plain=boundaries.on_one_calendar), agreement_under_way.differences
    ),
    "boundaries under way": Kind(
        partial(under_way, are_lags_known=True, plain=boundaries.document), agreement_under_way.differences
    ),
}


def differences_of(kind: str, seed: int, folder: Path, iterations: int) -> list[str]:
    """First differences between engine and twin on the scenario of one kind that a seed names."""
    generated = KINDS[kind]
    scenario = written.read(generated.document(seed), folder, ".toml" if seed % 3 else ".json")
    run = agreement.run(scenario, seed, METHODS[seed % 3], iterations)
    return list(islice(generated.differences(scenario, run), LINES))


def disagreements(kind: str, seeds: Iterable[int], folder: Path, iterations: int) -> list[str]:
    """First differences of each scenario on which engine and twin differ."""
    return [f"{kind} {seed}: {line}" for seed in seeds for line in differences_of(kind, seed, folder, iterations)]
