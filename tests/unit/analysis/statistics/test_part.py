"""The share that a part is of a whole whose size is chance too."""

import numpy as np
import pytest

from riskengine.analysis.statistics.part import PartCounts, counted_parts, share_of_part
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import BLOCK, Replicates


def counts_of(part, whole):
    """Counts of (run, iteration) bool arrays in full blocks."""
    of_part, of_whole = (each.reshape(len(each), -1, BLOCK).sum(axis=2) for each in (part & whole, whole))
    return PartCounts(
        of_part.sum(1),
        of_part.sum(1),
        (of_part**2).sum(1),
        of_whole.sum(1),
        of_whole.sum(1),
        (of_whole**2).sum(1),
        joint=(of_part * of_whole).sum(1),
    )


@pytest.mark.parametrize("method", ["random", "sobol"])
@pytest.mark.parametrize(("whole", "part"), [(0.3, 0.5), (0.1, 0.9), (0.9, 0.05)])
def test_nineteen_of_twenty_intervals_hold_the_share(method, whole, part):
    """Of 400 runs 380 are expected to; fewer than 364 by chance in 1 of 3000 cases, whatever the method."""
    rng = np.random.default_rng(5)
    exists = rng.random((400, 40 * BLOCK)) < whole
    critical = rng.random(exists.shape) < part
    interval = share_of_part(counts_of(critical, exists), Replicates.of(method, 40 * BLOCK))
    held = ((interval.low <= part) & (part <= interval.high)).sum()
    assert held >= 364


def test_a_share_that_goes_with_the_whole_in_blocks_has_its_own_spread():
    """Where a block has all of the whole or none, the share is known as well as independent iterations tell it."""
    rng = np.random.default_rng(6)
    exists = np.repeat(rng.random((300, 40)) < 0.5, BLOCK, axis=1)
    critical = rng.random(exists.shape) < 0.5
    interval = share_of_part(counts_of(critical, exists), Replicates.of("lhs", 40 * BLOCK))
    assert ((interval.low <= 0.5) & (interval.high >= 0.5)).mean() >= 0.92
    assert (interval.high - interval.low).max() < 0.06


def test_nothing_is_said_of_a_whole_of_nothing():
    none = np.zeros((1, 3 * BLOCK), bool)
    interval = share_of_part(counts_of(none, none), Replicates.of("sobol", 3 * BLOCK))
    assert np.isnan(interval.value).all() and np.isnan(interval.low).all()


def test_what_is_always_so_has_an_end_at_1_and_a_width():
    every = np.ones((1, 10 * BLOCK), bool)
    interval = share_of_part(counts_of(every, every), Replicates.of("sobol", 10 * BLOCK))
    assert interval.high == 1.0 and 0.99 < interval.low < 1.0


@pytest.mark.parametrize(("whole", "part"), [(0.9, 0.5), (0.995, 0.8), (0.3, 0.5)])
def test_a_part_of_a_last_block_counts_in_the_spread(whole, part):
    """3,000 iterations, eleven stratified blocks with most of another: held in 72 to 87 of 100 runs without."""
    rng, n, runs = np.random.default_rng(7), 3000, 400
    drawn = (np.argsort(rng.random((runs, 12, BLOCK)), axis=2) + rng.random((runs, 12, BLOCK))) / BLOCK
    drawn = drawn.reshape(runs, -1)[:, :n]
    replicates = Replicates.of("lhs", n)
    interval = share_of_part(counted_parts(drawn < whole * part, drawn < whole, replicates), replicates)
    assert ((interval.low <= part) & (part <= interval.high)).sum() >= 364


def test_the_part_of_all_iterations_is_an_event_with_its_interval():
    rng = np.random.default_rng(8)
    part = rng.random((20, 3000)) < 0.3
    replicates = Replicates.of("sobol", 3000)
    interval = share_of_part(counted_parts(part, np.ones_like(part), replicates), replicates, 1e-4)
    event = probability_of(part, replicates, table_error=1e-4)
    assert all(np.array_equal(one, other) for one, other in zip(interval, event, strict=True))
