"""Random words: Philox4x32-10 keyed by seed, variable and iteration, and their stratification within a block.

The counter of the generator is (64 x block + lane, low word of the variable's key, high word, purpose), its key the
seed. Purpose 0 gives the 256 words of a block, four from each of 64 lanes: iteration ``i`` is word ``i // 64`` of lane
``i % 64``. Purpose 1 gives what stratifies the block. So a draw depends on seed, name and iteration alone.

References
----------
Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK, WIDTH
from riskengine.kernel.arrays import SOBOL
from riskengine.kernel.compiling import inlined
from riskengine.kernel.records import TOP

U8, U32, U64 = np.uint8, np.uint32, np.uint64
MASK = U64(0xFFFFFFFF)
MULTIPLIER_0, MULTIPLIER_1 = U64(0xD2511F53), U64(0xCD9E8D57)
WEYL_0, WEYL_1 = U64(0x9E3779B9), U64(0xBB67AE85)
HALF = U64(32)
LANES, LANES_2, LANES_3 = U64(BLOCK // 4), U64(BLOCK // 2), U64(3 * BLOCK // 4)
LOW_24 = U32(0xFFFFFF)
FIELD = U32(0x11B)  # x^8 + x^4 + x^3 + x + 1, which defines multiplication in the field of 256 elements


@inlined
def philox(k0: Any, k1: Any, c0: Any, c1: Any, c2: Any, c3: Any) -> Any:
    """Return four random words.

    Parameters
    ----------
    k0, k1 : uint64 below 2**32
        The seed, low word first.
    c0, c1, c2, c3 : uint64 below 2**32
        The counter: lane, key of the variable, low word first, and purpose.

    Returns
    -------
    tuple of four uint64 below 2**32
        Words are kept in 64-bit lanes, where the multiplication is one instruction.
    """
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
    k0 = U64(seed[0])
    k1 = U64(seed[1])
    c1 = U64(variable.low_key)
    c2 = U64(variable.high_key)
    base = block * LANES
    for i in range(LANES):
        r0, r1, r2, r3 = philox(k0, k1, (base + i) & MASK, c1, c2, U64(0))
        words[i] = U32(r0)
        words[i + LANES] = U32(r1)
        words[i + LANES_2] = U32(r2)
        words[i + LANES_3] = U32(r3)


@inlined
def stratify(seed: Any, variable: Any, column: Any, at: Any, block: Any, method: Any, words: Any) -> None:
    """Replace the top 8 bits of a block's words so that each of the 256 strata is hit once.

    Parameters
    ----------
    variable : record
        Of ``Tables.variable``; it stands at ``at``.
    column : (variable, 8) uint8
        Direction numbers of the variable's Sobol dimension, zeros where it has none.
    method : int
        ``SOBOL`` uses the direction numbers where there are any.
    words : uint32
        Of ``Rows``; ``WORD`` is changed in place, ``TOP`` overwritten.

    Notes
    -----
    The strata are a linear map over the bits of the iteration, shifted by a random byte. For Sobol points the map is
    the dimension's; without a dimension it is multiplication by a random non-zero element of the field of 256, which
    has the same distribution of pairs as a random permutation, hence the variance of Latin hypercube sampling.
    """
    c1 = U64(variable.low_key)
    c2 = U64(variable.high_key)
    r0, r1, _r2, _r3 = philox(U64(seed[0]), U64(seed[1]), block & MASK, c1, c2, U64(1))
    words[TOP] = U32(r0 >> U64(24)) << U32(24)
    has_dimension = method == SOBOL and column[at, 0] != U8(0)
    element = U32(1) + U32((r1 * U64(255)) >> HALF)
    half = U64(1)
    for bit in range(8):
        if has_dimension:
            step = U32(column[at, bit])
        else:
            step = element
            element = element << U32(1)
            if element > U32(255):
                element = element ^ FIELD
        step = step << U32(24)
        for i in range(half):
            words[TOP + half + i] = words[TOP + i] ^ step
        half = half + half
    for i in range(WIDTH):
        words[i] = (words[i] & LOW_24) | words[TOP + i]
