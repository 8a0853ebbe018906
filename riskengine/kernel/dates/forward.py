"""The forward pass of one task over a block, where the whole plan shares one calendar.

Times are working ticks after the project's start: 17:00 and 08:00 next morning are one number, so a date is the
largest of its requirements, exactly. A task, ``stage``, is a record of ``Tables.stage``, ``relationships`` are
``Tables.relationship``, and ``ticks``, ``marks`` and ``mark_words`` are those of ``Rows``.
"""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH, WORDS
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import (
    FINISH_PINNED,
    HANDS_ON_DATES,
    HAS_STARTED,
    IS_CONSTRAINED,
    IS_FINISHED,
    LEAST_FINISH,
    MOST_FINISH,
    MOST_START,
    SPANS_OTHERS,
    START_PINNED,
)
from riskengine.kernel.contract.existence import TaskPresence
from riskengine.kernel.contract.layout import Rows
from riskengine.kernel.contract.places import ALWAYS, BEGIN, BY_LOGIC, DONE, DRIVING, DURATION_ROW, NOTHING

U8, I32, U64 = np.uint8, np.int32, np.uint64
LIMIT = I32(2**31 - 1)
EIGHTH = U64(3)
"""Shift from a place in bytes to one in 64-bit words."""


@compiled
def schedule(
    stage: Any,
    relationships: Any,
    has_constraints: bool | None,
    presence: TaskPresence | None,
    keep: Any,
    rows: Rows,
) -> None:
    """Set start and finish of a task from its duration, and the bits that say which relationships drive it.

    The start is written only where ``keep`` or a successor asks for it. What is over keeps its actual dates; the
    duration of a span is filled. None of that is asked of a task where ``has_constraints`` is None.
    ``presence`` is None where every task always exists; where one does not, nothing but its relationships binds it.
    """
    ticks = rows.ticks
    first, last = stage.first_relationship, stage.last_relationship
    begin = U64(stage.start) if keep or stage.has_start else BEGIN
    driving = begin
    is_over = False
    if has_constraints is not None:
        begin = begin_of(stage, begin)
        driving = DRIVING if stage.binding & SPANS_OTHERS else begin
        is_over = stage.binding & IS_FINISHED != 0
    if stage.driver or first == last:
        fill_row(ticks, begin, stage.bound)
    if not is_over:
        for k in range(first, last):
            relationship = relationships[k]
            if relationship.is_sum:
                require_start(relationship, ticks)
                drop_lags(relationship, presence, k, ticks, rows.marks)
            if stage.driver:
                take_latest(relationship, begin, ticks)
            else:
                before, lag = U64(relationship.required), relationship.required_lag
                for i in range(WIDTH):
                    ticks[begin + i] = ticks[before + i] + lag
        if has_constraints is not None:
            pass_by_absent(stage, relationships, presence, ticks, rows.marks)
            constrain_or_cover(stage, relationships, begin, ticks)
        if stage.driver:
            mark_drivers(stage, relationships, driving, rows)
        if presence is not None:
            hand_on_dates(stage, relationships, presence.bound, presence, rows)
            copy_absent(ticks, BY_LOGIC, begin, presence.exists, rows.marks)
    if has_constraints is not None and stage.binding & (IS_FINISHED | HAS_STARTED):
        fill_row(ticks, U64(stage.start), stage.begun)
    add_work(stage, begin, U64(stage.finish), ticks)
    if has_constraints is not None and stage.binding & (FINISH_PINNED | MOST_FINISH):
        for i in range(WIDTH):
            ticks[begin + i] = max(ticks[begin + i], I32(0))  # the date holds the finish: work begins at the start


@inlined
def begin_of(stage: Any, start: Any) -> Any:
    """Return the place that takes the start that work is counted from: not ``start`` once the task has begun."""
    return BEGIN if stage.binding & (IS_FINISHED | HAS_STARTED) else start


@inlined
def fill_row(ticks: Any, place: Any, value: Any) -> None:
    """Fill the row at ``place`` with one value."""
    for i in range(WIDTH):
        ticks[place + i] = value


@inlined
def copy_absent(ticks: Any, source: Any, place: Any, exists: Any, marks: Any) -> None:
    """Copy the row at ``source`` to the one at ``place`` where the task with marks at ``exists`` does not exist."""
    for i in range(WIDTH):
        ticks[place + i] = ticks[place + i] if marks[exists + i] != U8(0) else ticks[source + i]


@compiled
def hand_on_dates(stage: Any, relationships: Any, bound: Any, presence: TaskPresence, rows: Rows) -> None:
    """Fill row ``BY_LOGIC`` with the latest date that relationships lead from, lags apart, and not before ``bound``.

    That is where a task stands that does not exist; the bits of the relationships that lead from there are set.
    """
    ticks, marks = rows.ticks, rows.marks
    exists = presence.exists
    first = stage.first_relationship
    last = stage.last_relationship if exists != ALWAYS else first
    fill_row(ticks, BY_LOGIC, bound)
    for k in range(first, last):
        before = U64(relationships[k].before)
        for i in range(WIDTH):
            ticks[BY_LOGIC + i] = max(ticks[BY_LOGIC + i], ticks[before + i])
    for k in range(first, last):
        before, driver, bit = U64(relationships[k].before), U64(relationships[k].driver), U8(1 << relationships[k].bit)
        if driver != U64(0):
            for i in range(WIDTH):
                if marks[exists + i] == U8(0):
                    others = marks[driver + i] & ~bit
                    marks[driver + i] = others | bit if ticks[before + i] == ticks[BY_LOGIC + i] else others


@compiled
def drop_lags(relationship: Any, presence: TaskPresence | None, number: Any, ticks: Any, marks: Any) -> None:
    """Take the lag of a relationship out of row ``need`` where its predecessor does not exist."""
    if presence is not None:
        place = U64(presence.lagged[number])
        if place != ALWAYS:
            need, uncertain = U64(relationship.need), U64(relationship.uncertain)
            for i in range(WIDTH):
                lag = ticks[uncertain + i] if uncertain != U64(0) else relationship.lag
                ticks[need + i] -= lag if marks[place + i] == U8(0) else I32(0)


@inlined
def require_start(relationship: Any, ticks: Any) -> None:
    """Fill row ``need`` of a relationship with the start that it requires; FF and SF bind the finish."""
    before, need = U64(relationship.before), U64(relationship.need)
    worked = DURATION_ROW if relationship.binds_finish else NOTHING
    uncertain = U64(relationship.uncertain) if relationship.uncertain else NOTHING
    lag = relationship.lag
    for i in range(WIDTH):
        ticks[need + i] = ticks[before + i] + lag - ticks[worked + i] + ticks[uncertain + i]


@inlined
def take_latest(relationship: Any, begin: Any, ticks: Any) -> None:
    """Put off the starts in row ``begin`` to what a relationship asks for."""
    required, lag = U64(relationship.required), relationship.required_lag
    for i in range(WIDTH):
        a = I32(ticks[required + i] + lag)
        b = ticks[begin + i]
        ticks[begin + i] = a if a > b else b


@inlined
def add_work(stage: Any, begin: Any, finish: Any, ticks: Any) -> None:
    """Fill row ``finish`` with the starts in row ``begin`` and the duration; what is over takes no time any more."""
    worked = NOTHING if stage.binding & (IS_FINISHED | HANDS_ON_DATES) else DURATION_ROW
    for i in range(WIDTH):
        ticks[finish + i] = ticks[begin + i] + ticks[worked + i]


@inlined
def constrain_or_cover(stage: Any, relationships: Any, begin: Any, ticks: Any) -> None:
    """Move the starts in row ``begin`` of a task that more than logic binds."""
    if stage.binding & SPANS_OTHERS:
        fill_row(ticks, DONE, stage.bound)
        cover_members(stage, relationships, begin, ticks)
    elif stage.binding & IS_CONSTRAINED:
        binding, bound, finish, begun = stage.binding, stage.bound, stage.least_finish, stage.begun
        for i in range(WIDTH):
            latest = latest_start(binding, bound, begun)
            length = ticks[DURATION_ROW + i]
            ticks[begin + i] = constrained(binding, ticks[begin + i], latest, bound, start=I32(finish - length))


@inlined
def latest_start(binding: Any, bound: Any, begun: Any) -> Any:
    """Return the most that the start of a task can be, its finish left aside."""
    most = bound if binding & START_PINNED else LIMIT
    return begun if binding & MOST_START else most


@inlined
def constrained(binding: Any, begin: Any, latest: Any, bound: Any, start: Any) -> Any:
    """Return a start held to the dates that bind a task besides logic.

    Parameters
    ----------
    begin : int32
        As logic has it.
    latest : int32
        As ``latest_start``.
    bound : int32
        The start itself, where it is pinned.
    start : int32
        The start with which the task is done when a date asks for it.
    """
    least = bound if binding & START_PINNED else -LIMIT
    a = max(begin, least, start if binding & (LEAST_FINISH | FINISH_PINNED) != 0 else least)
    return min(a, latest, start if binding & (MOST_FINISH | FINISH_PINNED) != 0 else latest)


@inlined
def cover_members(stage: Any, relationships: Any, begin: Any, ticks: Any) -> None:
    """Fill start, in row ``begin``, and duration of a span, from the earliest start to the latest finish asked of it.

    Notes
    -----
    FS and SS ask it of the start, FF and SF of the finish. Row ``DRIVING`` takes the finish. Nothing is earlier than
    the bound, in row ``DONE``.
    """
    earliest = LIMIT
    for i in range(WIDTH):
        ticks[begin + i] = earliest
        ticks[DRIVING + i] = ticks[DONE + i]
    for k in range(stage.first_relationship, stage.last_relationship):
        need = U64(relationships[k].need)
        binds_finish = relationships[k].binds_finish
        for i in range(WIDTH):
            a = ticks[need + i]
            ticks[begin + i] = min(ticks[begin + i], earliest if binds_finish else a)
            ticks[DRIVING + i] = max(ticks[DRIVING + i], a if binds_finish else ticks[DONE + i])
    for i in range(WIDTH):
        start, bound = ticks[begin + i], ticks[DONE + i]
        start = bound if start == earliest else max(start, bound)
        finish = max(ticks[DRIVING + i], start)
        ticks[begin + i] = start
        ticks[DRIVING + i] = finish
        ticks[DURATION_ROW + i] = finish - start


@compiled
def pass_by_absent(stage: Any, relationships: Any, presence: TaskPresence | None, ticks: Any, marks: Any) -> None:
    """Let a summary be asked for nothing by the tasks below it that do not exist."""
    if presence is not None and stage.binding & SPANS_OTHERS:
        for k in range(stage.first_relationship, stage.last_relationship):
            need, exists = U64(relationships[k].need), U64(presence.member[k])
            nothing = -LIMIT if relationships[k].binds_finish else LIMIT
            for i in range(WIDTH):
                ticks[need + i] = ticks[need + i] if marks[exists + i] != U8(0) else nothing


@inlined
def mark_drivers(stage: Any, relationships: Any, at: Any, rows: Rows) -> None:
    """Set the bits of the relationships whose requirement equals row ``at``; ties all count."""
    ticks, marks, mark_words = rows.ticks, rows.marks, rows.mark_words
    for k in range(stage.first_relationship, stage.last_relationship):
        relationship = relationships[k]
        required, lag = U64(relationship.required), relationship.required_lag
        driver = U64(relationship.driver)
        bit = U8(1 << relationship.bit)
        if relationship.bit == 0:
            word = driver >> EIGHTH
            for i in range(WORDS):
                mark_words[word + i] = U64(0)
        for i in range(WIDTH):
            marks[driver + i] |= bit if I32(ticks[required + i] + lag) == ticks[at + i] else U8(0)
