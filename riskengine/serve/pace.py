"""How fast somebody may ask: as many requests at once as fill a bucket, and then so many a second."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

BURST: Final = 120.0
PER_SECOND: Final = 60.0
"""More than a hand can move a slider for."""
LONGEST_WAIT_S: Final = 2.0
"""Who would have to wait longer is turned away."""


@dataclass
class Pace:
    """Requests that somebody may still make.

    Parameters
    ----------
    clock : callable
        Returns the time [s].
    """

    clock: Callable[[], float] = time.monotonic
    left: float = BURST
    at: float = field(default=-1.0)

    def wait(self) -> float | None:
        """Count a request, and return how long it has to wait [s]; None where it is turned away, and not counted."""
        now = self.clock()
        if self.at >= 0:
            self.left = min(BURST, self.left + (now - self.at) * PER_SECOND)
        self.at = now
        if self.left - 1 < -LONGEST_WAIT_S * PER_SECOND:
            return None
        self.left -= 1
        return max(0.0, -self.left / PER_SECOND)
