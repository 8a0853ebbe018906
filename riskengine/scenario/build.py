"""From the document of all files of a scenario to the scenario, or to its faults."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from riskengine.model import Action, Bonus, Calendar, Damages, Resource, Risk, Scenario, Task
from riskengine.model.format import SECTIONS
from riskengine.model.in_force import in_force
from riskengine.scenario.hooks import NO_HOOKS, Hooks
from riskengine.scenario.programme.combine import with_project_finishes
from riskengine.scenario.sections.actions import ActionCheck, ActionReader, check_positions
from riskengine.scenario.sections.apply_range_templates import RangeAssignment
from riskengine.scenario.sections.backlogs import backlog_hints, check_backlogs, with_backlogs
from riskengine.scenario.sections.branches import BranchReader, check_branches
from riskengine.scenario.sections.calendars import BUILT_IN, CalendarReader
from riskengine.scenario.sections.chains import check_chains, read_chains
from riskengine.scenario.sections.changes import read_changes
from riskengine.scenario.sections.correlations import CorrelationReader, check_correlations, too_many_members
from riskengine.scenario.sections.cost_factors import refuse_factors_on_income
from riskengine.scenario.sections.costs import read_costs, read_resources
from riskengine.scenario.sections.date_clauses import read_date_clauses
from riskengine.scenario.sections.delayed_relationships import DelayedRelationships, start_lag_of
from riskengine.scenario.sections.exposures import ExposureReader
from riskengine.scenario.sections.gates import read_gates, read_targets
from riskengine.scenario.sections.hard_constraints import ignored, without_hard_constraints
from riskengine.scenario.sections.indices import check_indices, read_indices, refuse_with_indices
from riskengine.scenario.sections.learning import check_learning, read_learning
from riskengine.scenario.sections.lost_days import check_lost_days, refuse_lags_from_actual_starts
from riskengine.scenario.sections.margins import check_margins
from riskengine.scenario.sections.progress import percent_hint
from riskengine.scenario.sections.projects import read_project_names
from riskengine.scenario.sections.range_templates import RangeTemplate, read_range_templates, refuse_critical
from riskengine.scenario.sections.rework import check_rework, read_rework
from riskengine.scenario.sections.risks import RiskReader
from riskengine.scenario.sections.schedule import check_levelling, read_import, read_levelling, read_schedule
from riskengine.scenario.sections.selectors import Selection
from riskengine.scenario.sections.settings import Settings, read_settings
from riskengine.scenario.sections.tasks import TaskReader
from riskengine.scenario.sections.waiting_risks import check_waiting_risks
from riskengine.scenario.sections.wbs_names import read_wbs_names
from riskengine.scenario.text.faults import Faults

NOT_FOR_DATES: Final = (
    *("templates", "bands", "risks", "actions", "correlations", "changes", "projects", "branches"),
    *("exclusive", "rework", "learning", "gates", "targets", "costs", "damages", "bonuses", "levelling", "imported"),
)
"""What a plan does not need to have a longest path."""


def build(
    document: Mapping[str, Any],
    project: object,
    faults: Faults,
    hooks: Hooks,
    hints: list[str],
    root: Mapping[str, Any] | None = None,
) -> Scenario | None:
    """Return the scenario of a merged document, if it may be used; `root` is that of the root of extends."""
    document = with_project_finishes(document)
    sections = with_backlogs({key: section(document, key, faults) for key in SECTIONS}, faults)
    calendar_ids = {**BUILT_IN, **sections["calendars"]}
    settings = read_settings(document, calendar_ids, project, faults)
    calendars = CalendarReader(sections["calendars"], faults).read()
    tasks = TaskReader(sections, settings, faults).read()
    if not sections["tasks"] and isinstance(document.get("tasks", {}), dict):
        faults.add("RE241", ("tasks",))
    wbs_names = read_wbs_names(document, faults)
    selection = selection_of(document, sections, tasks, settings, wbs_names)
    risks, actions = read_risks(sections, selection, settings, ExposureReader(tasks, sections["tasks"], faults))
    costs = read_costs(sections["costs"], settings.cost_points, sections["indices"], faults)
    resources = read_resources(sections["resources"], calendar_ids, faults)
    if not faults.all:
        refuse_factors_on_income(risks, tasks, costs, selection, faults)
        refuse_with_indices(risks, tasks, costs, selection, faults)
    rest = read_rest(document, sections, selection, risks, faults)
    check_levelling(rest["levelling"], tasks, resources, calendars, faults)
    check_lost_days(calendars, tasks, rest["levelling"], faults, hints)
    templates = read_templates(sections, settings, hooks, faults)
    if faults.all or settings.start is None or settings.minimum_duration is None:
        return None
    hints += percent_hint(sections["tasks"])
    scenario = Scenario.model_construct(
        **settings.plain,
        start=settings.start,
        is_data_date=settings.is_data_date,
        calendar=settings.calendar,
        minimum_duration=settings.minimum_duration,
        calendars=used_calendars(calendars, sections["calendars"], settings, tasks, resources),
        resources=resources,
        tasks=tasks,
        costs=costs,
        risks=risks,
        actions=actions,
        **rest,
        wbs_names=wbs_names,
    )
    check_actions(scenario, selection, faults)
    if faults.all or not templates:
        return checked(scenario, hooks, faults, hints)

    def critical() -> Collection[str]:
        plan = scenario if root is None else root_scenario(root, scenario, hints)
        return () if hooks.critical is None else hooks.critical(plan)

    assignment = RangeAssignment(templates, sections["tasks"], calendars, critical, wbs_names)
    with_ranges = scenario.model_copy(update={"tasks": assignment.apply(tasks, faults)})
    hints += assignment.hints()
    return checked(with_ranges, hooks, faults, hints)


def selection_of(
    document: Mapping[str, Any],
    sections: Mapping[str, Any],
    tasks: Mapping[str, Task],
    settings: Settings,
    wbs_names: Mapping[str, str],
) -> Selection:
    """Return what impacts may name: tasks, cost lines, and the relationships of the sound tasks."""
    rule, start_lag = settings.plain["lag_calendar"], start_lag_of(document)
    relationships = DelayedRelationships(tasks, sections, rule=rule, start_lag=start_lag)
    return Selection(sections["tasks"], settings.team, sections["costs"], wbs_names, relationships)


def read_templates(
    sections: Mapping[str, Any], settings: Settings, hooks: Hooks, faults: Faults
) -> list[RangeTemplate]:
    """Return the range templates, after reporting those by critical tasks where nobody can tell which these are."""
    templates = read_range_templates(sections["templates"], sections["bands"], settings.task_points, faults)
    if hooks.critical is None:
        refuse_critical(templates, faults)
    return templates


def read_risks(
    sections: Mapping[str, Any], selection: Selection, settings: Settings, exposures: ExposureReader
) -> tuple[dict[str, Risk], dict[str, Action]]:
    """Return the sound risks, and what can be done about them."""
    faults = exposures.faults
    reader = RiskReader(sections["risks"], selection, settings.risk_points, settings.risk_owner, exposures)
    risks = reader.read()
    return risks, ActionReader(sections, reader, settings.cost_points, settings.risk_owner, faults).read()


def check_actions(scenario: Scenario, selection: Selection, faults: Faults) -> None:
    """Report actions that cannot be in force as they are, and what they make of the risks."""
    ActionCheck(scenario, faults).check()
    if scenario.actions and not faults.all:
        in_plan = in_force(scenario)
        check_positions(in_plan, faults)
        changed_risks = {name: risk for name, risk in in_plan.risks.items() if risk.before is not None}
        refuse_factors_on_income(changed_risks, in_plan.tasks, in_plan.costs, selection, faults)
        refuse_with_indices(changed_risks, {}, in_plan.costs, selection, faults)


def read_rest(
    document: Mapping[str, Any],
    sections: Mapping[str, Any],
    selection: Selection,
    risks: Mapping[str, Risk],
    faults: Faults,
) -> dict[str, Any]:
    """Return what no other part of a scenario looks at but levelling, by its attributes."""
    return {
        "exclusive": read_chains(sections["exclusive"], sections["risks"], risks, faults),
        "correlations": CorrelationReader(sections, selection, faults).read(),
        "indices": read_indices(sections["indices"], faults),
        "damages": read_date_clauses(Damages, "damages", sections["damages"], sections["tasks"], faults),
        "bonuses": read_date_clauses(Bonus, "bonuses", sections["bonuses"], sections["tasks"], faults),
        "changes": read_changes(sections["changes"], faults),
        "projects": read_project_names(sections["projects"], sections["tasks"], faults),
        "branches": BranchReader(sections, faults).read(),
        "rework": read_rework(sections["rework"], sections["tasks"], faults),
        "learning": read_learning(sections["learning"], sections["tasks"], faults),
        "gates": read_gates(sections["gates"], sections["tasks"], faults),
        "targets": read_targets(document, sections["tasks"], faults),
        "schedule": read_schedule(document, faults),
        "levelling": read_levelling(document, faults),
        "imported": read_import(document, faults),
    }


def root_scenario(root: Mapping[str, Any], merged: Scenario, hints: list[str]) -> Scenario:
    """Return the plan of the file at the root of a chain, or the merged one where the root is no plan by itself.

    Critical tasks are those of the root, so that status updates and mitigations do not change who gets which range.
    """
    faults = Faults()
    sections = {key: value for key, value in root.items() if key not in NOT_FOR_DATES}
    plan = build(sections, root.get("name"), faults, NO_HOOKS, [])
    if plan is None or faults.all:
        hints.append(
            "critical tasks are told from all files together: the one at the root of extends is no plan by itself"
        )
        return merged
    return plan


def checked(scenario: Scenario, hooks: Hooks, faults: Faults, hints: list[str]) -> Scenario | None:
    """Return the scenario once its correlations have been looked at, without constraints that it ignores."""
    if faults.all:
        return None
    acting = in_force(scenario)
    if too_many_members(acting, faults):
        return None
    check_chains(acting, faults)
    check_indices(acting, faults)
    if not faults.all:
        check_correlations(acting, hooks, faults, hints)
    check_waiting_risks(scenario, faults)
    check_branches(acting, faults, hints)
    check_rework(acting.rework, acting.tasks, faults)
    refuse_lags_from_actual_starts(acting, faults)
    check_margins(scenario, faults)
    check_learning(scenario, faults)
    check_backlogs(scenario, faults)
    hints += backlog_hints(scenario)
    return None if faults.all else without_ignored_constraints(scenario, hints)


def without_ignored_constraints(scenario: Scenario, hints: list[str]) -> Scenario:
    """Return the scenario without its hard constraints where it says that they are ignored, as the last step of all.

    Templates see them still, so that the option of the same name gives the same scenario.
    """
    if scenario.schedule.hard_constraints == "kept":
        return scenario
    scenario, dropped = without_hard_constraints(scenario)
    hints += [ignored(dropped)] if dropped else []
    return scenario


def section(document: Mapping[str, Any], key: str, faults: Faults) -> Mapping[str, Any]:
    """Return one section of the document, empty where it is missing or no table."""
    value = document.get(key, {})
    if isinstance(value, dict):
        return value
    cure = f"write [{key}.ID] in place of [[{key}]], with an id of your choice" if isinstance(value, list) else ""
    faults.add("RE113", (key,), value, rule="must be a table", cure=cure)
    return {}


def used_calendars(
    calendars: Mapping[str, Calendar],
    written: Mapping[str, Any],
    settings: Settings,
    tasks: Mapping[str, Task],
    resources: Mapping[str, Resource],
) -> dict[str, Calendar]:
    """Return the calendars of the file, and of the built-in ones those that are in use."""
    used = {settings.calendar, *(task.calendar for task in tasks.values())}
    used.update(resource.calendar for resource in resources.values())
    if settings.plain["lag_calendar"] == "24h":
        used.add("24h")
    return {key: calendar for key, calendar in calendars.items() if key in written or key in used}
