"""Philox4x32-10, straight from the paper.

References
----------
Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
"""

MASK = 0xFFFFFFFF
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
ROUNDS = 10

Words = tuple[int, int, int, int]


def philox4x32(counter: Words, key: tuple[int, int]) -> Words:
    """Encrypt a counter of four 32-bit words under a key of two.

    Parameters
    ----------
    counter : four ints in [0, 2**32)
    key : two ints in [0, 2**32)

    Returns
    -------
    four ints in [0, 2**32)
    """
    a, b, c, d = counter
    left, right = key
    for _ in range(ROUNDS):
        first = MULTIPLIERS[0] * a
        second = MULTIPLIERS[1] * c
        a, b, c, d = (second >> 32) ^ b ^ left, second & MASK, (first >> 32) ^ d ^ right, first & MASK
        left, right = (left + WEYL[0]) & MASK, (right + WEYL[1]) & MASK
    return a, b, c, d
