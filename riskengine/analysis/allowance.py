"""What all risks together cost, and how long they take: the allowance to set aside for them."""

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.comparison import bounded
from riskengine.analysis.shares import Allowance, Part
from riskengine.analysis.statistics.moment import mean
from riskengine.analysis.statistics.percentile import at_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.unseen import Unseen
from riskengine.results.samples.coalition_sample import CoalitionSample
from riskengine.results.samples.sample import Sample

Values = NDArray[np.float64]
PERCENT = 80


def allowances(sample: Sample, everyone: CoalitionSample, without_risks: CoalitionSample) -> tuple[Allowance, ...]:
    """Return what the risks take of days and of money: each iteration with all of them less the same with none."""
    pairs = (("finish", everyone.days, without_risks.days), ("cost", everyone.cost, without_risks.cost))
    return tuple(allowance(sample, measure, before - after) for measure, before, after in pairs)


def allowance(sample: Sample, measure: str, taken: Values) -> Allowance:
    """Return the allowance of one measure, of what the risks take in each iteration, (n,)."""
    replicates = Replicates.of(sample.method, taken.size)
    row = taken[np.newaxis]
    at_mean = mean(row, replicates, Unseen.of(sample, taken.size).known_variance_of_rows(row))
    rows = sort_rows(row, replicates)
    ranks = percentile_ranks(rows, (PERCENT,), replicates, sample.table_error)
    ends = [at_rank(rows.ordered, rank)[0, 0] for rank in (ranks.value, ranks.low, ranks.high)]
    return Allowance(measure, part(*(each[0] for each in at_mean)), part(*ends))


def part(value: float, low: float, high: float) -> Part:
    """Return a number with its interval, None for an end that the sample cannot give."""
    return Part(float(value), bounded(low), bounded(high))
