"""A scenario's plan, with all uncertainty off, as a network for the reference CPM."""

from datetime import date, datetime, time, timedelta
from functools import cache

from riskengine.model import Backlog, Calendar, Scenario, Task
from tests.twin.cpm.critical_path import Activity, Hours, Link, Network, instant
from tests.twin.draws.values import is_elapsed, plan_value, to_ticks
from tests.twin.simulator.backlogs import items_of_the_past, planned_ticks

REACH = timedelta(days=4_000)
"""Days before and after the start that calendars are laid out for."""


def network(scenario: Scenario) -> Network:
    """The plan of a scenario: with a data date as Primavera computes it, else as Microsoft Project does."""
    first, last = (scenario.start - REACH).date(), (scenario.start + REACH).date()
    used = {scenario.calendar, *(task.calendar for task in scenario.tasks.values())}
    hours = {id: hours_of(scenario.calendars[id], first, last) for id in sorted(used)}
    clock = around_the_clock(first, last)

    def of_task(task: Task) -> tuple[Hours, Calendar | None]:
        elapsed = is_elapsed(task.duration) or (task.remaining is not None and is_elapsed(task.remaining))
        return (clock, None) if elapsed else (hours[task.calendar], scenario.calendars[task.calendar])

    activities = {id: activity(scenario, task, *of_task(task)) for id, task in scenario.tasks.items()}
    links = []
    for task in scenario.tasks.values():
        for link in task.after:
            keeper: tuple[Hours | None, Calendar | None] = (None, None)
            if not is_elapsed(link.lag) and scenario.lag_calendar != "24h":
                keeper = {
                    "predecessor": of_task(scenario.tasks[link.task]),
                    "successor": of_task(task),
                    "project": (hours[scenario.calendar], scenario.calendars[scenario.calendar]),
                }[scenario.lag_calendar]
            lag = to_ticks(plan_value(link.lag), link.lag.unit, keeper[1], 1)
            links.append(Link(link.task, task.id, link.type, lag, None if keeper[0] is clock else keeper[0]))
    options = scenario.schedule
    return Network(
        activities,
        links,
        start=instant(scenario.start),
        data_date=instant(scenario.start) if scenario.is_data_date else None,
        must_finish=None if options.must_finish is None else instant(options.must_finish),
        out_of_sequence=options.out_of_sequence,
        start_lag=options.start_lag,
        dialect="p6" if scenario.is_data_date else "msp",
        honours_constraints=options.honour_constraints,
    )


@cache
def around_the_clock(first: date, last: date) -> Hours:
    """The clock as working hours: the same for every iteration of a scenario, and thousands of days to write."""
    return Hours(lambda day: [(0, 1440)], first, last)


def hours_of(calendar: Calendar, first: date, last: date) -> Hours:
    """Working hours of a calendar of the model."""
    return Hours(lambda day: calendar.exceptions.get(day, calendar.week[day.weekday()]), first, last)


def bound(type: str, moment: datetime, hours: Hours) -> int:
    """A constraint's instant; the end of a day, written as midnight, is the end of its last shift."""
    is_end_of_day = type in ("FNET", "FNLT", "FO", "MFO") and moment.time() == time()
    return hours.last_end(instant(moment)) if is_end_of_day else instant(moment)


def activity(scenario: Scenario, task: Task, hours: Hours, calendar: Calendar | None) -> Activity:
    """One task; the smallest duration holds for what is left of it, too."""
    work = 0
    if not task.is_finished and not task.is_span:
        if isinstance(task, Backlog):
            work = planned_ticks(task, calendar, 1, items_of_the_past(task, scenario))
        else:
            work = to_ticks(plan_value(task.work), task.work.unit, calendar, 1)
        if not (task.is_milestone or task.margin):
            least = scenario.minimum_duration
            work = max(0, work, to_ticks(plan_value(least), least.unit, calendar, 1))
    below = []
    if task.type == "summary":
        inside = [t for t in scenario.tasks.values() if f"{t.wbs}.".startswith(f"{task.wbs}.")]
        below = [t.id for t in inside if not t.is_span]
    return Activity(
        id=task.id,
        hours=hours,
        work=work,
        kind=task.type,
        actual_start=None if task.actual_start is None else instant(task.actual_start),
        actual_finish=None if task.actual_finish is None else instant(task.actual_finish),
        resume=None if task.resume is None else instant(task.resume),
        constraints=[(c.type, None if c.date is None else bound(c.type, c.date, hours)) for c in task.constraints],
        deadline=None if task.deadline is None else instant(task.deadline),
        below=below,
    )
