"""The forward pass over durations that are given, not drawn."""

from typing import Any, NamedTuple

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import entry, inlined
from riskengine.kernel.contract.arrays import Int32
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.on_clock import OnClock
from riskengine.kernel.contract.places import DURATION_ROW
from riskengine.kernel.dates.clock import schedule_on_clock
from riskengine.kernel.dates.forward import schedule
from riskengine.kernel.existence import apply_finish, leave_out, mark_planned, presence_at

U64 = np.uint64


class Futures(NamedTuple):
    """Futures whose durations are known, in whole blocks.

    Attributes
    ----------
    duration : (task, iteration) int32 [tick]
        Of spans it is filled.
    start, finish : (task, iteration) int32 [tick]
        Filled.
    """

    duration: Int32
    start: Int32
    finish: Int32


class DateLimits(NamedTuple):
    """Where dates are cut: with that, no look-up leaves the calendars' tables.

    Attributes
    ----------
    instant : int32 [tick]
    work : (calendar,) int32 [working tick]
        The same instant in each calendar's working time.
    """

    instant: np.int32
    work: Int32


@entry
def schedule_what_if(
    futures: Futures,
    tables: Tables,
    clocks: OnClock | None,
    has_constraints: bool | None,
    limits: DateLimits,
    rows: Rows,
) -> None:
    """Schedule every task of futures whose durations are known.

    Parameters
    ----------
    futures : Futures
    tables : Tables
        Lags are those of the relationships; none is uncertain. Which tasks exist no word decides: such a condition is
        always met, or never, and no risk occurs.
    clocks : OnClock or None
        The calendars, or None where the whole plan shares one. The two cases are compiled apart: what stands under ``is
        not None`` is left out where it is None.
    has_constraints : True or None
        Whether more than logic binds some task.
    limits : DateLimits
    rows : Rows
    """
    durations, start, finish = futures
    limit, work_limit = limits
    ticks = rows.ticks
    for at in range(U64(0), U64(durations.shape[1]), WIDTH):
        mark_planned(tables.presence, rows)
        for task in range(durations.shape[0]):
            stage = tables.stage[task + 1]
            for i in range(WIDTH):
                ticks[DURATION_ROW + i] = durations[task, at + i]
            leave_out(tables.presence, task + 1, ticks, rows.marks)
            presence = presence_at(tables.presence, task + 1)
            if clocks is None:
                schedule(stage, tables.relationship, has_constraints, presence, keep=True, rows=rows)
            if clocks is not None:
                schedule_on_clock(
                    stage, tables.relationship, clocks, has_constraints, presence=presence, keep=True, rows=rows
                )
                cut_dates(ticks, U64(stage.start_work), work_limit[stage.calendar])
                cut_dates(ticks, U64(stage.finish_work), work_limit[stage.calendar])
            cut_dates(ticks, U64(stage.start), limit)
            cut_dates(ticks, U64(stage.finish), limit)
            apply_finish(stage, task + 1, tables.presence, rows)
            for i in range(WIDTH):
                durations[task, at + i] = ticks[DURATION_ROW + i]
                start[task, at + i] = ticks[U64(stage.start) + i]
                finish[task, at + i] = ticks[U64(stage.finish) + i]


@inlined
def cut_dates(ticks: Any, place: Any, limit: Any) -> None:
    """Let nothing in the row at ``place`` be above ``limit``."""
    for i in range(WIDTH):
        a = ticks[place + i]
        ticks[place + i] = a if a < limit else limit
