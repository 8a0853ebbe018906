"""What several experts say of a task together, and how far they are apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from riskengine.elicitation.question import Question
from riskengine.elicitation.read_forms import Opinion, by_task
from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.model.estimate import SHAPES, AnyEstimate
from riskengine.plan.variables.distribution import build_distribution

Pool = Literal["linear", "quantile"]
POOL_SHAPES: Final[Mapping[str, str]] = {"linear": "mixture", "quantile": "average"}


@dataclass(frozen=True, slots=True)
class Pooled:
    """What experts say of one task.

    Attributes
    ----------
    task, unit : str
    opinions : tuple of Opinion
    p10, p50, p90 : float
        Of all together.
    disagreement : float
        Share of the variance of the linear pool that lies between the means of the experts, from 0 to 1.
    are_apart : bool
        Whether one expert's P10 lies above another's P90.
    estimate : Estimate
    """

    task: str
    unit: str
    opinions: tuple[Opinion, ...]
    p10: float
    p50: float
    p90: float
    disagreement: float
    are_apart: bool
    estimate: AnyEstimate


def pooled_opinions(opinions: Sequence[Opinion], pool: Pool) -> tuple[Pooled, ...]:
    """Return what is said of each task, those first that experts disagree on most.

    Raises
    ------
    ScenarioError
        With every task whose units differ, or whose ranges a linear pool cannot join.
    """
    tasks, issues = [], []
    for task, said_of_task in by_task(opinions).items():
        pooled = _pooled(task, said_of_task, pool)
        if isinstance(pooled, Issue):
            issues.append(pooled)
        else:
            tasks.append(pooled)
    if issues:
        raise ScenarioError(issues)
    return tuple(sorted(tasks, key=lambda each: (not each.are_apart, -each.disagreement, each.task)))


def _pooled(task: str, opinions: Sequence[Opinion], pool: Pool) -> Pooled | Issue:
    units = sorted({opinion.unit for opinion in opinions})
    last = opinions[-1]
    if len(units) > 1:
        return _issue("RE744", task, ", ".join(units), last)
    estimates = [opinion.estimate for opinion in opinions]
    estimate: AnyEstimate = estimates[0]
    if len(estimates) > 1:
        model: Any = SHAPES[POOL_SHAPES[pool]].model
        estimate = model.model_construct(of=tuple(estimates), unit=units[0])
        problem = estimate.problem()
        if problem is not None:
            spans = "; ".join(
                f"{opinion.expert} {opinion.points[0]:g} to {opinion.points[2]:g}" for opinion in opinions
            )
            return _issue("RE748", task, spans, last)
    each = [build_distribution(opinion.estimate, 1.0) for opinion in opinions]
    means, variances = np.array([one.mean for one in each]), np.array([one.sd**2 for one in each])
    between = float(means.var())
    p10, p50, p90 = (float(value) for value in build_distribution(estimate, 1.0).quantile(np.array([0.1, 0.5, 0.9])))
    return Pooled(
        task,
        units[0],
        opinions=tuple(opinions),
        p10=p10,
        p50=p50,
        p90=p90,
        disagreement=between / (between + float(variances.mean())),
        are_apart=max(opinion.points[0] for opinion in opinions) > min(opinion.points[2] for opinion in opinions),
        estimate=estimate,
    )


def _issue(code: str, task: str, value: str, opinion: Opinion) -> Issue:
    entry = CATALOGUE[code]
    return Issue(code, task, entry.rule, value, file=opinion.file, line=opinion.line, cure=entry.clause)


def pooled_document(tasks: Sequence[Pooled], pool: Pool, questions: Mapping[str, Question] | None) -> dict[str, Any]:
    """Return the durations as the table ``tasks`` of a scenario document, in the order of their ids."""
    document: dict[str, Any] = {}
    for pooled in sorted(tasks, key=lambda each: each.task):
        key = "duration" if questions is None else questions[pooled.task].key
        each = [_written(opinion) for opinion in pooled.opinions]
        document[pooled.task] = {key: each[0] if len(each) == 1 else {"shape": POOL_SHAPES[pool], "of": each}}
    return document


def _written(opinion: Opinion) -> dict[str, Any]:
    """Return an expert's estimate as a file says it."""
    low, likely, high = opinion.points
    ends = {"low_is": "p10", "high_is": "p90"}
    least = {"min": 0} if opinion.estimate.min is not None else {}
    points = {"shape": "pert", "low": low, "most_likely": likely, "high": high}
    source = f"{opinion.expert}: {opinion.reason}" if opinion.reason else opinion.expert
    return {**points, **ends, **least, "unit": opinion.unit, "source": source}
