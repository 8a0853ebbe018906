"""The sections of the report page, in their order."""

from riskengine.pages.section import Section
from riskengine.pages.sections import decision, gates, joint, levelling, method, outcomes, risks, spending, tasks

SECTIONS: tuple[Section, ...] = (
    decision.SECTION,
    gates.SECTION,
    outcomes.SECTION,
    joint.SECTION,
    tasks.SECTION,
    spending.SECTION,
    risks.SECTION,
    levelling.SECTION,
    method.SECTION,
)
