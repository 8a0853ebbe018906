"""Reading gates and targets."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from riskengine.model import Gate
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.fields import LONGEST_ID, Fields
from riskengine.scenario.values.instants import moment_of
from riskengine.scenario.values.sections import entities

KNOWN: Final = ("name", "target", "finish", "cost", "confidence")


def read_gates(tables: Mapping[str, Any], tasks: Collection[str], faults: Faults) -> dict[str, Gate]:
    """Return the sound gates, sorted by id; `tasks` are the ids of all tasks."""
    found = {}
    for key, fields in entities("gates", tables, KNOWN, faults):
        target = fields.text("target", "project", LONGEST_ID)
        if target != "project" and target not in tasks:
            cure = faults.near(target, (*tasks, "project"))
            faults.add("RE404", (*fields.place, "target"), target, cure=cure)
        finish = moment_of(fields, "finish", ends=True)
        cost = fields.number("cost")
        if "finish" not in fields.data and "cost" not in fields.data:
            faults.add("RE401", fields.place)
        confidence = gate_confidence(fields)
        if confidence is not None:
            found[key] = Gate.model_construct(
                id=key, name=fields.text("name"), target=target, finish=finish, cost=cost, confidence=confidence
            )
    return found


def gate_confidence(fields: Fields) -> float | None:
    """Return the confidence asked for, or None after reporting why there is none."""
    if "confidence" not in fields.data:
        fields.faults.add("RE402", fields.place)
        return None
    confidence = fields.number("confidence")
    if confidence is not None and not 0 < confidence < 1:
        cure = f"write {confidence:g} % as {confidence / 100:g}" if 1 <= confidence < 100 else ""
        fields.faults.add("RE403", (*fields.place, "confidence"), fields.data["confidence"], cure=cure)
        return None
    return confidence


def read_targets(document: Mapping[str, Any], tasks: Collection[str], faults: Faults) -> tuple[str, ...]:
    """Return the targets, each once, sorted."""
    fields = Fields(document, (), faults, document)
    found = set()
    for index, item in enumerate(fields.items("targets")):
        place = ("targets", index)
        if not isinstance(item, str):
            faults.add("RE113", place, item, rule="must be the id of a task")
        elif item not in tasks:
            faults.add("RE405", place, item, cure=faults.near(item, tasks))
        else:
            found.add(item)
    return tuple(sorted(found))
