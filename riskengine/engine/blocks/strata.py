"""What stratifies the iterations of a block: fixed permutations of its strata, and Sobol points in fixed orders.

They are part of the definition of a result, and made of the words of the generator alone.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.sobol_numbers import DIRECTION_NUMBERS
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import DIMENSIONS, ORDERS, PERMUTATIONS, SOBOL, Strata
from riskengine.kernel.draws.stream import philox

PERMUTING, SCRAMBLING = 3, 4
"""Last words of the generator's counter, for permutations and scramblings that are the same in every run."""
BITS = 8
"""Of a stratum."""


def strata_for(method: int, dimension: NDArray[np.int16]) -> Strata:
    """Return what a method stratifies by.

    Parameters
    ----------
    method : int
    dimension : (variable,) int16
        Sobol dimensions, -1 where a variable has none.
    """
    return Strata(dimension, permutation_rows(), point_rows() if method == SOBOL else np.zeros(0, np.uint8))


@lru_cache(maxsize=1)
def permutation_rows() -> NDArray[np.uint8]:
    """Return the permutations as ``Strata.permutation`` has them."""
    return np.tile(permutations(0, PERMUTATIONS), 2).reshape(-1)


@lru_cache(maxsize=1)
def point_rows() -> NDArray[np.uint8]:
    """Return the Sobol points in all their orders as ``Strata.point`` has them."""
    point = sobol_points()
    flip = flips()
    row = np.empty((ORDERS, DIMENSIONS, 2 * BLOCK), np.uint8)
    for number, order in enumerate(permutations(PERMUTATIONS, ORDERS)):
        row[number, :, :BLOCK] = scrambled(np.take(point, order, axis=1), flip[number])
    row[:, :, BLOCK:] = row[:, :, :BLOCK]
    return row.reshape(-1)


def sobol_points() -> NDArray[np.uint8]:
    """Return the strata of the first 256 Sobol points in the order of their indices, (dimension, point) uint8."""
    number = np.frombuffer(bytes.fromhex(DIRECTION_NUMBERS), np.uint8).reshape(DIMENSIONS, 8)
    index = np.arange(BLOCK)
    point = np.zeros((DIMENSIONS, BLOCK), np.uint8)
    for bit in range(8):
        point ^= number[:, bit, None] * (index >> bit & 1).astype(np.uint8)
    return point


def permutations(first: int, count: int) -> NDArray[np.uint8]:
    """Return fixed random permutations of the strata, (permutation, 256) uint8.

    Notes
    -----
    Permutation ``k`` puts 0 to 255 in the order of the 256 words of block ``k``, smallest first, of a variable with key
    0, seed 0 and a purpose of its own; of equal words the first comes first.
    """
    lanes = BLOCK // 4
    words = fixed_words(first * lanes, count * lanes, PERMUTING)
    by_block = words.reshape(4, count, lanes).transpose(1, 0, 2).reshape(count, BLOCK)
    return np.argsort(by_block, axis=1, kind="stable").astype(np.uint8)


def scrambled(strata: NDArray[np.uint8], flip: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return strata whose bits are flipped, each by what the bits before it are (nested scrambling).

    Parameters
    ----------
    strata : (dimension, point) uint8
    flip : (dimension, 256) uint8
        Whether to flip bit ``k``, counted from the first, where those before it read ``p``, at ``2^k + p``.
    """
    made = np.zeros_like(strata)
    for bit in range(BITS):
        node = (1 << bit) + (strata.astype(np.intp) >> (BITS - bit))
        made |= ((strata >> (BITS - 1 - bit) & 1) ^ np.take_along_axis(flip, node, axis=1)) << (BITS - 1 - bit)
    return made


def flips() -> NDArray[np.uint8]:
    """Return the bits that scramble each dimension in each order, (order, dimension, 256) uint8 of 0 and 1.

    Notes
    -----
    Entry ``n`` is bit ``n % 32``, from the last, of word ``n // 32`` of the eight words of two lanes, first lane first.
    """
    words = fixed_words(0, 2 * ORDERS * DIMENSIONS, SCRAMBLING)
    by_order = words.T.reshape(ORDERS, DIMENSIONS, BITS, 1)
    bits = by_order >> np.arange(32, dtype=np.uint64) & np.uint64(1)
    return bits.reshape(ORDERS, DIMENSIONS, BLOCK).astype(np.uint8)


def fixed_words(first: int, count: int, purpose: int) -> NDArray[np.uint64]:
    """Return the words of lanes ``first`` and after under seed 0 and key 0, (4, lane) uint64 below 2**32."""
    lane = np.arange(first, first + count, dtype=np.uint64)
    zero = np.zeros_like(lane)
    in_python = getattr(philox, "py_func", philox)  # numpy takes all lanes at once, and nothing has to be compiled
    return np.array(in_python((zero, zero), (lane, zero, zero, zero + np.uint64(purpose))))
