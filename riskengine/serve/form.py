"""The controls of a plan as the page shows them: labels, sliders and their ends."""

import math
from collections.abc import Sequence
from typing import Final

from riskengine.model import Scenario
from riskengine.pages.language import Language
from riskengine.pages.what_if.form import FormEntry, FormField, FormGroup
from riskengine.serve.controls import Control, Movable

MOST_TASKS: Final = 300
"""Tasks that are listed: a page with thousands of sliders is of no use."""
STEPS: Final = 200
"""Of a slider, about."""
ORDER: Final = ("risks", "actions", "tasks", "gates", "plan")


def groups_of(movables: Sequence[Movable], language: Language, first: Sequence[str] = ()) -> list[FormGroup]:
    """Return the groups of controls.

    Parameters
    ----------
    movables : sequence of Movable
    language : Language
    first : sequence of str
        Tasks that come first, by their ids: what drives the finish most.
    """
    rank = {name: row for row, name in enumerate(first)}
    groups = []
    for section in ORDER:
        there = [each for each in movables if each.section == section]
        there.sort(key=lambda each: rank.get(each.id, len(rank)) if each.section == "tasks" else 0)
        entries = [entry_of(each, language) for each in there[: MOST_TASKS if section == "tasks" else None]]
        if entries:
            groups.append(FormGroup(section, entries, len(there) - len(entries)))
    return groups


def entry_of(movable: Movable, language: Language) -> FormEntry:
    """Return the controls of one risk, task, action or gate."""
    fields = [field_of(name, control, movable, language) for name, control in movable.controls.items()]
    name = movable.name if movable.name != movable.id else ""
    is_plan = movable.section == "plan"
    return FormEntry(language.say("what_if.group_plan") if is_plan else movable.id, name, fields)


def field_of(name: str, control: Control, movable: Movable, language: Language) -> FormField:
    """Return one control with its label and the ends of its slider."""
    label = language.say(f"what_if.field_{'in_force' if movable.section == 'actions' else name}")
    if movable.unit and control.kind == "points":
        label = f"{label}, {movable.unit}"
    value, most, step = control.value, 0.0, 0.0
    if isinstance(value, bool | str):
        values: list[bool | float | str] = [value]
    elif isinstance(value, tuple):
        values = [tidy(each) for each in value]
        most, step = ends_of(max(value))
    elif control.kind == "share":
        values, most, step = [tidy(100 * value)], 100.0, 0.5
    else:
        values = [tidy(value)]
        most, step = ends_of(value)
    return FormField(control.key, control.kind, label, values, most=most, step=step)


def tidy(value: float) -> float:
    """Return a number without what binary fractions leave behind the twelfth digit, whole ones without a point."""
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded == int(rounded) and abs(rounded) < 1e15 else rounded


def ends_of(value: float) -> tuple[float, float]:
    """Return the end of a slider, about twice a value, and its step, a power of ten or half of it."""
    reach = 2 * abs(value) or 1.0
    size = 10.0 ** math.floor(math.log10(reach / STEPS))
    step = next(size * factor for factor in (1.0, 5.0, 10.0) if reach / (size * factor) <= 2 * STEPS)
    return tidy(math.ceil(reach / step) * step), tidy(step)


def people_of(scenario: Scenario) -> list[str]:
    """Return who can be away: resources, owners and teams of tasks that are not finished."""
    names: set[str] = set()
    for task in scenario.tasks.values():
        if not task.is_finished and not task.is_span:
            names |= {name for name in (task.owner, task.team, *task.resources) if name}
    return sorted(sorted(names), key=str.casefold)
