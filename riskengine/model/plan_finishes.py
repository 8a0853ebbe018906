"""When the tasks of a plan finish, in plain Python: near enough for a hint, without libraries."""

from bisect import bisect_left
from datetime import date, datetime, timedelta
from graphlib import TopologicalSorter
from typing import Final

from riskengine.model.calendar import Calendar
from riskengine.model.existence import AnyCondition, Condition, FinishCondition, existence_conditions
from riskengine.model.relationship import Relationship
from riskengine.model.scenario import Scenario
from riskengine.model.task import Task
from riskengine.model.unroll import unrolled
from riskengine.model.with_learning import with_learning

MIDNIGHT: Final = 1440
LONGEST: Final = 36_525
"""Days from the first start beyond which nobody looks: what is later ends there."""
AT_LEAST_START: Final = frozenset({"SNET", "SO"})
AT_LEAST_FINISH: Final = frozenset({"FNET", "FO"})


def plan_finishes(scenario: Scenario) -> dict[str, date]:
    """Return the day on which each unfinished task ends in the plan, but for spans and for what does not exist there.

    Parameters
    ----------
    scenario : Scenario
        With its actions in force.

    Notes
    -----
    A forward pass over relationships, calendars, progress and constraints with plan values. Levelling,
    least durations and tasks that are wanted as late as possible are left out: a date may be too early by that.
    """
    return _ForwardPass(unrolled(with_learning(scenario))).finishes()


class _ForwardPass:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        began = [each.actual_start or each.actual_finish or scenario.start for each in scenario.tasks.values()]
        self.origin = min([scenario.start, *began]).date()
        self.worktimes: dict[str, _WorkTime] = {}
        self.start: dict[str, float] = {}
        self.finish: dict[str, float] = {}
        self.conditions = existence_conditions(scenario)
        self.absent: set[str] = set()

    def finishes(self) -> dict[str, date]:
        tasks = {name: task for name, task in self.scenario.tasks.items() if not task.is_span}
        before = {name: [each.task for each in task.after if each.task in tasks] for name, task in tasks.items()}
        days = {}
        for name in TopologicalSorter(before).static_order():
            task = tasks[name]
            self._place(task)
            if not task.is_finished and name not in self.absent:
                # the midnight at which a day ends belongs to that day
                day = -(-self.finish[name] // MIDNIGHT) - 1
                days[name] = self.origin + timedelta(days=max(0, min(day, LONGEST)))
        return days

    def _place(self, task: Task) -> None:
        """Note when a task begins and ends [minutes after the midnight of the start]."""
        scenario, name = self.scenario, task.id
        begin = self._minutes(scenario.start)
        if task.actual_finish is not None:
            if not scenario.is_data_date:
                begin = self._minutes(task.actual_finish)
            self.start[name] = self.finish[name] = begin
            return
        if task.actual_start is not None and not scenario.is_data_date:
            begin = self._minutes(task.actual_start)
        if not all(map(self._is_planned, self.conditions.get(name, ()))):
            self.absent.add(name)
        if task.resume is not None:
            begin = max(begin, self._minutes(task.resume))
        begin, least_finish = self._earliest(task, begin)
        calendar = self._calendar(task.working_calendar)
        hours = 0.0 if name in self.absent else scenario.calendar_named(task.working_calendar).hours_per_day
        work = 60 * hours * scenario.work_days(task)
        done = calendar.done(begin)
        if calendar.done(least_finish) - work > done:
            done = calendar.done(least_finish) - work
            begin = calendar.instant(done)
        self.start[name] = begin
        self.finish[name] = max(begin, calendar.instant(done + work)) if work else max(begin, least_finish)

    def _earliest(self, task: Task, begin: float) -> tuple[float, float]:
        """Return the earliest start, and the earliest finish, that logic and constraints leave a task."""
        least_finish = 0.0
        for each in task.after:
            if each.task not in self.finish or self._is_overridden(task, each):
                continue
            instant = self._instant_asked(each, task)
            if each.type in ("FS", "SS"):
                begin = max(begin, instant)
            else:
                least_finish = max(least_finish, instant)
        for constraint in () if task.is_started else task.constraints:
            if constraint.date is None:
                continue
            instant = self._minutes(constraint.date)
            if constraint.type in AT_LEAST_START:
                begin = max(begin, instant)
            elif constraint.type in AT_LEAST_FINISH:
                least_finish = max(least_finish, instant)
            elif constraint.type in ("MSO", "MFO"):  # whatever logic says
                begin, least_finish = (instant, 0.0) if constraint.type == "MSO" else (0.0, instant)
                break
        return max(begin, self._minutes(self.scenario.start)), least_finish

    def _is_planned(self, condition: AnyCondition) -> bool:
        """Whether what has to be so for a task to exist is so in the plan, in which no risk occurs."""
        if isinstance(condition, Condition):
            return condition.is_planned
        if isinstance(condition, FinishCondition):
            return (self.finish.get(condition.task, 0.0) > self._minutes(condition.date)) == condition.is_later
        return not condition.occurs

    def _is_overridden(self, task: Task, relationship: Relationship) -> bool:
        """Whether a task that has begun does not wait for a predecessor any more."""
        if not task.is_started:
            return False
        is_over = self.scenario.tasks[relationship.task].is_finished
        retained = self.scenario.is_data_date and self.scenario.schedule.out_of_sequence == "retained logic"
        return not (is_over or retained)

    def _instant_asked(self, relationship: Relationship, task: Task) -> float:
        """Return the instant that a relationship asks for, its lag included."""
        ends = self.finish if relationship.type in ("FS", "FF") else self.start
        instant, lag = ends[relationship.task], relationship.lag
        before = self.scenario.tasks[relationship.task]
        value = lag.plan_value()
        if not value or relationship.task in self.absent or task.id in self.absent:
            return instant
        if self.scenario.is_data_date and before.is_started:
            if task.is_started:
                return instant
            began = before.actual_start if relationship.type in ("SS", "SF") else before.actual_finish
            instant = instant if began is None else self._minutes(began)
        name = self.scenario.calendar_of_lag(relationship, task)
        calendar = self._calendar(name)
        minutes = 60 * self.scenario.calendar_named(name).unit_hours(lag.unit) * value
        return calendar.instant(max(0.0, calendar.done(instant) + minutes))

    def _calendar(self, name: str) -> "_WorkTime":
        if name not in self.worktimes:
            self.worktimes[name] = _WorkTime(self.scenario.calendar_named(name), self.origin)
        return self.worktimes[name]

    def _minutes(self, moment: datetime) -> float:
        midnight = datetime(self.origin.year, self.origin.month, self.origin.day)
        return max(0.0, min((moment - midnight) / timedelta(minutes=1), LONGEST * MIDNIGHT))


class _WorkTime:
    """The working time of a calendar from a day on, laid out as far as anybody has asked."""

    def __init__(self, calendar: Calendar, origin: date) -> None:
        self.calendar = calendar
        self.day = origin
        self.total = [0]
        """Minutes worked before each midnight."""

    def done(self, instant: float) -> float:
        """Return the minutes worked before an instant."""
        day = min(int(instant // MIDNIGHT), LONGEST)
        while len(self.total) <= day:
            self._add_day()
        minute = instant - MIDNIGHT * day
        return self.total[day] + sum(max(0.0, min(minute, end) - begin) for begin, end in self._shifts(day))

    def instant(self, done: float) -> float:
        """Return the first instant before which so many minutes are worked."""
        while self.total[-1] < done and len(self.total) <= LONGEST:
            self._add_day()
        day = bisect_left(self.total, done) - 1
        if done <= 0 or day >= len(self.total) - 1:
            return 0.0 if done <= 0 else float(LONGEST * MIDNIGHT)
        left = done - self.total[day]
        for begin, end in self._shifts(day):
            if left <= end - begin:
                return MIDNIGHT * day + begin + left
            left -= end - begin
        return float(MIDNIGHT * (day + 1))

    def _shifts(self, day: int) -> tuple[tuple[int, int], ...]:
        when = self.day + timedelta(days=day)
        return self.calendar.exceptions.get(when, self.calendar.week[when.weekday()])

    def _add_day(self) -> None:
        self.total.append(self.total[-1] + sum(end - begin for begin, end in self._shifts(len(self.total) - 1)))
