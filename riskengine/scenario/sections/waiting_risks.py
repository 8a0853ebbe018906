"""Looking at risks that wait for a date: what they ask, and that nothing they do comes before it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from riskengine.model import Impact, Risk, Scenario, Task
from riskengine.model.branch import Paths
from riskengine.model.fields import LONGEST_ID
from riskengine.model.in_force import without_predecessors
from riskengine.model.relationship_key import relationship_key
from riskengine.model.risk_condition import DateCondition, date_conditions
from riskengine.model.selector import ImpactTargets
from riskengine.scenario.sections.spans import is_span
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.fields import Fields


def asked_task(fields: Fields, tables: Mapping[str, Any]) -> str:
    """Return the task whose finish a risk waits for, after reporting what cannot be asked.

    Parameters
    ----------
    fields : Fields
        Of the risk.
    tables : mapping
        Tasks of the document, faulty ones too.
    """
    name = fields.text("after", "", LONGEST_ID)
    place = (*fields.place, "after")
    if name and name not in tables:
        fields.faults.add("RE397", place, name, cure=fields.faults.near(name, tables))
    elif name and is_span(tables[name]):
        fields.faults.add("RE397", place, name, rule="must not be a level of effort or a summary")
    if ("after" in fields.data) != ("if_later_than" in fields.data):
        fields.faults.add("RE398", fields.place, "after" if "after" in fields.data else "if_later_than")
    return name


def check_waiting_risks(scenario: Scenario, faults: Faults) -> None:
    """Report risks that wait for a date that nobody can ask, or act on what comes before it.

    Parameters
    ----------
    scenario : Scenario
        As written: with the tasks of all actions, in force or not.
    """
    conditions = date_conditions(scenario)
    if not conditions:
        return
    of_actions = {action.task: key for key, action in scenario.actions.items() if action.task}
    repeated = {task: key for key, loop in scenario.rework.items() for task in loop.tasks}
    for name, risk in scenario.risks.items():
        place = ("risks", name, "after")
        if risk.after in of_actions:
            rule = f"must not be the task of an action ({of_actions[risk.after]}), which need not be in the plan"
            faults.add("RE397", place, risk.after, rule=rule)
        if risk.after in repeated:
            rule = f"must not be done again ({repeated[risk.after]}): ask a milestone behind the loop"
            faults.add("RE397", place, risk.after, rule=rule)
        refuse_company(name, risk, conditions, faults)
    for key, branch in scenario.branches.items():
        if branch.if_risk in conditions:
            rule = "a risk that waits for a date must not decide about a branch"
            cure = "ask the finish of a task by if_later_than at the branch"
            faults.add("RE423", ("branches", key, "if_risk"), branch.if_risk, rule=rule, cure=cure)
    if not faults.all:
        refuse_early_impacts(scenario, conditions, frozenset(of_actions), faults)


def refuse_company(name: str, risk: Risk, conditions: Mapping[str, Any], faults: Faults) -> None:
    """Report a risk that waits for a date beside what that does not go with: an exposure, other triggers."""
    place = ("risks", name)
    if risk.after and risk.exposure is not None:
        faults.add("RE423", (*place, "exposure"), rule="a risk that waits for a date must have no exposure")
    waiting = [cause for cause in risk.triggered_by if cause in conditions]
    if waiting and len(risk.triggered_by) > 1:
        rule = "a risk that waits for a date must be the only trigger of what it triggers"
        faults.add("RE423", (*place, "triggered_by"), ", ".join(risk.triggered_by), rule=rule)


def refuse_early_impacts(
    scenario: Scenario,
    conditions_of_risks: Mapping[str, Sequence[DateCondition]],
    of_actions: frozenset[str],
    faults: Faults,
) -> None:
    """Report impacts on what does not come after the task whose finish decides whether the risk occurs."""
    tasks, targets = scenario.tasks, ImpactTargets(scenario)
    after = Followers(tasks, of_actions)
    for name, conditions in conditions_of_risks.items():
        for place, key, kinds in impacts_of(name, scenario):
            hit = [one for kind in kinds for one in targets.acted_on(key, kind)]
            for condition in conditions:
                early = next((one for one in hit if not is_behind(one, condition.task, after, tasks)), None)
                if early is not None and tasks[condition.task].actual_finish is None:
                    thing = early.partition("/")[2]
                    rule = f"the risk waits for the finish of {condition.task}, and {thing} does not come after that"
                    faults.add("RE399", place, rule=rule)
                    break


class Followers:
    """What comes after tasks by logic, whichever actions are in force."""

    def __init__(self, tasks: Mapping[str, Task], of_actions: frozenset[str]) -> None:
        self.of_actions = of_actions
        self.every = Paths(tasks)
        self.lasting = Paths(
            {name: without_predecessors(task, of_actions) for name, task in tasks.items() if name not in of_actions}
        )
        self.followers: dict[tuple[str, bool], set[str]] = {}

    def has(self, task: str, name: str) -> bool:
        """Return whether a task comes after another one, also where no action is in force."""
        if name == task:
            return False
        is_of_action = name in self.of_actions
        if (task, is_of_action) not in self.followers:  # asked for each of the many tasks that an impact may act on
            paths = self.every if is_of_action else self.lasting
            self.followers[task, is_of_action] = paths.reached_from(task)
        return name in self.followers[task, is_of_action]


def is_behind(target: str, task: str, after: Followers, tasks: Mapping[str, Task]) -> bool:
    """Return whether what an impact acts on comes after a task: cost lines and the project do."""
    kind, _, name = target.partition("/")
    if kind == "relationship":
        named = relationship_key(name, tasks)
        assert named is not None
        name = named.successor
    return kind not in ("task", "relationship") or after.has(task, name)


def impacts_of(name: str, scenario: Scenario) -> Iterator[tuple[Place, str, list[str]]]:
    """Yield the place, the key and the kinds of each impact of a risk, and of what actions make of it."""
    tables: list[tuple[Place, Mapping[str, Impact]]] = [(("risks", name, "impacts"), scenario.risks[name].impacts)]
    for key, action in scenario.actions.items():
        if name in action.effects:
            tables.append((("actions", key, "effects", name, "impacts"), action.effects[name].impacts))
    for place, impacts in tables:
        for key, impact in impacts.items():
            yield (*place, key), key, [kind for kind, value in impact.__dict__.items() if value is not None]
