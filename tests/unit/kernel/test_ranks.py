"""Ranks by one pass over words, against scipy."""

import numpy as np
import pytest
import scipy.stats

from riskengine.kernel.ranks import Ranked, Room, bucket_bits, fill_ranks


def ranked(word, value):
    made = Ranked(np.zeros(word.size, np.int64), np.zeros(word.size))
    fill_ranks(word, value, made, Room.of(word.size), np.uint32(bucket_bits(word.size)))
    return made


@pytest.mark.parametrize("levels", [1, 2, 7, 1000, 2**31])
@pytest.mark.parametrize("n", [1, 2, 5, 256, 1000, 5000])
def test_ranks_are_those_of_scipy_whatever_the_ties(n, levels):
    word = np.random.default_rng(n * levels).integers(0, 2**32, n, dtype=np.uint64).astype(np.uint32)
    value = np.floor(word / 2.0**32 * levels)
    made = ranked(word, value)
    assert made.rank.tolist() == (2 * scipy.stats.rankdata(value) - (n + 1)).tolist()
    assert np.array_equal(word[made.order], np.sort(word))
    assert np.array_equal(np.sort(made.order), np.arange(n))


def test_words_that_are_not_spread_evenly_are_ranked_all_the_same():
    word = np.concatenate((np.full(50, 2**32 - 1), np.zeros(50), np.arange(50))).astype(np.uint32)
    made = ranked(word, word.astype(float))
    assert made.rank.tolist() == (2 * scipy.stats.rankdata(word) - 151).tolist()
    assert made.order[:2].tolist() == [50, 51]  # equal words in the order of iterations
