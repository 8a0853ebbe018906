"""The rows of working memory: the places of the fixed ones, and where those of a plan begin."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import LAG, Draws, Network, Risks

(WORD, CELL), WORD_ROWS = (np.uint64(BLOCK * row) for row in range(2)), 2
"""Places in ``Rows.words``: random words, and the cells of the table that they fall into."""

(
    (
        DURATION_ROW,
        DRAWN,
        BEGIN,
        DONE,
        PROJECT,
        DRIVING,
        FORCED,
        NOTHING,
        BY_LOGIC,
        DELAY_ROW,
        ELAPSED_ROW,
    ),
    TICK_ROWS,
) = (tuple(np.uint64(BLOCK * row) for row in range(11)), 11)
"""Places in ``Rows.ticks``: duration, ticks just drawn, start and finish [working tick] where no successor reads them,
the project's latest finish, the latest instants that drive a task and that bind its finish, zeros, the dates that a
task hands on which does not exist, sums of delays; the uncertain lags of a task follow."""

(VALUE, COST, MONEY_ROW, RATE_ROW, PRODUCT, HIGH, LOW), VALUE_ROWS = (np.uint64(BLOCK * row) for row in range(7)), 7
"""Places in ``Rows.values``: the value just drawn, a task's cost, sums of amounts and of rates, and the product, the
largest and the smallest of factors; the factors follow."""

ALWAYS, MARK_ROWS = np.uint64(0), 1
"""Place in ``Rows.marks`` of a row of ones; a row for each risk, for the drivers and for critical tasks follow."""


class Layout(NamedTuple):
    """Numbers of the first rows of dates, in ``Rows.ticks``, and of marks, in ``Rows.marks``."""

    need: int
    start: int
    finish: int
    start_work: int
    finish_work: int
    tick_rows: int
    occurs: int
    driver: int
    critical: int
    exists: int

    @classmethod
    def of(cls, draws: Draws, network: Network, risks: Risks, several_calendars: bool) -> "Layout":
        """Lay out the rows one after another."""
        degree = np.diff(network.offset)
        slots = 1 + int(network.slot.max(initial=0))
        works = slots if several_calendars else 0
        need = TICK_ROWS + rows_of(draws, LAG)
        start = need + int(degree.max(initial=0))
        start_work = start + 2 * slots
        driver = MARK_ROWS + risks.threshold.size
        planes = np.where(network.plane >= 0, network.plane + -(-degree // 8), 0)
        critical = driver + int(planes.max(initial=0))
        return cls(
            need=need,
            start=start,
            finish=start + slots,
            start_work=start_work,
            finish_work=start_work + works,
            tick_rows=start_work + 2 * works,
            occurs=MARK_ROWS,
            driver=driver,
            critical=critical,
            exists=critical + network.floor.size,
        )


def rows_of(draws: Draws, role: int) -> int:
    return 1 + int(draws.operand[draws.role == role].max(initial=-1))


def places(first: int, row: NDArray[Any]) -> NDArray[np.uint32]:
    """Return the places of rows numbered from row ``first`` on."""
    return np.asarray((first + row.astype(np.int64)) * BLOCK, np.uint32)
