"""From a scenario to a plan: names become rows, estimates tables, calendars grids."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.errors import Issue, ScenarioError
from riskengine.kernel.contract.arrays import DURATION
from riskengine.model import AnyEstimate, Backlog, Constant, Scenario, Task
from riskengine.model.garbage import no_search_for_garbage
from riskengine.model.in_force import in_force
from riskengine.model.unroll import unrolled, without_repeats
from riskengine.model.with_learning import with_learning
from riskengine.plan.assemble import assemble
from riskengine.plan.backlogs import BacklogBook
from riskengine.plan.correlation.compile import compile_correlations
from riskengine.plan.cost import CostBook, compile_costs
from riskengine.plan.escalation import compile_escalation
from riskengine.plan.existence import compile_existence
from riskengine.plan.layout import lay_course
from riskengine.plan.network.bounds import compile_bounds
from riskengine.plan.network.late import compile_late_relationships
from riskengine.plan.network.progress import driving_logic, until_data_date
from riskengine.plan.network.relationships import compile_relationships
from riskengine.plan.network.structure import Structure
from riskengine.plan.plan import Plan, PlanLevelling
from riskengine.plan.resources.levelling import compile_holdings, is_short, levelled_resources
from riskengine.plan.resources.priority import levelled_order
from riskengine.plan.risk import compile_risks
from riskengine.plan.stages import Content, Stages
from riskengine.plan.time.calendars import CalendarBook
from riskengine.plan.time.horizon import LARGEST, TooLong
from riskengine.plan.variables.draws import DrawBook
from riskengine.plan.variables.variable import VariableBook, whole
from riskengine.plan.waits import with_waits

TICKS = (1, 60)


@no_search_for_garbage()
def compile(scenario: Scenario, room: int = 0) -> Plan:
    """Compile a scenario.

    Parameters
    ----------
    scenario : Scenario
        As read: without faults.
    room : int, optional [d]
        Days that the calendars last beyond the longest course of the project.

    Returns
    -------
    Plan

    Raises
    ------
    ScenarioError
        If no tick makes the longest course of the project fit, or a calendar has no room for the work.
    """
    scenario = as_planned(scenario)
    for tick in TICKS:
        try:
            if scenario.levelling is None:
                return compile_at(scenario, tick, room)
            return _levelled(scenario, tick, room)
        except TooLong as reason:
            last = str(reason)
    raise ScenarioError(
        [Issue(code="RE601", path="tasks", rule="the longest course of the project must fit", value=last)]
    )


def with_room(plan: Plan, scenario: Scenario, room: int) -> Plan:
    """Return a plan whose calendars last so many days beyond the longest course of the project.

    Parameters
    ----------
    plan : Plan
        Without levelling; calendars alone are laid out again.
    scenario : Scenario
        What it was compiled from, for a course that does not fit at the tick of the plan.
    room : int [d]

    Raises
    ------
    ScenarioError
        As :func:`compile`.
    """
    stages = plan.stages
    try:
        return assemble(replace(stages, room=room, course=lay_course(stages.structure, stages.content, room)))
    except TooLong:
        return compile(scenario, room)


def as_planned(scenario: Scenario) -> Scenario:
    """Return a scenario as plans are made from it.

    With its actions, from its data date on, with what is learnt in it, and its rework unrolled.
    """
    return unrolled(with_learning(until_data_date(in_force(scenario))))


def _levelled(scenario: Scenario, tick: int, room: int) -> Plan:
    """Compile a scenario with levelling, and the same without."""
    unlevelled = compile_at(without_levelling(scenario), tick, room)
    plan = compile_at(scenario, tick, room, order_of_levelling(unlevelled, scenario))
    return with_levelling(plan, unlevelled, scenario)


def without_levelling(scenario: Scenario) -> Scenario:
    """Return a scenario whose resources have no end."""
    return scenario.model_copy(update={"levelling": None})


def order_of_levelling(unlevelled: Plan, scenario: Scenario) -> Sequence[str]:
    """Return the tasks in the order in which they are given their resources."""
    assert scenario.levelling is not None
    return levelled_order(unlevelled, scenario, scenario.levelling.rule) if is_short(scenario) else unlevelled.task


def with_levelling(plan: Plan, unlevelled: Plan, scenario: Scenario) -> Plan:
    """Return a plan with what its scenario levels, and the plan without levelling beside it."""
    assert scenario.levelling is not None
    levelling = PlanLevelling(levelled_resources(scenario), scenario.levelling.rule, unlevelled)
    return replace(plan, levelling=levelling)


def compile_at(scenario: Scenario, tick: int, room: int, order: Sequence[str] | None = None) -> Plan:
    """Compile a scenario at a tick, its tasks in an order from elsewhere where there is one.

    Raises
    ------
    TooLong
        If the longest course does not fit at this tick.
    """
    structure = lay_structure(scenario, tick, order)
    content = list_content(structure)
    course = lay_course(structure, content, room)
    variables = content.book.build()
    errors = content.book.table_errors(variables)
    return assemble(Stages(room, structure, content, course, variables=variables, table_errors=errors))


def lay_structure(scenario: Scenario, tick: int, order: Sequence[str] | None) -> Structure:
    """Return the first stage: logic, calendars and what binds tasks."""
    calendars = CalendarBook(scenario, tick)
    logic = driving_logic(scenario)
    if order is not None:
        logic = replace(logic, order=tuple(order))
    calendar = {name: calendars.of_task(task) for name, task in scenario.tasks.items()}
    structure = Structure(
        scenario=scenario,
        calendars=calendars,
        logic=logic,
        row={name: at for at, name in enumerate(logic.order)},
        calendar=calendar,
        task_calendar=np.array([calendar[name] for name in logic.order], np.int32),
        bounds=compile_bounds(scenario, logic, calendars),
        holdings=None,
    )
    if scenario.levelling is None:
        return structure
    return replace(structure, holdings=compile_holdings(scenario, logic.order, structure.is_pinned))


def list_content(structure: Structure) -> Content:
    """Return the second stage: every estimate as a variable, and what it acts on."""
    book, draws = VariableBook(structure.scenario.project), DrawBook(len(structure.logic.order))
    backlogs = BacklogBook(structure, book, draws)
    duration = [_duration(task, structure, book, backlogs) for task in structure.tasks]
    for at, variable in enumerate(duration):
        draws.add(1 + at, variable, DURATION)
    relationships = compile_relationships(structure, book, draws)
    late_relationships = compile_late_relationships(structure, relationships)
    risks = compile_risks(structure, relationships, book, draws)
    costs = compile_costs(structure, CostBook(risks.cost_row, book, draws, {}))
    existence = compile_existence(structure.scenario, structure.row, book)
    escalation = compile_escalation(structure, costs.row, book)
    correlation = compile_correlations(without_repeats(structure.scenario), book)
    return Content(
        book=book,
        draws=draws.build(),
        duration=np.array(duration, np.int32),
        relationships=with_waits(relationships, risks.waits, book),
        late_relationships=late_relationships,
        risks=risks,
        costs=costs,
        escalation=escalation,
        correlation=correlation,
        existence=existence,
        backlogs=backlogs.build(),
        floor=_floors(structure),
    )


def _duration(task: Task, structure: Structure, book: VariableBook, backlogs: BacklogBook) -> int:
    """Add what a task takes: what is left of it, or the time between its actual dates where it is over."""
    if isinstance(task, Backlog) and not task.is_finished:
        return backlogs.add(task)
    calendars, calendar = structure.calendars, structure.calendar[task.id]
    name = f"task/{task.id}/duration"
    if task.margin and not task.is_finished:
        return book.add_margin(name, task.work, calendars.scale(task.work, calendar))
    if task.actual_finish is None:
        return book.add(name, task.work, calendars.scale(task.work, calendar), True)
    started, ended = (
        calendars.instant(moment) for moment in (task.actual_start or task.actual_finish, task.actual_finish)
    )
    table = calendars.tables[calendar]
    worked = int(table.working(ended) - table.working(started))
    return book.add(name, Constant(value=float(worked), unit="h"), 1.0, True)


def _floors(structure: Structure) -> NDArray[np.int32]:
    """Return the least duration of each task; what takes no time, is over, is a margin or follows others has none."""
    least = structure.scenario.minimum_duration
    floor = np.zeros(len(structure.logic.order), np.int32)
    ticks: dict[int, int] = {}
    for at, task in enumerate(structure.tasks):
        if not (task.is_milestone or task.is_finished or task.is_span or task.margin):
            calendar = structure.calendar[task.id]
            if calendar not in ticks:
                ticks[calendar] = _least(structure.calendars, least, calendar)
            floor[at] = ticks[calendar]
    return floor


def _least(calendars: CalendarBook, least: AnyEstimate, calendar: int) -> int:
    """Return the least duration of a task on a calendar [tick]."""
    value = least.value if isinstance(least, Constant) else 0.0
    ticks = whole(value * calendars.scale(least, calendar))
    if ticks > LARGEST:
        raise TooLong(f"minimum_duration of {value:.6g} {least.unit or 'd'}")
    return ticks
