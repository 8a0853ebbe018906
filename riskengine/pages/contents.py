"""The sections of the report page, in their order."""

from riskengine.pages.section import Section
from riskengine.pages.sections import (
    assumptions,
    clauses,
    contingency,
    correlations,
    decision,
    gates,
    glossary,
    joint,
    levelling,
    method,
    outcomes,
    projects,
    register,
    risks,
    spending,
    tasks,
    teams,
    trend,
)

SECTIONS: tuple[Section, ...] = (
    decision.SECTION,
    gates.SECTION,
    trend.SECTION,
    outcomes.SECTION,
    projects.SECTION,
    joint.SECTION,
    contingency.SECTION,
    tasks.SECTION,
    teams.SECTION,
    spending.SECTION,
    clauses.SECTION,
    risks.SECTION,
    register.SECTION,
    levelling.SECTION,
    correlations.SECTION,
    assumptions.SECTION,
    method.SECTION,
    glossary.SECTION,
)
