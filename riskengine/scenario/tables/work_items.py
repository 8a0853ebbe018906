"""Tables that are no tables of tasks: what trackers and lists in sheets call their columns."""

from collections.abc import Mapping
from typing import Final

ITEMS_MEANT: Final = "work items of a tracker, or a list in a sheet, are read by riskengine import --map"
HEADINGS_OF_ITEMS: Final = frozenset(
    {
        *("issue key", "issue id", "issue type", "summary", "status", "state", "assignee", "assigned to", "reporter"),
        *("work item type", "iteration path", "area path", "story points", "original estimate", "remaining estimate"),
        *("remaining work", "completed work", "time spent", "sprint", "parent issue", "section/column", "task id"),
        *("predecessors", "resumen", "zusammenfassung", "résumé", "resumo", "estado", "vorgänger", "vorgangsschlüssel"),
    }
)
"""What trackers and lists call their columns, and no table of tasks does."""
TIME_MEANT: Final[Mapping[str, str]] = {
    "start": "dates are computed; leave it out, or call it imported_early_start",
    **dict.fromkeys(("finish", "end"), "dates are computed; leave it out, or call it imported_early_finish"),
    "resource names": "write resources such as welder=2;crane=1 into a column resources",
}
