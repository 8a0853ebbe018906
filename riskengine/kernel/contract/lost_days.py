"""Lost days as arrays: which days of a calendar may be lost, with what chance, and where the core keeps what it drew.

A day that may be lost is drawn from the stream of its calendar and month, with the day of the month as purpose. It is
lost where its word is at or above a threshold: one where the day before was worked, and one where it was lost, too.
"""

from typing import NamedTuple

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Int32, Records, UInt8, UInt16, UInt32, UInt64, records

FIRST_PURPOSE = 8
"""Purpose of the words of the first day of a month; those before are taken, or left free."""
MOST_DAYS = 2**16 - 2
"""Days of a calendar that may be lost: numbers of days fit 16 bits."""


class LostDays(NamedTuple):
    """The calendars of a plan that lose days; days count from the first that may be lost, which all share.

    Attributes
    ----------
    number : (calendar,) int32
        Number of each calendar among those that lose days, or -1.
    first : (1,) int32
        The first day that may be lost, in days after the origin.
    days : (losing calendar,) int32
        How many days may be lost at the most: behind them none is.
    first_work : (losing calendar,) int32 [working tick]
        What is worked before the first day where none is lost.
    day_division : (3,) uint64
        Ticks of a day, and multiplier and shift that divide by it.
    piece_division : (losing calendar, 3) uint64
        The same of a piece of working time, about a day: for each the day is kept in which it begins.
    pieces : (losing calendar,) int32
    offset : (losing calendar + 1,) int32
        Draws of each calendar, in the order of days.
    day : (draw,) int32
    key : (draw, 2) uint32
        Of the stream of calendar and month, low word first.
    purpose : (draw,) uint32
    threshold, threshold_after_lost : (draw,) uint64
        From which word on a day is lost, where the day before was not and where it was.
    """

    number: Int32
    first: Int32
    days: Int32
    first_work: Int32
    day_division: UInt64
    piece_division: UInt64
    pieces: Int32
    offset: Int32
    day: Int32
    key: UInt32
    purpose: UInt32
    threshold: UInt64
    threshold_after_lost: UInt64


class LostRows(NamedTuple):
    """What the core reads of ``LostDays``, and a thread's own memory of the days that are lost in a block.

    Attributes
    ----------
    calendar : (losing calendar,) records
        ``number`` of the calendar, and the range of its ``draw``.
    draw : (draw,) records
    packed : uint32
        A row for each day of each calendar and one behind: twice the working ticks lost before the day, plus one where
        it is lost itself.
    day_of_work : uint16
        A row for each piece of working time: the day in which it begins.
    lost_work : (256,) uint32
    next_piece : (256,) int32
    was_lost : (256,) uint8
        Of the days so far, while the days of a block are drawn.
    """

    calendar: Records
    draw: Records
    packed: UInt32
    day_of_work: UInt16
    lost_work: UInt32
    next_piece: Int32
    was_lost: UInt8


def lost_rows_of(lost: LostDays) -> LostRows:
    """Return the records of the core, with memory for one thread."""
    return LostRows(
        calendar=records(
            number=np.flatnonzero(lost.number >= 0)[np.argsort(lost.number[lost.number >= 0])].astype(np.int32),
            first_draw=lost.offset[:-1],
            last_draw=lost.offset[1:],
        ),
        draw=records(
            low_key=lost.key[:, 0],
            high_key=lost.key[:, 1],
            day=lost.day,
            purpose=lost.purpose,
            threshold=lost.threshold,
            threshold_after_lost=lost.threshold_after_lost,
        ),
        packed=np.zeros(int((lost.days + 1).sum()) * BLOCK, np.uint32),
        day_of_work=np.zeros(int(lost.pieces.sum()) * BLOCK, np.uint16),
        lost_work=np.zeros(BLOCK, np.uint32),
        next_piece=np.zeros(BLOCK, np.int32),
        was_lost=np.zeros(BLOCK, np.uint8),
    )


def lost_bytes(lost: LostDays) -> int:
    """Return the memory that a thread keeps lost days in [byte]."""
    return BLOCK * (4 * int((lost.days + 1).sum()) + 2 * int(lost.pieces.sum()))
