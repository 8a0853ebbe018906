"""Rounding parts so that they add up to what they are parts of."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def rounded_parts(parts: Sequence[Fraction], total: int) -> list[int]:
    """Return parts as whole numbers that add up to a total.

    Parameters
    ----------
    parts : sequence of Fraction
        That add up to less than one from the total, or to the total itself.
    total : int

    Notes
    -----
    The method of the largest remainder: each part is rounded down, and those with the largest remainders are one more,
    as many as are missing; of equal remainders the first. No part is off by one or more.
    """
    whole = [floor(part) for part in parts]
    missing = total - sum(whole)
    by_remainder = sorted(range(len(parts)), key=lambda at: whole[at] - parts[at])
    for at in by_remainder[: max(missing, 0)]:
        whole[at] += 1
    if missing < 0:
        for at in by_remainder[missing:]:
            whole[at] -= 1
    return whole
