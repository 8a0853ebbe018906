"""The table of damages and bonuses: how likely each is due, and how much of it."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.moment import mean
from riskengine.analysis.statistics.percentile import at_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.unseen import Unseen
from riskengine.results.samples.clause_sample import ClauseSample
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.build import build
from riskengine.results.tables.clause_table import CLAUSES

PERCENT = 80


def clauses_table(sample: Sample) -> pa.Table:
    """Return one row for damages, then one for each bonus."""
    clauses = sample.clauses
    if clauses is None:
        return build("clauses", {column.name: [] for column in CLAUSES.columns})
    replicates = Replicates.of(sample.method, sample.iterations)
    chance = probability_of(clauses.amount > 0, replicates, table_error=sample.table_error)
    ordered = sort_rows(clauses.amount, replicates)
    ranks = percentile_ranks(ordered, (PERCENT,), replicates, table_error=sample.table_error)
    unseen = Unseen.of(sample, sample.iterations)
    limits = amount_limits(sample, clauses)
    means = []
    for at, amount in enumerate(clauses.amount):
        forced = [each.risks.forced_clauses[:, at] for each in unseen.chances]
        variance = unseen.known_variance(amount, forced)
        means.append(mean(amount[np.newaxis], replicates, variance, limits[:, at : at + 1]))
    columns_of_mean = [interval.columns("mean") for interval in means]
    ends = ("", "_ci_low", "_ci_high")
    p80 = {
        f"p80{end}": at_rank(ordered.ordered, rank)[:, 0]
        for end, rank in zip(ends, (ranks.value, ranks.low, ranks.high), strict=True)
    }
    return build(
        "clauses",
        {
            "clause": list(clauses.id),
            "name": list(clauses.name),
            "kind": np.where(clauses.is_bonus, "bonus", "damages").tolist(),
            "target": list(clauses.target),
            "date": clauses.date,
            "rate": clauses.rate,
            "per": list(clauses.per),
            "most": [None if np.isinf(most) else most for most in clauses.most.tolist()],
            "deterministic": clauses.deterministic,
            **chance.columns("chance"),
            **{name: np.concatenate([each[name] for each in columns_of_mean]) for name in columns_of_mean[0]},
            **p80,
        },
    )


def amount_limits(sample: Sample, clauses: ClauseSample) -> NDArray[np.float64]:
    """Return what no iteration can owe or earn less or more than, (2, clause) [currency]."""
    if sample.limits is None:
        return np.stack([np.zeros(clauses.most.size), clauses.most])
    cost = sample.limits.clauses
    return np.where(clauses.is_bonus, -cost[::-1], cost)
