"""Gaps of a sample that a smooth law would not have."""

import numpy as np

from riskengine.analysis.statistics.gap import widest_gap
from riskengine.analysis.statistics.moment import mean
from riskengine.analysis.statistics.replicate import Replicates

RNG = np.random.default_rng(9)


def test_a_gap_between_two_values_counts_in_full():
    values = np.sort(np.where(RNG.random((3, 2_560)) < 0.1, 80.0, 0.0), axis=1)
    assert widest_gap(values, 10).tolist() == [80.0] * 3


def test_the_gaps_of_a_smooth_law_hardly_count():
    """In its tails, too, where neighbours are far apart: the widest of all is a quarter of a standard deviation."""
    values = np.sort(RNG.normal(size=(50, 2_560)), axis=1)
    assert np.median(np.diff(values, axis=1).max(axis=1)) > 0.25
    assert widest_gap(values, 10).max() < 0.05


def test_a_gap_with_fewer_values_beyond_it_than_blocks_does_not_count():
    values = np.concatenate((np.linspace(0, 1, 2_551), np.full(9, 50.0)))[np.newaxis]
    assert widest_gap(values, 10)[0] == 0.0
    assert widest_gap(values, 9)[0] > 40.0


def test_so_few_values_that_none_has_others_on_either_side_have_no_gap():
    assert widest_gap(np.array([[0.0, 1.0, 2.0]]), 2).tolist() == [0.0]


def test_the_interval_of_a_stratified_sum_is_hardly_wider_than_student_has_it():
    """Ten blocks have nine degrees of freedom: 1.15 times what the spread needs. It was three times with all gaps."""
    strata = np.argsort(RNG.random((40, 30, 10, 256)), axis=3) + RNG.random((40, 30, 10, 256))
    values = (strata / 256).sum(axis=1).reshape(40, -1)
    interval = mean(values, Replicates.of("lhs", 2_560))
    blocks = values.reshape(40, 10, 256).mean(axis=2)
    student = 2.262 * blocks.std(axis=1, ddof=1) / np.sqrt(10)
    assert np.median((interval.high - interval.low) / 2 / student) < 1.2
