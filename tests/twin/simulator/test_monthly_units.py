"""The engine's units in use by calendar month against a walk through the uses in plain Python."""

import numpy as np
import pytest

from riskengine.engine.resources import use as resource_use
from tests.twin.simulator.monthly_sweep import KINDS, disagreements
from tests.twin.simulator.monthly_units import differences, staffed


@pytest.mark.parametrize("kind", KINDS)
def test_every_month_of_every_iteration_uses_what_a_walk_through_the_uses_says(kind, tmp_path):
    found, compared = disagreements(kind, range(15), tmp_path, differences, staffed)
    assert found == []
    assert compared >= 6


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_months_of_resources_agree_on_hundreds_of_scenarios(kind, tmp_path):
    assert disagreements(kind, range(1000, 1200), tmp_path, differences, staffed)[0] == []


def forgetful(right):
    """Peaks that do not see what is in use when a month begins."""

    def made(edge, begin, end, units):
        return right(edge, np.where((begin < edge[1]) & (end > edge[1]), edge[1], begin), end, units)

    return made


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("monthly_peaks", forgetful),
        ("working", lambda right: lambda tables, calendar, instant: right(tables, calendar * 0, instant)),
        ("early_dates", lambda right: lambda plan, output, width: [dates + 60 for dates in right(plan, output, width)]),
    ],
    ids=["peak", "calendar", "late"],
)
def test_the_walk_finds_a_fault(name, fault, tmp_path, monkeypatch):
    monkeypatch.setattr(resource_use, name, fault(getattr(resource_use, name)))
    assert disagreements("plain", range(40), tmp_path, differences, staffed)[0] != []
