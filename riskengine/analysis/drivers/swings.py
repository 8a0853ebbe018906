"""What moves the finish most, and no more: for who waits for the answer while a slider moves."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.sides import SidePlaces, side_mean, swing
from riskengine.results.samples.driver_sample import DriverInput, DriverSample

INPUTS_AT_ONCE: Final = 64


class Swing(NamedTuple):
    """By how much the finish moves with one input [working day].

    Attributes
    ----------
    about : DriverInput
    low, high : (float, float, float)
        The mean finish where the input is in its lowest and in its highest tenth, less the mean of all, with the ends
        of its interval; of what happens or does not, without and with it.
    swing : (float, float, float)
        The second less the first.
    """

    about: DriverInput
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    swing: tuple[float, float, float]


def largest_swings(made: DriverSample, row: int, most: int) -> list[Swing]:
    """Return the inputs that move the finish of a target most, the largest first.

    Parameters
    ----------
    made : DriverSample
    row : int
        Of the target.
    most : int
        How many.

    Notes
    -----
    They are those of the table ``driver``, to the last bit.
    """
    sample, n = made.sample, made.iterations
    values, replicates = sample.finish_days[row, :n], Replicates.of(sample.method, n)
    limits = None if sample.limits is None or sample.is_taken_as_fixed else sample.limits.finish_days[:, row]
    reach = np.inf if limits is None else float(limits[1] - limits[0])

    def group(start: int) -> tuple[Interval, Interval, Interval]:
        columns = made.columns(slice(start, start + INPUTS_AT_ONCE))
        low, high = SidePlaces.of(columns.low), SidePlaces.of(columns.high)
        sides = [side_mean(values, side, replicates, reach) for side in (low, high)]
        return sides[0], sides[1], swing(values, low, high, replicates, reach)

    with ThreadPoolExecutor(made.threads) as pool:  # whoever has which group, each is worked out for itself
        groups = list(pool.map(group, range(0, len(made.inputs), INPUTS_AT_ONCE)))
    if not groups:
        return []
    low, high, both = (
        np.array([np.concatenate([each[part][end] for each in groups]) for end in range(3)]) for part in range(3)
    )
    sizes = np.nan_to_num(np.abs(both[0]), nan=-1.0)
    order = sorted(range(len(made.inputs)), key=lambda at: (-sizes[at], made.inputs[at].id))
    return [
        Swing(made.inputs[at], ends_of(low, at), ends_of(high, at), ends_of(both, at))
        for at in order[:most]
        if sizes[at] > 0
    ]


def ends_of(values: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", at: int) -> tuple[float, float, float]:
    """Return a value with the ends of its interval."""
    value, low, high = values[:, at].tolist()
    return value, low, high
