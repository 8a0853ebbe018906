"""Reading the exposure of a risk: from when to when it can occur, by dates or by tasks."""

from collections.abc import Mapping
from typing import Any, Final

from riskengine.model import Exposure, Task
from riskengine.model.fields import LONGEST_ID
from riskengine.model.format import FORMAT
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields

TASK_KEYS: Final = ("begins_with", "expires_with")


class ExposureReader:
    """Reads the exposures of the risks of one scenario.

    Parameters
    ----------
    tasks : mapping
        The sound tasks.
    tables : mapping
        Tasks of the document, faulty ones too, so that one fault hides no other.
    """

    def __init__(self, tasks: Mapping[str, Task], tables: Mapping[str, Any], faults: Faults) -> None:
        self.tasks, self.tables, self.faults = tasks, tables, faults
        self.plain = PlainFields(FORMAT["exposure"], apart=TASK_KEYS)

    def read(self, risk: Fields) -> Exposure | None:
        """Return when a risk can occur, or None after reporting what is wrong with it."""
        fields = Fields(risk.table("exposure"), (*risk.place, "exposure"), self.faults, FORMAT["exposure"])
        before = len(self.faults.all)
        values = self.plain.values(fields) | {key: self.task(fields, key) for key in TASK_KEYS}
        self.check_ends(fields)
        if len(self.faults.all) > before:
            return None
        exposure = Exposure.model_construct(**values)
        begin = None if exposure.begins_with not in {"", *self.tasks} else exposure.first_instant(self.tasks)
        if begin is not None and exposure.end is not None and begin >= exposure.end:
            self.faults.add("RE360", (*fields.place, "to"), fields.data["to"])
        if exposure.begins_with and self.is_before(exposure.expires_with, exposure.begins_with):
            self.faults.add("RE360", (*fields.place, "expires_with"), exposure.expires_with, rule=NO_TIME)
        return exposure

    def task(self, fields: Fields, key: str) -> str:
        """Return the task that a key names, nothing where there is none."""
        name = fields.text(key, "", LONGEST_ID)
        if name and name not in self.tables:
            self.faults.add("RE361", (*fields.place, key), name, cure=self.faults.near(name, self.tables))
        return name

    def check_ends(self, fields: Fields) -> None:
        """Report an exposure with two beginnings, one that says nothing, and a last instant without a first."""
        keys = fields.data.keys()
        if {"from", "begins_with"} <= keys:
            self.faults.add("RE362", (*fields.place, "begins_with"), rule="from and begins_with are two beginnings")
        if not {"from", "begins_with", "to", "expires_with"} & keys:
            self.faults.add("RE362", fields.place, rule="an exposure must have a beginning or an end")
        if "to" in keys and not {"from", "begins_with"} & keys:
            self.faults.add("RE362", (*fields.place, "to"), rule="to must stand beside from or begins_with")

    def is_before(self, first: str, last: str) -> bool:
        """Return whether a task must be finished before another can start, by relationships FS."""
        waiting, seen = [last], {last}
        while waiting:
            task = self.tasks.get(waiting.pop())
            for relationship in () if task is None else task.after:
                if relationship.type == "FS" and relationship.task not in seen:
                    seen.add(relationship.task)
                    waiting.append(relationship.task)
        return first != last and first in seen


NO_TIME: Final = "an exposure must not end with a task that is over before the one with which it begins"
