"""Risks that make a cost relatively dearer or cheaper: by hand in the twin, and the engine against it."""

from itertools import islice

import pytest

from riskengine.model import CostLine, Resource
from tests.twin.simulator import agreement, risks, simulator, written
from tests.twin.simulator.build import impact, money, risk, task
from tests.twin.simulator.cost_factors import dearer
from tests.twin.simulator.faults import _changed, _instead
from tests.twin.simulator.shown import happened
from tests.twin.simulator.simulator import Simulator

SEEDS = range(60)
FAULTS = {
    "cost factor forgotten": _instead(Simulator, "cost_factor", lambda *asked: 1.0),
    "cost factor on the risk's own cost": _changed(
        Simulator,
        "task_cost",
        lambda right, self, task, work, draw, acting: (
            right(self, task, work, draw, acting) * self.cost_factor(task.id, draw, acting)
        ),
    ),
    "cost factors of a group in series": _changed(
        simulator,
        "combined_factor",
        lambda right, factors: right([(one.model_copy(update={"parallel": ""}), x) for one, x in factors]),
    ),
    "project means its cost lines only": _changed(
        risks,
        "dearer",
        lambda right, key, tasks, plan: right("cost:*" if key == "project" else key, tasks, plan),
    ),
}


def made(seed, folder):
    """A random scenario and the engine's run of it."""
    scenario = written.read(dearer(seed), folder, ".toml" if seed % 3 else ".json")
    return scenario, agreement.run(scenario, seed, ("sobol", "lhs", "random")[seed % 3], 12)


def test_engine_and_twin_agree_where_costs_get_dearer(tmp_path):
    different = []
    for seed in SEEDS:
        lines = islice(agreement.differences(*made(seed, tmp_path)), 3)
        different += [f"scenario {seed}: {line}" for line in lines]
    assert different == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_cost_factors_shows(fault, tmp_path, monkeypatch):
    pairs = [made(seed, tmp_path) for seed in SEEDS]
    FAULTS[fault](monkeypatch)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3


def test_a_cost_factor_multiplies_fixed_cost_and_rates_before_costs_of_risks():
    acting = (
        risk("D", 1, {"A": impact(cost_factor=1.5)}),
        risk("C", 1, {"A": impact(cost=7)}),
    )
    more = {"resources": (Resource(id="crew", rate=100),), "risks": acting}
    result = happened({}, task("A", "2d", fixed=1000, rate=10, resources={"crew": 2}), **more)
    assert result.outcome.cost == 1.5 * (1000 + 2 * (10 + 200)) + 7


@pytest.mark.parametrize(
    ("factors", "parallel", "cost"),
    [((1.2, 1.5), "", 180), ((1.2, 1.5), "steel", 150), ((0.8, 0.5, 1.2, 1.5), "steel", 75)],
)
def test_series_factors_multiply_and_parallel_ones_count_by_their_extremes(factors, parallel, cost):
    acting = tuple(
        risk(f"R{k}", 1, {"A": impact(cost_factor=factor)}, kind="driver", parallel=parallel)
        for k, factor in enumerate(factors)
    )
    assert happened({}, task("A", "2d", fixed=100), risks=acting).outcome.cost == pytest.approx(cost)


def test_a_factor_on_the_duration_and_one_on_the_cost_both_act_on_a_rate():
    acting = (risk("R", 1, {"A": impact(factor=1.5, cost_factor=2)}),)
    assert happened({}, task("A", "2d", rate=100), risks=acting).outcome.cost == 600


def test_a_cost_line_has_factors_of_its_own():
    lines = (CostLine(id="site", fixed=money(50), rate=money(10)), CostLine(id="bond", fixed=money(3)))
    acting = (risk("R", 1, {"cost:site": impact(cost_factor=2)}),)
    assert happened({}, task("A", "2d", fixed=1000), costs=lines, risks=acting).outcome.cost == 1000 + 140 + 3
