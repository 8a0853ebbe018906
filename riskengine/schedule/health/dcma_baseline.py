"""The points of the DCMA 14-point assessment that need a baseline.

Notes
-----
Counted is work: summaries, levels of effort and milestones are left out. A task is due where its baseline finish lies
on or before the date up to which progress was recorded. The baseline execution index counts every finished task, due
or not, against the tasks that were due and those without a baseline finish. Days decide, not hours.

References
----------
Defense Contract Management Agency (2012), Earned Value Management System Program Analysis Pamphlet, DCMA-EA PAM
200.1, section 4.
"""

from datetime import date, datetime, timedelta

from riskengine.model import Scenario, Task
from riskengine.schedule.health.finding import Measure, Result, at_most, not_assessable
from riskengine.schedule.health.logic import Logic

SHARE = 0.05
INDEX = 0.95
MISSED, EXECUTION = "Missed tasks", "Baseline execution index"


def with_baseline(logic: Logic) -> tuple[Measure, Measure]:
    """Return points 11 and 14."""
    work = {name: task for name, task in logic.work.items() if not task.is_milestone}
    baseline = {name: finish for name, task in work.items() if (finish := baseline_finish(task)) is not None}
    status = status_date(logic.scenario)
    if not baseline or status is None:
        remark = "no data date says what is due by now" if baseline else "no task has a baseline finish"
        return (
            not_assessable(11, "RE561", name=MISSED, threshold="at most 5 %", remark=remark),
            not_assessable(14, "RE564", name=EXECUTION, threshold="at least 0.95", remark=remark),
        )
    due = {name: day_of(finish) for name, finish in baseline.items() if day_of(finish) <= day_of(status)}
    late = tuple(sorted(name for name, day in due.items() if not _is_done_by(work[name], day)))
    counts = "due by now in the baseline, and finished later or not at all"
    missed = at_most(11, "RE561", name=MISSED, behind=late, denominator=len(due), limit=SHARE, remark=counts)
    finished = sum(task.is_finished for task in work.values())
    without = len(work) - len(baseline)
    return missed, _execution_index(finished, len(due), without, tuple(sorted(due.keys() & logic.unfinished.keys())))


def baseline_finish(task: Task) -> datetime | None:
    """Return the finish of a task in its baseline, None where it has none."""
    return None if task.imported is None else task.imported.baseline_finish


def status_date(scenario: Scenario) -> datetime | None:
    """Return the date up to which progress was recorded, None where nothing says it."""
    if scenario.is_data_date:
        return scenario.start
    return None if scenario.imported is None else scenario.imported.status


def day_of(finish: datetime) -> date:
    """Return the day on which something ends; midnight ends the day before."""
    return (finish - timedelta(seconds=1)).date()


def _is_done_by(task: Task, day: date) -> bool:
    return task.actual_finish is not None and day_of(task.actual_finish) <= day


def _execution_index(finished: int, due: int, without: int, open_tasks: tuple[str, ...]) -> Measure:
    threshold, count = "at least 0.95", due + without
    if not count:
        return not_assessable(14, "RE564", name=EXECUTION, threshold=threshold, remark="nothing is due yet")
    value = finished / count
    result: Result = "fail" if value < INDEX else "pass"
    remark = f"{finished} finished of {due} due by now and {without} without a baseline finish"
    return Measure(
        14,
        "RE564",
        name=EXECUTION,
        numerator=finished,
        denominator=count,
        value=value,
        threshold=threshold,
        limit=INDEX,
        result=result,
        behind=open_tasks,
        remark=remark,
    )
