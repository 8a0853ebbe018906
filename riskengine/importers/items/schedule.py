"""A schedule of work items, with what became of each item."""

from dataclasses import dataclass, field

from riskengine.importers.items.states import State
from riskengine.importers.neutral import ImportedSchedule


@dataclass(slots=True)
class ItemSchedule(ImportedSchedule):
    """The tasks that items become, and how far every item of the file is, by its id."""

    states: dict[str, State] = field(default_factory=dict)
