"""From a scenario to a plan: names become rows, estimates tables, calendars grids."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.errors import Issue, ScenarioError
from riskengine.kernel.arrays import (
    BEGUN,
    DURATION,
    FINISH_PINNED,
    FIXED,
    FS,
    MOST_FINISH,
    MOST_START,
    PASSING,
    SF,
    SPAN,
    SS,
    START_PINNED,
    Network,
)
from riskengine.model import AnyEstimate, Constant, Scenario, Task
from riskengine.plan.bounds import compile_bounds
from riskengine.plan.calendar import CalendarTable
from riskengine.plan.calendars import CalendarBook
from riskengine.plan.cost import compile_costs
from riskengine.plan.draws import DrawBook
from riskengine.plan.horizon import LARGEST, TooLong
from riskengine.plan.late import compile_late, compile_ties
from riskengine.plan.layout import is_shared_calendar, lay_out
from riskengine.plan.levelling import compile_holdings, held_resources, is_short
from riskengine.plan.links import compile_links
from riskengine.plan.network import date_rows, driver_planes, open_ends
from riskengine.plan.plan import GateRow, Plan
from riskengine.plan.priority import levelled_order
from riskengine.plan.progress import driving_logic, until_data_date
from riskengine.plan.risk import compile_risks
from riskengine.plan.variable import VariableBook, whole

TICKS = (1, 60)


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
    scenario = until_data_date(scenario)
    for tick in TICKS:
        try:
            return _compile(scenario, tick, room) if scenario.levelling is None else _levelled(scenario, tick, room)
        except TooLong as reason:
            last = str(reason)
    raise ScenarioError(
        [Issue(code="RE601", path="tasks", rule="the longest course of the project must fit", value=last)]
    )


def _levelled(scenario: Scenario, tick: int, room: int) -> Plan:
    """Compile a scenario with levelling, and the same without."""
    assert scenario.levelling is not None
    rule = scenario.levelling.rule
    free = _compile(scenario.model_copy(update={"levelling": None}), tick, room)
    order = levelled_order(free, scenario, rule) if is_short(scenario) else free.task
    plan = _compile(scenario, tick, room, order)
    return replace(plan, held=held_resources(scenario), rule=rule, unlevelled=free)


def _compile(scenario: Scenario, tick: int, room: int, given: Sequence[str] | None = None) -> Plan:
    """Compile a scenario at a tick, its tasks in a given order where there is one."""
    calendars = CalendarBook(scenario, tick)
    book = VariableBook(scenario.project)
    logic = driving_logic(scenario)
    if given is not None:
        logic = replace(logic, order=tuple(given))
    order = logic.order
    draws = DrawBook(len(order))
    tasks = [scenario.tasks[name] for name in order]
    row = {name: at for at, name in enumerate(order)}
    calendar = {name: calendars.of_task(task) for name, task in scenario.tasks.items()}
    keeps = np.array([calendar[name] for name in order], np.int32)
    bounds = compile_bounds(scenario, logic, calendars)
    duration = [_duration(t, calendars, calendar[t.id], book) for t in tasks]
    for at, variable in enumerate(duration):
        draws.add(1 + at, variable, DURATION)
    links = compile_links(scenario, logic, row, book, draws, calendars)
    ties = compile_ties(scenario, logic, calendars, links)
    risk_plan = compile_risks(scenario, row, calendar, book, draws, calendars)
    costs = compile_costs(scenario, order, calendar, risk_plan.cost_row, book, draws, calendars)
    least = scenario.minimum_duration
    free = [t.is_milestone or t.is_finished or t.is_span for t in tasks]
    floor = np.array(
        [0 if it else _least(calendars, least, calendar[t.id]) for t, it in zip(tasks, free, strict=True)], np.int32
    )
    project = calendars.project()
    shared = is_shared_calendar(keeps, links, risk_plan, project)
    is_pinned = (bounds.binding & (START_PINNED | FINISH_PINNED)) != 0
    holdings = None if scenario.levelling is None else compile_holdings(scenario, order, is_pinned)
    tables, clocks = lay_out(book, calendars, duration, floor, links, risk_plan, keeps, shared, bounds, room, holdings)
    targets = tuple(sorted(set(scenario.targets) | {g.target for g in scenario.gates.values()} - {"project"}))
    target_rows = np.array([row[name] for name in targets], np.int32)
    # a finish hidden behind one of these would be lost: they end nothing, or not where logic wants them to
    unmoved = SPAN | FIXED | PASSING | BEGUN | MOST_START | MOST_FINISH
    moved = ~is_pinned & ((bounds.binding & unmoved) == 0)
    successor = np.repeat(np.arange(len(order)), np.diff(links.offset))
    binds = moved[successor]
    ends = open_ends(len(order), links.predecessor, links.kind, links.least, binds, bounds.ends_nothing)
    bounded = (links.kind == FS) | (links.kind == SS)
    single = np.diff(links.offset) == 1
    first = np.minimum(links.offset[:-1], max(0, links.kind.size - 1))
    always = single & (bounded & (links.least >= 0) & (links.lag_row == -1))[first] if links.kind.size else single
    always &= (bounds.binding == 0) & (bounds.bound == calendars.start)
    holders = [] if holdings is None else np.unique(holdings.holder).tolist()
    always[holders] = False
    feeds_start = np.zeros(len(order), np.uint8)
    feeds_start[links.predecessor[(links.kind == SS) | (links.kind == SF)]] = 1
    feeds_start[holders] = 1
    if clocks is not None:
        clocks.needs_clock[[*ends.tolist(), *target_rows.tolist(), *holders]] = 1
    base = int(tables[project].working(calendars.start)) if shared else 0
    network = Network(
        floor=floor,
        offset=links.offset,
        predecessor=links.predecessor,
        kind=links.kind,
        lag=links.lag,
        lag_row=links.lag_row,
        plane=driver_planes(links.offset, always if clocks is None else np.zeros(len(order), bool)),
        slot=date_rows(links.offset, links.predecessor, [*ends.tolist(), *target_rows.tolist(), *holders]),
        has_start=feeds_start,
        bound=working_ticks(bounds.bound, tables, keeps, base),
        least_finish=working_ticks(bounds.finish, tables, keeps, base),
        begun=working_ticks(bounds.begun, tables, keeps, base),
        binding=bounds.binding,
        open_end=ends,
        target=target_rows,
    )
    risks = [scenario.risks[name] for name in scenario.risks]
    variables = book.build()
    return Plan(
        name=scenario.name,
        project=scenario.project,
        currency=scenario.currency,
        tick=tick,
        start=calendars.start,
        task=order,
        task_name=tuple(t.name for t in tasks),
        task_team=tuple(t.team for t in tasks),
        task_wbs=tuple(t.wbs for t in tasks),
        task_wbs_name=tuple(scenario.wbs_names.get(t.wbs, "") for t in tasks),
        task_calendar=keeps,
        is_milestone=np.array([t.is_milestone for t in tasks], bool),
        actual_start=np.array([t.actual_start or t.actual_finish for t in tasks], "datetime64[us]"),
        actual_finish=np.array([t.actual_finish for t in tasks], "datetime64[us]"),
        member={row[name]: np.array([row[one] for one in below], np.intp) for name, below in logic.member.items()},
        target=targets,
        risk=tuple(r.id for r in risks),
        risk_name=tuple(r.name for r in risks),
        risk_kind=tuple(r.kind for r in risks),
        probability=np.array([r.probability if r.active else 0.0 for r in risks]),
        gates=tuple(
            GateRow(
                id=g.id,
                name=g.name,
                target=0 if g.target == "project" else 1 + targets.index(g.target),
                finish=None if g.finish is None else np.datetime64(g.finish, "us"),
                cost=g.cost,
                confidence=g.confidence,
            )
            for g in scenario.gates.values()
        ),
        variable=tuple(book.name),
        label=tuple(book.label),
        is_whole=np.array(book.is_whole, bool),
        plan_value=np.array(book.plan_value),
        least=np.array(book.low, np.float64),
        most=np.array(book.high, np.float64),
        duration=np.array(duration, np.int32),
        duration_sd=np.array([book.sd(variable) for variable in duration]),
        calendars=tables,
        project_calendar=project,
        variables=variables,
        draws=draws.build(),
        network=network,
        clocks=clocks,
        risks=risk_plan.arrays,
        costs=costs,
        plan_lag=links.plan_lag,
        lag_calendar=np.where(links.calendar >= 0, links.calendar, 0).astype(np.int32),
        table_error=book.table_error(variables),
        late=compile_late(scenario, logic, calendars, tables, ties),
        holdings=holdings,
    )


def _duration(task: Task, calendars: CalendarBook, calendar: int, book: VariableBook) -> int:
    """Add what a task takes: what is left of it, or the time between its actual dates where it is over."""
    name = f"task/{task.id}/duration"
    if task.actual_finish is None:
        return book.add(name, task.work, calendars.scale(task.work, calendar), True)
    started, ended = (
        calendars.instant(moment) for moment in (task.actual_start or task.actual_finish, task.actual_finish)
    )
    table = calendars.tables[calendar]
    worked = int(table.working(ended) - table.working(started))
    return book.add(name, Constant(value=float(worked), unit="h"), 1.0, True)


def working_ticks(
    instants: NDArray[np.int64], tables: Sequence[CalendarTable], keeps: NDArray[np.int32], base: int
) -> NDArray[np.int32]:
    """Return instants (task,) [tick on the clock] in working ticks of the tasks' calendars, less ``base``."""
    found = np.zeros(instants.size, np.int64)
    for number, table in enumerate(tables):
        mine = keeps == number
        found[mine] = table.working(instants[mine]) - base
    return found.astype(np.int32)


def _least(calendars: CalendarBook, least: AnyEstimate, calendar: int) -> int:
    """Return the least duration of a task on a calendar [tick]."""
    value = least.value if isinstance(least, Constant) else 0.0
    ticks = whole(value * calendars.scale(least, calendar))
    if ticks > LARGEST:
        raise TooLong(f"minimum_duration of {value:.6g} {least.unit or 'd'}")
    return ticks
