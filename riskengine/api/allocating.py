"""Whose a contingency is: a run simulated again, for what each task costs in it and what each risk adds."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis import contingency as analysis
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.api.repeating import repeated
from riskengine.engine.simulate import deterministic
from riskengine.errors.counting import counted
from riskengine.plan import Plan
from riskengine.report.answers import contingency as report
from riskengine.results.run import RunRecord
from riskengine.results.samples.sample import Sample

Mask = NDArray[np.bool_]


def allocated(run: RunRecord, answer: report.Answer) -> report.Answer:
    """Return an answer with whose the contingency is.

    Raises
    ------
    ResultsError
        If the scenario of the run does not give its iterations again.
    """
    plan, sample = repeated(run, "the results")
    answer = replace(answer, iterations=sample.tasks.cost.shape[1])
    if answer.target == "project":
        answer = replace(answer, finish_risks=risk_shares(sample, answer.finish))
    if answer.cost is None:
        return answer
    of_money = money_shares(plan, sample, answer.cost, answer.confidence)
    return replace(answer, cost_risks=risk_shares(sample, answer.cost), **of_money)


def risk_shares(sample: Sample, whole: analysis.MeasureContingency) -> tuple[report.Part, ...]:
    """Return what of a contingency each risk adds, what the lesser ones do, and last what is not of one risk alone."""
    risks = sample.risks
    of_finish = whole.measure == "finish"
    without = risks.finish_days_without if of_finish else risks.cost_without
    if not len(without):
        return ()
    total = (sample.finish_days[0] if of_finish else sample.cost)[: without.shape[1]]
    effects = total - without
    parts = analysis.Parts(
        np.concatenate([effects, (total - effects.sum(axis=0))[np.newaxis]]),
        np.append(np.zeros(len(effects)), whole.plan),
    )
    labels = [("risk", risks.id[row], risks.name[row]) for row in risks.paired]
    replicates = Replicates.of(sample.method, total.size)
    rows = shared_out(parts, labels, list(np.eye(len(labels), len(parts.plan), dtype=np.bool_)), whole, replicates)
    (together,) = analysis.allocation(parts, [np.arange(len(parts.plan)) == len(labels)], whole, replicates)
    change = risks.finish_change if of_finish else risks.cost_change
    unseen = {
        risks.id[row]
        for row, effect in zip(risks.paired, effects, strict=True)
        if not effect.any() and (change is None or change[:, row].any())
    }
    seen = [replace(part, share=SingleInterval(0.0, None, None)) if part.key in unseen else part for part in rows]
    return (*seen, report.Part("together", "", "", together))


def shared_out(
    parts: analysis.Parts,
    labels: Sequence[tuple[str, str, str]],
    masks: Sequence[Mask],
    whole: analysis.MeasureContingency,
    replicates: Replicates,
) -> list[report.Part]:
    """Return the share of each group by its kind, key and name, and behind them of all that a table has no row for."""
    shares = analysis.allocation(parts, masks, whole, replicates)
    rows = [report.Part(*label, share) for label, share in zip(labels, shares, strict=True)]
    lesser = {(part.kind, part.key) for part in report.ranked(rows)[report.MOST_PARTS :]}
    if not lesser:
        return rows
    together = np.logical_or.reduce(
        [mask for part, mask in zip(rows, masks, strict=True) if (part.kind, part.key) in lesser]
    )
    (share,) = analysis.allocation(parts, [together], whole, replicates)
    return [*rows, report.Part("others", "", counted(len(lesser), "other"), share)]


def money_shares(plan: Plan, sample: Sample, cost: analysis.MeasureContingency, confidence: Fraction) -> dict[str, Any]:
    """Return whose a contingency of the cost is, what of it is needed when, and what adding parts up comes to."""
    tasks = sample.tasks
    parts, count = cost_parts(plan, sample), len(tasks.id)
    replicates = Replicates.of(sample.method, parts.values.shape[1])
    every = np.arange(count + 1)
    element = dict(zip(plan.task, plan.labels.task_element, strict=True))
    elements = np.array([*(element[task] for task in tasks.id), None], dtype=object)
    costs_nothing = (parts.values == 0).all(axis=1) & (parts.plan == 0)
    rows = [row for row in range(count) if not costs_nothing[row]]
    of_tasks = shared_out(
        parts,
        [("task", tasks.id[row], tasks.name[row]) for row in rows],
        [every == row for row in rows],
        cost,
        replicates,
    )
    names, keys = plan.stages.scenario.wbs_names, sorted(set(elements[:-1]))
    finish = np.append(tasks.deterministic_finish, sample.deterministic_finish[:1])
    months = months_of(finish)
    masks = [elements == key for key in keys] + [every == count] + [finish > month for month in months[1:]]
    shares = analysis.allocation(parts, masks, cost, replicates)
    labels = [("element", key, names.get(key, "")) for key in keys] + [("rest", "", "")]
    of_elements = [report.Part(*label, share) for label, share in zip(labels, shares, strict=False)]
    starts = [month.item() for month in months[:-1]]
    return {
        "parts": (*of_elements, *of_tasks),
        "months": tuple(map(report.Month, starts, shares[len(labels) :])),
        "additive": analysis.additive_error(parts, confidence, replicates),
    }


def cost_parts(plan: Plan, sample: Sample) -> analysis.Parts:
    """Return what each task costs, by id, and last what belongs to no task, in the iterations and in the plan."""
    tasks = sample.tasks
    planned = dict(zip(plan.task, deterministic(plan).task_cost[:, 0].tolist(), strict=False))
    of_tasks = np.array([planned[task] for task in tasks.id])
    rest = sample.cost[: tasks.cost.shape[1]] - tasks.cost.sum(axis=0)
    return analysis.Parts(
        np.concatenate([tasks.cost, rest[np.newaxis]]), np.append(of_tasks, sample.deterministic_cost - of_tasks.sum())
    )


def months_of(finish: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return the months in which a plan finishes tasks, and the one behind, datetime64[us]; midnight ends a day."""
    last_instant = (finish - np.timedelta64(1, "us")).astype("M8[M]")
    months = np.arange(last_instant.min(), last_instant.max() + np.timedelta64(2, "M"))
    return months.astype("M8[us]")
