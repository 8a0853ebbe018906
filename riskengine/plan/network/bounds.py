"""What binds tasks besides logic: the start, progress and constraints, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import (
    ASKED_FINISH,
    FINISH_PINNED,
    HANDS_ON_DATES,
    HAS_STARTED,
    IS_FINISHED,
    LEAST_FINISH,
    MOST_FINISH,
    MOST_START,
    SPANS_OTHERS,
    START_PINNED,
    STARTS_SHIFT,
)
from riskengine.model import Relationship, Scenario, Task
from riskengine.plan.network.progress import Logic
from riskengine.plan.time.calendar import DAY_SECONDS
from riskengine.plan.time.calendars import CalendarBook, plan_ticks
from riskengine.plan.time.horizon import TooLong

LEAST_START = frozenset({"SNET", "SO"})
LEAST_END = frozenset({"FNET", "FO"})
FINISHES = frozenset({"FNET", "FO", "MFO", "FNLT"})
MOST_BEGIN = frozenset({"SNLT", "SO"})
MOST_END = frozenset({"FNLT", "FO"})


@dataclass(frozen=True)
class Bounds:
    """What binds each task, in kernel order.

    Parameters
    ----------
    binding : (task,) uint16
        ``LEAST_FINISH`` and the like, added up.
    bound, finish, begun : (task,) int64 [tick on the clock]
        Least start, or finish of what is over; least finish; actual start.
    by_logic : (task,) int64 [tick on the clock]
        Before which logic lets nothing be, constraints apart: the start, or where a lag from an actual start leads to.
    """

    binding: NDArray[np.uint16]
    bound: NDArray[np.int64]
    finish: NDArray[np.int64]
    begun: NDArray[np.int64]
    by_logic: NDArray[np.int64]
    has_data_date: bool

    @property
    def is_over(self) -> NDArray[np.bool_]:
        """Tasks that take no more time."""
        return np.asarray((self.binding & (IS_FINISHED | HANDS_ON_DATES)) != 0)

    @property
    def ends_nothing(self) -> NDArray[np.bool_]:
        """Tasks whose finish is not one of the project's: spans, and what only hands on the data date."""
        silent = HANDS_ON_DATES | SPANS_OTHERS | IS_FINISHED if self.has_data_date else HANDS_ON_DATES | SPANS_OTHERS
        return np.asarray((self.binding & silent) != 0)


def compile_bounds(scenario: Scenario, logic: Logic, calendars: CalendarBook) -> Bounds:
    """Lay out what binds each task besides logic.

    Notes
    -----
    With a data date, what is over hands on the data date, and relationships the rest of their lags. Constraints
    no longer bind early dates of what has started. A mandatory date before the start, or a late one that is honoured,
    counts as the start: nothing that is left can be done in the past.
    """
    tasks: Sequence[Task] = [scenario.tasks[name] for name in logic.order]
    count = len(tasks)
    start = calendars.start
    binding = np.zeros(count, np.uint16)
    bound = np.full(count, start, np.int64)
    finish = np.zeros(count, np.int64)
    begun = np.zeros(count, np.int64)
    by_logic = np.full(count, start, np.int64)

    for at, task in enumerate(tasks):
        if task.type == "summary" and not logic.after[task.id]:
            binding[at] = IS_FINISHED | SPANS_OTHERS
            bound[at] = begun[at] = start
            continue
        if task.actual_finish is not None:
            binding[at] = HANDS_ON_DATES if task.id in logic.passing else IS_FINISHED
            if not scenario.is_data_date:
                bound[at] = calendars.instant(task.actual_finish)
                begun[at] = calendars.instant(task.actual_start or task.actual_finish)
            else:
                begun[at] = start
            continue
        if task.is_span:
            binding[at] |= SPANS_OTHERS
        if task.type == "start milestone":
            binding[at] |= STARTS_SHIFT
        if task.actual_start is not None and not scenario.is_data_date:
            binding[at] |= HAS_STARTED
            bound[at] = begun[at] = calendars.instant(task.actual_start)
        if task.resume is not None:
            bound[at] = max(bound[at], calendars.instant(task.resume))
        if not task.is_span and task.actual_start is None:
            _constrain(task, at, calendars, binding=binding, bound=bound, finish=finish)
            if scenario.schedule.honour_constraints:
                _cap(task, at, calendars, binding=binding, finish=finish, begun=begun)
        for relationship in logic.settled.get(task.id, ()):
            instant = _settled(relationship, scenario, task, calendars)
            by_logic[at] = max(by_logic[at], instant)
            if relationship.type == "SS":
                bound[at] = max(bound[at], instant)
            else:
                binding[at] |= LEAST_FINISH | (ASKED_FINISH if instant >= finish[at] else 0)
                finish[at] = max(finish[at], instant)
    return Bounds(
        binding=binding,
        bound=bound,
        finish=finish,
        begun=begun,
        by_logic=by_logic,
        has_data_date=scenario.is_data_date,
    )


def _settled(relationship: Relationship, scenario: Scenario, task: Task, calendars: CalendarBook) -> int:
    """Return the instant at which a lag from an actual start is over [tick on the clock], by its plan value."""
    before = scenario.tasks[relationship.task]
    lag_calendar = calendars.of_lag(relationship.lag, before, task)
    began = calendars.instant(before.actual_start) if before.actual_start is not None else calendars.start
    lag = plan_ticks(relationship, lag_calendar, calendars)
    if lag <= 0:
        return began
    table = calendars.tables[lag_calendar]
    try:
        return int(table.finish_instant(table.working(began) + lag))
    except ValueError as reason:
        raise TooLong(f"a lag from an actual start: {reason}") from reason


def _constrain(
    task: Task,
    at: int,
    calendars: CalendarBook,
    *,
    binding: NDArray[np.uint16],
    bound: NDArray[np.int64],
    finish: NDArray[np.int64],
) -> None:
    """Add a task's constraints to row ``at``; those on late dates move nothing here."""
    start = calendars.start
    dated = _dated(task, calendars)
    for kind, instant in dated:
        if kind in LEAST_START:
            bound[at] = max(bound[at], instant)
        elif kind in LEAST_END:
            binding[at] |= LEAST_FINISH
            finish[at] = max(finish[at], instant, start)
        elif kind == "MFO":
            binding[at] |= FINISH_PINNED
            finish[at] = max(instant, start)
    for kind, instant in dated:
        if kind == "MSO":
            binding[at] |= START_PINNED
            bound[at] = max(instant, start)


def _dated(task: Task, calendars: CalendarBook) -> list[tuple[str, int]]:
    """Return the type and the instant of each of a task's constraints that has a date."""
    dates: list[tuple[str, int]] = []
    for constraint in task.constraints:
        if constraint.date is not None:
            instant = calendars.instant(constraint.date)
            is_end = constraint.type in FINISHES
            dates.append((constraint.type, _end_of_day(instant, task, calendars) if is_end else instant))
    return dates


def _end_of_day(instant: int, task: Task, calendars: CalendarBook) -> int:
    """Return the last shift's end before an instant at midnight, which is how a day's end is written."""
    if instant % (DAY_SECONDS // calendars.tick):
        return instant
    table = calendars.tables[calendars.of_task(task)]
    work = int(table.working(instant))
    return min(instant, int(table.finish_instant(work))) if work > 0 else instant


def _cap(
    task: Task,
    at: int,
    calendars: CalendarBook,
    *,
    binding: NDArray[np.uint16],
    finish: NDArray[np.int64],
    begun: NDArray[np.int64],
) -> None:
    """Let late constraints of row ``at`` hold early dates too."""
    for kind, instant in _dated(task, calendars):
        if kind in MOST_BEGIN:
            most = max(instant, calendars.start)
            begun[at] = min(begun[at], most) if binding[at] & MOST_START else most
            binding[at] |= MOST_START
        elif kind in MOST_END:
            most = max(instant, calendars.start)
            if not binding[at] & LEAST_FINISH or most == finish[at]:
                binding[at] |= MOST_FINISH
                finish[at] = most
