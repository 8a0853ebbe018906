"""Schedules and registers of other tools, read into scenario documents."""

from riskengine.importers.neutral import ImportedSchedule
from riskengine.importers.read import choose, read_schedule
from riskengine.importers.to_scenario.document import counts, document, scenario_ids, source_ids
from riskengine.importers.to_scenario.toml_text import write_toml

__all__ = [
    "ImportedSchedule",
    "choose",
    "counts",
    "document",
    "read_schedule",
    "scenario_ids",
    "source_ids",
    "write_toml",
]
