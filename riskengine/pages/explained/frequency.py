"""Shares as people count them: in 7 of 10 futures."""

from decimal import ROUND_HALF_EVEN, Decimal

DENOMINATORS = (10, 100, 1000)
NEAR = Decimal("0.02")
"""A share this near to a tenth is said in tenths."""


def frequency(share: float, against: float | None = None) -> tuple[int, int] | None:
    """Return a share as so many of so many futures, or None where that would take more than a thousand.

    Parameters
    ----------
    share : float
        From 0 to 1.
    against : float, optional
        A share that it is held against: what is below it, at it or above it is never said otherwise.

    Notes
    -----
    Tenths where they are off by 0.02 at the most, else hundredths, or thousandths where these would say none, all, or
    the share that it is held against. Only 0 and 1 themselves are none and all.
    """
    value = Decimal(repr(share))
    marks = [Decimal(0), Decimal(1), *([] if against is None else [Decimal(repr(against))])]
    for whole in DENOMINATORS:
        part = (value * whole).quantize(Decimal(1), ROUND_HALF_EVEN)
        rounded = part / whole
        is_near = whole > DENOMINATORS[0] or abs(rounded - value) <= NEAR
        if is_near and all(rounded.compare(mark) == value.compare(mark) for mark in marks):
            return int(part), whole
    return None


def exact_frequency(share: float) -> tuple[int, int] | None:
    """Return a share that somebody wrote down as so many of so many, or None where a thousand do not suffice."""
    for whole in DENOMINATORS:
        part = Decimal(repr(share)) * whole
        if part == part.to_integral_value():
            return int(part), whole
    return None
