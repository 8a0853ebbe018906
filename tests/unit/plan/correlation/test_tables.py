"""Words become normal scores and scores become words: the tables, and what the compiled core makes of them."""

import hashlib

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from riskengine.kernel.contract.mixing import FIRST_SCORE_CELL, LARGEST_SCORE, SCORE_STEPS
from riskengine.plan.correlation.normal import score_table, word_table

F32, U32 = np.float32, np.uint32
WORDS = np.concatenate(
    (
        np.arange(0, 5000, dtype=np.uint64),
        np.linspace(0, 2**32 - 1, 400_001).astype(np.uint64),
        2**31 + np.arange(-3000, 3000),
        np.arange(2**32 - 5000, 2**32),
    )
).astype(U32)


def halves(entry):
    """Base and slope of packed cells."""
    return (entry & np.uint64(0xFFFFFFFF)).astype(U32).view(F32), (entry >> np.uint64(32)).astype(U32).view(F32)


def scores(words):
    """Normal scores of words, as the core looks them up."""
    side = words >> U32(31)
    folded = ((words ^ (side * U32(0x7FFFFFFF))) & U32(0x7FFFFFFF)) | U32(1)
    bits = folded.astype(np.int32).astype(F32).view(U32)
    base, slope = halves(score_table()[(bits >> U32(18)).astype(np.int64) - FIRST_SCORE_CELL])
    z = base + (bits & U32((1 << 18) - 1)).astype(F32) * slope
    return np.where(side == 1, -z, z).astype(F32)


def words_of(z):
    """Words of normal scores, as the core looks them up."""
    at = np.minimum(np.abs(z), F32(LARGEST_SCORE)) * F32(SCORE_STEPS)
    cell = at.astype(np.int32)
    base, slope = halves(word_table()[cell])
    word = np.minimum(base + (at - cell.astype(F32)) * slope, F32(2147483520)).astype(np.int32).astype(U32)
    return np.where(z < 0, word, ~word)


def uniform(words):
    return (words.astype(np.float64) + 0.5) / 2**32


def test_a_score_is_the_normal_quantile_of_its_word():
    exact = ndtri(uniform(WORDS))
    outermost = np.abs(exact) > 4.5  # a word and its twin with the last bit cleared are the same there
    assert np.abs(scores(WORDS) - exact)[~outermost].max() < 4e-5
    assert np.abs(scores(WORDS) - exact)[outermost].max() < 0.2


def test_a_word_is_the_normal_probability_of_its_score():
    z = np.linspace(-6.5, 6.5, 300_001).astype(F32)
    assert np.abs(uniform(words_of(z)) - ndtr(z.astype(np.float64))).max() < 1.5e-6


def test_a_word_comes_back_through_its_score():
    assert np.abs(uniform(words_of(scores(WORDS))) - uniform(WORDS)).max() < 1.5e-5


def test_scores_are_those_of_a_standard_normal():
    words = (np.arange(2**20, dtype=np.uint64) * 4096 + 2048).astype(U32)
    z = scores(words).astype(np.float64)
    assert abs(z.mean()) < 1e-7
    assert abs((z**2).mean() - 1) < 5e-5


def test_beyond_the_largest_score_there_is_the_outermost_word():
    assert words_of(np.array([-40, -6.6, 6.6, 40, 0.0], F32)).tolist() == [0, 0, 2**32 - 1, 2**32 - 1, 2**31 + 127]


def test_a_larger_score_never_gives_a_smaller_word():
    z = np.sort(np.random.default_rng(1).normal(size=500_000)).astype(F32)
    assert (np.diff(words_of(z).astype(np.int64)) >= 0).all()


@pytest.mark.parametrize(
    ("table", "digest"),
    [(score_table, "0b5f852777c4a211"), (word_table, "a5b7ae777bef3bcd")],
)
def test_the_tables_are_these_to_the_last_bit(table, digest):
    """They decide draws: another library's last digit must not move results unseen."""
    assert hashlib.sha256(table().tobytes()).hexdigest()[:16] == digest
