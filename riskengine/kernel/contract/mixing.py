"""How correlated variables are drawn: words become normal scores, scores are added up, and the sum becomes a word.

Only + - x and loads, so that every machine gives the same bits.
"""

from typing import NamedTuple

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Float32, Int32, Records, UInt64, records

FIRST_SCORE_CELL = 127 << 5
"""What is subtracted from the first bits of a float32, exponent and five of the mantissa, for the cell of a score."""

SCORE_CELLS = 993
"""Cells of the scores below the median; a scale has as many for either side."""

NO_SCALE = -1
"""Stands where a variable has no scale: its scores are normal."""

FIRST_TAIL_CELL = 127 << 8
"""What is subtracted from the first bits of a float32, exponent and eight of the mantissa, for the cell of a tail."""

LARGEST_TAIL_SCORE = 8190.0
"""The score from which on a word is the outermost one, where tails are heavy."""

TAIL_CELLS = (13 << 8) + 1
"""Cells from 1 to 2^13, which is where one more than the largest score lies."""

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
    scale : (variable,) int32
        Number in ``scored`` of what its sum is multiplied with; -1 for nothing.
    tail : (variable,) int32
        First cell in ``to_tail_word`` where the sum has a scale.
    scale_table : (score,) int32
        First cell in ``to_scale`` where what is worked out is a scale; -1 for a normal score.
    to_score : (cell,) uint64
        Normal scores of words below the median: float32 base in the low half, float32 slope in the high half.
    to_word : (cell,) uint64
        Words of normal scores below zero, likewise.
    to_scale, to_tail_word : (cell,) uint64
        Scales of words, those below the median first, and words of scores of t distributions below zero, likewise; one
        after the other for each number of degrees of freedom.
    """

    scored: Int32
    offset: Int32
    score: Int32
    load: Float32
    own_weight: Float32
    scale: Int32
    tail: Int32
    scale_table: Int32
    to_score: UInt64
    to_word: UInt64
    to_scale: UInt64
    to_tail_word: UInt64


class Mixing(NamedTuple):
    """The same as records.

    Attributes
    ----------
    variable : (variable,) records
        ``first_load``, ``last_load`` and ``own_weight``; ``scale``, a number in ``scored``, ``scale_place`` of its row,
        and ``tail``.
    load : (load,) records
        ``score``, a number in ``scored``; ``place`` of its row in ``Rows.scores``, and ``weight``.
    scored, scale_table, to_score, to_word, to_scale, to_tail_word
        As in ``Correlation``.
    """

    variable: Records
    load: Records
    scored: Int32
    scale_table: Int32
    to_score: UInt64
    to_word: UInt64
    to_scale: UInt64
    to_tail_word: UInt64


def mixing_of(correlation: Correlation) -> Mixing:
    """Return the columns as records; the first row of scores is for sums under way."""
    return Mixing(
        variable=records(
            first_load=correlation.offset[:-1],
            last_load=correlation.offset[1:],
            own_weight=correlation.own_weight,
            scale=correlation.scale,
            scale_place=((1 + correlation.scale.astype(np.int64)) * BLOCK).astype(np.uint32),
            tail=correlation.tail,
        ),
        load=records(
            score=correlation.score,
            place=((1 + correlation.score.astype(np.int64)) * BLOCK).astype(np.uint32),
            weight=correlation.load,
        ),
        scored=correlation.scored,
        scale_table=correlation.scale_table,
        to_score=correlation.to_score,
        to_word=correlation.to_word,
        to_scale=correlation.to_scale,
        to_tail_word=correlation.to_tail_word,
    )
