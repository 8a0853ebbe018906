"""The sections of the report page, in their order."""

from riskengine.pages.section import Section
from riskengine.pages.sections import decision, gates, outcomes

SECTIONS: tuple[Section, ...] = (
    decision.SECTION,
    gates.SECTION,
    outcomes.SECTION,
)
