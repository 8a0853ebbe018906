"""Days that calendars lose in a block."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.lost_days import LostRows
from riskengine.kernel.draws.stream import fill_words_for

U8, U16, U32, U64, I32 = np.uint8, np.uint16, np.uint32, np.uint64, np.int32
ONE = U32(1)


@compiled
def draw_lost_days(seed: Any, clocks: Any, lost: LostRows | None, words: Any, block: Any) -> None:
    """Draw the days that calendars lose in a block; without any such calendar, this is nothing."""
    if lost is not None:
        for number in range(lost.calendar.size):
            lose_days(seed, clocks, lost, number, words=words, block=block)


@inlined
def lose_days(seed: Any, clocks: Any, lost: Any, number: Any, words: Any, block: Any) -> None:
    """Fill the rows of one calendar: what is lost before each day, and the day in which each piece of work begins."""
    grid = clocks.calendar[lost.calendar[number].number]
    k, last = lost.calendar[number].first_draw, lost.calendar[number].last_draw
    for i in range(WIDTH):
        lost.lost_work[i] = U32(0)
        lost.next_piece[i] = I32(0)
        lost.was_lost[i] = U8(0)
    before = I32(0)
    for day in range(grid.days):
        place = grid.packed + U64(day) * WIDTH
        at = grid.before + U64(grid.first_day + day) * grid.day_cells
        until = I32(clocks.work_before[at + grid.day_cells] - grid.first_work)
        may_be_lost = k < last and lost.draw[k].day == day
        if may_be_lost:
            fill_words_for(U64(lost.draw[k].purpose), seed, lost.draw[k], block, words)
            lose_or_work(lost, lost.draw[k], place, U32(until - before), words)
            k += 1
        else:
            for i in range(WIDTH):
                lost.packed[place + i] = lost.lost_work[i] << ONE
        if until > before:
            note_pieces(lost, grid, until, work=until - before, day=U16(day))
        before = until
    note_end(lost, grid)


@inlined
def lose_or_work(lost: Any, draw: Any, place: Any, work: Any, words: Any) -> None:
    """Fill the row of a day that may be lost, and with it the working ticks lost so far."""
    least, least_after_lost = draw.threshold, draw.threshold_after_lost
    if least == least_after_lost:
        for i in range(WIDTH):
            is_lost = U32(U64(words[i]) >= least)
            lost.packed[place + i] = (lost.lost_work[i] << ONE) | is_lost
            lost.lost_work[i] += work * is_lost
            lost.was_lost[i] = U8(is_lost)
    else:
        for i in range(WIDTH):
            is_lost = U32(U64(words[i]) >= (least_after_lost if lost.was_lost[i] else least))
            lost.packed[place + i] = (lost.lost_work[i] << ONE) | is_lost
            lost.lost_work[i] += work * is_lost
            lost.was_lost[i] = U8(is_lost)


@inlined
def note_pieces(lost: Any, grid: Any, until: Any, work: Any, day: Any) -> None:
    """Note the day of the pieces of working time that begin in it; ``until`` it, so much would be worked.

    Notes
    -----
    In a day that is no longer than a piece at most one begins. It is noted as if one did, without a branch: what is
    noted too soon is noted again.
    """
    piece = I32(grid.piece)
    if work <= piece:
        for i in range(WIDTH):
            number = lost.next_piece[i]
            lost.day_of_work[grid.hint + U64(number) * WIDTH + i] = day
            lost.next_piece[i] = number + I32(number * piece < until - I32(lost.lost_work[i]))
    else:
        for i in range(WIDTH):
            worked = until - I32(lost.lost_work[i])
            number = lost.next_piece[i]
            while number * piece < worked:
                lost.day_of_work[grid.hint + U64(number) * WIDTH + i] = day
                number += 1
            lost.next_piece[i] = number


@inlined
def note_end(lost: Any, grid: Any) -> None:
    """Fill the row behind the last day, and the pieces of working time that begin there."""
    place = grid.packed + U64(grid.days) * WIDTH
    for i in range(WIDTH):
        lost.packed[place + i] = lost.lost_work[i] << ONE
        for number in range(lost.next_piece[i], grid.last_piece + 1):
            lost.day_of_work[grid.hint + U64(number) * WIDTH + i] = U16(grid.days)
