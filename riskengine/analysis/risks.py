"""The table of risks: how often each occurs, and what it contributes."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.contribution import EFFECT_PERCENTS, conditional_mean, paired_mean, paired_percentiles
from riskengine.analysis.interval import Interval
from riskengine.analysis.probability import probability_of
from riskengine.analysis.replicate import Replicates
from riskengine.analysis.unseen import OFTEN, UnseenRisks
from riskengine.results.build import build
from riskengine.results.sample import RiskSample, Sample

ENDS = ("", "_ci_low", "_ci_high")


def risks_table(sample: Sample) -> pa.Table:
    """Return one row for each risk."""
    risks = sample.risks
    seen = risks.occurs.shape[1]
    columns: dict[str, Any] = {
        "risk": risks.id,
        "name": risks.name,
        "kind": risks.kind,
        "probability": risks.probability,
        "method": [contribution_method(risks, row) for row in range(len(risks.id))],
        "iterations": np.full(len(risks.id), seen, dtype=np.int64),
    }
    columns["iterations"][list(risks.paired)] = risks.finish_days_without.shape[1]
    columns |= occurrence(sample).columns("occurrence")
    columns |= contributions(sample, "days", sample.finish_days[0], risks.finish_days_without)
    columns |= contributions(sample, "cost", sample.cost, risks.cost_without)
    return build("risks", columns)


def contribution_method(risks: RiskSample, row: int) -> str:
    """Return how the contribution of a risk is measured."""
    if row in risks.paired and risks.finish_days_without.shape[1]:
        return "paired"
    return "conditional" if risks.occurs.shape[1] else "none"


def occurrence(sample: Sample) -> Interval:
    """Return the share of iterations in which each risk occurred."""
    occurs = sample.risks.occurs
    rows, seen = occurs.shape
    if not rows or not seen:
        nothing = np.full(rows, np.nan)
        return Interval(nothing, nothing, nothing)
    return probability_of(occurs, Replicates.of(sample.method, seen))


def contributions(
    sample: Sample, measure: str, values: NDArray[np.float64], without: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Return the twelve columns of contributions to one measure.

    Parameters
    ----------
    sample : Sample
    measure : str
        ``days`` or ``cost``: how the columns begin.
    values : (iteration,) float64
    without : (paired, m) float64
    """
    risks = sample.risks
    names = [f"{measure}_mean", *(f"{measure}_p{percent}" for percent in EFFECT_PERCENTS)]
    columns = {f"{name}{end}": np.full(len(risks.id), np.nan) for name in names for end in ENDS}
    occurs = risks.occurs
    for row in range(len(risks.id)):
        if contribution_method(risks, row) == "conditional":
            effect = conditional_mean(
                values[: occurs.shape[1]], occurs[row], float(risks.probability[row]), sample.method
            )
            fill(columns, names[:1], [row], Interval(*(part[:, np.newaxis] for part in effect)))
    paired = list(risks.paired)
    if paired and without.shape[1]:
        same = values[: without.shape[1]]
        share = UnseenRisks.of(risks, sample.method, same.size).share(paired)
        effect = paired_mean(same, without, sample.method, share)
        fill(columns, names[:1], paired, Interval(*(part[:, np.newaxis] for part in effect)))
        fill(columns, names[1:], paired, paired_percentiles(same, without, sample.method, share))
        for at, row in enumerate(paired):
            often = int(np.count_nonzero(occurs[row, : same.size]))
            if risks.probability[row] > 0 and not often:
                # seen without itself only: nothing is known of it, which is not the same as nothing
                for column in columns.values():
                    column[row] = np.nan
            elif often < OFTEN and np.array_equal(same, without[at]):
                # no effect in a few occurrences is no proof that there is never one
                for name in names:
                    columns[f"{name}_ci_low"][row] = columns[f"{name}_ci_high"][row] = np.nan
    return columns


def fill(columns: dict[str, NDArray[np.float64]], names: list[str], rows: list[int], effect: Interval) -> None:
    """Put intervals of (row, name) into their columns."""
    for end, part in zip(ENDS, effect, strict=True):
        for column, name in enumerate(names):
            columns[f"{name}{end}"][rows] = part[:, column]
