"""Relationships as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    scenario, logic, row = structure.scenario, structure.logic, structure.row
    lags, delayed = LagBook(structure, book), delayed_relationships(scenario)
    offset = [0]
    rows: list[tuple[int, ...]] = []
    places: dict[str, tuple[int, ...]] = {}
    for stage, name in enumerate(logic.order, 1):
        task = scenario.tasks[name]
        uncertain = 0
        met: dict[tuple[str, str], int] = {}
        relationships = logic.after[name]
        place = [-1] * len(relationships)
        for at in canonical_places(relationships, row):
            relationship = relationships[at]
            place[at] = len(rows)
            pair = (relationship.task, relationship.type)
            met[pair] = number = met.get(pair, 0) + 1
            suffix = "" if number == 1 else f"#{number}"
            stream = f"relationship/{relationship.task}/{name}/{relationship.type}/lag{suffix}"
            variable, lag_calendar = lags.add(stream, relationship, task)
            lag = book.variables[variable]
            is_constant = lag.is_constant
            if is_constant and delayed:
                key = RelationshipKey(relationship.task, name, relationship.type)
                is_constant = not (key in delayed and key.is_open(task))
            if not is_constant:
                draws.add(stage, variable, LAG, uncertain)
            ticks = int(lag.plan_value) if is_constant else 0
            ends = row[relationship.task], KIND[relationship.type]
            drawn = (-1, lag_calendar if ticks else -1) if is_constant else (uncertain, lag_calendar)
            rows.append((*ends, ticks, *drawn, round(lag.plan_value), int(lag.low), int(lag.high)))
            uncertain += not is_constant
        places[name] = tuple(place)
        offset.append(len(rows))
    predecessor, kind, fixed, lag_row, calendar, plan_lag, least, most = zip(*rows, strict=True) if rows else [()] * 8
    return Relationships(
        offset=np.array(offset, np.int32),
        predecessor=np.array(predecessor, np.int32),
        kind=np.array(kind, np.int8),
        lag=np.array(fixed, np.int32),
        lag_row=np.array(lag_row, np.int32),
        calendar=np.array(calendar, np.int32),
        plan_lag=np.array(plan_lag, np.int64),
        least=np.array(least, np.int64),
        most=np.array(most, np.int64),
        place=places,
    )


def canonical_places(relationships: Sequence[Relationship], row: Mapping[str, int]) -> Sequence[int]:
    """Return the places of relationships into one task in canonical order: by predecessor in kernel order, and type."""
    if len(relationships) < 2:
        return range(len(relationships))
    keys = [(row[relationship.task], relationship.type) for relationship in relationships]
    return sorted(range(len(keys)), key=keys.__getitem__)


@dataclass
class LagBook:
    """Adds the lags of relationships to a book, those that are one object but for their streams.

    Most relationships of a plan have no lag, which is one object for all of them (``RelationshipReader``): it is worked
    out once for each calendar.
    """

    structure: Structure
    book: VariableBook
    rows: dict[tuple[int, int], int] = field(default_factory=dict)
    """Variables by the identity of a lag, which the scenario holds on to, and its calendar."""

    def add(self, stream: str, relationship: Relationship, successor: Task) -> tuple[int, int]:
        """Add the lag of a relationship, what is left of it where it has begun; return its variable and calendar."""
        scenario, calendars, lag = self.structure.scenario, self.structure.calendars, relationship.lag
        calendar = calendars.of_lag(lag, scenario.tasks[relationship.task], successor)
        left = lag_left(relationship, scenario, successor, calendars) if scenario.is_data_date else None
        if left is not None:
            # what is left of a lag under way is known as far as its plan value is
            return self.book.add(stream, Constant(value=float(left), unit="h"), 1.0, True), calendar
        alike = self.rows.get((id(lag), calendar))
        if alike is not None:
            return self.book.add_like(alike, stream), calendar
        row = self.book.add(stream, lag, calendars.scale(lag, calendar), True)
        self.rows[id(lag), calendar] = row
        return row, calendar


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
