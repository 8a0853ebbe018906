"""Run a case with ten seeds and hold what it says against what is true."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import riskengine
from tests.verification.case import Case, Quantity
from tests.verification.observed import Estimate, Observed

SEEDS = tuple(range(1, 11))
LIMIT = 4.0
TICK = 1 / 86_400
"""The engine counts time in whole seconds: half a tick either way is no error [d]."""


@dataclass(frozen=True)
class Row:
    """One quantity of one case over the ten seeds.

    Parameters
    ----------
    estimates : tuple of Estimate, one per seed
    """

    case: Case
    quantity: Quantity
    estimates: tuple[Estimate, ...]

    @property
    def z(self) -> tuple[float, ...]:
        """Deviations in standard errors, one per seed."""
        return tuple(deviation(estimate, self.quantity) for estimate in self.estimates)

    @property
    def within(self) -> int:
        """Seeds whose value is within four standard errors."""
        return sum(abs(z) <= LIMIT for z in self.z)

    @property
    def pooled(self) -> Estimate:
        """Mean over the seeds, with its standard error."""
        values = np.array([estimate.value for estimate in self.estimates])
        errors = np.array([estimate.error for estimate in self.estimates])
        return Estimate(float(values.mean()), float(np.sqrt((errors**2).sum()) / values.size))

    @property
    def pooled_z(self) -> float:
        """Deviation of that mean, in its standard errors."""
        return deviation(self.pooled, self.quantity)


def deviation(estimate: Estimate, quantity: Quantity) -> float:
    """(simulated - exact) / standard error, the rounding of both set aside."""
    gap = estimate.value - quantity.exact
    gap = np.sign(gap) * max(0.0, abs(gap) - TICK / 2)
    if gap == 0:
        return 0.0
    scale = float(np.hypot(estimate.error, quantity.error))
    return float(gap / scale) if scale > 0 else float(np.sign(gap) * np.inf)


def observe(case: Case, seed: int, method: str = "sobol") -> Observed:
    """Run a case's scenario once, from its text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.toml"
        path.write_text(case.scenario, encoding="utf-8")
        scenario = riskengine.read(path)
    return Observed(riskengine.simulate(scenario, iterations=case.iterations, seed=seed, method=method))


@cache
def rows(case: Case, method: str = "sobol") -> tuple[Row, ...]:
    """Every quantity of a case over the ten seeds; where the engine prints no error, the seeds' own spread serves."""
    observed = [observe(case, seed, method) for seed in SEEDS]
    return tuple(Row(case, q, tuple(with_errors([q.measure(o) for o in observed]))) for q in case.quantities)


def with_errors(estimates: list[Estimate]) -> Iterator[Estimate]:
    """Fill in errors that the engine does not know from the spread over the seeds."""
    spread = float(np.std([estimate.value for estimate in estimates], ddof=1))
    for estimate in estimates:
        yield Estimate(estimate.value, spread) if np.isnan(estimate.error) else estimate
