"""What spans and work under way cost and decide, by hand."""

import tomllib
from dataclasses import replace

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.analysis.decision import is_met
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\n'
UNDER_WAY = 'schema = 1\nname = "x"\ndata_date = 2027-03-01\n'
TWO_CLOCKS = '[tasks.cure]\nduration = "2ed"\n'


def run(text, head=HEAD):
    compiled = plan.compile(parse(tomllib.loads(head + text), "x.toml"))
    return engine.simulate(compiled, engine.Settings(300, seed=2))


@pytest.mark.parametrize("clocks", ["", TWO_CLOCKS])
def test_a_summary_costs_its_rate_over_the_tasks_below_it(clocks):
    sample = run(
        clocks
        + """
        [tasks.a]
        duration = 2
        wbs = "1.1"
        [tasks.b]
        duration = 10
        wbs = "1.2"
        after = ["a"]
        [tasks.s]
        type = "summary"
        wbs = "1"
        cost = { rate = 10, fixed = 3 }
        """
    )
    np.testing.assert_allclose(sample.cost, 123.0)
    at = sample.tasks.id.index("s")
    assert sample.tasks.duration[at].tolist() == [12.0] * 300
    assert str(sample.tasks.deterministic_finish[at])[:16] == "2027-03-16T17:00"
    assert sample.finish_days.max() == 12


def test_a_summary_that_costs_follows_its_tasks_in_every_future():
    sample = run(
        """
        [tasks.a]
        duration = { shape = "uniform", low = 2, high = 9 }
        wbs = "1.1"
        [tasks.s]
        type = "summary"
        wbs = "1"
        cost = { rate = 10 }
        """
    )
    np.testing.assert_allclose(sample.cost, 10 * sample.finish_days[0])
    assert sample.cost.std() > 5


def test_a_risk_may_cost_on_a_span_and_delays_nothing_there():
    sample = run(
        """
        [tasks.a]
        duration = 5
        [tasks.l]
        type = "level of effort"
        after = ["a SS", "a FF"]
        [risks.p]
        probability = 1
        impacts.l = { delay = 50, cost = 7 }
        """
    )
    assert set(sample.cost.tolist()) == {7.0}
    assert set(sample.finish_days[0].tolist()) == {5.0}


@pytest.mark.parametrize("clocks", ["", TWO_CLOCKS])
@pytest.mark.parametrize("constraint", ["FNET", "FO", "MFO"])
def test_a_milestone_bound_to_a_day_stands_at_the_end_of_its_last_shift_on_any_clock(clocks, constraint):
    sample = run(
        clocks
        + f"""
        [tasks.t]
        duration = 3
        [tasks.handover]
        milestone = true
        after = ["t"]
        constraints = ["{constraint} 2027-03-19"]
        """
    )
    assert str(sample.deterministic_finish[0])[:16] == "2027-03-19T17:00"


def test_the_days_of_a_suspension_cost_nothing():
    sample = run(
        """
        [tasks.a]
        duration = 8
        actual_start = 2027-02-22
        remaining = 3
        resume = 2027-06-01
        cost = { rate = 100 }
        """,
        UNDER_WAY,
    )
    assert set(sample.cost.tolist()) == {800.0}


def test_what_is_over_is_never_critical():
    sample = run(
        """
        [tasks.a]
        duration = 5
        actual_start = 2027-02-15
        actual_finish = 2027-02-19
        [tasks.b]
        duration = [3, 4, 6]
        after = ["a"]
        """,
        UNDER_WAY,
    )
    assert dict(zip(sample.tasks.id, sample.tasks.criticality_count[0].tolist(), strict=True)) == {"a": 0, "b": 300}


def test_an_actual_date_after_the_data_date_counts_as_that_date():
    sample = run(
        """
        [tasks.a]
        duration = 5
        actual_start = 2027-03-08
        remaining = 3
        cost = { rate = 10 }
        [tasks.b]
        duration = 5
        actual_start = 2027-02-22
        actual_finish = 2027-03-12
        cost = { rate = 10 }
        """,
        UNDER_WAY,
    )
    tasks = sample.tasks
    shown = {name: str(tasks.deterministic_start[k])[:10] for k, name in enumerate(tasks.id)}
    assert shown == {"a": "2027-03-01", "b": "2027-02-22"}
    assert (tasks.start <= tasks.finish).all()
    assert (tasks.finish.max(axis=0) <= sample.finish[0]).all()
    assert set(sample.cost.tolist()) == {80.0}  # three days of a, five of b


@pytest.mark.parametrize("clocks", ["", TWO_CLOCKS])
def test_a_plan_that_nothing_but_logic_binds_gives_the_same_in_the_core_without_bindings(clocks):
    tasks = '[tasks.a]\nduration = [2, 3, 9]\n[tasks.b]\nduration = [1, 4, 5]\nafter = ["a SS +1d", "a FF +2d"]\n'
    free = plan.compile(parse(tomllib.loads(HEAD + clocks + tasks), "x.toml"))
    assert free.kernel_plan.has_constraints is None
    bound = replace(free)
    vars(bound)["kernel_plan"] = free.kernel_plan._replace(has_constraints=True)
    settings = engine.Settings(300, seed=2)
    first, second = (engine.simulate(one, settings) for one in (free, bound))
    assert first.finish_days.tobytes() == second.finish_days.tobytes()
    assert first.tasks.start.tobytes() == second.tasks.start.tobytes()
    assert first.tasks.finish.tobytes() == second.tasks.finish.tobytes()


@pytest.mark.parametrize("clocks", ["", TWO_CLOCKS])
def test_what_binds_one_task_is_seen_by_the_core(clocks):
    tasks = '[tasks.a]\nduration = [2, 3, 9]\n[tasks.b]\nduration = 1\nafter = ["a"]\nconstraints = ["{} 2027-06-01"]\n'
    texts = [HEAD + clocks + tasks.format(kind) for kind in ("SNET", "MSO")]
    found = [plan.compile(parse(tomllib.loads(text), "x.toml")) for text in texts]
    assert [one.kernel_plan.has_constraints for one in found] == [None, True]


FINISHED = """
[tasks.deck]
duration = [20, 25, 40]
actual_start = 2027-01-18
actual_finish = 2027-02-19
cost = { rate = 100 }
"""
PAINT = """
[tasks.paint]
duration = [5, 8, 10]
after = ["deck"]
"""
RISK = """
[risks.strike]
probability = 0.5
impacts.deck.delay = 9
"""


@pytest.mark.parametrize("clocks", ["", TWO_CLOCKS])
@pytest.mark.parametrize("risk", ["", RISK])
def test_a_target_that_is_over_finished_when_it_did(clocks, risk):
    gates = """
        [gates.met]
        target = "deck"
        finish = 2027-02-19
        confidence = 0.8
        [gates.missed]
        target = "deck"
        finish = 2027-02-18
        confidence = 0.8
        """
    sample = run(FINISHED + PAINT + clocks + risk + gates, UNDER_WAY)
    row = sample.target.index("deck")
    assert np.unique(sample.finish[row]).astype(str).tolist() == ["2027-02-20T00:00:00.000000"]
    assert (sample.finish_days[row] == -5).all()  # 22 to 26 February
    assert sample.deterministic_finish_days[row] == -5
    assert str(sample.deterministic_finish[row])[:16] == "2027-02-20T00:00"
    met = {gate.id: is_met(sample, gate).mean() for gate in sample.gates}
    assert met == {"met": 1.0, "missed": 0.0}
    assert (sample.finish_days[0] >= (2 if clocks else 5)).all()


@pytest.mark.parametrize("clocks", ["", TWO_CLOCKS + "actual_start = 2027-02-16\n" + "actual_finish = 2027-02-18\n"])
@pytest.mark.parametrize("risk", ["", RISK])
def test_a_project_that_is_over_finished_with_the_last_of_its_tasks(clocks, risk):
    sample = run(FINISHED + clocks + risk, UNDER_WAY)
    assert np.unique(sample.finish[0]).astype(str).tolist() == ["2027-02-20T00:00:00.000000"]
    assert (sample.finish_days[0] == -5).all() and sample.deterministic_finish_days[0] == -5
    assert (sample.risks.finish_days_without == -5).all()
    assert (sample.limits.finish_days == -5).all()


def test_an_actual_finish_after_the_data_date_counts_as_that_date_for_targets_too():
    late = FINISHED.replace("2027-02-19", "2027-03-09") + PAINT
    sample = run(late + '[gates.deck]\ntarget = "deck"\nfinish = 2027-03-05\nconfidence = 0.8\n', UNDER_WAY)
    assert (sample.finish_days[sample.target.index("deck")] == 0).all()
