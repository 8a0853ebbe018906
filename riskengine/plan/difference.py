"""Where two scenarios differ, as far as a compiled plan can take the difference without being compiled again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from riskengine.model import AnyEstimate, Backlog, Impact, Risk, Scenario, Task
from riskengine.model.calendar import ELAPSED_UNITS
from riskengine.model.relationship_key import ARROW
from riskengine.plan.risk import Effect

KINDS = tuple(Impact.model_fields)
"""Kinds of impact: all that the model declares, for a change that was not noticed would be computed as none."""
NEVER_READ = frozenset(
    {
        "description",
        "imported",
        "owner",
        "project_start",
        "actions",
        "changes",
        "projects",
        "has_actions_in_force",
        "before",
    }
)
"""Fields of scenarios, tasks and risks that no plan depends on; actions have done what they do."""
LABELS = frozenset({"name", "currency", "kind"})
"""Fields of scenarios, tasks and risks that a plan shows, and does not reckon with."""
PARTS = frozenset({"tasks", "costs", "risks", "resources", "gates", "targets"})
"""Fields of a scenario that are looked into."""

Model = TypeVar("Model", Scenario, Task, Risk)


class StructureError(Exception):
    """Two scenarios differ in what a plan is built around: it has to be compiled again."""


@dataclass
class Difference:
    """What a plan has to take over from a scenario.

    Attributes
    ----------
    durations, costs : list of str
        Tasks whose work, and whose costs, are estimated otherwise.
    impacts : list of Effect
        Impacts that are estimated otherwise.
    has_project_costs, has_probabilities, has_labels, has_gates : bool
        Whether cost lines, probabilities or switches of risks, names, or gates and targets differ.
    has_finished_work : bool
        Whether what is finished was estimated otherwise: nothing draws it, but what it is correlated with knows it.
    """

    durations: list[str] = field(default_factory=list)
    costs: list[str] = field(default_factory=list)
    impacts: list[Effect] = field(default_factory=list)
    has_project_costs: bool = False
    has_probabilities: bool = False
    has_labels: bool = False
    has_gates: bool = False
    has_finished_work: bool = False

    @property
    def has_estimates(self) -> bool:
        """Whether any variable or cost may differ."""
        return bool(self.durations or self.costs or self.impacts or self.has_project_costs)


def difference(old: Scenario, new: Scenario) -> Difference:
    """Return where two scenarios differ.

    Raises
    ------
    StructureError
        If they differ in anything that is not estimated: logic, calendars, progress, constraints, targets of impacts.
    """
    changes = Difference()
    for name in differing(old, new, PARTS):
        if name in LABELS:
            changes.has_labels = True
        elif name not in NEVER_READ:
            raise StructureError(name)
    if old.tasks is not new.tasks:
        _same_keys(old.tasks, new.tasks)
        for name, task in new.tasks.items():
            if task is not old.tasks[name] and task != old.tasks[name]:
                _compare_tasks(old.tasks[name], task, changes, new.levelling is not None)
    if old.risks is not new.risks:
        _same_keys(old.risks, new.risks)
        for name, risk in new.risks.items():
            if risk is not old.risks[name] and risk != old.risks[name]:
                _compare_risks(old.risks[name], risk, changes)
    if old.costs is not new.costs:
        _same_keys(old.costs, new.costs)
        changes.has_project_costs = old.costs != new.costs
        if any(line.index != old.costs[name].index for name, line in new.costs.items()):
            raise StructureError("costs.index")
    if old.resources is not new.resources and old.resources != new.resources:
        _compare_resources(old, new, changes)
    if new.correlations and (changes.has_estimates or changes.has_probabilities or changes.has_finished_work):
        raise StructureError("correlations")  # what an estimate or a probability is decides what scores go with it
    changes.has_gates = old.gates != new.gates or old.targets != new.targets
    return changes


def is_computed_alike(old: Scenario, new: Scenario) -> bool:
    """Return whether two scenarios, each as plans are made from it, have the same dates and costs in every iteration.

    Names, descriptions, gates and targets may differ; of anything else that differs it is not known.
    """
    try:
        changes = difference(old, new)
    except StructureError:
        return False
    return not (changes.has_estimates or changes.has_probabilities)


def differing(old: Model, new: Model, left_out: frozenset[str] = frozenset()) -> list[str]:
    """Return the fields in which two models of a type differ."""
    one, other = old.__dict__, new.__dict__
    return [
        name
        for name in type(new).__pydantic_fields__  # ``model_fields`` is a function call away
        if name not in left_out and one[name] is not other[name] and one[name] != other[name]
    ]


def _same_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Refuse mappings that differ in what they name, or in its order."""
    if list(old) != list(new):
        raise StructureError


def _compare_tasks(old: Task, new: Task, changes: Difference, is_levelled: bool) -> None:
    """Note where a task differs."""
    if isinstance(old, Backlog) or isinstance(new, Backlog):
        _same_backlog(old, new)
    for name in differing(old, new):
        if name in ("duration", "remaining"):
            _same_sort(old, new)
            if new.gain_kept or new.margin:
                raise StructureError(new.id)  # its plan value stands in the network, or bounds the calendars
            if new.is_finished:
                changes.has_finished_work = True
            elif new.id not in changes.durations:
                changes.durations.append(new.id)
        elif name in ("cost", "resources"):
            # a summary that costs by time follows the tasks below it, and who needs a resource may wait for it
            is_same = (old.cost.rate is None) == (new.cost.rate is None) and bool(old.resources) == bool(new.resources)
            if not is_same or (name == "resources" and is_levelled):
                raise StructureError(f"{new.id}.{name}")
            if old.cost.index != new.cost.index:
                raise StructureError(f"{new.id}.cost.index")
            changes.costs.append(new.id)
        elif name in LABELS:
            changes.has_labels = True
        elif name not in NEVER_READ:
            raise StructureError(f"{new.id}.{name}")


def _same_backlog(old: Task, new: Task) -> None:
    """Refuse backlogs whose items, history or periods differ, and what is a backlog in one scenario only."""
    own_fields = Backlog.model_fields.keys() - (LABELS | NEVER_READ | {"cost"})
    if type(old) is not type(new) or any(getattr(old, name) != getattr(new, name) for name in own_fields):
        raise StructureError(new.id)


def _same_sort(old: Task, new: Task) -> None:
    """Refuse estimates that make another thing of a task: a milestone, or one that keeps another calendar."""
    is_same = (
        old.is_milestone == new.is_milestone
        and (old.remaining is None) == (new.remaining is None)
        and _is_elapsed(old.duration) == _is_elapsed(new.duration)
        and _is_elapsed(old.work) == _is_elapsed(new.work)
    )
    if not is_same:
        raise StructureError(new.id)


def _is_elapsed(estimate: AnyEstimate) -> bool:
    return estimate.unit in ELAPSED_UNITS


def _compare_risks(old: Risk, new: Risk, changes: Difference) -> None:
    """Note where a risk differs."""
    for name in differing(old, new):
        if name in ("probability", "active"):
            if any(impact.items is not None for impact in new.impacts.values()):
                raise StructureError(new.id)  # once it has occurred, the plan value of a backlog has them in it
            changes.has_probabilities = True
        elif name == "impacts":
            _compare_impacts(old, new, changes)
        elif name in LABELS:
            changes.has_labels = True
        elif name not in NEVER_READ:
            raise StructureError(f"{new.id}.{name}")


def _compare_impacts(old: Risk, new: Risk, changes: Difference) -> None:
    """Note where the impacts of a risk differ."""
    if old.impacts.keys() != new.impacts.keys():
        raise StructureError(f"{new.id}.impacts")
    for target, impact in new.impacts.items():
        for kind in KINDS:
            one: AnyEstimate | None = getattr(old.impacts[target], kind)
            other: AnyEstimate | None = getattr(impact, kind)
            if one is other or one == other:
                continue
            is_same_sort = one is not None and other is not None and _is_elapsed(one) == _is_elapsed(other)
            is_same_sort &= kind != "items"  # as above
            if not is_same_sort or ARROW in target:  # a lag that a risk makes longer is laid out with its relationship
                raise StructureError(f"{new.id}.{target}.{kind}")
            changes.impacts.append((new.id, target, kind))


def _compare_resources(old: Scenario, new: Scenario, changes: Difference) -> None:
    """Note which tasks cost otherwise because their resources do."""
    if new.levelling is not None:
        raise StructureError("resources")
    one, other = ({key: resource.rate for key, resource in each.resources.items()} for each in (old, new))
    priced = {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
    changes.costs += [name for name, task in new.tasks.items() if not priced.isdisjoint(task.resources)]
