"""Ranks of values that were drawn from words: the words are spread evenly, so that one pass puts them in order."""

from typing import Any, NamedTuple

import numpy as np

from riskengine.kernel.compiling import entry, inlined
from riskengine.kernel.contract.arrays import Float64, Int64, UInt32, UInt64

U32, U64, I64, F64 = np.uint32, np.uint64, np.int64, np.float64
HALF, LOW = U64(32), U64(0xFFFFFFFF)


class Ranked(NamedTuple):
    """The order and the ranks of the values of one variable.

    Attributes
    ----------
    order : (iteration,) int64
        Iterations from the least word to the largest; equal ones in the order of iterations.
    rank : (iteration,) float64
        Twice the rank of each value, less twice the mean rank; equal values share theirs.
    """

    order: Int64
    rank: Float64


class Room(NamedTuple):
    """What ``fill_ranks`` works in.

    Attributes
    ----------
    place : (2**bits + 1,) uint32
    keys : (iteration,) uint64
    ordered : (iteration,) float64
    """

    place: UInt32
    keys: UInt64
    ordered: Float64

    @classmethod
    def of(cls, iterations: int) -> "Room":
        """Return room for some iterations."""
        return cls(
            np.zeros(2 ** bucket_bits(iterations) + 1, np.uint32), np.zeros(iterations, np.uint64), np.zeros(iterations)
        )


def bucket_bits(iterations: int) -> int:
    """Return how many of the first bits of a word tell its bucket: one word or two to each."""
    return min(20, max(1, iterations.bit_length() - 1))


@entry
def fill_ranks(word: UInt32, value: Float64, ranked: Ranked, room: Room, bits: Any) -> None:
    """Put words in order and rank the values that they stand for.

    Parameters
    ----------
    word : (iteration,) uint32
    value : (iteration,) float64
        Never falls when the word rises.
    ranked : Ranked
        Filled.
    room : Room
    bits : uint32
        From ``bucket_bits``.

    Notes
    -----
    A bucket holds the words that begin with the same bits. Words of a uniform variable are spread over them evenly, so
    that what is left to do within the buckets, by insertion, is less than one step an iteration. Words that are not
    are put in order, too, but not fast.
    """
    order, rank = ranked
    place, keys, ordered = room
    count = U64(word.size)
    shift = U32(32) - U32(bits)
    for k in range(place.size):
        place[k] = 0
    for i in range(count):
        place[(word[i] >> shift) + U32(1)] += U32(1)
    for k in range(U64(1), U64(place.size)):
        place[k] += place[k - U64(1)]
    for i in range(count):
        bucket = word[i] >> shift
        at = place[bucket]
        keys[at] = (U64(word[i]) << HALF) | i
        place[bucket] = at + U32(1)
    for k in range(U64(1), count):
        key = keys[k]
        at = k
        while at > U64(0) and keys[at - U64(1)] > key:
            keys[at] = keys[at - U64(1)]
            at -= U64(1)
        keys[at] = key
    least = F64(I64(count) - 1)
    for k in range(count):
        iteration = keys[k] & LOW
        order[k] = I64(iteration)
        rank[iteration] = F64(I64(k) * 2) - least
        ordered[k] = value[iteration]
    first: Any = U64(0)
    for k in range(U64(1), count):
        if ordered[k] == ordered[k - U64(1)]:
            continue
        if k - first > U64(1):
            share(order, rank, first, k)
        first = k
    if count - first > U64(1):
        share(order, rank, first, count)


@inlined
def share(order: Any, rank: Any, first: Any, last: Any) -> None:
    """Give those from one place to before another the mean of their ranks."""
    mean = (rank[order[first]] + rank[order[last - U64(1)]]) / 2
    for k in range(first, last):
        rank[order[k]] = mean
