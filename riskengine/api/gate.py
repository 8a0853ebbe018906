"""Gates: the answer of a run to one of them, and the refusal of a scenario that has none."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from riskengine.errors import ScenarioError
from riskengine.errors.catalogue import issue
from riskengine.model import Scenario


@dataclass(frozen=True)
class GateResult:
    """What a run says to one gate of its scenario.

    Parameters
    ----------
    gate, name : str
        Id and name.
    target : str
        ``project``, or the id of the task whose finish is asked for.
    finish : datetime or None
        Last acceptable instant, on the project's wall clock; None where the gate does not ask.
    cost : float or None [currency]
        Largest acceptable cost; None where the gate does not ask.
    confidence : float [share 0..1]
        Probability asked for.
    probability, ci_low, ci_high : float [share 0..1]
        Share of the iterations that meet every threshold, and its interval.
    level : float [share 0..1]
        Level of that interval: 0.95, or more where the run looked several times.
    count, iterations : int
        Iterations that meet every threshold, and all of them.
    answer : str
        ``pass``, ``fail`` or ``undecided``.
    """

    gate: str
    name: str
    target: str
    finish: datetime | None
    cost: float | None
    confidence: float
    probability: float
    ci_low: float
    ci_high: float
    level: float
    count: int
    iterations: int
    answer: Literal["pass", "fail", "undecided"]


def require_gates(scenario: Scenario, file: str = "") -> None:
    """Refuse a scenario that asks nothing, where an answer is wanted."""
    if not scenario.gates:
        raise ScenarioError([issue("RE906", "gates", "none", file)])
