"""Calendars as records, for plans with more than one, or with lost days."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Clocks, Int32, Records, records
from riskengine.kernel.contract.lost_days import LostDays, LostRows, lost_rows_of


class OnClock(NamedTuple):
    """``Clocks`` by calendar; what is known of tasks and relationships stands with them.

    Attributes
    ----------
    calendar : (calendar,) records
        ``cell``, ``multiplier``, ``shift``, ``bound``, ``start``, and ``before`` and ``work`` where its cells begin.
        Of a calendar that loses days, ``loses`` is 1, and the rest is about them: ``day_cells`` cells make a day;
        ``day_multiplier`` and ``day_shift`` divide by a day; ``packed`` and ``hint`` are where its rows begin in
        ``LostRows``; ``piece``, ``piece_multiplier`` and ``piece_shift`` divide by a piece of its working time.
    work_before, work_start : int32
        As in ``Clocks``.
    lost : LostRows or None
        None where no calendar loses days, which is compiled apart. Threads do not share it.
    """

    calendar: Records
    work_before: Int32
    work_start: Int32
    lost: LostRows | None

    @property
    def of_thread(self) -> "OnClock":
        """The same with memory of its own for the days that are lost."""
        if self.lost is None:
            return self
        memory = {name: np.zeros_like(getattr(self.lost, name)) for name in LostRows._fields[2:]}
        return self._replace(lost=self.lost._replace(**memory))


def on_clock_of(clocks: Clocks, lost: LostDays | None = None) -> OnClock:
    """Return the calendars as the core takes them."""
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
        **_loses(many, int(clocks.cell[0]), lost),
    )
    return OnClock(
        calendar=calendar,
        work_before=clocks.work_before,
        work_start=clocks.work_start,
        lost=None if lost is None else lost_rows_of(lost),
    )


def _loses(many: int, cell: int, lost: LostDays | None) -> dict[str, NDArray[Any]]:
    """Return what the core reads of each of so many calendars about lost days: zeros where it loses none."""
    big = ("day_cells", "day_multiplier", "day_shift", "packed", "hint", "piece", "piece_multiplier", "piece_shift")
    small = ("loses", "first_day", "days", "first_work", "last_piece")
    columns: dict[str, NDArray[Any]] = {name: np.zeros(many, np.uint64) for name in big}
    columns |= {name: np.zeros(many, np.int32) for name in small}
    if lost is None:
        return columns
    calendar = np.flatnonzero(lost.number >= 0)
    rank = lost.number[calendar]
    filled = {
        "day_cells": lost.day_division[0] // np.uint64(cell),
        "day_multiplier": lost.day_division[1],
        "day_shift": lost.day_division[2],
        "packed": _places(lost.days + 1)[rank],
        "hint": _places(lost.pieces)[rank],
        "piece": lost.piece_division[rank, 0],
        "piece_multiplier": lost.piece_division[rank, 1],
        "piece_shift": lost.piece_division[rank, 2],
        "loses": 1,
        "first_day": lost.first[0],
        "days": lost.days[rank],
        "first_work": lost.first_work[rank],
        "last_piece": lost.pieces[rank] - 1,
    }
    for name, value in filled.items():
        columns[name][calendar] = value
    return columns


def _places(rows: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return where the rows of each calendar begin."""
    return (np.concatenate(([0], np.cumsum(rows.astype(np.int64))[:-1])) * BLOCK).astype(np.uint64)
