"""Every code that riskengine can report, with its rule, its reason, an example and a cure."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.codes.actions import ACTIONS
from riskengine.errors.codes.backlogs import BACKLOGS
from riskengine.errors.codes.behaviour import BEHAVIOUR
from riskengine.errors.codes.calibration import CALIBRATION
from riskengine.errors.codes.chains import CHAINS
from riskengine.errors.codes.cluster import CLUSTER
from riskengine.errors.codes.comparing import COMPARING
from riskengine.errors.codes.confidence import CONFIDENCE
from riskengine.errors.codes.contributions import CONTRIBUTIONS
from riskengine.errors.codes.correlations import CORRELATIONS
from riskengine.errors.codes.delayed_relationships import DELAYED_RELATIONSHIPS
from riskengine.errors.codes.driving import DRIVING
from riskengine.errors.codes.elicitation import ELICITATION
from riskengine.errors.codes.existence import EXISTENCE
from riskengine.errors.codes.explaining import EXPLAINING
from riskengine.errors.codes.exports import EXPORTS
from riskengine.errors.codes.health import HEALTH
from riskengine.errors.codes.hints import HINTS
from riskengine.errors.codes.indices import INDICES
from riskengine.errors.codes.item_statuses import ITEM_STATUSES
from riskengine.errors.codes.lost_days import LOST_DAYS
from riskengine.errors.codes.machine import MACHINE
from riskengine.errors.codes.mitigation import MITIGATION
from riskengine.errors.codes.pace import PACE
from riskengine.errors.codes.pages import PAGES
from riskengine.errors.codes.pipelines import PIPELINES
from riskengine.errors.codes.programme import PROGRAMME
from riskengine.errors.codes.progress import PROGRESS
from riskengine.errors.codes.python import PYTHON
from riskengine.errors.codes.ranges import RANGES
from riskengine.errors.codes.reading import READING
from riskengine.errors.codes.registers import REGISTERS
from riskengine.errors.codes.risks import RISKS
from riskengine.errors.codes.runs import RUNS
from riskengine.errors.codes.serving import SERVING
from riskengine.errors.codes.shards import SHARDS
from riskengine.errors.codes.tasks import TASKS
from riskengine.errors.codes.tracing import TRACING
from riskengine.errors.codes.waiting_risks import WAITING_RISKS
from riskengine.errors.codes.work_items import WORK_ITEMS
from riskengine.errors.codes.xer import XER
from riskengine.errors.codes.xml import XML
from riskengine.errors.entry import Entry
from riskengine.errors.issue import Issue

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    dict(
        sorted(
            {
                **READING,
                **TASKS,
                **PACE,
                **BACKLOGS,
                **PROGRESS,
                **PROGRAMME,
                **RISKS,
                **CORRELATIONS,
                **ACTIONS,
                **CALIBRATION,
                **CHAINS,
                **WAITING_RISKS,
                **DELAYED_RELATIONSHIPS,
                **ELICITATION,
                **EXISTENCE,
                **BEHAVIOUR,
                **RUNS,
                **EXPLAINING,
                **EXPORTS,
                **HEALTH,
                **HINTS,
                **LOST_DAYS,
                **INDICES,
                **MACHINE,
                **PYTHON,
                **COMPARING,
                **CONTRIBUTIONS,
                **CONFIDENCE,
                **DRIVING,
                **TRACING,
                **MITIGATION,
                **SHARDS,
                **CLUSTER,
                **PAGES,
                **SERVING,
                **XML,
                **XER,
                **REGISTERS,
                **PIPELINES,
                **WORK_ITEMS,
                **ITEM_STATUSES,
                **RANGES,
            }.items()
        )
    )
)
"""Code to entry, in the order of the codes."""


def issue(code: str, path: str, value: str, file: str = "") -> Issue:
    """Return a fault without a line, in the catalogue's own words."""
    entry = CATALOGUE[code]
    return Issue(code, path, entry.rule, value, file, cure=entry.clause)
