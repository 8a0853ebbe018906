"""Where the steps of a waterfall stand between its lowest and its highest place."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

Place = tuple[float, float]


def waterfall_places(begin: float, steps: Sequence[float], end: float) -> list[Place]:
    """Return where each bar begins and ends, as shares of the width: the beginning, every step, and the end.

    Parameters
    ----------
    begin : float
    steps : sequence of float
        What each adds to what stands before it.
    end : float
    """
    places = [(begin, begin), *pairwise(accumulate(steps, initial=begin)), (end, end)]
    low, high = min(map(min, places)), max(map(max, places))
    width = high - low or 1.0
    return [((start - low) / width, (stop - low) / width) for start, stop in places]
