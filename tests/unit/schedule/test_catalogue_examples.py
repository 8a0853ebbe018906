"""The examples of the catalogue of health have the finding that they are examples of."""

import pytest

from riskengine.errors.codes.health import HEALTH
from riskengine.schedule.check import check
from tests.support.scenario_text import HEAD, read_text

NEVER_FOUND = {"RE561", "RE564"}
"""They misled no run by being late: they are among the points, never among the findings."""


def codes(code):
    """Every code that the example of one is found to have."""
    text = HEALTH[code].example
    head = HEAD.replace("start = 2027-03-01\n", "") if text.startswith("data_date") else HEAD
    scenario = read_text(text + "\n", head=head)
    checked = check(scenario)
    return {finding.code for finding in checked.findings} | {
        measure.code for measure in checked.health.measures if measure.code in NEVER_FOUND
    }


@pytest.mark.parametrize("code", HEALTH)
def test_an_example_has_the_finding_it_is_an_example_of(code):
    assert code in codes(code)
