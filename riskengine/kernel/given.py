"""The forward pass over durations that are given, not drawn."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.clock import schedule_on_clock
from riskengine.kernel.compiling import entry, inlined
from riskengine.kernel.forward import schedule
from riskengine.kernel.records import DURATION_ROW, OnClock, Rows, Tables

U64 = np.uint64


@entry
def schedule_given(
    durations: Any,
    tables: Tables,
    clocks: OnClock | None,
    shared: bool | None,
    held: bool | None,
    limit: Any,
    work_limit: Any,
    rows: Rows,
    start: Any,
    finish: Any,
) -> None:
    """Schedule every task of futures whose durations are known.

    Parameters
    ----------
    durations : (task, iteration) int32 [tick]
        Whole blocks; of spans they are filled.
    tables : Tables
        Lags are those of the relationships; none is uncertain.
    clocks, shared : OnClock and None, or None and True
        The calendars, or that the whole plan shares one. The two cases are compiled apart: what stands under ``is not
        None`` is left out where it is None.
    held : True or None
        Whether more than logic binds some task.
    limit : int32 [tick]
        Dates are cut there: with it, no look-up leaves the calendars' tables.
    work_limit : (calendar,) int32 [working tick]
        The same instant in each calendar's working time.
    start, finish : (task, iteration) int32 [tick]
        Filled.
    """
    ticks, marks, mark_words = rows.ticks, rows.marks, rows.mark_words
    for at in range(U64(0), U64(durations.shape[1]), WIDTH):
        for task in range(durations.shape[0]):
            stage = tables.stage[task + 1]
            for i in range(WIDTH):
                ticks[DURATION_ROW + i] = durations[task, at + i]
            if shared is not None:
                schedule(stage, tables.link, held, True, ticks, marks, mark_words)
            if clocks is not None:
                schedule_on_clock(stage, tables.link, clocks, held, True, ticks, marks, mark_words)
                cut(ticks, U64(stage.start_work), work_limit[stage.calendar])
                cut(ticks, U64(stage.finish_work), work_limit[stage.calendar])
            cut(ticks, U64(stage.start), limit)
            cut(ticks, U64(stage.finish), limit)
            for i in range(WIDTH):
                durations[task, at + i] = ticks[DURATION_ROW + i]
                start[task, at + i] = ticks[U64(stage.start) + i]
                finish[task, at + i] = ticks[U64(stage.finish) + i]


@inlined
def cut(ticks: Any, place: Any, limit: Any) -> None:
    """Let nothing in the row at ``place`` be above ``limit``."""
    for i in range(WIDTH):
        a = ticks[place + i]
        ticks[place + i] = a if a < limit else limit
