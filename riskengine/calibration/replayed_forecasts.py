"""Forecasts as they would have been made at past dates, from what was known then, and what became of them.

Sums of rows that are drawn with replacement are not simulated: their distribution is a convolution, and exact.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy import signal

from riskengine.calibration.bounded import Bounded, Floats, mean, share
from riskengine.model.backlog import FEWEST_ROWS

FEWEST_ITEMS: Final = 10
"""Items that have to be done before a forecast of the next one is made."""

FEWEST_FORECASTS: Final = 10
LONGEST_WAIT: Final = 3
"""How long, in times of what the mean says, is waited for items to be done."""

MOST_FORECASTS: Final = 400
"""Forecasts of periods of which those of the latest dates are made."""

LARGEST_PRODUCT: Final = 1_000_000
"""Lengths, multiplied, up to which a convolution is made term by term."""

LEVELS: Final = (0.1, 0.5, 0.9)
SHARED: Final = 1e-9


class Replayed(NamedTuple):
    """One forecast and what became of it.

    Attributes
    ----------
    p10, p50, p90 : float
    actual : float
    place : float
        Forecast probability of less than the actual, with half that of the actual itself.
    inside : float
        Forecast probability from P10 to P90, both of them counted: above 0.8 where values are whole numbers.
    """

    p10: float
    p50: float
    p90: float
    actual: float
    place: float
    inside: float


class Replay(NamedTuple):
    """How the forecasts of one question did.

    Attributes
    ----------
    forecasts : int
    coverage, below, above : Bounded
        Shares of actuals from P10 to P90, below, above.
    expected : float
        Mean forecast probability of lying from P10 to P90.
    place : Bounded
        Mean probability integral transform: 0.5 where forecasts are neither too high nor too low.
    pinball : dict
        Mean loss by percentile.
    """

    forecasts: int
    coverage: Bounded
    below: Bounded
    above: Bounded
    expected: float
    place: Bounded
    pinball: dict[float, Bounded]


def replay_of(forecasts: Sequence[Replayed]) -> Replay | None:
    """Return how forecasts did, None where they are too few to say."""
    count = len(forecasts)
    if count < FEWEST_FORECASTS:
        return None
    low, middle, high, actual, place, inside = (np.array(column) for column in zip(*forecasts, strict=True))
    is_below, is_above = actual < low, actual > high
    points = dict(zip(LEVELS, (low, middle, high), strict=True))
    return Replay(
        forecasts=count,
        coverage=share(int((~is_below & ~is_above).sum()), count),
        below=share(int(is_below.sum()), count),
        above=share(int(is_above.sum()), count),
        expected=float(inside.mean()),
        place=mean(place),
        pinball={level: mean(loss(forecast, actual, level)) for level, forecast in points.items()},
    )


def loss(forecast: Floats, actual: Floats, level: float) -> Floats:
    """Return the pinball loss of forecasts of a percentile."""
    return np.asarray(np.where(actual >= forecast, level, level - 1) * (actual - forecast))


def how_many(done: Sequence[int], ahead: int) -> list[Replayed]:
    """Return forecasts of how many items are done in the next periods, from periods that do not overlap.

    Parameters
    ----------
    done : sequence of int
        Items by period.
    ahead : int
        Periods that are forecast.
    """
    return [
        against(sum_of(done[:now], ahead), sum(done[now : now + ahead])) for now in origins(len(done), ahead, ahead)
    ]


def how_long(done: Sequence[int], ahead: int) -> list[Replayed]:
    """Return forecasts of when as many items are done as the mean until then would have done in some periods.

    Notes
    -----
    Nobody waits longer than ``LONGEST_WAIT`` times as many periods: forecast and actual are cut there alike, so that
    none is left out because it took long.
    """
    longest = LONGEST_WAIT * ahead
    forecasts = []
    for now in origins(len(done), longest, ahead):
        past, coming = done[:now], np.cumsum(done[now : now + longest])
        items = int(np.ceil(np.mean(past) * ahead - SHARED))
        if not items:
            continue
        late = int((coming < items).sum())
        forecasts.append(against(waiting_of(past, items, longest), late + 1))
    return forecasts


def origins(rows: int, needed: int, step: int) -> list[int]:
    """Return how many rows were known at each date a forecast is made at: the last one first sees what came of it."""
    return list(range(rows - needed, FEWEST_ROWS - 1, -step))[:MOST_FORECASTS][::-1]


def chances_of(rows: Sequence[int], limit: int | None = None) -> Floats:
    """Return how probable each number is in a row that is drawn; those from a limit on are left out."""
    counts = np.bincount(np.asarray(rows, dtype=np.int64), minlength=1) / len(rows)
    return np.asarray(counts[:limit])


def sum_of(rows: Sequence[int], ahead: int) -> Floats:
    """Return how probable each sum of rows is that are drawn with replacement."""
    one = chances_of(rows)
    size = ahead * (len(one) - 1) + 1
    if size * len(one) > LARGEST_PRODUCT:
        sums = np.fft.irfft(np.fft.rfft(one, size) ** ahead, size) if size > 1 else one
        return np.asarray(np.clip(sums, 0.0, 1.0))
    total = one
    for _ in range(ahead - 1):
        total = np.convolve(total, one)
    return total


def waiting_of(rows: Sequence[int], items: int, longest: int) -> Floats:
    """Return how probable each number of periods is until so many items are done; the last one is any longer wait."""
    one = chances_of(rows, items)
    waiting = np.zeros(longest + 2)
    left, before = np.ones(1), 1.0
    for period in range(1, longest + 1):
        left = convolved(left, one)[:items]
        after = float(left.sum())
        waiting[period], before = before - after, after
    waiting[-1] = before
    return waiting


def convolved(first: Floats, second: Floats) -> Floats:
    """Return a convolution, long ones by way of their Fourier transforms."""
    if len(first) * len(second) <= LARGEST_PRODUCT:
        return np.convolve(first, second)
    return np.asarray(np.clip(signal.fftconvolve(first, second), 0.0, 1.0))


def against(chances: Floats, actual: int) -> Replayed:
    """Return a forecast of a whole number and what became of it."""
    below = np.cumsum(chances)
    p10, p50, p90 = (min(int(np.searchsorted(below, level - SHARED)), len(chances) - 1) for level in LEVELS)
    of_actual = float(chances[actual]) if actual < len(chances) else 0.0
    less = float(below[min(actual, len(below)) - 1]) if actual > 0 else 0.0
    inside = float(below[p90] - (below[p10 - 1] if p10 else 0.0))
    bounds = (float(p10), float(p50), float(p90))
    return Replayed(*bounds, actual=float(actual), place=less + of_actual / 2, inside=inside)


def next_item(starts: Floats, finishes: Floats, until: float) -> list[Replayed]:
    """Return forecasts of how long each item takes, made when it began, from those that were done by then.

    Parameters
    ----------
    starts, finishes : (item,) float64
        In days.
    until : float
        Data date, in days. What began so late that a slow item could not be done by then is not forecast: of such, only
        the fast ones would be there.
    """
    lengths = finishes - starts
    if not len(lengths):
        return []
    slow = float(np.quantile(lengths, 0.95))
    forecasts = []
    for start, length in sorted(zip(starts.tolist(), lengths.tolist(), strict=True)):
        sample = np.sort(lengths[finishes <= start])
        if len(sample) < FEWEST_ITEMS or start + slow > until:
            continue
        p10, p50, p90 = (float(value) for value in np.quantile(sample, LEVELS, method="inverted_cdf"))
        less, no_more = (np.searchsorted(sample, length, side) / len(sample) for side in ("left", "right"))
        inside = float(((sample >= p10) & (sample <= p90)).mean())
        forecasts.append(Replayed(p10, p50, p90, actual=length, place=float(less + no_more) / 2, inside=inside))
    return forecasts
