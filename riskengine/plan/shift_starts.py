"""Which plans on one calendar have dates that its working time cannot tell from each other."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import (
    ASKED_FINISH,
    FF,
    FINISH_PINNED,
    FS,
    HANDS_ON_DATES,
    HAS_STARTED,
    IS_FINISHED,
    LEAST_FINISH,
    MOST_FINISH,
    MOST_START,
    SF,
    SPANS_OTHERS,
    STARTS_SHIFT,
)
from riskengine.plan.network.bounds import Bounds
from riskengine.plan.network.relationships import Relationships
from riskengine.plan.network.structure import Structure
from riskengine.plan.stages import Content
from riskengine.plan.time.calendar import CalendarTable


def tasks_that_may_vanish(structure: Structure, content: Content) -> NDArray[np.uint8]:
    """Return which tasks (task,) may take no time at all: they stand at an instant, as milestones do."""
    book, risks = content.book, content.risks
    helped = {hit.target for hit in risks.delays if book.low(hit.variable) < 0}
    shrunk = {use.target for use in risks.factor_uses if book.low(risks.factor_variable[use.factor]) < 1}
    shorter = helped | shrunk
    vanishes = np.array(
        [
            least == 0 and (book.low(variable) <= 0 or at in shorter)
            for at, (least, variable) in enumerate(zip(content.floor.tolist(), content.duration.tolist(), strict=True))
        ],
        np.uint8,
    )
    if content.existence is not None:
        vanishes[content.existence.may_be_absent] = 1
    vanishes[(structure.bounds.binding & SPANS_OTHERS) != 0] = 0
    return vanishes


def is_exact_in_working_time(structure: Structure, content: Content) -> bool:
    """Return whether a plan on one calendar has no date that the calendar's working time would show wrongly."""
    table, start = structure.calendars.tables[int(structure.task_calendar[0])], structure.calendars.start
    vanishes = tasks_that_may_vanish(structure, content)
    book, project = content.book, vanishes.size
    may_end_at_start = any(hit.target == project and book.low(hit.variable) < 0 for hit in content.risks.delays)
    if may_end_at_start and not table.is_working(start):
        return False
    relationships = replace(content.relationships, least=content.least_lag)
    return not may_finish_as_a_shift_begins(table, start, relationships, structure.bounds, vanishes).any()


def may_finish_as_a_shift_begins(
    table: CalendarTable, start: int, relationships: Relationships, bounds: Bounds, vanishes: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Return which tasks (task,) may stand or finish at an instant other than the end of the work before it.

    Parameters
    ----------
    table : CalendarTable
        The one calendar of the plan.
    start : int [tick on the clock]
        Start of the project, the one instant that both are.
    relationships : Relationships
    bounds : Bounds
    vanishes : (task,) uint8
        Tasks that may take no time.

    Notes
    -----
    Working time knows one number for Tuesday 17:00 and for Wednesday 08:00, and is shown as the former. A finish at the
    latter (rules 5.5 and 5.6) can only come from an FF or SF that hands on a lead's end, a start or such a finish; from
    a date that is no shift's end; and, for what takes no time, from whatever drives it. Where none of these is there,
    counting in working time loses nothing. Tasks may be returned that never do.
    """
    binding = bounds.binding
    count = vanishes.size
    odd_bound = ~_ends_work(table, start, bounds.bound)
    odd_finish = ~_ends_work(table, start, bounds.finish)
    odd_begin = ~_ends_work(table, start, bounds.begun)
    asks_finish = (binding & (LEAST_FINISH | FINISH_PINNED | MOST_FINISH)) != 0
    asks_begin = (binding & (MOST_START | HAS_STARTED)) != 0
    is_span = (binding & (SPANS_OTHERS | IS_FINISHED)) == SPANS_OTHERS
    is_instant = (vanishes != 0) | ((binding & HANDS_ON_DATES) != 0)
    is_first = (
        (np.diff(relationships.offset) == 0) & (bounds.bound == start) & ((binding & ~np.uint16(STARTS_SHIFT)) == 0)
    )
    may = ((binding & IS_FINISHED) != 0) & odd_bound
    may |= ((binding & ASKED_FINISH) != 0) & odd_finish
    may |= is_instant & (odd_bound | (asks_finish & odd_finish) | (asks_begin & odd_begin))
    may |= is_instant & ((binding & STARTS_SHIFT) != 0) & ~is_first
    may |= is_span
    is_over = bounds.is_over
    for task in range(count):
        if may[task] or (is_over[task] and not binding[task] & HANDS_ON_DATES):
            continue
        for relationship in range(int(relationships.offset[task]), int(relationships.offset[task + 1])):
            kind = relationships.kind[relationship]
            if is_instant[task] or kind in (FF, SF):
                before = int(relationships.predecessor[relationship])
                hands_on = bool(may[before]) if kind in (FS, FF) else not is_first[before]
                may[task] |= relationships.least[relationship] < 0 or (
                    relationships.least[relationship] == 0 and hands_on
                )
    return np.asarray(may, bool)


def _ends_work(table: CalendarTable, start: int, instants: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which instants (task,) [tick on the clock] are what their working time is shown as."""
    work = np.maximum(table.working(instants), int(table.working(start)))
    at_start = instants <= start
    return np.asarray(at_start | (table.finish_instant(np.maximum(work, 1)) == instants))
