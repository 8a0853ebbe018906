"""Levelling: a task waits until every resource that it needs has units free over its whole span.

This is the serial schedule generation scheme. Tasks come in the order of the plan, which for a levelled plan is that
of its priority rule, and each is placed once, at the earliest start that logic and resources allow; nobody is moved
again. So every requirement of logic holds, leads included: a start is only ever put off, and before the successors
look at it.

References
----------
Kolisch (1996), Serial and parallel resource-constrained project scheduling methods revisited.
"""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import HAS_STARTED
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.on_clock import OnClock
from riskengine.kernel.contract.places import BEGIN, DURATION_ROW, ELAPSED_ROW, FORCED
from riskengine.kernel.contract.resources import NOBODY, Holdings, Levelling, Profile
from riskengine.kernel.dates.grid import finish_instant, grid_of, start_instant, working

U8, I32, I64, U64 = np.uint8, np.int32, np.int64, np.uint64
HALF = I64(32)
LOW = I64(0xFFFFFFFF)
FIRST = I64(-(2**63))
"""The step before all others: at the earliest instant there is, nothing held."""


@compiled
def release_all(levelling: Levelling) -> None:
    """Hold nothing of any resource, at the beginning of a block."""
    holdings, profile = levelling
    step, last, first = profile.step, profile.last, holdings.first_step
    for r in range(first.size - 1):
        steps = U64(first[r + 1] - first[r])
        for i in range(WIDTH):
            at = U64(first[r]) * WIDTH + i * steps
            last[r, i] = I64(at)
            step[at] = FIRST


@compiled
def next_room(step: Any, last: Any, most_by_others: Any, start: Any, finish: Any) -> Any:
    """Return the earliest instant, not before ``start``, at which work from ``start`` to ``finish`` may find room.

    Parameters
    ----------
    step : (step,) int64
    last : int64
        Last step of the resource in this iteration.
    most_by_others : int64
        Most that may be held by others.
    start, finish : int64 [tick]

    Returns
    -------
    int64 [tick]
        ``start`` where there is room all the time; else the end of the last stretch in which there is none. No start
        before that can do, because finishes never come earlier when starts come later.
    """
    k = last
    while step[U64(k)] >> HALF >= finish:
        k -= 1
    while step[U64(k)] & LOW <= most_by_others:
        if step[U64(k)] >> HALF <= start:
            return start
        k -= 1
    while step[U64(k)] & LOW > most_by_others:
        k += 1
    return step[U64(k)] >> HALF


@compiled
def put_step(step: Any, who: Any, last: Any, at: Any, moment: Any) -> None:
    """Put a step in before ``at``, holding what the one before it holds."""
    for k in range(last, at - 1, -1):
        step[U64(k + 1)] = step[U64(k)]
        who[U64(k + 1)] = who[U64(k)]
    step[U64(at)] = (I64(moment) << HALF) | (step[U64(at - 1)] & LOW)
    who[U64(at)] = NOBODY


@compiled
def take_units(profile: Profile, last: Any, need: Any, units: Any, start: Any, finish: Any) -> Any:
    """Hold units from ``start`` to ``finish``; return who finished at that instant before, and how many steps came in.

    The step at ``finish`` says from now on that ``need`` ends there.
    """
    step, who = profile.step, profile.who
    k = last
    came = 0
    while step[U64(k)] >> HALF > finish:
        k -= 1
    if step[U64(k)] >> HALF < finish:
        put_step(step, who, last, k + 1, finish)
        k += 1
        came += 1
    tie = who[U64(k)]
    who[U64(k)] = need
    k -= 1
    while step[U64(k)] >> HALF > start:
        step[U64(k)] += units
        k -= 1
    if step[U64(k)] >> HALF < start:
        put_step(step, who, last + came, k + 1, start)
        k += 1
        came += 1
    step[U64(k)] += units
    return tie, came


@compiled
def who_freed(step: Any, who: Any, last: Any, most_by_others: Any, instant: Any) -> Any:
    """Return who finished at an instant just before which there was no room, or ``NOBODY`` where there was."""
    k = last
    while step[U64(k)] >> HALF > instant:
        k -= 1
    if step[U64(k)] >> HALF == instant and step[U64(k - 1)] & LOW > most_by_others:
        return who[U64(k)]
    return NOBODY


@compiled
def wait_for_resources(levelling: Levelling, task: Any, tables: Tables, clocks: OnClock | None, rows: Rows) -> None:
    """Put off the start of a task, as logic set it, until its resources have room, and hold them.

    Notes
    -----
    What takes no time holds nothing and does not wait; an elapsed delay holds the units, too. A task that has to wait
    is driven by who frees the resources that it was short of, and no longer by logic: its driver bits are cleared.
    """
    holdings, profile = levelling
    first, last = holdings.offset[task], holdings.offset[task + 1]
    if first == last:
        return
    stage, ticks = tables.stage[task + 1], rows.ticks
    may_wait = holdings.is_pinned[task] == U8(0)
    has_begun = stage.binding & HAS_STARTED != 0
    begin = BEGIN if has_begun else U64(stage.start)
    if clocks is not None:
        task_grid = grid_of(clocks, stage.calendar)
        begin = BEGIN if has_begun else U64(stage.start_work)
    forget_waits(profile, first, last)
    for i in range(WIDTH):
        length = ticks[DURATION_ROW + i]
        finish = ticks[U64(stage.finish) + i]
        start = ticks[begin + i]
        if clocks is not None:
            start = start_instant(task_grid, clocks, clocks.lost, ticks[begin + i], i)
        if length <= 0 or finish <= start:
            continue
        need = first
        needs_met = first if may_wait else last
        logical = start
        came_free = I32(0)
        while needs_met < last:
            room = room_for(levelling, need, i, start, finish)
            if room > start:
                came_free = room
                start = room
                finish = I32(room + length)
                if clocks is not None:
                    work = working(task_grid, clocks, clocks.lost, room, i)
                    start = start_instant(task_grid, clocks, clocks.lost, work, i)
                    done = finish_instant(task_grid, clocks, clocks.lost, I32(work + length), i)
                    finish = max(I32(done + ticks[ELAPSED_ROW + i]), ticks[FORCED + i], start)
                    ticks[begin + i] = work
                    ticks[U64(stage.finish_work) + i] = I32(work + length)
                needs_met = first
            else:
                needs_met += 1
                need = need + 1 if need + 1 < last else first
        if start > logical:
            note_waits(levelling, task, i, came_free)
            ticks[U64(stage.finish) + i] = finish
            if not has_begun:
                ticks[U64(stage.start) + i] = start
            for k in range(stage.first_relationship, stage.last_relationship):
                rows.marks[U64(tables.relationship[k].driver) + i] = U8(0)
        hold_units(levelling, task, i, start, finish)


@inlined
def forget_waits(profile: Profile, first: Any, last: Any) -> None:
    """Let needs ``first`` to ``last`` wait for nobody in any iteration."""
    for need in range(first, last):
        for i in range(WIDTH):
            profile.freed[need, i] = NOBODY


@inlined
def others_share(holdings: Holdings, need: Any) -> Any:
    """Return the most that others may hold of the resource of a need where it is to be met."""
    return I64(holdings.capacity[holdings.resource[need]] - holdings.units[need])


@inlined
def room_for(levelling: Levelling, need: Any, i: Any, start: Any, finish: Any) -> Any:
    """Return the earliest instant, not before ``start``, at which one need may be met; as ``next_room``."""
    holdings, profile = levelling
    last = profile.last[holdings.resource[need], i]
    return I32(next_room(profile.step, last, others_share(holdings, need), start, finish))


@inlined
def note_waits(levelling: Levelling, task: Any, i: Any, came_free: Any) -> None:
    """Write down who freed each resource that a task was short of at the instant at which it found room."""
    holdings, profile = levelling
    for need in range(holdings.offset[task], holdings.offset[task + 1]):
        last = profile.last[holdings.resource[need], i]
        profile.freed[need, i] = who_freed(profile.step, profile.who, last, others_share(holdings, need), came_free)


@inlined
def hold_units(levelling: Levelling, task: Any, i: Any, start: Any, finish: Any) -> None:
    """Hold all that a task needs from ``start`` to ``finish``."""
    holdings, profile = levelling
    for need in range(holdings.offset[task], holdings.offset[task + 1]):
        resource, units = holdings.resource[need], I64(holdings.units[need])
        last = profile.last[resource, i]
        tie, came = take_units(profile, last, I32(need), units, start=start, finish=finish)
        profile.tie[need, i] = tie
        profile.last[resource, i] += came


@compiled
def pass_on_waiting(levelling: Levelling, task: Any, tables: Tables, marks: Any) -> None:
    """Pass a task's critical bytes to the tasks that freed the resources that it waited for, ties to all of them."""
    holdings, profile = levelling
    freed, tie = profile.freed, profile.tie
    critical = U64(tables.stage[task + 1].critical)
    for need in range(holdings.offset[task], holdings.offset[task + 1]):
        for i in range(WIDTH):
            mark = marks[critical + i]
            if mark != U8(0):
                before = freed[need, i]
                while before >= 0:
                    marks[U64(tables.stage[holdings.holder[before] + 1].critical) + i] |= mark
                    before = tie[before, i]
