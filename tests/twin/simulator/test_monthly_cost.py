"""The engine's cost by calendar month against a walk through the days in plain Python, iteration by iteration."""

import numpy as np
import pytest

from riskengine.engine.costs import accrual as cost_accrual
from riskengine.engine.months.monthly import Accrual
from tests.twin.simulator.monthly_cost import differences
from tests.twin.simulator.monthly_sweep import KINDS, disagreements


@pytest.mark.parametrize("kind", KINDS)
def test_every_month_of_every_iteration_costs_what_a_walk_through_its_days_says(kind, tmp_path):
    found, compared = disagreements(kind, range(20), tmp_path, differences)
    assert found == []
    assert compared >= 8


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_months_agree_on_hundreds_of_scenarios(kind, tmp_path):
    assert disagreements(kind, range(1000, 1300), tmp_path, differences)[0] == []


def shifted(right):
    """Work that accrues an hour late."""

    def made(self, output, lag):
        accrual = right(self, output, lag)
        return accrual._replace(begin=np.minimum(accrual.begin + 3600, accrual.end))

    return made


@pytest.mark.parametrize(
    ("owner", "name", "fault", "kind"),
    [
        (cost_accrual.CostAccrual, "accrual", shifted, "plain"),
        (Accrual, "is_instant", lambda right: property(lambda self: self.end < self.begin), "plain"),
        (cost_accrual, "spent_so_far", lambda right: lambda task, structure: 0.0, "under way"),
    ],
    ids=["late", "instants", "spent"],
)
def test_the_walk_finds_a_fault(owner, name, fault, kind, tmp_path, monkeypatch):
    monkeypatch.setattr(owner, name, fault(getattr(owner, name)))
    with np.errstate(invalid="ignore", divide="ignore"):
        assert disagreements(kind, range(20), tmp_path, differences)[0] != []
