"""As many digits as an interval bears, for numbers that are written without it."""

from decimal import ROUND_HALF_EVEN, Decimal

FINEST = -9
"""Power of ten below which nothing is written."""


def bearable(value: float, low: float | None, high: float | None) -> tuple[float, int] | None:
    """Return a value rounded to the place that half its interval has its first digit in, and that power of ten.

    Parameters
    ----------
    value : float
    low, high : float or None
        Ends of its interval; None is an end that the sample cannot give.

    Returns
    -------
    (float, int) or None
        None where the value is known exactly, or its interval has an open end.

    Notes
    -----
    45.93 between 44.2 and 47.5 is 46: half the interval is 1.65, and what is beyond its first digit would say more than
    is known. A value other than 0 keeps a digit of its own.
    """
    if low is None or high is None or low == high:
        return None
    power = ((Decimal(repr(high)) - Decimal(repr(low))) / 2).adjusted()
    for place in range(power, FINEST - 1, -1):
        rounded = Decimal(repr(value)).scaleb(-place).quantize(Decimal(1), ROUND_HALF_EVEN).scaleb(place)
        if rounded or not value:
            return float(rounded), place
    return None
