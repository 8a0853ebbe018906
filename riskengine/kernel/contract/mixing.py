"""How correlated variables are drawn: words become normal scores, scores are added up, and the sum becomes a word.

Only + - x and loads, so that every machine gives the same bits.
"""

from typing import NamedTuple

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Float32, Int32, Records, UInt64, records

FIRST_SCORE_CELL = 127 << 5
"""What is subtracted from the first bits of a float32, exponent and five of the mantissa, for the cell of a score."""

SCORE_STEPS, LARGEST_SCORE = 128, 6.59
"""Cells in a unit of a normal score, and the score from which on a word is the outermost one."""


class Correlation(NamedTuple):
    """What each variable adds up.

    Attributes
    ----------
    scored : (score,) int32
        Variables whose normal scores are worked out at the beginning of each block.
    offset : (variable + 1,) int32
        Loads of variable ``v`` are ``offset[v]:offset[v + 1]``; one without any is drawn alone.
    score : (load,) int32
        Number in ``scored``.
    load : (load,) float32
        What its normal score is multiplied with.
    own_weight : (variable,) float32
        What the normal score of the variable's own word is multiplied with; 0 where that is not asked for.
    to_score : (cell,) uint64
        Normal scores of words below the median: float32 base in the low half, float32 slope in the high half.
    to_word : (cell,) uint64
        Words of normal scores below zero, likewise.
    """

    scored: Int32
    offset: Int32
    score: Int32
    load: Float32
    own_weight: Float32
    to_score: UInt64
    to_word: UInt64


class Mixing(NamedTuple):
    """The same as records.

    Attributes
    ----------
    variable : (variable,) records
        ``first_load``, ``last_load`` and ``own_weight``.
    load : (load,) records
        ``score``, a number in ``scored``; ``place`` of its row in ``Rows.scores``, and ``weight``.
    scored, to_score, to_word
        As in ``Correlation``.
    """

    variable: Records
    load: Records
    scored: Int32
    to_score: UInt64
    to_word: UInt64


def mixing_of(correlation: Correlation) -> Mixing:
    """Return the columns as records; the first row of scores is for sums under way."""
    return Mixing(
        variable=records(
            first_load=correlation.offset[:-1], last_load=correlation.offset[1:], own_weight=correlation.own_weight
        ),
        load=records(
            score=correlation.score,
            place=((1 + correlation.score.astype(np.int64)) * BLOCK).astype(np.uint32),
            weight=correlation.load,
        ),
        scored=correlation.scored,
        to_score=correlation.to_score,
        to_word=correlation.to_word,
    )
