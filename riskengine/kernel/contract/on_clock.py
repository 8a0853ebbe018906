"""Calendars as records, for plans with more than one."""

from typing import NamedTuple

import numpy as np

from riskengine.kernel.contract.arrays import Clocks, Int32, Records, records


class OnClock(NamedTuple):
    """``Clocks`` by calendar; what is known of tasks and relationships stands with them.

    Attributes
    ----------
    calendar : (calendar,) records
        ``cell``, ``multiplier``, ``shift``, ``bound``, ``start``, and ``before`` and ``work`` where its cells begin.
    work_before, work_start : int32
        As in ``Clocks``.
    """

    calendar: Records
    work_before: Int32
    work_start: Int32


def on_clock_of(clocks: Clocks) -> OnClock:
    many = clocks.bound.size
    cell, multiplier, shift = (np.full(many, x, np.uint64) for x in clocks.cell)
    calendar = records(
        cell=cell,
        multiplier=multiplier,
        shift=shift,
        before=clocks.cell_base.astype(np.uint64),
        work=clocks.work_base.astype(np.uint64),
        bound=clocks.bound,
        start=np.full(many, clocks.start[0], np.int32),
    )
    return OnClock(calendar=calendar, work_before=clocks.work_before, work_start=clocks.work_start)
