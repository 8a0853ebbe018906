"""The work of teams by month: critical tasks are those that the core counts, days add up, months are exact."""

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.months.monthly import months_of
from riskengine.engine.simulate import METHODS
from riskengine.engine.work_of_teams import critical_in_block, days_by_month
from tests.support.levelled_plans import drawn, scenario
from tests.support.plans_of_all_features import RICH
from tests.unit.engine.traced.test_iteration import compiled, compiled_text

SMALL = """
schema = 1
name = "small"
start = 2027-03-22
[resources.ana]
[tasks.a]
duration = 10
team = "Office"
owner = "Bo"
resources = { ana = 0.5 }
[tasks.b]
duration = 4
after = ["a"]
team = "Works"
[tasks.c]
duration = 1
team = "Works"
"""


@pytest.mark.parametrize("kind", ["boundaries under way", "branches with lost days", "chains", "levelled"])
def test_critical_tasks_of_a_block_are_as_many_as_the_core_counts(kind):
    for seed in (1, 2, 3):
        made = plan.compile(scenario(drawn(seed))) if kind == "levelled" else compiled(kind, seed)
        request = Request(seed, METHODS["lhs"], 256, first_block=1, task_iterations=256, risk_iterations=256)
        dimension = dimensions_of(made, request.method)
        _, is_critical = critical_in_block(made, request, dimension)
        assert is_critical.sum(axis=1).tolist() == run_blocks(made, request, dimension).count[0].tolist()


def test_days_of_the_months_add_up_to_the_durations():
    made = compiled_text(RICH)
    request = Request(1, METHODS["lhs"], 256, task_iterations=256, risk_iterations=256)
    output, _ = critical_in_block(made, request, dimensions_of(made, request.method))
    days = days_by_month(made, output, months_of(made, made.time.start))
    assert days.sum(axis=1) == pytest.approx(made.task_days(output.duration))


def test_a_small_plan_has_exact_months():
    sample = engine.team_sample(compiled_text(SMALL), 1, "lhs", 300)
    assert [(team.kind, team.key) for team in sample.teams] == [
        ("team", "Office"),
        ("team", "Works"),
        ("owner", "Bo"),
        ("resource", "ana"),
    ]
    assert sample.month.tolist() == [np.datetime64(month, "M").item() for month in ("2027-03", "2027-04")]
    assert sample.days.shape == (4, 2, 300)
    # 22 to 31 March are 8 working days; c is done on the 22nd, b from 5 to 8 April
    assert sample.days[..., 299].tolist() == [[8, 2], [1, 4], [8, 2], [4, 1]]
    assert sample.is_driving[..., 0].tolist() == [[True, True], [False, True], [True, True], [True, True]]


def test_a_plan_without_teams_has_none():
    made = compiled_text('schema = 1\nname = "n"\nstart = 2027-03-01\n[tasks.a]\nduration = 1\n')
    assert engine.team_sample(made, 1, "lhs", 1).teams == ()
