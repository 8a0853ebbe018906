"""How often values fall where: what a histogram and its S-curve are drawn from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.results.tables.arrow_array import numpy_of


@dataclass(frozen=True)
class Histogram:
    """Equal bins over a range.

    Parameters
    ----------
    low, high : float
        Ends of the range, in the unit of the values.
    share : (bin,) float64
        Share of all values in each bin; its upper edge belongs to it, and to the first bin its lower edge too.
    cumulative : (bin,) float64
        Share of all values up to the upper edge of each bin, those below the range included.
    """

    low: float
    high: float
    share: NDArray[np.float64]
    cumulative: NDArray[np.float64]


def histogram(column: "pa.ChunkedArray[Any]", low: float, high: float, bins: int) -> Histogram:
    """Count a column of the iterations into equal bins.

    Parameters
    ----------
    column : pyarrow.ChunkedArray of float64
        At least one value.
    low, high : float
        Ends of the range, ``low < high``; values outside are in no bin.
    bins : int
        At least 1.
    """
    ordered = np.sort(numpy_of(column))
    edges = np.linspace(low, high, bins + 1)
    up_to = np.searchsorted(ordered, edges, side="right")
    up_to[0] = np.searchsorted(ordered, low, side="left")
    share = up_to / len(ordered)
    return Histogram(low, high, np.diff(share), share[1:])


def place_of_instant(
    instants: "pa.ChunkedArray[Any]", values: "pa.ChunkedArray[Any]", instant: datetime
) -> tuple[float, float]:
    """Return where an instant lies among values that rise with instants, and the share of iterations up to it.

    Parameters
    ----------
    instants, values : pyarrow.ChunkedArray of timestamp and of float64
        Both for each iteration, as the finish as an instant and in working days.
    instant : datetime

    Returns
    -------
    (float, float)
        Half way between the last value up to the instant and the first one after it; infinite beyond them all.
    """
    is_reached = numpy_of(instants) <= np.datetime64(instant)
    numbers = numpy_of(values)
    before, after = numbers[is_reached], numbers[~is_reached]
    low = before.max() if len(before) else -np.inf
    high = after.min() if len(after) else np.inf
    return float((low + high) / 2), float(is_reached.mean())
