"""The table of risks: how often each occurs, and what it contributes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.known_variance import NOTHING, KnownVariance
from riskengine.analysis.statistics.moment import UNLIMITED, unseen_share
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.unseen import Unseen, UnseenRisks
from riskengine.analysis.tables.contribution import (
    EFFECT_PERCENTS,
    conditional_mean,
    is_one_effect,
    of_constant,
    paired_mean,
    paired_percentiles,
    within_change,
)
from riskengine.results.samples.sample import RiskSample, Sample
from riskengine.results.tables.build import build
from riskengine.results.tables.registry import OFF

ENDS = ("", "_ci_low", "_ci_high")


def risks_table(sample: Sample) -> pa.Table:
    """Return one row for each risk."""
    risks = sample.risks
    risk_iterations = risks.occurs.shape[1]
    columns: dict[str, Any] = {
        "risk": risks.id,
        "name": risks.name,
        "kind": risks.kind,
        "probability": risks.probability,
        "method": [contribution_method(risks, row) for row in range(len(risks.id))],
        "iterations": np.full(len(risks.id), risk_iterations, dtype=np.int64),
    }
    columns |= sample.inputs["risks"]()
    columns["iterations"][list(risks.paired)] = risks.finish_days_without.shape[1]
    columns |= occurrence(sample).columns("occurrence")
    days, cost = (change_of(sample, part) for part in (risks.finish_change, risks.cost_change))
    days_spread, cost_spread = np.inf, np.inf
    if sample.limits is not None:
        days_spread, cost_spread = (
            float(np.ptp(part)) for part in (sample.limits.finish_days[:, 0], sample.limits.cost)
        )
    in_days = Measure("days", sample.finish_days[0], risks.finish_days_without, days, days_spread)
    in_money = Measure("cost", sample.cost, risks.cost_without, cost, cost_spread)
    columns |= contributions(sample, in_days) | contributions(sample, in_money)
    return build("risks", columns)


def contribution_method(risks: RiskSample, row: int) -> str:
    """Return how the contribution of a risk is measured."""
    if not risks.has_contributions:
        return OFF
    if row in risks.paired and risks.finish_days_without.shape[1]:
        return "paired"
    return "conditional" if risks.occurs.shape[1] else "none"


def occurrence(sample: Sample) -> Interval:
    """Return the share of iterations in which each risk occurred."""
    occurs = sample.risks.occurs
    rows, risk_iterations = occurs.shape
    if not rows or not risk_iterations:
        nothing = np.full(rows, np.nan)
        return Interval(nothing, nothing, nothing)
    return probability_of(occurs, Replicates.of(sample.method, risk_iterations))


def change_of(sample: Sample, change: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Return what an occurrence can change, (2, risk); a risk that cannot occur changes nothing."""
    if change is None:
        change = np.repeat(UNLIMITED, len(sample.risks.id), axis=1)
    return np.where(sample.risks.probability > 0, change, 0.0)


@dataclass(frozen=True)
class Measure:
    """What risks contribute to.

    Parameters
    ----------
    name : str
        ``days`` or ``cost``: how the columns begin.
    values : (iteration,) float64
    without : (paired, m) float64
    change : (2, risk) float64
        What an occurrence can change; see ``RiskSample``.
    spread : float
        How far apart two values can be.
    """

    name: str
    values: NDArray[np.float64]
    without: NDArray[np.float64]
    change: NDArray[np.float64]
    spread: float

    @property
    def columns(self) -> list[str]:
        """The names of the mean and of the percentiles."""
        return [f"{self.name}_mean", *(f"{self.name}_p{percent}" for percent in EFFECT_PERCENTS)]


def contributions(sample: Sample, measure: Measure) -> dict[str, NDArray[np.float64]]:
    """Return the twelve columns of contributions to one measure."""
    risks = sample.risks
    names = measure.columns
    columns = {f"{name}{end}": np.full(len(risks.id), np.nan) for name in names for end in ENDS}
    if not risks.has_contributions:
        return columns
    occurs = risks.occurs
    for row in range(len(risks.id)):
        if not measure.change[:, row].any():
            for column in columns.values():
                column[row] = 0.0
        elif contribution_method(risks, row) == "conditional":
            values = measure.values[: occurs.shape[1]]
            effect = conditional_mean(
                values,
                occurs[row],
                float(risks.probability[row]),
                sample.method,
                change=measure.change[:, row],
                spread=measure.spread,
            )
            fill(columns, names[:1], [row], Interval(*(part[:, np.newaxis] for part in effect)))
    if risks.paired and measure.without.shape[1]:
        paired_contributions(sample, measure, columns)
    return columns


def paired_contributions(sample: Sample, measure: Measure, columns: dict[str, NDArray[np.float64]]) -> None:
    """Fill the columns of the risks that were also run without, but for those that can change nothing."""
    risks, names = sample.risks, measure.columns
    paired = list(risks.paired)
    same = measure.values[: measure.without.shape[1]]
    share = UnseenRisks.of(risks, sample.method, same.size).share(paired)
    at_mean = paired_mean(same, measure.without, sample.method, share, others_on_sure_risks(sample, measure))
    at_percentiles = paired_percentiles(same, measure.without, sample.method, share)
    difference = same - measure.without
    is_one = is_one_effect(difference) & ((risks.probability[paired] == 1) | ~difference.any(axis=1))
    for at, row in enumerate(paired):
        change = measure.change[:, row]
        if not change.any():
            continue
        this_row = slice(at, at + 1)
        effects = [Interval(*(part[this_row] for part in effect)) for effect in (at_mean, at_percentiles)]
        often = int(np.count_nonzero(risks.occurs[row, : same.size]))
        if not often:
            # seen without itself only: nothing is known of it, which is not the same as nothing
            effects = [Interval(*(np.full_like(part, np.nan) for part in effect)) for effect in effects]
        elif is_one[at]:
            # no other effect in so many occurrences is no proof that there is never one
            missed = float(risks.probability[row]) * unseen_share(often)
            effects = list(of_constant(same, float(difference[at].mean()), missed, change, measure.spread))
        effects = [within_change(effect, change) for effect in effects]
        fill(columns, names[:1], [row], Interval(*(part[:, np.newaxis] for part in effects[0])))
        fill(columns, names[1:], [row], effects[1])


def others_on_sure_risks(sample: Sample, measure: Measure) -> KnownVariance:
    """Return what is known of what sure risks contribute, because the chances are known of all that they scale.

    Notes
    -----
    What another risk occurs in, or a discrete estimate takes, together with a risk that is not sure, is no whole number
    of each block: its spread shows.
    """
    is_sure = sample.risks.probability[list(sample.risks.paired)] == 1
    if not is_sure.any():
        return NOTHING
    difference = measure.values[: measure.without.shape[1]] - measure.without
    of_others = Unseen.of(sample, difference.shape[1]).known_variance_of_rows(difference)
    return KnownVariance(of_others.unseen * is_sure, of_others.certain * is_sure)


def fill(columns: dict[str, NDArray[np.float64]], names: list[str], rows: list[int], effect: Interval) -> None:
    """Put intervals of (row, name) into their columns."""
    for end, part in zip(ENDS, effect, strict=True):
        for column, name in enumerate(names):
            columns[f"{name}{end}"][rows] = part[:, column]
