"""Branches by a condition: the finish of each iteration decides, or a risk, and nobody else's draw moves."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.engine import Settings, replay, simulate
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.dates.display_dates import early_dates
from riskengine.engine.limits import levelling_changes, limits, risk_changes
from riskengine.engine.simulate import deterministic
from riskengine.kernel.contract.arrays import RANDOM
from riskengine.scenario import parse

NET = """
schema = 1
name = "net"
start = 2027-03-01
targets = ["test"]
[tasks.design]
duration = [4, 6, 12]
[tasks.test]
duration = [3, 5, 9]
after = ["design"]
[tasks.air]
duration = [1, 2, 3]
after = ["test"]
cost.fixed = 900
[tasks.sea]
duration = [8, 9, 20]
after = ["test"]
[tasks.ship]
duration = 1
after = ["air", "sea FS+2d"]
[risks.storm]
probability = 0.3
impacts.design.delay = 3
"""
LATE = '[branches.b]\nafter = "test"\nif_later_than = {date}\nthen = "air"\notherwise = "sea"\n'
STORMY = '[branches.b]\nafter = "test"\nif_risk = "storm"\nthen = "air"\notherwise = "sea"\n'
SEVERAL = '[calendars.early]\nweek = "mon-sat 06:00-14:00"\n[tasks.other]\nduration = 3\ncalendar = "early"\n'
LEVELLING = 'levelling = { rule = "early start" }\ntargets ='
RIVAL = "[resources.crew]\ncapacity = 1\n[tasks.rival]\nduration = [2, 6, 20]\nresources.crew = 1\n"
METHOD_NAMES = ("sobol", "lhs", "random")


def compiled(text):
    return plan.compile(parse(tomllib.loads(text), "net"))


def later(made, output, task, date):
    """Which iterations, of those stored, finish a task later than an instant, as the results show it."""
    _, finish = early_dates(made, output, output.end.shape[1])
    return made.instants(finish[made.task.index(task)]) > np.datetime64(date)


def existing(made, output, task):
    return output.exists[made.task.index(task)].astype(bool)


@pytest.mark.parametrize("method", METHOD_NAMES)
@pytest.mark.parametrize("more", ["", SEVERAL])
@pytest.mark.parametrize(
    "date", ["2027-03-16", "2027-03-13T09:00:00", "2027-03-15T12:30:00", "2026-01-01", "2990-01-01"]
)
def test_the_finish_of_each_iteration_decides_its_path(method, more, date):
    made = compiled(NET + more + LATE.format(date=date))
    assert (made.clocks is None) == (more == "")
    output = replay(made, 7, method, 2_560).output
    instant = np.datetime64(date) + np.timedelta64("T" not in date, "D")
    is_later = later(made, output, "test", instant)
    assert np.array_equal(existing(made, output, "air"), is_later)
    assert np.array_equal(existing(made, output, "sea"), ~is_later)
    assert existing(made, output, "ship").all()
    if date == "2027-03-16":
        assert 0.2 < is_later.mean() < 0.8


@pytest.mark.parametrize("more", ["", SEVERAL])
def test_a_finish_at_the_very_instant_is_not_later(more):
    """Design and test take 10 days, and end on Friday 12 March at 17:00."""
    text = NET.replace("[4, 6, 12]", "5").replace("[3, 5, 9]", "5").replace("0.3", "0.0") + more
    for date, taken in (("2027-03-12T17:00:00", "sea"), ("2027-03-12T16:59:59", "air"), ("2027-03-12", "sea")):
        made = compiled(text + LATE.format(date=date))
        assert existing(made, replay(made, 7, "random", 256).output, taken).all(), date


def test_the_first_working_instant_is_the_finish_of_what_takes_no_time():
    """A milestone at the start of Monday stands at 08:00, however early the project may begin."""
    text = (
        'schema = 1\nname = "n"\nstart = 2027-03-01\n[tasks.go]\nmilestone = true\n[tasks.air]\nduration = 2\n'
        'after = ["go"]\n[tasks.sea]\nduration = 4\nafter = ["go"]\n'
        '[branches.b]\nafter = "go"\nif_later_than = {date}\nthen = "air"\notherwise = "sea"\n'
    )
    for date, taken in (("2027-03-01T07:59:59", "air"), ("2027-03-01T08:00:00", "sea")):
        made = compiled(text.format(date=date))
        assert existing(made, replay(made, 7, "random", 256).output, taken).all(), date


def test_a_condition_moves_nobody_elses_draw():
    texts = (NET, NET + LATE.format(date="2027-03-16"), NET + STORMY)
    words = [replay(compiled(text), 7, "sobol", 512).word for text in texts]
    assert all(each.keys() == words[0].keys() for each in words)
    assert all(np.array_equal(word, each[label]) for each in words for label, word in words[0].items())


def test_a_condition_that_is_always_met_gives_the_plan_without_the_other_path():
    """Costs and dates are those of a plan in which a share of 1 is for the path."""
    always = replay(compiled(NET + LATE.format(date="2026-01-01")), 7, "sobol", 512).output
    alone = replay(compiled(NET.replace("[tasks.sea]", "[tasks.sea]\nexists = 0")), 7, "sobol", 512).output
    assert np.array_equal(always.finish, alone.finish) and np.array_equal(always.cost, alone.cost)


def test_the_levelled_finish_decides():
    text = NET.replace("[tasks.test]", "[tasks.test]\nresources.crew = 1").replace("targets =", LEVELLING)
    made = compiled(text + RIVAL + LATE.format(date="2027-03-17"))
    output = replay(made, 7, "random", 2_560).output
    is_later = later(made, output, "test", "2027-03-18")
    assert np.array_equal(existing(made, output, "air"), is_later)
    without = replay(made.unlevelled, 7, "random", 2_560).output
    by_logic = later(made.unlevelled, without, "test", "2027-03-18")
    assert np.array_equal(existing(made.unlevelled, without, "air"), by_logic)
    assert (is_later & ~by_logic).any()
    finish, cost = levelling_changes(made)
    assert finish.tolist() == cost.tolist() == [-np.inf, np.inf]
    assert (output.finish[0] < without.finish[0]).any(), "levelling may hasten by another path"


def test_a_risk_decides_in_runs_without_it_too():
    made = compiled(NET + STORMY)
    row = made.risk.index("storm")
    request = Request(7, RANDOM, 512, task_iterations=512, risk_iterations=512)
    dimension = made.variables.dimension
    plain = run_blocks(made, request, dimension)
    assert np.array_equal(existing(made, plain, "air"), plain.occurs[row].astype(bool))
    assert 0.2 < plain.occurs[row].mean() < 0.4
    without = run_blocks(made, Request(7, RANDOM, 512, task_iterations=512, without=(row,)), dimension)
    assert existing(made, without, "sea").all() and not existing(made, without, "air").any()
    always = run_blocks(made, Request(7, RANDOM, 512, task_iterations=512, always=(row,)), dimension)
    assert existing(made, always, "air").all() and not existing(made, always, "sea").any()


@pytest.mark.parametrize("impact", ["impacts.design.delay = 3", ""])
def test_a_risk_that_only_decides_has_an_effect(impact):
    """Exact: 900 for the flight in the three futures of ten in which it occurs."""
    made = compiled(NET.replace("impacts.design.delay = 3", impact) + STORMY)
    run = engine.simulate(made, Settings(2_560, 7, "random"))
    assert run.risks.paired == (0,)
    change = run.cost - run.risks.cost_without[0][: run.cost.size]
    assert np.array_equal(np.unique(change), [0, 900])
    assert np.array_equal(change > 0, run.risks.occurs[0])
    assert (run.finish_days[0] < run.risks.finish_days_without[0]).any()


def test_a_delay_may_save_time_and_no_limit_says_otherwise():
    """A storm that makes the test late enough to fly brings the cargo earlier, for 900 more."""
    made = compiled(NET + LATE.format(date="2027-03-16"))
    run = engine.simulate(made, Settings(2_560, 7, "random"))
    days = run.finish_days[0] - run.risks.finish_days_without[0]
    assert days.min() < -1 and days.max() > 1
    changes = risk_changes(made)
    assert changes.finish.tolist() == changes.cost.tolist() == [[-np.inf], [np.inf]]
    bounds = limits(made)
    assert (bounds.finish_days[0, 0] <= run.finish_days[0]).all() and (
        run.finish_days[0] <= bounds.finish_days[1, 0]
    ).all()


def test_whatever_moves_a_date_may_change_what_its_finish_decides():
    """Intervals of the means of the paths count a risk that acts on no task of theirs."""
    made = compiled(NET + LATE.format(date="2027-03-16"))
    names = sorted(made.task)
    run = engine.simulate(made, Settings(512, 7, "random"))
    hits = {names[task] for risk, task in run.risks.task_hits.T if risk == 0}
    assert hits == {"air", "design", "sea"}


def test_a_risk_that_costs_money_alone_decides_no_date():
    text = NET.replace("impacts.design.delay = 3", "impacts.design.cost = 50") + LATE.format(date="2027-03-16")
    assert risk_changes(compiled(text)).finish.tolist() == [[0], [0]]


def test_a_path_that_has_begun_is_followed_whatever_the_date():
    begun = "[tasks.air]\nactual_start = 2027-02-22\nremaining = 4"
    text = NET.replace("start =", "data_date =").replace("[tasks.air]", begun).replace("duration = [1, 2, 3]\n", "", 1)
    text = text.replace("remaining = 4", "remaining = 4\nduration = 6")
    made = compiled(text + LATE.format(date="2990-01-01"))
    output = replay(made, 7, "sobol", 256).output
    assert existing(made, output, "air").all() and not existing(made, output, "sea").any()


@pytest.mark.parametrize(("date", "taken"), [("2027-02-25", "air"), ("2027-02-26", "sea"), ("2027-03-10", "sea")])
def test_a_task_that_is_over_decides_by_its_actual_finish(date, taken):
    """The test was done on 26 February, before the data date at which the core has it stand."""
    over = "[tasks.test]\nactual_start = 2027-02-22T08:00:00\nactual_finish = 2027-02-26T17:00:00"
    text = NET.replace("start =", "data_date =").replace("[tasks.test]", over)
    text = text.replace(
        "[tasks.design]", "[tasks.design]\nactual_start = 2027-02-15\nactual_finish = 2027-02-19T17:00:00"
    )
    made = compiled(text + LATE.format(date=date))
    output = replay(made, 7, "sobol", 256).output
    assert existing(made, output, taken).all()
    assert existing(made, output, "air" if taken == "sea" else "sea").sum() == 0
    assert deterministic(made).exists[made.task.index(taken), 0]


def test_the_last_repeat_of_a_loop_decides():
    text = NET + LATE.format(date="2027-03-16") + '[rework.r]\ntasks = ["test"]\nprobability = 0.5\nmost = 2\n'
    made = compiled(text)
    output = replay(made, 7, "random", 2_560).output
    assert np.array_equal(existing(made, output, "air"), later(made, output, "test (again 2)", "2027-03-17"))
    assert (existing(made, output, "air") & ~later(made, output, "test", "2027-03-17")).any()


def test_the_deterministic_plan_looks_at_its_own_finish():
    """Most likely values: 6 + 5 days end on Monday 15 March; with a storm that has occurred on Thursday 18 March."""
    text = NET + LATE.format(date="2027-03-16")
    occurred = text.replace("probability = 0.3", 'probability = 0.3\nstatus = "occurred"')
    for each, taken in ((text, "sea"), (text.replace("03-16", "03-14"), "air"), (occurred, "air")):
        made = compiled(each)
        exists = deterministic(made).exists[:, 0]
        assert exists[made.task.index(taken)] and exists.sum() == len(made.task) - 1


def test_conditions_one_after_the_other_are_nested():
    """Whoever flies looks again whether it is very late."""
    more = (
        '[tasks.charter]\nduration = 1\nafter = ["air"]\n[tasks.line]\nduration = 3\nafter = ["air"]\n'
        '[branches.c]\nafter = "air"\nif_later_than = 2027-03-23\nthen = "charter"\notherwise = "line"\n'
    )
    made = compiled(
        NET.replace('after = ["air", "sea FS+2d"]', 'after = ["charter", "line", "sea"]')
        + more
        + LATE.format(date="2027-03-16")
    )
    output = replay(made, 7, "random", 2_560).output
    air, charter, line = (existing(made, output, name) for name in ("air", "charter", "line"))
    is_late = later(made, output, "air", "2027-03-24")
    assert np.array_equal(charter, air & is_late) and np.array_equal(line, air & ~is_late)
    assert charter.any() and line.any()


def test_a_task_that_does_not_exist_decides_by_where_it_stands():
    text = NET.replace("[tasks.test]", "[tasks.test]\nexists = 0.5") + LATE.format(date="2027-03-12")
    made = compiled(text)
    output = replay(made, 7, "random", 2_560).output
    is_there = existing(made, output, "test")
    is_later = later(made, output, "test", "2027-03-13")
    assert np.array_equal(existing(made, output, "air"), is_later)
    assert (is_later & ~is_there).any() and (~is_later & ~is_there).any()


def test_results_say_how_often_each_path_is_followed():
    run = simulate(compiled(NET + LATE.format(date="2027-03-16")), Settings(2_560, 7, "random"))
    existence = run.tasks.existence
    counts = dict(zip(run.tasks.id, existence.count.tolist(), strict=True))
    assert counts["air"] + counts["sea"] == 2_560 and 0 < counts["air"] < 2_560
