"""Correlated words: a word becomes a normal score, scores are added up with weights, and the sum becomes a word."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK, WIDTH
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import RANDOM, Sampling
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.mixing import (
    FIRST_SCORE_CELL,
    FIRST_TAIL_CELL,
    LARGEST_SCORE,
    LARGEST_TAIL_SCORE,
    SCORE_CELLS,
    SCORE_STEPS,
    Mixing,
)
from riskengine.kernel.contract.places import CELL
from riskengine.kernel.draws.stream import fill_words, stratify

U32, U64, I32, I64, F32 = np.uint32, np.uint64, np.int32, np.int64, np.float32
LOW_31, SIGN, ALL = U32(0x7FFFFFFF), U32(0x80000000), U32(0xFFFFFFFF)
SIDE, SHIFT, HALF = U32(31), U32(18), U64(32)
FRACTION = U32((1 << 18) - 1)
FIRST = U32(FIRST_SCORE_CELL)
STEPS, LARGEST = F32(SCORE_STEPS), F32(LARGEST_SCORE)
TAIL_SHIFT, TAIL_FRACTION, FIRST_TAIL = U32(15), U32((1 << 15) - 1), U32(FIRST_TAIL_CELL)
LARGEST_TAIL, ONE = F32(LARGEST_TAIL_SCORE), F32(1.0)
SIDE_CELLS = U32(SCORE_CELLS)
LAST_WORD = F32(2147483520.0)
"""The largest float32 below 2^31."""
ROW = U64(BLOCK)
SUM = U64(0)
"""Place in ``Rows.scores`` of a sum under way."""
ZERO = F32(0.0)


@inlined
def score_words(mixing: Mixing, place: Any, rows: Rows) -> None:
    """Fill the row of scores at ``place`` with the normal scores of the words in row ``WORD``.

    Notes
    -----
    As for quantile tables, a word is folded about the median and looked up among the scores below it; the sign is that
    of its side.
    """
    words, scores, fraction, packed, table = rows.words, rows.scores, rows.fraction, rows.packed, mixing.to_score
    for i in range(WIDTH):
        x = words[i]
        folded = ((x ^ ((x >> SIDE) * LOW_31)) & LOW_31) | U32(1)
        bits = F32(I32(folded)).view(np.uint32)
        words[CELL + i] = (bits >> SHIFT) - FIRST
        fraction[i] = F32(I32(bits & FRACTION))
    for i in range(WIDTH):
        packed[i] = table[U64(words[CELL + i])]
    for i in range(WIDTH):
        cell = packed[i]
        z = U32(cell).view(np.float32) + fraction[i] * U32(cell >> HALF).view(np.float32)
        scores[place + i] = U32(F32(z).view(np.uint32) ^ U32(words[i] & SIGN)).view(np.float32)


@inlined
def word_scores(mixing: Mixing, rows: Rows) -> None:
    """Fill row ``WORD`` with the words of the normal scores in row ``SUM``."""
    words, scores, fraction, packed, table = rows.words, rows.scores, rows.fraction, rows.packed, mixing.to_word
    for i in range(WIDTH):
        z = scores[SUM + i]
        a = z if z > ZERO else F32(-z)
        at = F32((a if a < LARGEST else LARGEST) * STEPS)
        cell = I32(at)
        words[CELL + i] = U32(cell)
        fraction[i] = at - F32(cell)
    for i in range(WIDTH):
        packed[i] = table[U64(words[CELL + i])]
    for i in range(WIDTH):
        cell = packed[i]
        value = F32(U32(cell).view(np.float32) + fraction[i] * U32(cell >> HALF).view(np.float32))
        word = U32(I32(value if value < LAST_WORD else LAST_WORD))
        words[i] = word if scores[SUM + i] < ZERO else U32(word ^ ALL)


@inlined
def scale_words(mixing: Mixing, table: Any, place: Any, rows: Rows) -> None:
    """Fill the row of scores at ``place`` with the scales of the words in row ``WORD``, from the cells of ``table``."""
    words, scores, fraction, packed, cells = rows.words, rows.scores, rows.fraction, rows.packed, mixing.to_scale
    first = U64(table)
    for i in range(WIDTH):
        x = words[i]
        side = U32(x >> SIDE)
        folded = ((x ^ (side * LOW_31)) & LOW_31) | U32(1)
        bits = F32(I32(folded)).view(np.uint32)
        words[CELL + i] = U32((bits >> SHIFT) - FIRST) + side * SIDE_CELLS
        fraction[i] = F32(I32(bits & FRACTION))
    for i in range(WIDTH):
        packed[i] = cells[first + U64(words[CELL + i])]
    for i in range(WIDTH):
        cell = packed[i]
        scores[place + i] = U32(cell).view(np.float32) + fraction[i] * U32(cell >> HALF).view(np.float32)


@inlined
def tail_words(mixing: Mixing, tail: Any, rows: Rows) -> None:
    """Fill row ``WORD`` with the words of the scores of a t distribution in row ``SUM``, from the cells of ``tail``.

    Notes
    -----
    Exponent and first bits of the mantissa of one more than a score name its cell: equal widths near zero, octaves in
    the tail.
    """
    words, scores, fraction, packed, table = rows.words, rows.scores, rows.fraction, rows.packed, mixing.to_tail_word
    first = U64(tail)
    for i in range(WIDTH):
        z = scores[SUM + i]
        a = z if z > ZERO else F32(-z)
        bits = F32((a if a < LARGEST_TAIL else LARGEST_TAIL) + ONE).view(np.uint32)
        words[CELL + i] = (bits >> TAIL_SHIFT) - FIRST_TAIL
        fraction[i] = F32(I32(bits & TAIL_FRACTION))
    for i in range(WIDTH):
        packed[i] = table[first + U64(words[CELL + i])]
    for i in range(WIDTH):
        cell = packed[i]
        value = F32(U32(cell).view(np.float32) + fraction[i] * U32(cell >> HALF).view(np.float32))
        word = U32(I32(value if value < LAST_WORD else LAST_WORD))
        words[i] = word if scores[SUM + i] < ZERO else U32(word ^ ALL)


@inlined
def add_loads(mixing: Mixing, first: Any, last: Any, scores: Any) -> None:
    """Add weighted scores to row ``SUM``, four at a time, in the order of the loads."""
    loads = mixing.load
    k = first
    while k + 4 <= last:
        one, two, three, four = loads[k], loads[k + 1], loads[k + 2], loads[k + 3]
        p, q, r, s = U64(one.place), U64(two.place), U64(three.place), U64(four.place)
        a, b, c, d = one.weight, two.weight, three.weight, four.weight
        for i in range(WIDTH):
            z = scores[SUM + i] + a * scores[p + i]
            z = z + b * scores[q + i]
            z = z + c * scores[r + i]
            scores[SUM + i] = z + d * scores[s + i]
        k += 4
    while k < last:
        p = U64(loads[k].place)
        a = loads[k].weight
        for i in range(WIDTH):
            scores[SUM + i] = scores[SUM + i] + a * scores[p + i]
        k += 1


@compiled
def takes_own_words(mixing: Mixing | None, at: Any) -> Any:
    """Return whether a variable's own words are asked for: only some that are correlated go without."""
    if mixing is None:
        return True
    return mixing.variable[at].own_weight != ZERO


@compiled
def correlate(mixing: Mixing | None, at: Any, rows: Rows) -> None:
    """Let the words of a variable, in row ``WORD``, follow the scores that it loads on.

    Parameters
    ----------
    mixing : Mixing or None
        The two cases are compiled apart: without one, this is nothing.
    at : int
        The variable.
    rows : Rows
        With the scores of this block.
    """
    if mixing is not None:
        first, last = mixing.variable[at].first_load, mixing.variable[at].last_load
        own_weight = mixing.variable[at].own_weight
        has_scale = mixing.variable[at].scale >= 0
        if last > first or has_scale:
            scores = rows.scores
            if own_weight != ZERO:
                score_words(mixing, SUM, rows)
                for i in range(WIDTH):
                    scores[SUM + i] = own_weight * scores[SUM + i]
            else:
                for i in range(WIDTH):
                    scores[SUM + i] = ZERO
            add_loads(mixing, first, last, scores)
            if has_scale:
                scale = U64(mixing.variable[at].scale_place)
                for i in range(WIDTH):
                    scores[SUM + i] = scores[SUM + i] * scores[scale + i]
                tail_words(mixing, mixing.variable[at].tail, rows)
            else:
                word_scores(mixing, rows)


@inlined
def fill_score(
    sampling: Sampling, tables: Tables, mixing: Mixing, number: Any, rows: Rows, block: Any, order: Any
) -> None:
    """Work out the scores of one variable that others load on, or a scale that they have, from its own words."""
    at = mixing.scored[number]
    variable = tables.variable[at]
    fill_words(sampling.seed, variable, block, rows.words)
    if sampling.method != RANDOM:
        stratify(sampling, variable, I64(sampling.strata.dimension[at]), rows.words, block=block, order=order)
    if mixing.scale_table[number] >= 0:
        scale_words(mixing, mixing.scale_table[number], ROW + U64(number) * ROW, rows)
    else:
        score_words(mixing, ROW + U64(number) * ROW, rows)


@compiled
def fill_scores(sampling: Sampling, tables: Tables, mixing: Mixing | None, rows: Rows, block: Any, order: Any) -> None:
    """Work out the scores of a block, whatever is masked in it: no switch of a risk moves those that go with it."""
    if mixing is not None:
        for number in range(mixing.scored.size):
            fill_score(sampling, tables, mixing, number, rows=rows, block=block, order=order)


@compiled
def fill_scores_of(
    sampling: Sampling, tables: Tables, mixing: Mixing | None, at: Any, rows: Rows, block: Any, order: Any
) -> None:
    """Work out the scores of a block that one variable loads on."""
    if mixing is not None:
        for k in range(mixing.variable[at].first_load, mixing.variable[at].last_load):
            fill_score(sampling, tables, mixing, mixing.load[k].score, rows=rows, block=block, order=order)
        scale = mixing.variable[at].scale
        if scale >= 0:
            fill_score(sampling, tables, mixing, scale, rows=rows, block=block, order=order)
