"""The shock test: does the finish respond when a task grows beyond its float?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.schedule.dates.computed_dates import Dates
from riskengine.schedule.dates.working_time import WorkingTime
from riskengine.schedule.health.logic import Logic
from riskengine.schedule.health.open_ends import INTO_START, OUT_OF_FINISH

SHOCK_DAYS = 20.0
"""Working days beyond the length of the whole project by which a task grows."""

CRITICAL_DAYS = 600.0
"""Working days by which the DCMA assessment lengthens a task of the longest path."""

ENOUGH = 0.9
"""Share of them that must arrive at the finish: calendars on the way may have other holidays."""

FAR = np.timedelta64(20_000, "D")
"""How far a finish is followed."""

COLUMNS = 256
"""Futures computed at once."""

Progress = Callable[[int, int, str], None]
"""Takes steps done, steps in all, and words."""

Forward = Callable[[NDArray[np.float64]], NDArray[np.datetime64]]
"""From working hours added to each task, (task, future) float64 [h], to finishes (watched, future) datetime64."""


@dataclass(frozen=True, slots=True)
class Shock:
    """What lengthening every task in turn did to the finish.

    Parameters
    ----------
    ends : tuple of str
        The tasks whose finish was watched: the last of the project, then the named targets.
    tested : int
        Tasks that were lengthened beyond the end of the project.
    cut_off : tuple of str
        Tasks that no end hears of, because no logic leads to one from their finish.
    without_effect : tuple of str
        Tasks that no end hears of although logic leads to one.
    critical : int
        Tasks whose length is on the longest path, that were lengthened by 600 working days.
    broken : tuple of str
        Those of them that did not move the last task by as much.
    """

    ends: tuple[str, ...]
    tested: int
    cut_off: tuple[str, ...]
    without_effect: tuple[str, ...]
    critical: int
    broken: tuple[str, ...]

    @property
    def words(self) -> str:
        """What was watched, in words."""
        return self.ends[0] if len(self.ends) == 1 else f"{self.ends[0]} or a target"


def end_of(logic: Logic, order: Sequence[str], dates: Dates) -> str | None:
    """Return the task that ends the project: the latest finish, a milestone or one without successors before others."""
    rows = [row for row, name in enumerate(order) if name in logic.unfinished and not np.isnat(dates.early_finish[row])]
    if not rows:
        return None

    def rank(row: int) -> tuple[np.datetime64, bool, bool, str]:
        name = order[row]
        return dates.early_finish[row], logic.work[name].is_milestone, not logic.out_of[name], name

    return order[max(rows, key=rank)]


def lengthen(
    logic: Logic,
    order: Sequence[str],
    dates: Dates,
    time: WorkingTime,
    ends: Sequence[str],
    forward: Forward,
    progress: Progress | None = None,
) -> Shock:
    """Lengthen each unfinished task beyond the end of the project, and each critical one by 600 days.

    Parameters
    ----------
    order : sequence of str
        Ids of the tasks in the order of `dates`.
    time : WorkingTime
        Calendars around `dates`.
    ends : sequence of str
        The tasks that `forward` watches, the last of the project first.
    forward : callable
        See ``Forward``.
    progress : callable, optional
        Told how many tasks have been lengthened.

    Notes
    -----
    A task grows by the length of the whole project and 20 days, so that no float, of its start or its finish, can take
    it up. An end responds where its finish moves at all; a critical task must move the last task by nine tenths of its
    growth, in days of its own calendar.
    """
    rows = [row for row, name in enumerate(order) if name in logic.unfinished and not logic.work[name].is_milestone]
    day_hours = time.day_hours(logic.computed[name] for name in order)
    critical = [row for row in length_critical(logic, order, dates) if row in set(rows)]
    length = project_hours(logic, dates, time, [order[row] for row in rows])
    growth = [hours + SHOCK_DAYS * day_hours[row] for row, hours in zip(rows, length, strict=True)]
    critical_growth = [CRITICAL_DAYS * day_hours[row] for row in critical]
    runs = _CountedRuns(forward, len(order), len(ends), len(rows) + len(critical), progress)
    finish = forward(np.zeros((len(order), 1)))
    responds = np.any(runs.finishes(rows, growth) > finish, axis=0)
    silent = {order[row] for row, does_respond in zip(rows, responds.tolist(), strict=True) if not does_respond}
    connected = set().union(*(reaching(logic, end) for end in ends))
    later = np.minimum(runs.finishes(critical, critical_growth)[0], finish[0, 0] + FAR)
    moved = _moved(logic, [order[row] for row in critical], finish[0, 0], later)
    broken = [
        order[row] for row, hours, grown in zip(critical, moved, critical_growth, strict=True) if hours < ENOUGH * grown
    ]
    return Shock(
        ends=tuple(ends),
        tested=len(rows),
        cut_off=tuple(sorted(silent - connected)),
        without_effect=tuple(sorted(silent & connected)),
        critical=len(critical),
        broken=tuple(sorted(broken)),
    )


def project_hours(logic: Logic, dates: Dates, time: WorkingTime, names: Sequence[str]) -> list[float]:
    """Return the length of the whole project in the calendar of each of some tasks [h]."""
    task_calendars = [logic.work[name].working_calendar for name in names]
    last = dates.early_finish[~np.isnat(dates.early_finish)].max()
    start = np.full(len(names), np.datetime64(logic.scenario.start))
    hours: list[float] = time.hours(task_calendars, start, np.full(len(names), last)).tolist()
    return hours


@dataclass(slots=True)
class _CountedRuns:
    """Runs of the core with one task longer in each, some hundred at once, counted for who waits."""

    forward: Forward
    tasks: int
    ends: int
    steps: int
    progress: Progress | None
    done: int = 0

    def finishes(self, rows: Sequence[int], hours: Sequence[float]) -> NDArray[np.datetime64]:
        """Return the finishes (end, row) where the task of each row takes so many hours more."""
        finishes = [np.zeros((self.ends, 0), "datetime64[us]")]
        for first in range(0, len(rows), COLUMNS):
            if self.progress is not None:
                self.progress(self.done + first, self.steps, "Lengthening tasks")
            part = slice(first, first + COLUMNS)
            finishes.append(_grown(self.tasks, rows[part], hours[part], self.forward))
        self.done += len(rows)
        return np.concatenate(finishes, axis=1)


def length_critical(logic: Logic, order: Sequence[str], dates: Dates) -> list[int]:
    """Return the rows of the tasks whose length, and not only one of their ends, is on the longest path.

    Notes
    -----
    Critical by its start alone, a task may be longer without delaying anybody; driven by its finish alone, it would
    begin earlier.
    """
    critical = dates.is_critical
    leaves = {before for before, after, kind in dates.driving if kind in OUT_OF_FINISH and critical[after]}
    leaves |= {row for row, name in enumerate(order) if name in logic.work and not logic.out_of[name]}
    driven = {after for _, after, _ in dates.driving}
    begins = {after for _, after, kind in dates.driving if kind in INTO_START}
    return [
        row for row in range(len(order)) if critical[row] and row in leaves and (row in begins or row not in driven)
    ]


def _moved(
    logic: Logic, names: Sequence[str], before: np.datetime64, later: NDArray[np.datetime64]
) -> NDArray[np.float64]:
    """Return by how much a finish moved (task,) float64 [h], for each task in its own calendar."""
    time = WorkingTime.around(logic.scenario, np.atleast_1d(before), later)
    keeps = [logic.work[name].working_calendar for name in names]
    return time.hours(keeps, np.full(len(names), before), later)


def _grown(tasks: int, rows: Sequence[int], hours: Sequence[float], forward: Forward) -> NDArray[np.datetime64]:
    """Return the finishes (watched, row) for each of `rows` grown alone by its `hours`."""
    added = np.zeros((tasks, len(rows)))
    added[rows, np.arange(len(rows))] = hours
    return forward(added)


def reaching(logic: Logic, end: str) -> set[str]:
    """Return the tasks that, when they grow, move the finish of a task by logic; that task included.

    Notes
    -----
    Work is done in one piece, so whatever moves one date of a task moves both. Growth moves the finish only.
    """
    moving = {end}
    todo = [end]
    while todo:
        for relationship in logic.into[todo.pop()]:
            if relationship.predecessor not in moving:
                moving.add(relationship.predecessor)
                todo.append(relationship.predecessor)
    heard = (
        relationship.predecessor
        for name in moving
        for relationship in logic.into[name]
        if relationship.type in OUT_OF_FINISH
    )
    return {end, *heard}
