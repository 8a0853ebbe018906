"""A compiled plan takes a changed scenario: what is the same is used again, and the rest compiled from there."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from riskengine.kernel.contract.arrays import Clocks
from riskengine.model import Scenario
from riskengine.model.selector import PROJECT
from riskengine.plan.assemble import existence, gate_rows, labels, lay_network, targets
from riskengine.plan.compile import TICKS, as_planned, compile, order_of_levelling, with_levelling, without_levelling
from riskengine.plan.cost import RevisedCosts, revise_costs
from riskengine.plan.date_clauses import clause_rows
from riskengine.plan.difference import Difference, StructureError, difference
from riskengine.plan.layout import lay_course
from riskengine.plan.network.late import compile_late
from riskengine.plan.plan import Plan, PlanEstimates
from riskengine.plan.risk import Effect, chains, delay_scale, probabilities, thresholds
from riskengine.plan.stages import Content, Course, Stages
from riskengine.plan.time.horizon import TooLong
from riskengine.plan.variables.draws import DrawBook
from riskengine.plan.variables.variable import NotSameVariablesError, VariableBook


def changed(plan: Plan, scenario: Scenario) -> Plan:
    """Return the plan of a scenario that differs a little from the one that a plan was compiled from.

    Parameters
    ----------
    plan : Plan
        Stays as it is.
    scenario : Scenario
        As read: without faults.

    Returns
    -------
    Plan
        Equal to ``compile(scenario)``, byte for byte.

    Raises
    ------
    ScenarioError
        As ``compile`` does.

    Notes
    -----
    Probabilities, switches of risks, gates, names, estimates of durations, impacts and costs, and rates of resources
    are taken over; calendars are laid out anew where the longest course asks for more or fewer days. Whatever else
    differs (logic and its lags, calendars, progress, constraints, what impacts act on) is compiled again.
    """
    scenario = as_planned(scenario)
    try:
        changes = difference(plan.stages.scenario, scenario)
        return _revised(plan, scenario, changes) if plan.levelling is None else _levelled(plan, scenario, changes)
    except (StructureError, NotSameVariablesError, TooLong):
        return compile(scenario, plan.stages.room)


def _levelled(plan: Plan, scenario: Scenario, changes: Difference) -> Plan:
    """Return the changed plan of a scenario with levelling.

    Raises
    ------
    NotSameVariablesError
        If tasks are served in another order, or time is counted otherwise without levelling.
    """
    assert plan.levelling is not None
    unlevelled = changed(plan.levelling.unlevelled, without_levelling(scenario))
    if unlevelled.time.tick != plan.time.tick:
        raise NotSameVariablesError("tick")
    if changes.durations and tuple(order_of_levelling(unlevelled, scenario)) != plan.task:
        raise NotSameVariablesError("order")
    return with_levelling(_revised(plan, scenario, changes), unlevelled, scenario)


def _revised(plan: Plan, scenario: Scenario, changes: Difference) -> Plan:
    """Return the changed plan of a scenario, apart from levelling."""
    stages = replace(plan.stages, structure=replace(plan.stages.structure, scenario=scenario))
    if changes.has_estimates:
        stages = _with_estimates(stages, changes)
    risks = stages.content.risks.arrays
    if changes.has_probabilities:
        risks = risks._replace(threshold=thresholds(scenario), chains=chains(scenario))
        content = replace(stages.content, risks=replace(stages.content.risks, arrays=risks))
        stages = replace(stages, content=content)
    target = targets(scenario) if changes.has_gates else plan.target
    network, clocks = plan.network, plan.clocks
    if target != plan.target or stages.course is not plan.stages.course:
        network, clocks = lay_network(stages, target)
    late = plan.late
    if stages.course.tables is not plan.stages.course.tables:
        late = compile_late(stages.structure, stages.course.tables, stages.content.late_relationships)
    revised = replace(
        plan,
        stages=stages,
        target=target,
        probability=probabilities(scenario) if changes.has_probabilities else plan.probability,
        gates=gate_rows(scenario, target) if changes.has_gates else plan.gates,
        clauses=plan.clauses if target == plan.target else clause_rows(scenario, target),
        labels=labels(stages.structure) if changes.has_labels else plan.labels,
        time=plan.time if late is plan.late else replace(plan.time, calendars=stages.course.tables),
        estimates=_estimates(plan, stages),
        variables=stages.variables,
        network=network,
        clocks=clocks,
        lost=stages.course.lost,
        risks=risks,
        costs=stages.content.costs.arrays,
        existence=existence(stages),
        late=late,
    )
    _share_kernel_plan(plan, revised)
    return revised


def _share_kernel_plan(plan: Plan, revised: Plan) -> None:
    """Let a plan use the records of another whose arrays are the same; thresholds of risks are no part of them."""
    is_same = (
        revised.variables is plan.variables
        and revised.network is plan.network
        and revised.clocks is plan.clocks
        and revised.lost is plan.lost
        and revised.costs is plan.costs
        and plan.existence is None
    )
    if is_same and "kernel_plan" in vars(plan):
        vars(revised)["kernel_plan"] = vars(plan)["kernel_plan"]


def _with_estimates(stages: Stages, changes: Difference) -> Stages:
    """Return the stages with the estimates of their scenario."""
    structure, content, scenario = stages.structure, stages.content, stages.scenario
    book = content.book.copy()
    for name in changes.durations:
        work = scenario.tasks[name].work
        row = int(content.duration[structure.row[name]])
        book.revise(row, work, structure.calendars.scale(work, structure.calendar[name]))
    if changes.impacts:
        _revise_impacts(stages, changes.impacts, book)
    costs = content.costs
    if changes.costs or changes.has_project_costs:
        draws = DrawBook(len(structure.logic.order))
        revised = RevisedCosts(content.risks.cost_row, book, draws, dict(costs.row))
        costs = revise_costs(costs, structure, changes.costs, revised)
    content = replace(content, book=book, costs=costs)
    variables = book.rebuild(stages.variables)
    return replace(
        stages,
        content=content,
        course=_course(stages, content),
        variables=variables,
        table_errors=book.revised_errors(variables, stages.table_errors),
    )


def _revise_impacts(stages: Stages, impacts: Iterable[Effect], book: VariableBook) -> None:
    """Put the estimates of impacts in the place of those before, for each of the tasks that they act on."""
    structure, risks = stages.structure, stages.content.risks
    task_of_row = (*structure.logic.order, PROJECT)
    delayed_task = {hit.variable: task_of_row[hit.target] for hit in risks.delays}
    for effect in impacts:
        name, target, kind = effect
        estimate = getattr(stages.scenario.risks[name].impacts[target], kind)
        for row in risks.effect_row.get(effect, ()):
            book.revise(row, estimate, delay_scale(estimate, delayed_task[row], structure) if kind == "delay" else 1.0)


def _course(stages: Stages, content: Content) -> Course:
    """Return the calendars laid out for revised estimates: the same as before where that is long enough, and no more.

    Raises
    ------
    NotSameVariablesError
        If time was counted in coarser ticks than the first, which could do now.
    """
    old, new, before = stages.content.book.variables, content.book.variables, stages.course
    factors = set(content.risks.factor_variable)
    moves = any(
        (new[row].is_whole or row in factors) and (new[row].low, new[row].high) != (old[row].low, old[row].high)
        for row in content.book.revised
    )
    if not moves:
        return before
    if stages.structure.calendars.tick != TICKS[0]:
        raise NotSameVariablesError("tick")
    course = lay_course(stages.structure, content, stages.room, before)
    if course.tables is before.tables and _are_same(course.clocks, before.clocks):
        return before
    return course


def _are_same(one: Clocks | None, other: Clocks | None) -> bool:
    """Return whether two plans with the same calendars need the clock for the same."""
    if one is None or other is None:
        return one is other
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in Clocks._fields)


def _estimates(plan: Plan, stages: Stages) -> PlanEstimates:
    """Return what is known of the variables, those that were revised looked at again."""
    book, old = stages.content.book, plan.estimates
    if book is plan.stages.content.book or not book.revised:
        return old
    plan_value, least, most = old.plan_value.copy(), old.least.copy(), old.most.copy()
    duration_sd = old.duration_sd.copy()
    task_of = {variable: task for task, variable in enumerate(old.duration.tolist())}
    for row in book.revised:
        plan_value[row], least[row], most[row] = book.plan_value(row), book.low(row), book.high(row)
        if row in task_of:
            duration_sd[task_of[row]] = book.variables[row].sd
    error = float(stages.table_errors.max(initial=0.0))
    return replace(old, plan_value=plan_value, least=least, most=most, duration_sd=duration_sd, table_error=error)
