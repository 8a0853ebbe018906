"""The forward pass over real instants, and the longest path back from a target."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from riskengine.model import Relationship, Task
from tests.twin.simulator.working_time import WorkingTime


@dataclass(frozen=True)
class Times:
    """What one iteration gives a task to work with, in ticks."""

    work: int
    """Working time to be done."""
    elapsed: int = 0
    """Delay on the clock after the working finish."""


@dataclass(frozen=True)
class Lag:
    """Lag of one relationship; `calendar` is None for a lag on the clock."""

    ticks: int
    calendar: WorkingTime | None


@dataclass
class Dates:
    """Start and finish of every task, and the predecessors that drive it (ties all)."""

    start: dict[str, int] = field(default_factory=dict)
    finish: dict[str, int] = field(default_factory=dict)
    drivers: dict[str, set[str]] = field(default_factory=dict)


def logical_order(tasks: Mapping[str, Task]) -> list[str]:
    """Ids, every predecessor before its successors."""
    order: list[str] = []
    left = dict(tasks)
    while left:
        ready = [id for id, task in left.items() if all(link.task not in left for link in task.after)]
        if not ready:
            raise ValueError(f"a cycle among {sorted(left)}")
        order += ready
        for id in ready:
            del left[id]
    return order


def required_instant(link: Relationship, dates: Dates, lag: Lag) -> int | None:
    """Instant that a relationship asks for: of the successor's start (FS, SS) or finish (FF, SF).

    None where a lead goes back, by the lag's calendar, behind the start of the scenario: nothing is asked then.
    """
    from_finish = link.type in ("FS", "FF")
    instant = dates.finish[link.task] if from_finish else dates.start[link.task]
    if lag.ticks == 0:
        return instant
    if lag.calendar is None:
        return instant + lag.ticks if instant + lag.ticks >= 0 else None
    moved = lag.calendar.moved(instant, lag.ticks)
    if lag.calendar.working_form(moved) < lag.calendar.working_form(0):
        return None
    return max(0, lag.calendar.shift_end_form(moved)) if lag.ticks > 0 else lag.calendar.working_form(moved)


def forward_pass(
    tasks: Mapping[str, Task],
    calendars: Mapping[str, WorkingTime],
    times: Mapping[str, Times],
    lag_of: Callable[[str, int], Lag],
    absent: Mapping[str, WorkingTime | None] = MappingProxyType({}),
) -> Dates:
    """Early dates of every task, none before tick 0.

    Parameters
    ----------
    tasks : id -> Task
    calendars : task id -> WorkingTime
    times : task id -> Times
    lag_of : of a task's id and the place of a relationship in its `after`, the lag
    absent : tasks that do not exist -> the calendar in which instants tie, None for the clock
    """
    dates = Dates()
    for id in logical_order(tasks):
        calendar, work = calendars[id], times[id].work
        not_before = [0]  # instants that the start must not precede
        not_done_before = []  # instants that the finish must not precede
        asked = []  # (predecessor, latest start form of what it asks)
        every = []  # (relationship, instant that it asks for)
        for place, link in enumerate(tasks[id].after):
            lag = lag_of(id, place)
            if id in absent or link.task in absent:
                lag = Lag(0, lag.calendar)  # there is nothing that it would be the wait before, or after
            instant = required_instant(link, dates, lag)
            if instant is None:
                continue
            every.append((link, instant))
            if link.type in ("FS", "SS"):
                not_before.append(instant)
                asked.append((link.task, calendar.working_form(instant)))
            else:
                not_done_before.append(instant)
                asked.append((link.task, calendar.working_form(calendar.moved(instant, -work))))
        if id in absent:
            hand_on(id, [(link.task, t) for link, t in every], absent[id], dates)
            continue
        start = max([calendar.working_form(0), *(form for _, form in asked)])
        dates.drivers[id] = {predecessor for predecessor, form in asked if form == start}
        if work == 0:
            instant = max(not_before + not_done_before)
            # nothing has ended at the start of the scenario: a shift end there is none
            if not calendar.is_open(instant) or instant == 0:
                instant = calendar.working_form(instant)
            start = done = instant
        else:
            done = calendar.after(start, work)
        dates.start[id] = start
        dates.finish[id] = max([start, done + times[id].elapsed, *not_done_before])
    return dates


def hand_on(id: str, asked: list[tuple[str, int]], ties: WorkingTime | None, dates: Dates) -> None:
    """Let what does not exist stand at the latest instant that it is asked for, whatever its calendar."""
    instant = max([0, *(t for _, t in asked)])
    if instant == 0 and ties is not None:
        instant = ties.working_form(0)  # on one calendar nothing is shown before its first shift
    dates.start[id] = dates.finish[id] = instant

    def form(t: int) -> int:
        return t if ties is None else ties.working_form(t)

    dates.drivers[id] = {predecessor for predecessor, t in asked if form(t) == form(instant)}


def longest_path(dates: Dates, ends: set[str]) -> set[str]:
    """Tasks on a longest path into any of `ends`: follow what drives, back to the beginning."""
    path: set[str] = set()
    open_ends = set(ends)
    while open_ends:
        id = open_ends.pop()
        path.add(id)
        open_ends |= dates.drivers[id] - path
    return path
