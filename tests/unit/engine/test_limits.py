"""What no iteration can be below or above."""

import dataclasses
import tomllib

import numpy as np
import pytest

from riskengine import engine
from riskengine import plan as plans
from riskengine.engine import limits as limits_module
from riskengine.engine.limits import levelling_changes, limits, risk_changes
from riskengine.scenario import parse
from tests.twin.simulator import sweep, written
from tests.twin.simulator.beyond_limits import outside

HEAD = 'schema = 1\nname = "limits"\nstart = 2027-03-01\ncalendar = "24h"\n'
ITERATIONS = 12
"""As `python -m tests.twin` takes them."""


def compiled(text):
    """The plan of a scenario whose days have 24 hours."""
    return plans.compile(parse(tomllib.loads(HEAD + text)))


FEW = range(5)
MANY = pytest.param(range(5, 25), marks=pytest.mark.slow)
"""Seeds of each kind: those that every run of the tests looks at, and the others."""


@pytest.mark.parametrize("kind", list(sweep.OF_TWIN))
@pytest.mark.parametrize("seeds", [FEW, MANY], ids=["few", "many"])
def test_no_iteration_of_a_random_scenario_is_beyond_its_limits(kind, seeds, tmp_path):
    for seed in seeds:
        plan = plans.compile(written.read(sweep.KINDS[kind].document(seed), tmp_path, ".toml"))
        assert outside(plan, engine.simulate(plan, engine.Settings(300, seed, "random"))) == []


@pytest.mark.parametrize(
    "seeds", [range(60), pytest.param(range(60, 300), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_no_iteration_is_beyond_its_limits_where_more_time_may_mean_less(seeds, tmp_path):
    """Together, seeds that show every fault below, several times over."""
    assert sweep.disagreements("limits", seeds, tmp_path, ITERATIONS) == []


def _unlevelled(plan, **changes):
    """Limits are computed without levelling also where dates never vary."""
    return dataclasses.replace(plan, **changes | {"holdings": None})


ENDS = limits_module.extreme_ends
FAULTS = {
    "what is sure to occur is in runs without it": (
        "extreme_ends",
        lambda plan, is_any_left_out=False: ENDS(plan),
        600_900,
    ),
    "a risk cannot save the days of a span": ("_pays_by_dates", lambda plan: False, 266),
    "what takes no time is placed as anything else": ("_may_take_no_time", lambda plan, ends: False, 90),
    "dates that never vary are not levelled": ("replace", _unlevelled, 28),
    "working hours of a resource move nothing": ("keeps_resource_hours", lambda plan: np.zeros(1, bool), 397),
    "working hours of a resource only put off": ("may_hasten", lambda plan: False, 100_185),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_sweep_sees_a_fault_of_the_limits(fault, tmp_path, monkeypatch):
    """Faults that they once had; each seed is one of those that show it."""
    name, wrong, seed = FAULTS[fault]
    assert sweep.disagreements("limits", [seed], tmp_path, ITERATIONS) == []
    monkeypatch.setattr(limits_module, name, wrong)
    assert sweep.disagreements("limits", [seed], tmp_path, ITERATIONS) != []


def test_a_rare_value_and_a_nearly_sure_risk_are_within_the_limits():
    plan = compiled(
        """
        [tasks.a]
        duration = { shape = "discrete", values = [10, 110], weights = [999, 1] }
        cost = { rate = 100 }
        [tasks.b]
        duration = 10
        after = ["a"]
        [risks.sure]
        probability = 0.999
        impacts.b = { delay = 100 }
        """
    )
    found = limits(plan)
    second = 1.1 / 86_400  # draws are rounded to seconds, at the most upwards
    assert found.finish_days[:, 0] == pytest.approx([20, 220], abs=second)
    assert found.duration == pytest.approx(np.array([[10, 10], [110, 110]]), abs=second)
    assert found.cost == pytest.approx([1000, 11_000], abs=100 * second)


def test_what_never_changes_has_two_equal_limits():
    plan = compiled(
        "[tasks.a]\nduration = 10\ncost = { fixed = [1, 2, 3] }\n"
        "[risks.r]\nprobability = 0\nimpacts.a = { delay = 5 }\n"
    )
    found = limits(plan)
    assert found.finish_days[:, 0].tolist() == [10, 10]
    assert found.is_float_fixed
    assert found.cost[0] < found.cost[1]


def test_where_a_longer_task_may_mean_an_earlier_project_a_finish_has_no_upper_limit():
    """B is to end with a; the longer it takes, the earlier it starts, and c with it."""
    text = """
        [tasks.a]
        duration = 20
        [tasks.b]
        duration = [5, 10, 15]
        after = ["a FF"]
        [tasks.c]
        duration = 30
        after = ["b SS"]
        """
    found = limits(compiled(text))
    assert found.finish_days[:, 0].tolist() == [0, np.inf]
    assert np.isfinite(limits(compiled(text.replace("b SS", "b"))).finish_days).all()


BEHIND_A_WEEKEND = """
    [calendars.office]
    week = "mon-fri 08:00-12:00 13:00-17:00"
    [tasks.a]
    duration = 5
    [tasks.b]
    duration = DURATION
    calendar = "office"
    after = ["a FF"]
    """


def test_a_task_that_may_take_no_time_leaves_the_finish_behind_an_ff_without_upper_limit():
    """With work to do it ends on Saturday with a; with none it is placed like a milestone, on Monday."""
    text = BEHIND_A_WEEKEND.replace("DURATION", '{ shape = "discrete", values = [0, 1], weights = [1, 1] }')
    plan = compiled(text)
    assert np.ptp(engine.simulate(plan, engine.Settings(64, 1, "random")).finish_days[0]) > 2
    assert limits(plan).finish_days[:, 0].tolist() == [0, np.inf]
    assert np.isfinite(limits(compiled(text.replace("[0, 1]", "[1, 2]"))).finish_days).all()


@pytest.mark.parametrize("probability", [0.5, 1])
def test_a_delay_of_a_task_that_took_no_time_may_bring_the_finish_forward(probability):
    """Sure to occur or not: what it changes is told from runs without it."""
    risk = f"[risks.r]\nprobability = {probability}\nimpacts.b = {{ delay = 1 }}\n"
    text = BEHIND_A_WEEKEND.replace("DURATION", "0") + risk
    plan = compiled(text)
    assert outside(plan, engine.simulate(plan, engine.Settings(64, 1, "random"))) == []
    assert risk_changes(plan).finish.tolist() == [[-np.inf], [np.inf]]


def test_a_delay_may_save_money_where_days_of_a_span_are_paid():
    """What begins later and ends when it did takes fewer days."""
    text = """
        [tasks.a]
        duration = 4
        [tasks.b]
        duration = 20
        [tasks.c]
        type = "level of effort"
        after = ["a", "b FF"]
        cost = { rate = 100 }
        [risks.r]
        probability = 0.5
        impacts.a = { delay = 2 }
        """
    plan = compiled(text)
    assert outside(plan, engine.simulate(plan, engine.Settings(64, 1, "random"))) == []
    assert risk_changes(plan).cost.tolist() == [[-np.inf], [np.inf]]
    assert risk_changes(compiled(text.replace("cost = { rate = 100 }", ""))).cost.tolist() == [[0], [0]]


def test_what_is_levelled_has_no_upper_limit():
    text = """
        levelling = true
        [resources.crew]
        capacity = 1
        [tasks.a]
        duration = [5, 10, 15]
        resources = { crew = 1 }
        [tasks.b]
        duration = 10
        resources = { crew = 1 }
        """
    assert limits(compiled(text)).finish_days[:, 0].tolist() == [10, np.inf]


OFFICE_CRANE = """
    levelling = true
    [calendars.office]
    week = "mon-fri 08:00-12:00 13:00-17:00"
    [resources.crane]
    capacity = 1
    calendar = "office"
    [tasks.a]
    duration = 2
    resources = { crane = 1 }
    """


def test_levelling_changes_what_works_only_when_its_resource_does_though_nobody_waits():
    plan = compiled(OFFICE_CRANE)
    assert plan.holdings is None
    assert outside(plan, engine.simulate(plan, engine.Settings(64, 1, "random"))) == []
    assert levelling_changes(plan)[0].tolist() == [0, np.inf]
    assert levelling_changes(compiled(OFFICE_CRANE.replace('    calendar = "office"\n', "")))[0].tolist() == [0, 0]


@pytest.mark.parametrize(
    "more",
    [
        'constraints = [{ type = "FNET", date = 2027-03-20 }]',
        '[tasks.b]\nduration = 8\nafter = [{ task = "a", lag = -1 }]\n',
    ],
)
def test_levelling_may_hasten_what_works_only_when_its_resource_does(more):
    """A finish not before Saturday is reached on Friday; a lead of a day reaches back over three days of the office."""
    plan = compiled(OFFICE_CRANE + more)
    assert outside(plan, engine.simulate(plan, engine.Settings(64, 1, "random"))) == []
    assert levelling_changes(plan)[0].tolist() == [-np.inf, np.inf]


def test_dates_that_never_vary_count_as_levelled():
    """Two tasks wait for one crew; the days of the project are paid, and what b costs is uncertain."""
    text = """
        levelling = true
        [resources.crew]
        capacity = 1
        [tasks.a]
        duration = 10
        resources = { crew = 1 }
        [tasks.b]
        duration = 10
        resources = { crew = 1 }
        cost = { fixed = [100, 200, 600] }
        [costs.site]
        rate = 100
        """
    found = limits(compiled(text))
    assert found.finish_days[:, 0].tolist() == [20, 20]
    assert found.cost == pytest.approx([2100, 2600], abs=1e-3)


def test_a_risk_changes_only_what_its_impacts_reach():
    plan = compiled(
        """
        [tasks.a]
        duration = 10
        cost = { fixed = 100 }
        [risks.gain]
        kind = "opportunity"
        probability = 0.5
        impacts.a = { factor = 0.8 }
        [risks.money]
        probability = 0.5
        impacts.a = { cost = 100 }
        [risks.wait]
        probability = 0.5
        impacts.a = { delay = 5 }
        """
    )
    found = risk_changes(plan)
    infinite = np.inf
    assert found.finish.tolist() == [[-infinite, 0, 0], [0, 0, infinite]]
    assert found.cost.tolist() == [[0, 0, 0], [0, infinite, 0]]
