"""The last stages of compiling: the network for the core, and the plan as a whole."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import (
    FS,
    HANDS_ON_DATES,
    HAS_STARTED,
    IS_FINISHED,
    MOST_FINISH,
    MOST_START,
    SF,
    SPANS_OTHERS,
    SS,
    Clocks,
    Network,
)
from riskengine.model import Scenario
from riskengine.model.cost_element import cost_elements
from riskengine.model.selector import PROJECT
from riskengine.model.unroll import last_repeats
from riskengine.plan.date_clauses import clause_rows
from riskengine.plan.existence import FIRST, LAST, PlanExistence
from riskengine.plan.layout import lag_calendars
from riskengine.plan.network.late import compile_late
from riskengine.plan.network.order import date_rows, driver_planes, open_ends
from riskengine.plan.network.structure import Structure
from riskengine.plan.plan import GateRow, Plan, PlanEstimates, PlanLabels, PlanProgress, PlanTime
from riskengine.plan.risk import probabilities
from riskengine.plan.stages import Stages
from riskengine.plan.time.calendar import CalendarTable


def assemble(stages: Stages) -> Plan:
    """Return the plan of its stages; it has no levelling yet."""
    structure, content, course = stages.structure, stages.content, stages.course
    scenario, calendars = stages.scenario, structure.calendars
    target = targets(scenario)
    network, clocks = lay_network(stages, target)
    return Plan(
        task=structure.logic.order,
        target=target,
        risk=tuple(scenario.risks),
        probability=probabilities(scenario),
        gates=gate_rows(scenario, target),
        clauses=clause_rows(scenario, target),
        labels=labels(structure),
        time=PlanTime(
            tick=calendars.tick,
            start=calendars.start,
            calendars=course.tables,
            project_calendar=calendars.project(),
            task_calendar=structure.task_calendar,
            lag_calendar=lag_calendars(content.relationships),
            losing=calendars.losing(),
        ),
        progress=progress(structure),
        estimates=estimates(stages),
        variables=stages.variables,
        draws=content.draws,
        network=network,
        clocks=clocks,
        lost=course.lost,
        risks=content.risks.arrays,
        costs=content.costs.arrays,
        escalation=content.escalation,
        correlation=content.correlation,
        late=compile_late(structure, course.tables, content.late_relationships),
        existence=existence(stages),
        backlogs=content.backlogs,
        holdings=structure.holdings,
        stages=stages,
    )


def existence(stages: Stages) -> PlanExistence | None:
    """Return which tasks need not exist, with what binds them and what they cost then; None where all always do."""
    structure, conditions = stages.structure, stages.content.existence
    if conditions is None:
        return None
    spent = [task.cost.actual or 0.0 for task in structure.tasks]
    instants = structure.bounds.by_logic
    bound = working_ticks(instants, stages.course.tables, structure.task_calendar, ticks_before_start(stages))
    relationships = stages.content.relationships
    is_summary = np.array([task.type == "summary" for task in structure.tasks], bool)
    spans = np.repeat(is_summary, np.diff(relationships.offset))
    member = np.where(spans, conditions.task_group[relationships.predecessor], -1).astype(np.int32)
    has_lag = (relationships.lag != 0) | (relationships.lag_row >= 0)
    lagged = np.where(has_lag, conditions.task_group[relationships.predecessor], -1).astype(np.int32)
    arrays = conditions.arrays(
        bound,
        instants,
        np.array(spent),
        member=member,
        lagged=lagged,
        latest=lambda date: latest_finish(stages, date),
    )
    return PlanExistence(conditions, arrays)


def latest_finish(stages: Stages, date: datetime) -> int:
    """Return the latest finish [tick of the core] that does not lie behind an instant, or one before all finishes.

    Notes
    -----
    A finish in working ticks is shown at the end of its work, the first one of all where that begins.
    """
    calendars, course = stages.structure.calendars, stages.course
    instant = calendars.instant(date)
    if not course.is_shared:
        return int(np.clip(instant, FIRST, LAST))
    table, base = course.tables[calendars.project()], ticks_before_start(stages)
    if instant >= table.horizon:
        return LAST
    if instant < int(table.start_instant(base)):
        return FIRST
    return int(table.working(instant)) - base


def ticks_before_start(stages: Stages) -> int:
    """Return the working ticks before the start that dates of the core do not count: those of the one calendar."""
    calendars, course = stages.structure.calendars, stages.course
    return int(course.tables[calendars.project()].working(calendars.start)) if course.is_shared else 0


def targets(scenario: Scenario) -> tuple[str, ...]:
    """Return the ids of the named targets, those of gates, damages and bonuses included, sorted."""
    asked_targets = {each.target for each in (*scenario.gates.values(), *scenario.date_clauses)}
    return tuple(sorted(set(scenario.targets) | asked_targets - {PROJECT}))


def gate_rows(scenario: Scenario, target: tuple[str, ...]) -> tuple[GateRow, ...]:
    """Return the gates, their targets by number."""
    return tuple(
        GateRow(
            id=gate.id,
            name=gate.name,
            target=0 if gate.target == PROJECT else 1 + target.index(gate.target),
            finish=None if gate.finish is None else np.datetime64(gate.finish, "us"),
            cost=gate.cost,
            confidence=gate.confidence,
        )
        for gate in scenario.gates.values()
    )


def labels(structure: Structure) -> PlanLabels:
    """Return what things are called."""
    scenario, tasks = structure.scenario, structure.tasks
    risks = scenario.risks.values()
    return PlanLabels(
        name=scenario.name,
        project=scenario.project,
        currency=scenario.currency,
        task_name=tuple(task.name for task in tasks),
        task_team=tuple(task.team for task in tasks),
        task_wbs=tuple(task.wbs for task in tasks),
        task_wbs_name=tuple(scenario.wbs_names.get(task.wbs, "") for task in tasks),
        task_element=cost_elements(tasks, scenario.projects),
        risk_name=tuple(risk.name for risk in risks),
        risk_kind=tuple(risk.kind for risk in risks),
    )


def progress(structure: Structure) -> PlanProgress:
    """Return what has happened to each task."""
    tasks, row = structure.tasks, structure.row
    member = structure.logic.member
    return PlanProgress(
        is_milestone=np.array([task.is_milestone for task in tasks], bool),
        actual_start=np.array([task.actual_start or task.actual_finish for task in tasks], "datetime64[us]"),
        actual_finish=np.array([task.actual_finish for task in tasks], "datetime64[us]"),
        actual_finish_days=np.array([_days_after_start(structure, task.actual_finish) for task in tasks], np.float64),
        is_finished=all(task.is_finished or task.is_span for task in tasks),
        member={row[name]: np.array([row[one] for one in below], np.intp) for name, below in member.items()},
    )


def _days_after_start(structure: Structure, moment: datetime | None) -> float:
    """Return the working days of the project's calendar from start or data date to a moment; NaN for none."""
    if moment is None:
        return np.nan
    calendars, start = structure.calendars, structure.scenario.start
    number = calendars.project()
    ticks = calendars.worked(number, start, moment) - calendars.worked(number, moment, start)
    return ticks / calendars.day_ticks(number)


def estimates(stages: Stages) -> PlanEstimates:
    """Return what is known of the random variables."""
    content, variables = stages.content, stages.content.book.variables
    stream, label, is_whole, plan_value, least, most, *_ = zip(*variables, strict=True) if variables else [()] * 6
    return PlanEstimates(
        stream=stream,
        label=label,
        is_whole=np.array(is_whole, bool),
        plan_value=np.array(plan_value),
        least=np.array(least, np.float64),
        most=np.array(most, np.float64),
        duration=content.duration,
        duration_sd=np.array([variables[row].sd for row in content.duration.tolist()]),
        lag=content.relationships.plan_lag,
        table_error=float(stages.table_errors.max(initial=0.0)),
    )


def lay_network(stages: Stages, target: tuple[str, ...]) -> tuple[Network, Clocks | None]:
    """Return the network for the core, and the clocks with what it asks of them."""
    structure, content, course = stages.structure, stages.content, stages.course
    relationships, bounds, task_calendar = content.relationships, structure.bounds, structure.task_calendar
    count, holdings = task_calendar.size, structure.holdings
    last_repeat = last_repeats(stages.scenario)
    target_rows = np.array([structure.row[last_repeat.get(name, name)] for name in target], np.int32)
    ends = project_ends(stages)
    holders = [] if holdings is None else np.unique(holdings.holder).tolist()
    has_start = np.zeros(count, np.uint8)
    has_start[relationships.predecessor[(relationships.kind == SS) | (relationships.kind == SF)]] = 1
    has_start[holders] = 1
    deciding_tasks = [] if content.existence is None else content.existence.asked_tasks
    read_last = [*ends.tolist(), *target_rows.tolist(), *holders, *deciding_tasks]
    clocks = course.clocks
    if clocks is not None:
        needs_clock = clocks.needs_clock.copy()
        needs_clock[read_last] = 1
        clocks = clocks._replace(needs_clock=needs_clock)
    always = always_drives(stages, holders) if clocks is None else np.zeros(count, bool)
    base = ticks_before_start(stages)
    gain_kept = np.array([task.gain_kept for task in structure.tasks], np.float64)
    planned = np.array([content.book.plan_value(row) for row in content.duration.tolist()], np.float64)
    network = Network(
        floor=content.floor,
        plan_duration=np.where(gain_kept > 0, planned, 0.0).astype(np.int32),
        gain_kept=gain_kept,
        offset=relationships.offset,
        predecessor=relationships.predecessor,
        kind=relationships.kind,
        lag=relationships.lag,
        lag_row=relationships.lag_row,
        plane=driver_planes(relationships.offset, always),
        slot=date_rows(relationships.offset, relationships.predecessor, read_last),
        has_start=has_start,
        bound=working_ticks(bounds.bound, course.tables, task_calendar, base),
        least_finish=working_ticks(bounds.finish, course.tables, task_calendar, base),
        begun=working_ticks(bounds.begun, course.tables, task_calendar, base),
        binding=bounds.binding,
        open_end=ends,
        target=target_rows,
    )
    return network, clocks


def project_ends(stages: Stages) -> NDArray[np.int32]:
    """Return the tasks that the project may end with."""
    structure, relationships = stages.structure, stages.content.relationships
    count, bounds = structure.task_calendar.size, structure.bounds
    # a finish hidden behind one of these would be lost: they end nothing, or not where logic wants them to
    unmoved = SPANS_OTHERS | IS_FINISHED | HANDS_ON_DATES | HAS_STARTED | MOST_START | MOST_FINISH
    moved = ~structure.is_pinned & ((bounds.binding & unmoved) == 0)
    successor = np.repeat(np.arange(count), np.diff(relationships.offset))
    return open_ends(
        count,
        relationships.predecessor,
        relationships.kind,
        least_lag=relationships.least,
        binds=moved[successor],
        ends_nothing=bounds.ends_nothing,
    )


def always_drives(stages: Stages, holders: list[int]) -> NDArray[np.bool_]:
    """Return the tasks whose only relationship always sets the start; those that wait for resources are none."""
    relationships, bounds = stages.content.relationships, stages.structure.bounds
    always = np.diff(relationships.offset) == 1
    if relationships.kind.size:
        first = np.minimum(relationships.offset[:-1], relationships.kind.size - 1)
        sets_start = (
            ((relationships.kind == FS) | (relationships.kind == SS))
            & (relationships.least >= 0)
            & (relationships.lag_row == -1)
        )
        always &= sets_start[first]
    always &= (bounds.binding == 0) & (bounds.bound == stages.structure.calendars.start)
    always[holders] = False
    return np.asarray(always)


def working_ticks(
    instants: NDArray[np.int64], tables: tuple[CalendarTable, ...], task_calendar: NDArray[np.int32], base: int
) -> NDArray[np.int32]:
    """Return instants (task,) [tick on the clock] in working ticks of the tasks' calendars, less ``base``."""
    ticks = np.zeros(instants.size, np.int64)
    for number, table in enumerate(tables):
        on_calendar = task_calendar == number
        ticks[on_calendar] = table.working(instants[on_calendar]) - base
    return ticks.astype(np.int32)
