"""From gates to a decision: go, no-go, or not known well enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.probability import is_within, probability_of
from riskengine.analysis.statistics.replicate import LEVEL, Replicates
from riskengine.results.samples.sample import GateQuestion, Sample
from riskengine.results.tables.build import build

Answer = Literal["pass", "fail", "undecided"]
Verdict = Literal["go", "no-go", "undecided"]


@dataclass(frozen=True)
class GateAnswer:
    """The answer to one gate.

    Parameters
    ----------
    gate : GateQuestion
    target : str
    count, iterations : int
        Iterations that meet every threshold of the gate, and all of them.
    probability, low, high : float
        Their share, and its interval.
    level : float
        Level of the interval.
    answer : str
        ``pass``, ``fail`` or ``undecided``.
    """

    gate: GateQuestion
    target: str
    count: int
    iterations: int
    probability: float
    low: float
    high: float
    level: float
    answer: Answer


@dataclass(frozen=True)
class Decision:
    """The answers to all gates, and what follows from them; ``answer`` is None where there is no gate."""

    answer: Verdict | None
    gates: tuple[GateAnswer, ...]


def decide(sample: Sample, looks: int = 1) -> Decision:
    """Answer every gate of a run.

    Parameters
    ----------
    sample : Sample
    looks : int
        How often a run that goes on until it is decided may look at its gates, this time included. Each look gets an
        equal part of the 5 % that an interval may be wrong (Bonferroni), so that all of them together keep to it.

    Returns
    -------
    Decision
    """
    gates = tuple(answer_gate(sample, gate, looks) for gate in sample.gates)
    return Decision(verdict([gate.answer for gate in gates]), gates)


def verdict(answers: Sequence[str | None]) -> Verdict | None:
    """Return what the answers amount to: one failure is a no-go, and go takes every gate."""
    if not answers:
        return None
    if "fail" in answers:
        return "no-go"
    return "undecided" if "undecided" in answers else "go"


def answer_gate(sample: Sample, gate: GateQuestion, looks: int = 1) -> GateAnswer:
    """Answer one gate: does the interval of its probability lie on one side of the confidence asked for?"""
    level = 1 - (1 - LEVEL) / looks
    met = is_met(sample, gate)
    share = probability_of(met[np.newaxis], Replicates.of(sample.method, sample.iterations), level, sample.table_error)
    low, high = float(share.low[0]), float(share.high[0])
    answer: Answer = "undecided"
    if low >= gate.confidence:
        answer = "pass"
    elif high < gate.confidence:
        answer = "fail"
    return GateAnswer(
        gate=gate,
        target=sample.target[gate.target],
        count=int(np.count_nonzero(met)),
        iterations=sample.iterations,
        probability=float(share.value[0]),
        low=low,
        high=high,
        level=level,
        answer=answer,
    )


def is_met(sample: Sample, gate: GateQuestion) -> NDArray[np.bool_]:
    """Return in which iterations every threshold of the gate holds at once."""
    return meets(sample.finish[gate.target], sample.cost, gate.finish, gate.cost)


def meets(
    finish: NDArray[np.datetime64],
    cost: NDArray[np.float64],
    last_finish: np.datetime64 | None,
    largest_cost: float | None,
) -> NDArray[np.bool_]:
    """Return in which iterations the finish is no later, and the cost no larger, than is acceptable.

    Parameters
    ----------
    finish : (iteration,) datetime64[us]
    cost : (iteration,) float64 [currency]
    last_finish : datetime64[us] or None
    largest_cost : float or None
        None where the gate does not ask.
    """
    is_acceptable = np.ones(len(cost), dtype=np.bool_)
    if last_finish is not None:
        is_acceptable &= finish <= last_finish
    if largest_cost is not None:
        is_acceptable &= is_within(cost, largest_cost)
    return is_acceptable


def gates_table(decision: Decision) -> pa.Table:
    """Return one row for each gate."""
    gates = decision.gates
    columns: dict[str, list[Any]] = {
        "gate": [answer.gate.id for answer in gates],
        "name": [answer.gate.name for answer in gates],
        "target": [answer.target for answer in gates],
        "finish": [answer.gate.finish for answer in gates],
        "cost": [answer.gate.cost for answer in gates],
        "confidence": [answer.gate.confidence for answer in gates],
        "count": [answer.count for answer in gates],
        "iterations": [answer.iterations for answer in gates],
        "probability": [answer.probability for answer in gates],
        "ci_low": [answer.low for answer in gates],
        "ci_high": [answer.high for answer in gates],
        "level": [answer.level for answer in gates],
        "answer": [answer.answer for answer in gates],
    }
    return build("gates", columns)
