"""RE612 to RE614: the next export of a plan of work items."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

ITEM_STATUSES: Mapping[str, Entry] = MappingProxyType(
    {
        "RE612": Entry(
            title="status of a plan that has none to compare with",
            rule="the plan of --update must be one that was imported from work items",
            reason="What has changed is told against what the last import said.",
            example="riskengine import items-june.csv --as-of 2027-06-01 --update risks.toml -o june.toml",
            cure="Name the scenario that riskengine import wrote, or a file that extends it, of one project.",
        ),
        "RE613": Entry(
            title="status before the plan",
            rule="the data date of a status must not be before that of the plan",
            reason="What is done by the plan's data date would be open again.",
            example="riskengine import items.csv --as-of 2027-03-01 --update plan-june.toml -o march.toml",
            cure="Give --update the status before, or the right --as-of.",
        ),
        "RE614": Entry(
            title="export of another plan",
            rule="the export must have items of the plan that it is a status of",
            reason="Every task of the plan would be taken out, and every item added.",
            example="riskengine import other-project.csv --as-of 2027-06-01 --update plan.toml -o june.toml",
            cure="Export the same project or filter, with the same column of ids.",
        ),
    }
)
