"""Damages and bonuses: by hand in the twin, and the engine against it."""

from datetime import datetime, timedelta
from itertools import islice

import pytest

from riskengine.model import Bonus, Damages
from tests.twin.simulator import agreement, monthly_cost, written
from tests.twin.simulator.build import task
from tests.twin.simulator.clauses import with_clauses
from tests.twin.simulator.faults import _changed, _instead
from tests.twin.simulator.shown import happened
from tests.twin.simulator.simulator import Simulator

SEEDS = range(60)
FAULTS = {
    "clauses forgotten": _instead(Simulator, "clauses", lambda *asked: 0.0),
    "a day late before the day is begun": _changed(
        Simulator, "clause", lambda right, self, clause, finish: right(self, clause, finish - timedelta(days=1))
    ),
    "no cap": _changed(
        Simulator, "clause", lambda right, self, one, finish: right(self, one.model_copy(update={"most": None}), finish)
    ),
    "weeks are days": _changed(
        Simulator, "clause", lambda right, self, one, finish: right(self, one.model_copy(update={"per": "day"}), finish)
    ),
    "every target is the project": _changed(
        Simulator,
        "finish_moment",
        lambda right, self, target, finish, project_finish: right(self, "project", finish, project_finish),
    ),
}


def made(seed, folder):
    """A random scenario and the engine's run of it."""
    scenario = written.read(with_clauses(seed), folder, ".toml" if seed % 3 else ".json")
    return scenario, agreement.run(scenario, seed, ("sobol", "lhs", "random")[seed % 3], 12)


def test_engine_and_twin_agree_with_clauses(tmp_path):
    different = []
    for seed in SEEDS:
        lines = islice(agreement.differences(*made(seed, tmp_path)), 3)
        different += [f"scenario {seed}: {line}" for line in lines]
    assert different == []


def test_every_month_pays_what_its_clauses_say(tmp_path):
    different = []
    for seed in range(40):
        scenario = written.read(with_clauses(seed), tmp_path, ".toml")
        lines = islice(monthly_cost.differences(scenario, seed, "sobol", 4, False), 3)
        different += [f"scenario {seed}: {line}" for line in lines]
    assert different == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_clauses_shows(fault, tmp_path, monkeypatch):
    pairs = [made(seed, tmp_path) for seed in SEEDS]
    FAULTS[fault](monkeypatch)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3


@pytest.mark.parametrize(
    ("per", "most", "cost"),
    [("day", None, 1000 * 4), ("week", None, 1000), ("day", 2500, 2500), ("day", 4000, 4000)],
)
def test_damages_count_begun_days_on_the_clock_up_to_the_cap(per, most, cost):
    """Three days of work from Thursday end on Monday 17:00; damages count from Thursday midnight: four days begun."""
    clause = Damages(id="d", date=datetime(2027, 3, 5), rate=1000.0, per=per, most=most)
    result = happened({}, task("A", "3d"), start=datetime(2027, 3, 4), damages={"d": clause})
    assert result.outcome.cost == cost


@pytest.mark.parametrize(("days_before", "earned"), [(0, 0), (1, 0), (2, 1), (3, 2), (8, 7)])
def test_a_bonus_counts_whole_days(days_before, earned):
    """A day of work ends on Thursday 17:00: seven hours short of a day before Friday's beginning."""
    date = datetime(2027, 3, 5) + timedelta(days=days_before - 1)
    result = happened(
        {}, task("A", "1d"), start=datetime(2027, 3, 4), bonuses={"b": Bonus(id="b", date=date, rate=10.0)}
    )
    assert result.outcome.cost == -10 * earned
