"""Random words: Philox4x32-10 keyed by seed, variable and iteration, and their stratification within a block.

The counter of the generator is (64 x block + lane, low word of the variable's key, high word, purpose), its key the
seed. Purpose 0 gives the 256 words of a block, four from each of 64 lanes: iteration ``i`` is word ``i // 64`` of lane
``i % 64``. Purpose 1 gives what stratifies a variable in the block, purpose 2, with no variable's key, what all Sobol
variables of the block have in common; purposes 3 and 4, without a seed, what is the same in every run. Purposes 8 to
38 give the words of the 31 days of a month, from the stream of a calendar that loses days.
So a draw depends on seed, name and iteration alone.

References
----------
Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK, WIDTH
from riskengine.kernel.compiling import inlined
from riskengine.kernel.contract.arrays import DIMENSIONS, ORDERS, PERMUTATIONS, Sampling

U32, U64 = np.uint32, np.uint64
MASK = U64(0xFFFFFFFF)
MULTIPLIER_0, MULTIPLIER_1 = U64(0xD2511F53), U64(0xCD9E8D57)
WEYL_0, WEYL_1 = U64(0x9E3779B9), U64(0xBB67AE85)
HALF = U64(32)
LANES, LANES_2, LANES_3 = U64(BLOCK // 4), U64(BLOCK // 2), U64(3 * BLOCK // 4)
LOW_24 = U32(0xFFFFFF)
LOW_8, BYTE, HALF_WORD, TOP_BYTE = U64(0xFF), U64(8), U64(16), U64(24)
STRATUM = U32(24)
"""How far a stratum, 0 to 255, stands to the left in a word."""
ROW = U64(2 * BLOCK)
"""Length of a row of ``Strata``."""
ROWS_OF_ORDER = U64(DIMENSIONS * 2 * BLOCK)
WHICH_ORDER, WHICH_PERMUTATION = U64(ORDERS - 1), U64(PERMUTATIONS - 1)


@inlined
def philox(seed: Any, counter: Any) -> Any:
    """Return four random words.

    Parameters
    ----------
    seed : tuple of two uint64 below 2**32
        Low word first.
    counter : tuple of four uint64 below 2**32
        Lane, key of the variable, low word first, and purpose.

    Returns
    -------
    tuple of four uint64 below 2**32
        Words are kept in 64-bit lanes, where the multiplication is one instruction.
    """
    k0, k1 = seed
    c0, c1, c2, c3 = counter
    for _ in range(10):
        p0 = c0 * MULTIPLIER_0
        p1 = c2 * MULTIPLIER_1
        c0 = (p1 >> HALF) ^ c1 ^ k0
        c2 = (p0 >> HALF) ^ c3 ^ k1
        c1 = p1 & MASK
        c3 = p0 & MASK
        k0 = (k0 + WEYL_0) & MASK
        k1 = (k1 + WEYL_1) & MASK
    return c0, c1, c2, c3


@inlined
def fill_words(seed: Any, variable: Any, block: Any, words: Any) -> None:
    """Fill row ``WORD`` of ``words`` with the block's independent words of a variable.

    Parameters
    ----------
    seed : (2,) uint32
    variable : record
        Of ``Tables.variable``.
    block : uint64
    words : uint32
        Of ``Rows``.
    """
    fill_words_for(U64(0), seed, variable, block, words)


@inlined
def fill_words_for(purpose: Any, seed: Any, variable: Any, block: Any, words: Any) -> None:
    """Fill row ``WORD`` as ``fill_words`` does, with the words of another purpose."""
    key = U64(seed[0]), U64(seed[1])
    c1 = U64(variable.low_key)
    c2 = U64(variable.high_key)
    base = block * LANES
    for i in range(LANES):
        r0, r1, r2, r3 = philox(key, ((base + i) & MASK, c1, c2, purpose))
        words[i] = U32(r0)
        words[i + LANES] = U32(r1)
        words[i + LANES_2] = U32(r2)
        words[i + LANES_3] = U32(r3)


@inlined
def order_of_points(seed: Any, block: Any) -> Any:
    """Return where in ``Strata.point`` a block begins to read dimension 0: in one of the orders, at any place.

    Parameters
    ----------
    seed : (2,) uint32
    block : uint64

    Notes
    -----
    All Sobol variables of a block keep one order, for what they have in common are the points. That order is a random
    one, so that the first iterations of a block are a random sample of its points.
    """
    r0, _r1, _r2, _r3 = philox((U64(seed[0]), U64(seed[1])), (block & MASK, U64(0), U64(0), U64(2)))
    return (r0 & WHICH_ORDER) * ROWS_OF_ORDER + ((r0 >> BYTE) & LOW_8)


@inlined
def stratify(sampling: Sampling, variable: Any, dimension: Any, words: Any, block: Any, order: Any) -> None:
    """Replace the top 8 bits of a block's words so that each of the 256 strata is hit once.

    Parameters
    ----------
    sampling : Sampling
    variable : record
        Of ``Tables.variable``.
    dimension : int64
        The variable's Sobol dimension, or -1.
    words : uint32
        Of ``Rows``; ``WORD`` is changed in place.
    block : uint64
    order : uint64
        As ``order_of_points`` gives it for the block.

    Notes
    -----
    With a dimension, the strata are those of the block's points under a digital shift. Without one, they are a
    permutation of the pool, read from a random place on, times a random odd number plus a random one, modulo 256: so
    many different permutations that pairs of variables behave like pairs of independent permutations, and any part of
    a block like a random sample of the strata. A linear map over the bits of the iteration would not: it sends the
    first 2^k iterations of a block into a subspace.
    """
    seed, strata = sampling.seed, sampling.strata
    c1 = U64(variable.low_key)
    c2 = U64(variable.high_key)
    r0, r1, r2, _r3 = philox((U64(seed[0]), U64(seed[1])), (block & MASK, c1, c2, U64(1)))
    shift = U32(r0 >> TOP_BYTE)
    if dimension >= 0:
        at = order + U64(dimension) * ROW
        for i in range(WIDTH):
            words[i] = (words[i] & LOW_24) | ((U32(strata.point[at + i]) ^ shift) << STRATUM)
    else:
        at = (r1 & WHICH_PERMUTATION) * ROW + ((r1 >> HALF_WORD) & LOW_8)
        odd = U32((r2 & LOW_8) | U64(1))
        for i in range(WIDTH):
            stratum = U32(strata.permutation[at + i]) * odd + shift  # its last 8 bits; the rest leaves the word
            words[i] = (words[i] & LOW_24) | U32(stratum << STRATUM)
