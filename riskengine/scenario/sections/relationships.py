"""Reading relationships: ``"design SS+5d"`` or a table."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final, cast

from riskengine.model import Constant, Relationship
from riskengine.model.format import FORMAT
from riskengine.model.relationship import RelationshipType
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.quantities import length_meant, quantity
from riskengine.scenario.text.relationship_text import TYPES, taken_apart
from riskengine.scenario.values.estimates import constant, read_estimate
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.point_defaults import PointDefaults

LEAD: Final = re.compile(r"(.*\S)\s*-\s*(\d\S*)")
"""A lead needs its type: ``a-2d`` may be the id of a task."""


class RelationshipReader:
    """Reads the relationships into the tasks of one scenario.

    Parameters
    ----------
    tasks : collection of str
        Ids of all tasks.
    faults : Faults
        Where faults go.
    points : PointDefaults
        Shape of a lag given as a list of points.
    """

    def __init__(self, tasks: Collection[str], faults: Faults, points: PointDefaults) -> None:
        self.tasks = tasks
        self.faults = faults
        self.points = points
        self.no_lag = constant(0.0, "d")
        self.plain: dict[str, Relationship] = {}

    def read(self, value: object, place: Place) -> Relationship | None:
        """Return the relationship, or None after reporting why there is none."""
        if isinstance(value, str):
            return self.from_text(value, place)
        if isinstance(value, dict):
            return self.from_table(value, place)
        self.faults.add("RE113", place, value, rule='must be text such as "design FS", or a table')
        return None

    def finish_to_start(self, task: str) -> Relationship:
        """Return the plain relationship from a task, one object for all that are alike."""
        relationship = self.plain.get(task)
        if relationship is None:
            relationship = Relationship.model_construct(task=task, type="FS", lag=self.no_lag)
            self.plain[task] = relationship
        return relationship

    def from_text(self, text: str, place: Place) -> Relationship | None:
        """Return the relationship that a text stands for; a text that is an id is that task."""
        if len(text) > 300:
            self.faults.add("RE221", place, text)
            return None
        stripped = text.strip()
        if stripped in self.tasks:
            return self.finish_to_start(stripped)
        parts = taken_apart(stripped)
        if parts is None:
            return self.unknown(stripped, text, place)
        task, kind, sign, amount = parts
        if task not in self.tasks:
            return self.unknown(task, text, place)
        if amount is None:
            return self.made(task, kind, self.no_lag)
        lag = quantity(amount)
        if lag is None or amount[0] in "+-" or lag[0] > 1e15:
            rule = f'"{amount}" must be a lag such as 5d, 40h, 2w or 3ed'
            self.faults.add("RE221", place, text, rule=rule, cure=length_meant(amount))
            return None
        signed = lag[0] if sign == "+" else 0.0 - lag[0]
        return self.made(task, kind, constant(signed, cast(Any, lag[1] or "d")))

    def unknown(self, task: str, text: str, place: Place) -> Relationship | None:
        """Report a predecessor that is not there, or a text whose end is no type."""
        cure = ""
        lead = LEAD.fullmatch(task)
        if lead is not None and lead.group(1) in self.tasks and quantity(lead.group(2)) is not None:
            cure = f'write "{lead.group(1)} FS-{lead.group(2)}"'
        elif any(part.strip() in self.tasks for part in text.split(",")[:100]):
            cure = "write one text for each predecessor; in a table separate with ;"
        words = task.split(" ")
        for length in range(len(words) - 1, 0, -1):
            if " ".join(words[:length]).strip() in self.tasks:
                tail = " ".join(words[length:])
                rule = f'"{tail}" must be a type ({", ".join(TYPES)}) with or without a lag'
                self.faults.add("RE221", place, text, rule=rule, cure=cure)
                return None
        self.faults.add("RE220", place, text, cure=cure or self.faults.near(task, self.tasks))
        return None

    def made(self, task: str, kind: str, lag: Any) -> Relationship:
        """Return a relationship of sound parts."""
        return Relationship.model_construct(task=task, type=cast(RelationshipType, kind), lag=lag)

    def from_table(self, table: Mapping[str, Any], place: Place) -> Relationship | None:
        """Return the relationship of a table."""
        fields = Fields(table, place, self.faults, FORMAT["relationship"])
        kind = fields.choice("type", TYPES, "FS")
        lag: Any = self.no_lag
        if "lag" in table:
            lag = read_estimate(table["lag"], (*place, "lag"), self.faults, "lag", self.points)
        if not fields.require("task"):
            return None
        task = table["task"]
        if not isinstance(task, str):
            self.faults.add("RE113", (*place, "task"), task, rule="must be the id of a task")
            return None
        if task not in self.tasks:
            self.faults.add("RE220", (*place, "task"), task, cure=self.faults.near(task, self.tasks))
            return None
        return self.made(task, kind, self.no_lag if lag is None else lag)


def order_of(relationship: Relationship) -> tuple[str, str, str]:
    """Return the key that relationships into a task are sorted by, so that their order in the file is no matter."""
    lag = relationship.lag
    if isinstance(lag, Constant):
        return relationship.task, relationship.type, f"{lag.value!r} {lag.unit} {lag.source}"
    return relationship.task, relationship.type, repr(lag)
