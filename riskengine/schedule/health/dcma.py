"""The points of the DCMA 14-point assessment that need no dates.

Notes
-----
Counted are unfinished tasks without summaries and levels of effort, and relationships into them. Milestones count for
logic and constraints, not for durations and resources; backlogs not for durations. Thresholds are those of the
assessment.

References
----------
Defense Contract Management Agency (2012), Earned Value Management System Program Analysis Pamphlet, DCMA-EA PAM
200.1, section 4.
"""

from riskengine.model import Backlog, Task
from riskengine.schedule.health.dcma_baseline import with_baseline
from riskengine.schedule.health.finding import Measure, Result, at_most
from riskengine.schedule.health.logic import Logic, LogicRelationship
from riskengine.schedule.health.open_ends import open_ends

LONG_DAYS = 44.0
"""Working days, two months, beyond which a task or a float is high."""

SHARE = 0.05
FINISH_TO_START = 0.9


def without_dates(logic: Logic) -> tuple[Measure, ...]:
    """Return points 1 to 5, 8, 10, 11 and 14."""
    return (
        _logic(logic),
        _leads(logic),
        _lags(logic),
        _types(logic),
        _constraints(logic),
        _durations(logic),
        _resources(logic),
        *with_baseline(logic),
    )


def _logic(logic: Logic) -> Measure:
    remark = "the first and the last task of the project and named targets are excused"
    return at_most(
        1, "RE551", name="Logic", behind=open_ends(logic), denominator=len(logic.unfinished), limit=SHARE, remark=remark
    )


def _leads(logic: Logic) -> Measure:
    return at_most(2, "RE552", name="Leads", behind=words(leads(logic)), denominator=len(logic.live), limit=0.0)


def leads(logic: Logic) -> tuple[LogicRelationship, ...]:
    """Return the relationships with a negative lag."""
    return tuple(relationship for relationship in logic.live if relationship.lag < 0)


def _lags(logic: Logic) -> Measure:
    behind = words(tuple(relationship for relationship in logic.live if relationship.lag > 0))
    return at_most(3, "RE553", name="Lags", behind=behind, denominator=len(logic.live), limit=SHARE)


def _types(logic: Logic) -> Measure:
    others = words(tuple(relationship for relationship in logic.live if relationship.type != "FS"))
    count = len(logic.live)
    share = (count - len(others)) / count if count else None
    result: Result = "fail" if share is not None and share < FINISH_TO_START else "pass"
    remark = "counts FS; behind it stand the others"
    return Measure(
        4,
        "RE554",
        name="Relationship types",
        numerator=count - len(others),
        denominator=count,
        value=share,
        threshold="at least 90 %",
        limit=FINISH_TO_START,
        result=result,
        behind=others,
        remark=remark,
    )


def _constraints(logic: Logic) -> Measure:
    return at_most(
        5,
        "RE555",
        name="Hard constraints",
        behind=hard_constrained_tasks(logic),
        denominator=len(logic.unfinished),
        limit=SHARE,
    )


def hard_constrained_tasks(logic: Logic) -> tuple[str, ...]:
    """Return the unfinished tasks with a constraint that a delay cannot move."""
    return tuple(
        name for name, task in logic.unfinished.items() if any(constraint.is_hard for constraint in task.constraints)
    )


def _durations(logic: Logic) -> Measure:
    """Count long tasks; backlogs are none, whatever they take: their items tell how far they are."""
    tasks = {name: task for name, task in working_tasks(logic).items() if not isinstance(task, Backlog)}
    behind = tuple(name for name, task in tasks.items() if logic.scenario.work_days(task) > LONG_DAYS)
    return at_most(
        8,
        "RE558",
        name="High duration",
        behind=behind,
        denominator=len(tasks),
        limit=SHARE,
        remark="most likely work left, over 44 d",
    )


def working_tasks(logic: Logic) -> dict[str, Task]:
    """Return the unfinished tasks that are no milestones."""
    return {name: task for name, task in logic.unfinished.items() if not task.is_milestone}


def _resources(logic: Logic) -> Measure:
    tasks = {name: task for name, task in working_tasks(logic).items() if logic.scenario.work_days(task) >= 1}
    behind = tuple(name for name, task in tasks.items() if not has_means(task))
    share = len(behind) / len(tasks) if tasks else None
    remark = "without resources and cost, of a day or more"
    return Measure(
        10,
        "RE560",
        name="Resources",
        numerator=len(behind),
        denominator=len(tasks),
        value=share,
        threshold="no threshold",
        result="for information",
        behind=behind,
        remark=remark,
    )


def has_means(task: Task) -> bool:
    """Whether a task has resources or a cost."""
    return bool(task.resources) or task.cost.fixed is not None or task.cost.rate is not None


def words(relationships: tuple[LogicRelationship, ...]) -> tuple[str, ...]:
    """Return relationships as people write them."""
    return tuple(str(relationship) for relationship in relationships)
