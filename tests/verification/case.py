"""What a verification case is: a scenario, and quantities whose true values are known."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.verification.observed import Estimate, Observed

Measure = Callable[[Observed], Estimate]


@dataclass(frozen=True)
class Quantity:
    """One number of a case.

    Parameters
    ----------
    name : str
        As printed in the table of results.
    exact : float
    measure : callable
        Takes the observed run and returns the engine's value with its standard error.
    error : float
        Standard error, or rounding, of ``exact`` itself.
    """

    name: str
    exact: float
    measure: Measure
    error: float = 5e-7


@dataclass(frozen=True)
class Case:
    """A scenario as TOML text, and what is known about it.

    ``source`` says where the exact values come from. Everything that a case prints is in days and in the scenario's
    currency.
    """

    id: str
    title: str
    source: str
    scenario: str
    quantities: tuple[Quantity, ...]
    iterations: int = 10_240
