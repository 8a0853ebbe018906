"""Costs that follow indices of prices: the engine against a walk through the months in plain Python."""

import numpy as np
import pytest

from riskengine.engine import escalation as escalated_costs
from riskengine.engine.months import monthly
from riskengine.model import PriceIndex
from riskengine.plan import escalation as plan_of_prices
from tests.twin.simulator.monthly_cost import differences
from tests.twin.simulator.monthly_sweep import KINDS, disagreements
from tests.twin.simulator.prices import priced, standing


@pytest.mark.parametrize("kind", KINDS)
def test_what_follows_an_index_costs_what_a_walk_through_the_months_says(kind, tmp_path):
    lines, compared = disagreements(kind, range(20), tmp_path, differences, priced)
    assert lines == []
    assert compared >= 8


FAULTS = {
    "prices of the month before": (
        plan_of_prices.Escalation,
        "prices",
        lambda right: lambda self, month, growth: right(self, month - 1, growth),
    ),
    "prices of the base": (
        plan_of_prices,
        "price_ratio",
        lambda right: lambda level, base, rate: right(base, base, rate),
    ),
    "what has been spent gets dearer": (
        escalated_costs.CostAccrual,
        "only",
        lambda right: (
            lambda self, wanted: (lambda some: type(some)(**{**vars(some), "spent": some.spent * 0}))(
                right(self, wanted)
            )
        ),
    ),
    "plan values of rates": (
        escalated_costs,
        "fill_column",
        lambda right: lambda sampling, tables, at, column, rows, origin: column.value.fill(0.2),
    ),
    "all at the first month's prices": (
        monthly,
        "mean_prices",
        lambda right: lambda months, accrual, prices: prices.of_rows(0, np.arange(accrual.begin.shape[0])),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_walk_finds_a_fault_in_prices(fault, tmp_path, monkeypatch):
    owner, name, make = FAULTS[fault]
    monkeypatch.setattr(owner, name, make(getattr(owner, name)))
    if owner is monthly:
        monkeypatch.setattr(escalated_costs, name, getattr(monthly, name))
    kind = "under way" if "spent" in fault else "plain"
    assert disagreements(kind, range(20), tmp_path, differences, priced)[0] != []


@pytest.mark.parametrize(
    ("month", "level"),
    [((2027, 1), 100), ((2027, 3), 100), ((2027, 4), 110), ((2028, 4), 121), ((2027, 10), 110 * 1.1**0.5)],
)
def test_a_value_holds_until_the_next_and_the_last_goes_on_by_the_rate(month, level):
    index = PriceIndex(id="steel", values={"2027-01": 100, "2027-04": 110})
    assert standing(index.model_copy(update={"rate": 0.1}), month, 0.1) == pytest.approx(level)
