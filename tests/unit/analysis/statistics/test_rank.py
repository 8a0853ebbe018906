"""Rank correlation, ties included, against scipy."""

import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.statistics.rank import centred_ranks, spearman


@pytest.mark.parametrize("levels", [2, 5, 1000, 10**9])
def test_spearman_is_that_of_scipy_whatever_the_ties(levels):
    rng = np.random.default_rng(levels)
    values = rng.integers(0, levels, (4, 300)).astype(float)
    other = values[0] + rng.integers(0, levels, 300)
    found = spearman(centred_ranks(values), centred_ranks(other[np.newaxis])[0])
    expected = [scipy.stats.spearmanr(row, other).statistic for row in values]
    assert found == pytest.approx(expected, abs=1e-13)


def test_ranks_share_ties_and_sum_to_zero():
    assert centred_ranks(np.array([[5.0, 1.0, 5.0, 9.0]])).tolist() == [[0.0, -3.0, 0.0, 3.0]]


def test_what_does_not_vary_has_no_correlation():
    ranks = centred_ranks(np.array([[1.0, 1.0, 1.0], [1.0, 2.0, 3.0]]))
    assert np.isnan(spearman(ranks, ranks[1])).tolist() == [True, False]
    assert np.isnan(spearman(ranks, ranks[0])).all()


def test_one_value_has_no_correlation():
    ranks = centred_ranks(np.array([[3.0]]))
    assert np.isnan(spearman(ranks, ranks[0])).all()


@pytest.mark.parametrize("sign", [1, -1])
def test_a_monotone_relation_has_correlation_one(sign):
    x = np.random.default_rng(1).random((1, 500))
    found = spearman(centred_ranks(sign * np.exp(5 * x)), centred_ranks(x)[0])
    assert found[0] == pytest.approx(sign, abs=1e-15)
