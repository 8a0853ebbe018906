"""Relationships as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import LAG
from riskengine.model import Constant, Relationship, Scenario, Task
from riskengine.model.relationship_key import RelationshipKey, relationship_key
from riskengine.plan.network.order import KIND
from riskengine.plan.network.progress import lag_began
from riskengine.plan.network.structure import Structure
from riskengine.plan.time.calendars import CalendarBook, plan_ticks
from riskengine.plan.variables.draws import DrawBook
from riskengine.plan.variables.variable import VariableBook


@dataclass(frozen=True)
class Relationships:
    """Relationships as arrays, in kernel order of the successors, and their lags' calendars.

    ``plan_lag`` is the lag of the deterministic plan, ``least`` and ``most`` what it can be [tick]. ``place`` says
    where the relationships of ``Logic.after`` went.
    """

    offset: NDArray[np.int32]
    predecessor: NDArray[np.int32]
    kind: NDArray[np.int8]
    lag: NDArray[np.int32]
    lag_row: NDArray[np.int32]
    calendar: NDArray[np.int32]
    plan_lag: NDArray[np.int64]
    least: NDArray[np.int64]
    most: NDArray[np.int64]
    place: Mapping[str, tuple[int, ...]]


def compile_relationships(
    structure: Structure,
    book: VariableBook,
    draws: DrawBook,
) -> Relationships:
    """Lay out the relationships; several of one type between one pair are numbered in canonical order."""
    scenario, logic, row, calendars = structure.scenario, structure.logic, structure.row, structure.calendars
    offset, predecessor, lag, lag_row, calendar = [0], [], [], [], []
    kind: list[int] = []
    plan_lag, least, most = [], [], []
    places: dict[str, tuple[int, ...]] = {}
    delayed = delayed_relationships(scenario)
    for stage, name in enumerate(logic.order, 1):
        task = scenario.tasks[name]
        uncertain = 0
        met: dict[tuple[str, str], int] = {}
        relationships = logic.after[name]
        place = [-1] * len(relationships)
        for at in sorted(range(len(relationships)), key=lambda k: (row[relationships[k].task], relationships[k].type)):
            relationship = relationships[at]
            place[at] = len(kind)
            pair = (relationship.task, relationship.type)
            met[pair] = met.get(pair, 0) + 1
            suffix = "" if met[pair] == 1 else f"#{met[pair]}"
            lag_calendar = calendars.of_lag(relationship.lag, scenario.tasks[relationship.task], task)
            stream = f"relationship/{relationship.task}/{name}/{relationship.type}/lag{suffix}"
            variable = _add_lag(stream, relationship, structure, book, successor=task)
            key = RelationshipKey(relationship.task, name, relationship.type)
            is_constant = book.is_constant(variable) and not (key in delayed and key.is_open(task))
            predecessor.append(row[relationship.task])
            kind.append(KIND[relationship.type])
            lag.append(int(book.plan_value(variable)) if is_constant else 0)
            lag_row.append(-1 if is_constant else uncertain)
            if not is_constant:
                draws.add(stage, variable, LAG, uncertain)
                uncertain += 1
            plan_lag.append(round(book.plan_value(variable)))
            calendar.append(lag_calendar if lag[-1] or not is_constant else -1)
            least.append(int(book.low(variable)))
            most.append(int(book.high(variable)))
        places[name] = tuple(place)
        offset.append(len(kind))
    return Relationships(
        offset=np.array(offset, np.int32),
        predecessor=np.array(predecessor, np.int32),
        kind=np.array(kind, np.int8),
        lag=np.array(lag, np.int32),
        lag_row=np.array(lag_row, np.int32),
        calendar=np.array(calendar, np.int32),
        plan_lag=np.array(plan_lag, np.int64),
        least=np.array(least, np.int64),
        most=np.array(most, np.int64),
        place=places,
    )


def _add_lag(stream: str, relationship: Relationship, structure: Structure, book: VariableBook, successor: Task) -> int:
    """Add the lag of a relationship, what is left of it where it has begun to run, and return its variable."""
    scenario, calendars = structure.scenario, structure.calendars
    left = lag_left(relationship, scenario, successor, calendars)
    if left is not None:
        # what is left of a lag under way is known as far as its plan value is
        return book.add(stream, Constant(value=float(left), unit="h"), 1.0, True)
    lag_calendar = calendars.of_lag(relationship.lag, scenario.tasks[relationship.task], successor)
    return book.add(stream, relationship.lag, calendars.scale(relationship.lag, lag_calendar), True)


def delayed_relationships(scenario: Scenario) -> frozenset[RelationshipKey]:
    """Return the relationships whose lags a risk may make longer or shorter, whether it is switched on or off."""
    keys = (relationship_key(key, scenario.tasks) for risk in scenario.risks.values() for key in risk.impacts)
    return frozenset(key for key in keys if key is not None)


def lag_left(relationship: Relationship, scenario: Scenario, task: Task, calendars: CalendarBook) -> int | None:
    """Return what is left at the data date of a lag that has begun to run [tick], or None where it has not begun.

    Notes
    -----
    A lead has nothing left; a span is tied to dates as they are, lags and all. After the start of a task in progress,
    what was worked on the task counts.
    """
    before = scenario.tasks[relationship.task]
    began = lag_began(relationship, before) if scenario.is_data_date and not task.is_span else None
    if began is None:
        return None
    lag_calendar = calendars.of_lag(relationship.lag, before, task)
    runs = lag_calendar if before.is_finished else calendars.of_task(before)
    return max(0, plan_ticks(relationship, lag_calendar, calendars) - calendars.worked(runs, began, scenario.start))
