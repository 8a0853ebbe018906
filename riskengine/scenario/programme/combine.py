"""The document of a programme: those of its projects put together, and what they have to have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from riskengine.model import Scenario
from riskengine.model.fields import LONGEST_NAME
from riskengine.model.format import SECTIONS
from riskengine.model.project import project_of
from riskengine.model.scenario import STANDARD
from riskengine.model.task import SPANS
from riskengine.scenario.programme.ids import ProjectIds
from riskengine.scenario.resolve import resolve
from riskengine.scenario.sections.calendars import CalendarReader
from riskengine.scenario.text.faults import NOTHING, Faults
from riskengine.scenario.values.instants import moment

COMMON: Final = ("currency", "lag_calendar")
"""What a programme and its projects have to say alike, whoever says it."""

OF_THE_PROGRAMME: Final = ("minimum_duration", "schedule", "levelling")
"""What a programme may say for all of its projects; where it does not, they have to agree."""

TASKS: Final = ("tasks", "backlogs")
"""Sections of tasks."""

SHARED_SECTIONS: Final = ("calendars", "resources", "risks")
"""Sections of which projects can share something."""


@dataclass(frozen=True, slots=True)
class PlanOfProject:
    """The plan of one project of a programme.

    Attributes
    ----------
    id, name : str
        Of the project in the programme.
    document : dict
        Its resolved document.
    start : datetime
        Its start or data date.
    is_data_date : bool
    built_in : frozenset of str
        Which of its calendars are those that every scenario has.
    """

    id: str
    name: str
    document: dict[str, Any]
    start: datetime
    is_data_date: bool
    built_in: frozenset[str]

    @classmethod
    def of(cls, id: str, name: str, scenario: Scenario) -> "PlanOfProject":
        """Return the plan of a project from the scenario of its file."""
        calendars = CalendarReader({}, Faults()).read()
        built_in = frozenset(id for id, calendar in scenario.calendars.items() if calendars.get(id) == calendar)
        return cls(
            id=id,
            name=name or scenario.name,
            document=with_bases(resolve(scenario), scenario.first_start),
            start=scenario.start,
            is_data_date=scenario.is_data_date,
            built_in=built_in,
        )


class Programme:
    """Puts the plans of projects together.

    Parameters
    ----------
    plans : sequence of PlanOfProject
    overlay : mapping
        What the programme itself says, which is laid over what its projects do.
    faults, file
        Where faults go, and the file of the programme.
    """

    def __init__(self, plans: Sequence[PlanOfProject], overlay: Mapping[str, Any], faults: Faults, file: str) -> None:
        self.plans, self.overlay, self.faults, self.file = plans, overlay, faults, file
        self.shared = self.names_of_shared()

    def refuse(self, code: str, plan: PlanOfProject, value: object, rule: str = "") -> None:
        """Report what is wrong with a project in this programme."""
        told_value = NOTHING if value is None else value
        self.faults.add(code, ("projects", plan.id, "file"), told_value, rule=rule, file=self.file)

    def names_of_shared(self) -> frozenset[str]:
        """Return the places of what the projects share, after reporting what none of them has."""
        names = self.overlay.get("shared", [])
        if not isinstance(names, list):
            self.faults.add("RE113", ("shared",), names, rule="must be a list", file=self.file)
            return frozenset()
        sound = set()
        for index, name in enumerate(names):
            section, _, id = name.partition(".") if isinstance(name, str) else ("", "", "")
            if section in SHARED_SECTIONS and any(id in plan.document.get(section, {}) for plan in self.plans):
                sound.add(name)
            else:
                self.faults.add("RE444", ("shared", index), name, file=self.file)
        return frozenset(sound)

    def document(self) -> dict[str, Any]:
        """Return what the projects say together, under ids of the programme, without the programme's own words."""
        together: dict[str, Any] = {**self.common(), **self.dates(), "targets": [], "wbs": {}, "projects": {}}
        start = self.check_dates({**together, **self.overlay})
        for plan in self.plans:
            self.refuse_parts(plan)
            self.add(plan, together, start)
        return {key: value for key, value in together.items() if value not in ({}, [])}

    def common(self) -> dict[str, Any]:
        """Return what the programme does not say of itself, and all projects say alike; report what differs."""
        common = {}
        for key in (*COMMON, *(key for key in OF_THE_PROGRAMME if key not in self.overlay)):
            first = self.overlay.get(key, self.plans[0].document.get(key))
            for plan in self.plans:
                value = plan.document.get(key)
                if value != first:
                    self.refuse("RE442", plan, value, f"{key} must be the same in a programme and all of its projects")
            if first is not None:
                common[key] = first
        for plan in self.plans if common["lag_calendar"] == "project" else ():
            calendar = plan.document["calendar"]
            is_one = f"calendars.{calendar}" in self.unprefixed(plan)
            if not is_one or calendar != self.overlay.get("calendar", STANDARD):
                self.refuse("RE442", plan, calendar, "lags on the project's calendar need the programme's in each")
        return common

    def unprefixed(self, plan: PlanOfProject) -> set[str]:
        """Return the places of what keeps its id: what is shared, and the calendars that every scenario has."""
        return {*self.shared, *(f"calendars.{id}" for id in plan.built_in)}

    def dates(self) -> dict[str, Any]:
        """Return the start of the programme or its data date: that of its first project where it does not say one."""
        if self.overlay.keys() & {"start", "data_date"}:
            return {}
        data_dates = [plan.start for plan in self.plans if plan.is_data_date]
        if data_dates:
            return {"data_date": max(data_dates).isoformat()}
        return {"start": min(plan.start for plan in self.plans).isoformat()}

    def check_dates(self, dates: Mapping[str, Any]) -> datetime | None:
        """Return the instant from which the programme counts, after reporting projects that do not fit it."""
        key = "data_date" if "data_date" in dates else "start"
        start = moment(dates[key], (key,), Faults(), ends=False)
        if start is None:
            return None
        for plan in self.plans:
            if plan.is_data_date and (key != "data_date" or plan.start != start):
                self.refuse("RE442", plan, plan.start, "the data date must be the same in a programme and its projects")
            elif plan.start < start:
                self.refuse("RE442", plan, plan.start, "no project must begin before its programme")
        return start

    def refuse_parts(self, plan: PlanOfProject) -> None:
        """Report what in a project depends on the finish or the cost of the whole scenario."""
        for id, gate in plan.document.get("gates", {}).items():
            if "cost" in gate:
                self.refuse("RE443", plan, f"gates.{id}.cost")
        for id, line in plan.document.get("costs", {}).items():
            for key in line.keys() & {"rate", "index"}:  # what follows prices accrues until the programme's finish
                self.refuse("RE443", plan, f"costs.{id}.{key}")

    def add(self, plan: PlanOfProject, together: dict[str, Any], start: datetime | None) -> None:
        """Put one project into the document of all."""
        ids = ProjectIds(plan.id, plan.document, self.unprefixed(plan), self.faults, self.file)
        for section in SECTIONS:
            if section not in TASKS and plan.document.get(section):
                self.put(section, ids.section(section), together)
        for section in TASKS:
            tasks = ids.tasks(section)
            if start is not None and plan.start > start:
                bind_starts(tasks, plan.start)
            self.put(section, tasks, together)
        together["targets"] += [ids.id(id, "tasks") for id in plan.document.get("targets", [])]
        together["wbs"] |= {ids.element(code): name for code, name in plan.document.get("wbs", {}).items()}
        together["wbs"].setdefault(plan.id, plan.name)
        together["projects"][plan.id] = {"name": plan.name}

    def put(self, section: str, tables: Mapping[str, Any], together: dict[str, Any]) -> None:
        """Put entities of a project into a section of all; report what is shared and differs."""
        entities = together.setdefault(section, {})
        for id, table in tables.items():
            other = entities.get(id)
            if other is not None and section == "risks":
                table = {**table, "impacts": {**other["impacts"], **table["impacts"]}}
                other = {**other, "impacts": table["impacts"]}
            if other is not None and other != table:
                differing = sorted(key for key in {*other, *table} if other.get(key) != table.get(key))
                rule = f"what projects share must be the same in all of them, and not differ in {', '.join(differing)}"
                self.faults.add("RE445", ("shared",), f"{section}.{id}", rule=rule, file=self.file)
            entities[id] = table


def with_bases(document: dict[str, Any], start: datetime) -> dict[str, Any]:
    """Return the document of a project whose indices say the month that they start from, which is its own."""
    indices = {id: {"base": f"{start:%Y-%m}", **table} for id, table in document.get("indices", {}).items()}
    return {**document, "indices": indices} if indices else document


def bind_starts(tasks: Mapping[str, dict[str, Any]], start: datetime) -> None:
    """Let no task of a project begin before the project does, which begins after its programme.

    Parameters
    ----------
    tasks : mapping
        Resolved tasks of the project, which are changed.
    start : datetime
        Of the project.
    """
    for task in tasks.values():
        if task.get("type", "task") in SPANS:
            continue
        kind = "FNET" if task.get("type") == "finish milestone" else "SNET"
        constraints = task.get("constraints", [])
        others = [one for one in constraints if one["type"] != kind]
        dates = [one["date"] for one in constraints if one["type"] == kind]
        task["constraints"] = [*others, {"type": kind, "date": max([*dates, start.isoformat()])}]


def with_project_finishes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a document with a milestone at the finish of each of its projects, which is a target.

    Parameters
    ----------
    document : mapping
        Of a programme or of any other scenario, sound or not.

    Notes
    -----
    The milestone has the id of the project, and follows each of its tasks. Where there is such a task, it stays.
    """
    projects, tasks, backlogs = (document.get(key) for key in ("projects", "tasks", "backlogs"))
    if not isinstance(projects, dict) or not isinstance(tasks, dict):
        return document
    every_task = {**(backlogs if isinstance(backlogs, dict) else {}), **tasks}
    milestones = {}
    for project, table in projects.items():
        project_tasks = {id: task for id, task in every_task.items() if project_of(id, (project,)) and id != project}
        if project_tasks and project not in every_task and isinstance(table, dict):
            finish = project_finish(sound_name(table.get("name")), project_tasks, "data_date" in document)
            milestones[project] = finish
    targets = document.get("targets", [])
    whole = {**document, "tasks": {**tasks, **milestones}}
    if isinstance(targets, list) and milestones:
        whole["targets"] = [*targets, *(id for id in milestones if id not in targets)]
    return whole


def sound_name(name: object) -> str:
    """Return the name of a project where it is one; else nothing, and it is told where it stands."""
    return name if isinstance(name, str) and name.isprintable() and len(name) <= LONGEST_NAME else ""


def project_finish(name: object, tasks: Mapping[str, Any], has_data_date: bool) -> dict[str, Any]:
    """Return the milestone at the finish of a project with these tasks; it is over where they are.

    With a data date what is over ends nothing, though logic out of sequence may lead through it: the milestone does not
    wait for it, unless there is nothing else to wait for.
    """
    tables = [task for task in tasks.values() if isinstance(task, dict)]
    after = [id for id, task in tasks.items() if not (isinstance(task, dict) and task.get("type", "task") in SPANS)]
    left = [id for id in after if not (isinstance(tasks[id], dict) and "actual_finish" in tasks[id])]
    after = left if has_data_date and left else after
    milestone = {"name": name, "type": "finish milestone", "after": [{"task": id} for id in after], "calendar": "24h"}
    finishes = [moment(task.get("actual_finish"), (), Faults(), ends=True) for task in tables]
    if None not in finishes and len(finishes) == len(tasks):
        milestone["actual_finish"] = max(finish for finish in finishes if finish is not None).isoformat()
    return milestone
