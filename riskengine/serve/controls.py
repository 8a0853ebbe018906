"""What of a plan can be moved on the what-if page, each with the place in the scenario that it stands for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeVar

from riskengine.model import Action, Backlog, Constant, Estimate, Gate, Risk, Scenario, Task
from riskengine.report.text.notation import last_day
from riskengine.scenario.text.paths import Place

Kind = Literal["switch", "share", "number", "points", "day"]
POINTS: Final = ("low", "most_likely", "high")
"""Parameters of an estimate of three points, in the order in which people say them."""


Value = bool | float | tuple[float, ...] | str
"""A day is a text: ``2027-09-30``."""
Field = tuple[str, Kind, Value, Estimate | None]
"""Name of a field, what moves it, what the plan says, and the estimate whose points it has."""
Entity = TypeVar("Entity", Action, Gate, Risk, Task)


@dataclass(frozen=True)
class Control:
    """Something that can be moved.

    Attributes
    ----------
    key : str
        Names it in the page and in what the page asks: ``risks-3-probability``, no text of the scenario.
    kind : str
        ``switch``, ``share`` (0 to 1), ``number``, ``points`` (three of them) or ``day``.
    place : Place
        What it changes in the scenario.
    value : bool, float, tuple of float or str
        What the plan says: a day as ``2027-09-30``.
    estimate : Estimate or None
        The estimate whose points they are.
    """

    key: str
    kind: Kind
    place: Place
    value: Value
    estimate: Estimate | None = None


@dataclass(frozen=True)
class Movable:
    """A risk, a task, an action or a gate with what of it can be moved.

    Attributes
    ----------
    section, id, name : str
        Section of the scenario; the last two are texts of the scenario.
    controls : mapping of str to Control
        By the field that they move.
    unit : str
        Of points and numbers: ``d``, ``h`` and the like, or empty.
    """

    section: str
    id: str
    name: str
    controls: dict[str, Control]
    unit: str = ""


def movables_of(scenario: Scenario) -> list[Movable]:
    """Return all that can be moved: the plan itself, then section by section, each in the order of the ids."""
    start = "data_date" if scenario.is_data_date else "start"
    begins = Control("plan-0-start", "day", (start,), scenario.start.date().isoformat())
    movables = [Movable("plan", start, "", {start: begins})]
    movables += _movables("risks", scenario.risks, _of_risk)
    movables += _movables("actions", scenario.actions, _of_action)
    movables += _movables("gates", scenario.gates, _of_gate)
    movables += _movables("tasks", scenario.tasks, _of_task)
    return movables


def _movables(
    section: str, entities: Mapping[str, Entity], fields: Callable[[Entity], Iterator[Field]]
) -> Iterator[Movable]:
    """Yield what can be moved of a section."""
    for number, (name, entity) in enumerate(entities.items()):
        table = "backlogs" if isinstance(entity, Backlog) else section
        controls = {
            field: Control(f"{section}-{number}-{field}", kind, (table, name, field), value, estimate)
            for field, kind, value, estimate in fields(entity)
        }
        if controls:
            units = [each.estimate.unit for each in controls.values() if each.estimate is not None]
            yield Movable(section, name, entity.name, controls, (units[0] if units else None) or "")


def _of_risk(risk: Risk) -> Iterator[Field]:
    """Yield the switch and the probability of a risk that can still occur."""
    if risk.status == "open":
        yield "active", "switch", risk.active, None
        yield "probability", "share", risk.probability, None


def _of_action(action: Action) -> Iterator[Field]:
    yield "active", "switch", action.active, None


def _of_gate(gate: Gate) -> Iterator[Field]:
    if gate.finish is not None:
        yield "finish", "day", day_text(gate.finish), None
    if gate.cost is not None:
        yield "cost", "number", gate.cost, None
    yield "confidence", "share", gate.confidence, None


def _of_task(task: Task) -> Iterator[Field]:
    """Yield the three points of what is left of a task that is told in three points, or what a backlog says."""
    if isinstance(task, Backlog):
        yield from _of_backlog(task)
        return
    if task.is_finished or task.effort is not None or task.quantity is not None:
        return
    estimate = task.work
    if all(isinstance(getattr(estimate, name, None), float) for name in POINTS):
        field = "duration" if task.remaining is None else "remaining"
        yield field, "points", tuple(getattr(estimate, name) for name in POINTS), estimate


def _of_backlog(backlog: Backlog) -> Iterator[Field]:
    """Yield items, growth and focus of a backlog that is not done, where they are numbers or three points."""
    for field in () if backlog.is_finished else ("items", "growth", "focus"):
        estimate = getattr(backlog, field)
        if isinstance(estimate, Constant):
            yield field, "number", estimate.value, None
        elif all(isinstance(getattr(estimate, name, None), float) for name in POINTS):
            yield field, "points", tuple(getattr(estimate, name) for name in POINTS), estimate


def day_text(value: datetime) -> str:
    """Return the day that people say of an instant, as a field for dates takes it."""
    return last_day(value).isoformat()
