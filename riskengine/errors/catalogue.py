"""Every code that riskengine can report, with its rule, its reason, an example and a cure."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.catalogue_health import HEALTH
from riskengine.errors.catalogue_hints import HINTS
from riskengine.errors.catalogue_machine import MACHINE
from riskengine.errors.catalogue_progress import PROGRESS
from riskengine.errors.catalogue_python import PYTHON
from riskengine.errors.catalogue_ranges import RANGES
from riskengine.errors.catalogue_reading import READING
from riskengine.errors.catalogue_registers import REGISTERS
from riskengine.errors.catalogue_risks import RISKS
from riskengine.errors.catalogue_runs import RUNS
from riskengine.errors.catalogue_tasks import TASKS
from riskengine.errors.catalogue_xer import XER
from riskengine.errors.catalogue_xml import XML
from riskengine.errors.entry import Entry
from riskengine.errors.issue import Issue

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    dict(
        sorted(
            {
                **READING,
                **TASKS,
                **PROGRESS,
                **RISKS,
                **RUNS,
                **HEALTH,
                **HINTS,
                **MACHINE,
                **PYTHON,
                **XML,
                **XER,
                **REGISTERS,
                **RANGES,
            }.items()
        )
    )
)
"""Code to entry, in the order of the codes."""


def issue(code: str, path: str, value: str, file: str = "") -> Issue:
    """Return a fault without a line, in the catalogue's own words."""
    entry = CATALOGUE[code]
    return Issue(code, path, entry.rule, value, file, None, entry.clause)
