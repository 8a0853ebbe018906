"""The engine against its twin where calendars lose days: exactly, in ticks, iteration by iteration."""

from datetime import datetime

import pytest

from riskengine.model import Constraint
from tests.twin.simulator import agreement, agreement_under_way, build
from tests.twin.simulator.lost_days import MONTHS
from tests.twin.simulator.sweep import disagreements

KINDS = ("plain", "boundaries", "boundaries on one calendar")
UNDER_WAY = ("under way", "boundaries under way", "boundaries on one calendar under way")


@pytest.mark.parametrize("kind", KINDS)
def test_engine_and_twin_agree_where_calendars_lose_days(kind, tmp_path):
    assert disagreements(f"{kind} with lost days", range(100, 108), tmp_path, iterations=3) == []


@pytest.mark.parametrize("kind", UNDER_WAY)
def test_engine_and_twin_agree_on_projects_under_way_that_lose_days(kind, tmp_path):
    assert disagreements(f"{kind} with lost days", range(200, 208), tmp_path, iterations=3) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, *UNDER_WAY])
def test_engine_and_twin_agree_on_hundreds_of_scenarios_that_lose_days(kind, tmp_path):
    assert disagreements(f"{kind} with lost days", range(1000, 1200), tmp_path, iterations=12) == []


def test_engine_and_twin_agree_over_several_blocks_of_lost_days():
    lost = dict.fromkeys(MONTHS, 0.5)
    plan = build.scenario(
        build.task("A", "2..6d", calendar="six"),
        build.task("B", 4, "A SS+2d"),
        build.task("C", "1..3d", "A FF-1d", "B", calendar="night"),
        lost={"office": lost, "six": {**lost, "mar": 0.9}},
    )
    run = agreement.run(plan, 3, "sobol", 600)
    assert list(agreement.differences(plan, run)) == []


def test_work_due_before_any_day_is_left_is_done_on_the_first_that_is():
    due = Constraint(type="MFO", date=datetime(2027, 4, 1, 12))
    plan = build.scenario(
        build.task("A", "9d", constraints=(due,)),
        build.task("B", "1d", "A", calendar="six"),
        build.task("C", "1d", "A SS"),
        lost={"office": {"mar": 1, "apr": 0.5}},
        is_data_date=True,
    )
    run = agreement.run(plan, 1, "random", 40)
    assert list(agreement_under_way.differences(plan, run)) == []
