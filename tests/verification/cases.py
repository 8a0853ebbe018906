"""Every case."""

from tests.verification import (
    cases_chains,
    cases_clauses,
    cases_correlations,
    cases_existence,
    cases_joint,
    cases_networks,
    cases_risks,
    cases_sums,
)
from tests.verification.case import Case

CASES: tuple[Case, ...] = (
    *cases_sums.CASES,
    *cases_networks.CASES,
    *cases_risks.CASES,
    *cases_joint.CASES,
    *cases_correlations.CASES,
    *cases_clauses.CASES,
    *cases_existence.CASES,
    *cases_chains.CASES,
)
