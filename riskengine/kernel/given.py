"""The forward pass over durations that are given, not drawn."""

from typing import Any

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import Clocks, Network, Scratch
from riskengine.kernel.clock import schedule_on_clock
from riskengine.kernel.compiling import compiled, entry
from riskengine.kernel.forward import schedule


@entry
def schedule_given(
    durations: Any,
    network: Network,
    clocks: Clocks | None,
    limit: Any,
    work_limit: Any,
    work: Scratch,
    start: Any,
    finish: Any,
) -> None:
    """Schedule every task of futures whose durations are known.

    Parameters
    ----------
    durations : (task, iteration) int32 [tick]
        Whole blocks; of spans they are filled.
    clocks : Clocks or None
        None where the whole plan shares one calendar; the two cases are compiled apart.
    limit : int32 [tick]
        Dates are cut there: with it, no look-up leaves the calendars' tables.
    work_limit : (calendar,) int32 [working tick]
        The same instant in each calendar's working time.
    start, finish : (task, iteration) int32 [tick]
        Filled.

    Notes
    -----
    Lags are those of the network: ``Scratch.sums.lag`` is not read where no lag is uncertain.
    """
    sums, dates, marks = work.sums, work.dates, work.marks
    duration = sums.duration
    for block in range(durations.shape[1] // BLOCK):
        column = block * BLOCK
        for task in range(network.floor.size):
            for i in range(BLOCK):
                duration[i] = durations[task, column + i]
            if clocks is None:
                schedule(network, task, True, duration, sums.lag, dates, marks.driver)
            else:
                schedule_on_clock(network, clocks, task, True, duration, sums.elapsed, sums.lag, dates, marks.driver)
            slot = network.slot[task]
            cut(dates.start, slot, limit)
            cut(dates.finish, slot, limit)
            if clocks is not None:
                cut(dates.start_work, slot, work_limit[clocks.task[task]])
                cut(dates.finish_work, slot, work_limit[clocks.task[task]])
            for i in range(BLOCK):
                durations[task, column + i] = duration[i]
                start[task, column + i] = dates.start[slot, i]
                finish[task, column + i] = dates.finish[slot, i]


@compiled
def cut(rows: Any, slot: Any, limit: Any) -> None:
    """Let nothing in row ``slot`` of ``rows`` (row, 256) int32 be above ``limit``."""
    for i in range(BLOCK):
        a = rows[slot, i]
        rows[slot, i] = a if a < limit else limit
