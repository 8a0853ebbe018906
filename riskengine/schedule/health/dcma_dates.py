"""The points of the DCMA 14-point assessment that need dates.

References
----------
Defense Contract Management Agency (2012), Earned Value Management System Program Analysis Pamphlet, DCMA-EA PAM
200.1, section 4.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskengine.schedule.dates.computed_dates import Dates
from riskengine.schedule.dates.working_time import WorkingTime
from riskengine.schedule.health.dcma import LONG_DAYS, SHARE
from riskengine.schedule.health.finding import Measure, Result, at_most, not_assessable
from riskengine.schedule.health.logic import Logic
from riskengine.schedule.health.readiness import is_after
from riskengine.schedule.health.shock import Shock

MINUTE = 1 / 60
INDEX = 0.95


def with_dates(
    logic: Logic, order: Sequence[str], dates: Dates, time: WorkingTime, end: str | None, shock: Shock | None
) -> tuple[Measure, ...]:
    """Return points 6, 7, 9, 12 and 13.

    Parameters
    ----------
    order : sequence of str
        Ids of the tasks in the order of `dates`.
    time : WorkingTime
        Calendars around `dates`.
    end : str or None
        The last task of the project; None where all is done.
    shock : Shock or None
        None where the tasks were not lengthened.
    """
    day = time.day_hours(logic.computed[name] for name in order)
    with np.errstate(invalid="ignore"):
        high = dates.total_float > LONG_DAYS * day + MINUTE
        negative = dates.total_float < -MINUTE
    return (
        at_most(
            6,
            "RE556",
            name="High float",
            behind=_named(logic, order, high),
            denominator=len(logic.unfinished),
            limit=SHARE,
            remark="over 44 d",
        ),
        at_most(
            7,
            "RE557",
            name="Negative float",
            behind=_named(logic, order, negative),
            denominator=len(logic.unfinished),
            limit=0.0,
        ),
        _invalid(logic, order, dates, time),
        _critical_path(shock),
        _length_index(logic, order, dates, time, end),
    )


def _named(logic: Logic, order: Sequence[str], counts: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(sorted(order[row] for row in np.flatnonzero(counts).tolist() if order[row] in logic.unfinished))


def _invalid(logic: Logic, order: Sequence[str], dates: Dates, time: WorkingTime) -> Measure:
    scenario = logic.scenario
    name = "Invalid dates"
    if not scenario.is_data_date:
        remark = "the scenario has a start and no data date"
        return not_assessable(9, "RE559", name=name, threshold="none", remark=remark)
    keeps = [logic.computed[task].working_calendar for task in order]
    since = np.full(len(order), np.datetime64(scenario.start, "s"))
    with np.errstate(invalid="ignore"):
        past = time.hours(keeps, since, dates.early_finish) < -MINUTE
    late = {id for id, task in logic.work.items() if is_after(task, scenario.start)}
    behind = tuple(sorted(late | set(_named(logic, order, past))))
    return at_most(
        9,
        "RE559",
        name=name,
        behind=behind,
        denominator=len(logic.work),
        limit=0.0,
        remark="actual dates after the data date, forecasts before",
    )


def _critical_path(shock: Shock | None) -> Measure:
    name, threshold = "Critical path test", "all"
    if shock is None or not shock.critical:
        remark = "no task was lengthened" if shock is None else "no unfinished work is on the longest path"
        return not_assessable(12, "RE562", name=name, threshold=threshold, remark=remark)
    passed = shock.critical - len(shock.broken)
    result: Result = "fail" if shock.broken else "pass"
    remark = f"600 d more on each task of the longest path must move {shock.ends[0]} by as much"
    share = passed / shock.critical
    return Measure(
        12,
        "RE562",
        name=name,
        numerator=passed,
        denominator=shock.critical,
        value=share,
        threshold=threshold,
        limit=1.0,
        result=result,
        behind=shock.broken,
        remark=remark,
    )


def _length_index(logic: Logic, order: Sequence[str], dates: Dates, time: WorkingTime, end: str | None) -> Measure:
    name, threshold, scenario = "Critical path length index", "at least 0.95", logic.scenario
    if end is None or not asks_for_a_date(logic):
        remark = "no finish is asked for: must_finish, a deadline or a late constraint"
        return not_assessable(13, "RE563", name=name, threshold=threshold, remark=remark)
    row = list(order).index(end)
    since = np.array([np.datetime64(scenario.start, "s")])
    project = time.table(scenario.calendar).day_ticks / 3600
    length = float(time.hours([scenario.calendar], since, dates.early_finish[row : row + 1])[0]) / project
    room = float(dates.total_float[row] / time.day_hours([scenario.tasks[end]])[0])
    if length <= 0 or not np.isfinite(room):
        return Measure(
            13,
            "RE563",
            name=name,
            numerator=room,
            denominator=length,
            value=None,
            threshold=threshold,
            result="not assessable",
            behind=(),
            remark="nothing is left to do",
        )
    value = (length + room) / length
    result: Result = "fail" if value < INDEX else "pass"
    remark = f"({length:.1f} d to {end} {room:+.1f} d of float) / {length:.1f} d"
    return Measure(
        13,
        "RE563",
        name=name,
        numerator=length + room,
        denominator=length,
        value=value,
        threshold=threshold,
        limit=INDEX,
        result=result,
        behind=(end,),
        remark=remark,
    )


def asks_for_a_date(logic: Logic) -> bool:
    """Whether anything bounds the late dates of the project."""
    bound = any(
        task.deadline is not None or any(constraint.is_hard for constraint in task.constraints)
        for task in logic.unfinished.values()
    )
    return bound or logic.scenario.schedule.must_finish is not None
