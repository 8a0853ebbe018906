"""What a run shows of the days that calendars lose by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LostDaySample:
    """Days that calendars lose between the start and the finish of the project.

    Parameters
    ----------
    calendar, name : tuples of str, one per calendar in use that may lose days, by id
    working_days : (calendar, iteration) float64
        Days of the calendar, as it is written, on which there is work from the start to the finish of the project.
    lost_days : (calendar, iteration) float64
        Those among them that are lost.
    """

    calendar: tuple[str, ...]
    name: tuple[str, ...]
    working_days: NDArray[np.float64]
    lost_days: NDArray[np.float64]
