"""Reading actions, and looking at what those in force make of a scenario."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from riskengine.model import Action, Correlation, RiskChange, Scenario
from riskengine.model.action_sets import settings_of
from riskengine.model.fields import LONGEST_ID
from riskengine.model.format import FORMAT
from riskengine.model.selector import ImpactTargets, wbs_levels
from riskengine.scenario.sections.chains import check_secondary_risks, risk_ids
from riskengine.scenario.sections.cycles import circles
from riskengine.scenario.sections.risks import RiskReader
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.point_defaults import PointDefaults
from riskengine.scenario.values.sections import entities

APART: Final = ("task", "needs", "excludes", "effects", "secondary_risks")
KINDS: Final = FORMAT["risks"]["kind"].words


class ActionReader:
    """Reads the actions of one scenario.

    Parameters
    ----------
    sections : mapping of str to mapping
        Sections of the document, faulty entities too, so that one fault hides no other.
    risks : RiskReader
        Reads impacts.
    points : PointDefaults
        What a price given as a list of points means.
    owner : str
        Owner of an action that names none.
    faults : Faults
        Where faults go.
    """

    def __init__(
        self,
        sections: Mapping[str, Mapping[str, Any]],
        risks: RiskReader,
        points: PointDefaults,
        owner: str,
        faults: Faults,
    ) -> None:
        self.tables = sections["actions"]
        self.sections = sections
        self.risks = risks
        self.plain = PlainFields(FORMAT["actions"], apart=APART, defaults={"owner": owner}, points=points)
        self.plain_effect = PlainFields(FORMAT["effects"], apart=("impacts",))
        self.faults = faults
        self.action_of_task: dict[str, str] = {}

    def read(self) -> dict[str, Action]:
        """Return the sound actions, sorted by id."""
        actions = {}
        for key, fields in entities("actions", self.tables, FORMAT["actions"], self.faults):
            values = self.plain.values(fields)
            task, effects = self.task(key, fields), self.effects(fields)
            if not {"effects", "task", "cost", "secondary_risks"} & fields.data.keys():
                self.faults.add("RE355", fields.place)
            secondary = risk_ids(fields, "secondary_risks", self.risks.tables)
            if values["chance"] < 1 and (secondary or not changes_one_probability(effects)):
                self.faults.add("RE358", (*fields.place, "chance"), fields.data["chance"])
            needs, excludes = (self.others(key, fields, name) for name in ("needs", "excludes"))
            actions[key] = Action.model_construct(
                id=key,
                task=task,
                needs=needs,
                excludes=excludes,
                secondary_risks=secondary,
                effects=effects,
                **values,
            )
        check_secondary_risks(actions, self.faults)
        self.refuse_circles(actions)
        return actions

    def task(self, action: str, fields: Fields) -> str:
        """Return the task that is there only with the action, nothing where there is none."""
        task, place = fields.text("task", "", LONGEST_ID), (*fields.place, "task")
        if not task:
            return ""
        if task not in self.sections["tasks"]:
            self.faults.add("RE350", place, task, cure=self.faults.near(task, self.sections["tasks"]))
            return ""
        if task in self.action_of_task:
            rule = f"a task must belong to one action, and this one does to {self.action_of_task[task]}, too"
            self.faults.add("RE351", place, rule=rule)
        self.action_of_task[task] = action
        return task

    def others(self, action: str, fields: Fields, key: str) -> tuple[str, ...]:
        """Return the actions that an action needs or excludes, each once, sorted."""
        names = set()
        for position, name in enumerate(fields.items(key)):
            place = (*fields.place, key, position)
            if not isinstance(name, str):
                self.faults.add("RE113", place, name, rule="must be the id of an action")
            elif name == action:
                self.faults.add("RE353", place, name)
            elif name not in self.tables:
                self.faults.add("RE350", place, name, cure=self.faults.near(name, self.tables))
            else:
                names.add(name)
        return tuple(sorted(names))

    def effects(self, fields: Fields) -> dict[str, RiskChange]:
        """Return what the action changes, sorted by the id of the risk."""
        effects = {}
        for risk, table in sorted(fields.table("effects").items()):
            place = (*fields.place, "effects", risk)
            if risk not in self.risks.tables:
                self.faults.add("RE350", place, risk, cure=self.faults.near(risk, self.risks.tables))
            if not isinstance(table, dict):
                self.faults.add("RE113", place, table, rule="must be a table such as {probability = 0.1}")
                continue
            effects[risk] = self.effect(risk, Fields(table, place, self.faults, FORMAT["effects"]))
        return effects

    def effect(self, risk: str, fields: Fields) -> RiskChange:
        """Return what the action changes of one risk."""
        if not fields.data:
            self.faults.add("RE355", fields.place)
        if {"probability", "probability_factor"} <= fields.data.keys():
            rule = "an effect must have a probability or a probability_factor, not both"
            self.faults.add("RE354", (*fields.place, "probability_factor"), rule=rule)
        values = self.plain_effect.values(fields)
        return RiskChange.model_construct(impacts=self.risks.impacts(fields, self.kind(risk)), **values)

    def kind(self, risk: str) -> str:
        """Return the kind of a risk; where it is not known, the one of which the least is asked."""
        table = self.risks.tables.get(risk)
        kind = table.get("kind", "threat") if isinstance(table, dict) else ""
        return kind if isinstance(kind, str) and kind in KINDS else "driver"

    def refuse_circles(self, actions: Mapping[str, Action]) -> None:
        """Report actions that need each other, each circle spelled out."""
        for circle in circles({name: action.needs for name, action in actions.items()}):
            rule = f"actions must not need each other in a circle: {' -> '.join(reversed(circle))}"
            self.faults.add("RE353", ("actions", circle[-1], "needs"), rule=rule)


class ActionCheck:
    """Looks at the actions of a scenario that was read without a fault, and at what those in force make of it.

    Parameters
    ----------
    scenario : Scenario
        As written.
    faults : Faults
        Where faults go.
    """

    def __init__(self, scenario: Scenario, faults: Faults) -> None:
        self.scenario = scenario
        self.active = {name: action for name, action in scenario.actions.items() if action.active}
        self.faults = faults

    def check(self) -> None:
        """Report actions that cannot be in force together, and what would be left of the plan without the others."""
        for name, action in self.active.items():
            place = ("actions", name)
            for other in action.needs:
                if other not in self.active:
                    rule = f"an action must be in force with those it needs: {name} with {other}"
                    self.faults.add("RE352", (*place, "needs"), rule=rule)
            for other in action.excludes:
                if other in self.active:
                    rule = f"actions that exclude each other must not both be in force: {name} with {other}"
                    self.faults.add("RE352", (*place, "excludes"), rule=rule)
        self.check_effects()
        absent = {action.task: name for name, action in self.scenario.actions.items() if not action.active}
        absent.pop("", None)
        if absent.keys() == self.scenario.tasks.keys():
            rule = "a plan must have a task that belongs to no action, or to one in force"
            self.faults.add("RE351", ("actions", min(absent.values()), "task"), rule=rule)
        self.check_summaries(absent)
        names, waiting = (self.names_by_task(), self.waiting_alone_by(absent)) if absent else ({}, {})
        for task, name in absent.items():
            where = ("actions", name, "task")
            self.check_absence(task, where, names=names.get(task, ()), waiting=waiting.get(task, ()))

    def check_effects(self) -> None:
        """Report what two actions in force set, and probabilities that their factors make too large."""
        first: dict[tuple[str, ...], str] = {}
        for name, action in self.active.items():
            for risk, change in action.effects.items():
                place = ("actions", name, "effects", risk)
                for what in settings_of(change):
                    if (risk, *what) in first:
                        rule = f"{first[risk, *what]} and {name} are both in force, and both set this"
                        self.faults.add("RE354", (*place, *what), rule=rule)
                    first.setdefault((risk, *what), name)
                factored = [kind for impact in self.impacts(risk) for kind in ("factor", "cost_factor") if impact[kind]]
                if change.impact_factor is not None and factored:
                    self.faults.add("RE356", (*place, "impact_factor"), change.impact_factor)

    def impacts(self, risk: str) -> list[Mapping[str, Any]]:
        """Return what the impacts of a risk say, by the kinds of impact."""
        return [impact.__dict__ for impact in self.scenario.risks[risk].impacts.values()]

    def check_summaries(self, absent: Mapping[str, str]) -> None:
        """Report summaries with nothing below them but tasks that are not in the plan."""
        tasks = self.scenario.tasks
        if not absent or not any(task.type == "summary" for task in tasks.values()):
            return
        levels_of_plan = {
            level
            for name, task in tasks.items()
            if name not in absent and not task.is_span
            for level in wbs_levels(task.wbs)
        }
        first_below: dict[str, str] = {}
        for name in absent:
            for level in wbs_levels(tasks[name].wbs):
                first_below.setdefault(level, name)
        for name, task in tasks.items():
            if task.type == "summary" and task.wbs in first_below and task.wbs not in levels_of_plan:
                below = first_below[task.wbs]
                rule = f"without its action nothing would lie below the summary {name} but {below}"
                self.faults.add("RE351", ("actions", absent[below], "task"), rule=rule)

    def check_absence(self, task: str, place: Place, *, names: Collection[str], waiting: Collection[str]) -> None:
        """Report what names a task that is not in the plan and cannot do without it, and what waits for it alone."""
        scenario, waits = self.scenario, bool(self.scenario.tasks[task].after)
        if scenario.tasks[task].is_started:
            rule = f"{task} has begun, so that its action must be active"
            self.faults.add("RE351", place, rule=rule)
        for what in names:
            rule = f"the action of {task} is not in force, so that {what} must not ask for it"
            self.faults.add("RE351", place, rule=rule)
        for name in waiting:
            if waits or scenario.tasks[name].is_span:
                rule = f"without its action {name} would wait for nothing any more, since it waits for {task} alone"
                cure = f"let {name} wait for what stands before {task}, too"
                self.faults.add("RE351", place, rule=rule, cure=cure)

    def waiting_alone_by(self, absent: Collection[str]) -> dict[str, list[str]]:
        """Return the tasks of the plan that wait for nothing but tasks that are not in it, by each of these."""
        waiting: dict[str, list[str]] = {}
        for name, task in self.scenario.tasks.items():
            before = {relationship.task for relationship in task.after}
            if before and name not in absent and before.issubset(absent):
                for each in before:
                    waiting.setdefault(each, []).append(name)
        return waiting

    def names_by_task(self) -> dict[str, list[str]]:
        """Return what asks for each task by its id, beside other tasks."""
        scenario = self.scenario
        exposures = ((risk.id, risk.exposure) for risk in scenario.risks.values() if risk.exposure is not None)
        named: list[tuple[str, Collection[str]]] = [
            *((f"gate {gate.id}", {gate.target}) for gate in scenario.gates.values()),
            *((f"clause {clause.id}", {clause.target}) for clause in scenario.date_clauses),
            *((f"correlation {item.id}", members_of(item)) for item in scenario.correlations.values()),
            *((f"branch {each.id}", {each.after, *each.first_tasks}) for each in scenario.branches.values()),
            *((f"risk {name}", {each.begins_with, each.expires_with}) for name, each in exposures),
            *((f"rework {loop.id}", set(loop.tasks)) for loop in scenario.rework.values()),
            ("targets", set(scenario.targets)),
        ]
        names: dict[str, list[str]] = {}
        for what, tasks in named:
            for task in tasks:
                names.setdefault(task, []).append(what)
        return names


def members_of(correlation: Correlation) -> set[str]:
    """Return what a correlation names, in whichever of its three ways."""
    named = {*correlation.between, *(name for pair in correlation.pairs for name in pair.between)}
    return named if correlation.matrix is None else named.union(correlation.matrix.members)


def changes_one_probability(effects: Mapping[str, RiskChange]) -> bool:
    """Return whether effects change the probability of one risk and nothing else."""
    changes = list(effects.values())
    return len(changes) == 1 and not changes[0].impacts and changes[0].impact_factor is None


def check_positions(scenario: Scenario, faults: Faults) -> None:
    """Report risks that actions in force make impossible: certain beyond 1, or hitting a task twice in one way.

    Parameters
    ----------
    scenario : Scenario
        As its actions make it.
    """
    targets = ImpactTargets(scenario)
    for name, risk in scenario.risks.items():
        owners = [id for id, action in scenario.actions.items() if action.active and name in action.effects]
        if risk.before is None or not owners:
            continue
        place = ("actions", owners[-1], "effects", name)
        if risk.probability > 1:
            rule = f"a probability must be between 0 and 1, also with all actions in force: {risk.probability:g}"
            faults.add("RE357", (*place, "probability_factor"), rule=rule)
        for kind in FORMAT["impacts"]:
            first: dict[str, str] = {}
            for key, impact in risk.impacts.items():
                hit = targets.acted_on(key, kind) if getattr(impact, kind) is not None else []
                twice = next((target for target in hit if target in first), None)
                if twice is not None:
                    rule = f'{twice} is hit by "{first[twice]}" and by "{key}"'
                    faults.add("RE305", (*place, "impacts", key, kind), rule=rule)
                first.update(dict.fromkeys(hit, key))
