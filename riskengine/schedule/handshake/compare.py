"""The handshake: do our dates, with all uncertainty off, agree with those that the source tool stored?"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from riskengine.model import Scenario, Task
from riskengine.model.unroll import unrolled
from riskengine.schedule.dates.computed_dates import Dates
from riskengine.schedule.dates.working_time import Instants, WorkingTime
from riskengine.schedule.handshake.difference_reason import INHERITED, Evidence, Side, reason_of

MEASURES = ("early_start", "early_finish", "late_start", "late_finish")
SAME_HOURS = 1 / 60
"""Two dates less than a minute of working time apart are one."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the stored dates of one kind are ours too; ``share`` is None where none is stored."""

    measure: str
    compared: int
    matched: int

    @property
    def share(self) -> float | None:
        """Matched of compared."""
        return self.matched / self.compared if self.compared else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A task with a date that is not the stored one.

    Parameters
    ----------
    task, name : str
    measure : str
        The first of the dates that differ.
    stored, computed : datetime
        That date.
    hours : mapping of measure to float [h]
        Computed less stored, in working hours of the task's calendar, for every date that differs.
    days : float
        The same for `measure`, in working days.
    is_root : bool
        Whether the difference begins here rather than with what the task follows.
    reason, words : str
        Likely reason, as a key and as a sentence.
    """

    task: str
    name: str
    measure: str
    stored: datetime
    computed: datetime
    hours: dict[str, float]
    days: float
    is_root: bool
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Handshake:
    """The dates of a schedule beside those of its own tool.

    Parameters
    ----------
    tool : str
    rates : tuple of Rate
        Of early start, early finish, late start and late finish, and of all of them as ``overall``.
    differences : tuple of Difference
        Roots first, the largest first.
    left_out : mapping of str to int
        Tasks that are not compared, by the reason why.
    """

    tool: str
    rates: tuple[Rate, ...]
    differences: tuple[Difference, ...]
    left_out: dict[str, int]

    def rate(self, measure: str) -> Rate:
        """Return the rate of one kind of date, or of all: ``overall``."""
        return next(rate for rate in self.rates if rate.measure == measure)

    def is_kept(self, percent: float) -> bool:
        """Whether at least so many percent of the early starts agree; not where none could be compared."""
        share = self.rate("early_start").share
        return share is not None and 100 * share >= percent - 1e-9


def has_stored_dates(scenario: Scenario) -> bool:
    """Whether any task holds a date of another tool."""
    return any(task.imported is not None and task.imported.has_dates for task in scenario.tasks.values())


def obstacle(scenario: Scenario) -> str | None:
    """Return why an import cannot be compared with the scenario, None where it can, or where nothing was imported.

    Notes
    -----
    Dates that were computed for one data date say nothing of another: work that was to come is done by then.
    """
    if not has_stored_dates(scenario):
        return None if scenario.imported is None else "the source stored no early or late dates"
    if scenario.schedule.hard_constraints == "ignored":
        return "the scenario leaves out the hard constraints that the stored dates were computed with"
    data_date = None if scenario.imported is None else scenario.imported.data_date
    if data_date is None or data_date == scenario.start:
        return None
    was, now = data_date.isoformat(" ", "minutes"), scenario.start.isoformat(" ", "minutes")
    return f"the data date has changed since the import (was {was}, is {now})"


def compare(scenario: Scenario, order: Sequence[str], dates: Dates) -> Handshake:
    """Compare early and late dates, task by task, by the working time between them.

    Parameters
    ----------
    scenario : Scenario
    order : sequence of str
        Ids of the tasks in the order of `dates`: ``Plan.task``.
    dates : Dates

    Notes
    -----
    Compared are the tasks with stored dates, finished ones too, without levels of effort and summaries, whose dates
    follow from others. A started task may store its actual start as its early start.
    """
    computed_tasks = unrolled(scenario).tasks
    tasks = [computed_tasks[name] for name in order]
    tool = scenario.imported.tool if scenario.imported is not None else ""
    stored = {measure: _stored(tasks, measure) for measure in MEASURES}
    computed = {measure: np.asarray(getattr(dates, measure), "datetime64[s]") for measure in MEASURES}
    began = np.array([_instant(task.actual_start) for task in tasks], "datetime64[s]")
    is_fact = ~np.isnat(began) & (stored["early_start"] == began)
    computed["early_start"] = np.where(is_fact, began, computed["early_start"])
    time = WorkingTime.around(scenario, *stored.values(), *computed.values(), began)
    keeps = [task.working_calendar for task in tasks]
    hours = {measure: time.hours(keeps, stored[measure], computed[measure]) for measure in MEASURES}
    differs = {measure: np.abs(hours[measure]) >= SAME_HOURS for measure in MEASURES}
    rates = [Rate(m, int(np.isfinite(hours[m]).sum()), int((np.abs(hours[m]) < SAME_HOURS).sum())) for m in MEASURES]
    rates.append(Rate("overall", sum(rate.compared for rate in rates), sum(rate.matched for rate in rates)))
    evidence = Evidence(scenario, tuple(order), time=time, stored=stored, computed=computed, differs=differs)
    differences = sorted(_differences(evidence, hours), key=lambda d: (not d.is_root, -abs(d.days), d.task))
    return Handshake(tool, tuple(rates), tuple(differences), _left_out(scenario.tasks.values()))


def _stored(tasks: list[Task], measure: str) -> Instants:
    """Return the stored dates of one kind (task,) datetime64[s], not a time where they are not compared."""
    instants = [_instant(getattr(task.imported, measure) if is_comparable(task) else None) for task in tasks]
    return np.array(instants, "datetime64[s]")


def is_comparable(task: Task) -> bool:
    """Whether the dates of a task are computed by both tools."""
    return task.imported is not None and task.imported.has_dates and not task.is_span


def _instant(value: datetime | None) -> np.datetime64:
    return np.datetime64("NaT") if value is None else np.datetime64(value, "s")


def _left_out(tasks: Collection[Task]) -> dict[str, int]:
    left_out = {
        "level of effort or summary": sum(task.is_span for task in tasks),
        "no stored dates": sum(not is_comparable(task) and not task.is_span for task in tasks),
    }
    return {why: count for why, count in left_out.items() if count}


def _differences(evidence: Evidence, hours: dict[str, NDArray[np.float64]]) -> Iterator[Difference]:
    differs = evidence.differs
    some = np.any([differs[measure] for measure in MEASURES], axis=0)
    for row in np.flatnonzero(some).tolist():
        task = evidence.scenario.tasks[evidence.order[row]]
        wrong = [measure for measure in MEASURES if differs[measure][row]]
        side = Side.EARLY if wrong[0].startswith("early") else Side.LATE
        reason, words = reason_of(evidence, row, side)
        day = evidence.time.table(task.working_calendar).day_ticks / 3600
        yield Difference(
            task=task.id,
            name=task.name,
            measure=wrong[0],
            stored=evidence.stored[wrong[0]][row].astype(datetime),
            computed=evidence.computed[wrong[0]][row].astype(datetime),
            hours={measure: float(hours[measure][row]) for measure in wrong},
            days=float(hours[wrong[0]][row] / day),
            is_root=reason != INHERITED,
            reason=reason,
            words=words,
        )
