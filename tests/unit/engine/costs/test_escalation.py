"""Costs that follow indices of prices: amounts by hand, and what they leave alone."""

from dataclasses import replace

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.engine import Settings, escalation
from riskengine.engine.blocks import run as blocks
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.limits import limits, risk_changes
from riskengine.engine.simulate import deterministic
from riskengine.errors import ScenarioError
from riskengine.plan.changed import changed
from tests.support.scenario_text import read_text

CLOCK = 'schema = 1\nname = "prices"\nstart = 2027-01-01\ncalendar = "24h"\n'
STEEL = "[indices.steel]\nvalues = { 2027-01 = 100, 2027-02 = 110, 2027-03 = 121 }\n"
FRAME = '[tasks.frame]\nduration = 59\ncost = { fixed = 590, index = "steel" }\n'
UNCERTAIN = '[tasks.frame]\nduration = [20, 40, 90]\ncost = { fixed = 590, rate = [1, 2, 4], index = "steel" }\n'
GROWING = '[indices.steel]\nrate = { shape = "uniform", low = 0, high = 0.5 }\n'


def compiled(text, head=CLOCK):
    return plan.compile(read_text(text, head=head))


def sample_of(text, iterations=512, head=CLOCK, **settings):
    """A run of a scenario."""
    return engine.simulate(compiled(text, head), Settings(iterations, **settings))


def test_each_month_has_its_own_price():
    """31 days of January at 100, 28 of February at 110, by a task of 59 days for 590."""
    sample = sample_of(STEEL + FRAME)
    assert sample.deterministic_cost == pytest.approx(310 + 280 * 1.1)
    assert set(sample.cost.tolist()) == {sample.deterministic_cost}
    assert sample.cost_periods.deterministic[0].tolist() == pytest.approx([310, 308])


@pytest.mark.parametrize(("base", "divisor"), [("2027-01", 100), ("2027-02", 110), ("2027-03", 121)])
def test_money_is_written_in_the_prices_of_the_base(base, divisor):
    sample = sample_of(STEEL + f'base = "{base}"\n' + FRAME)
    assert sample.deterministic_cost == pytest.approx((310 * 100 + 280 * 110) / divisor)


def test_the_base_is_the_month_of_the_start_unless_it_is_given():
    later = CLOCK.replace("2027-01-01", "2027-02-01")
    sample = sample_of(STEEL + FRAME.replace("59", "28").replace("590", "280"), head=later)
    assert sample.deterministic_cost == pytest.approx(280)


def test_the_last_value_goes_on_by_the_rate_month_by_month():
    text = "[indices.steel]\nvalues = { 2027-01 = 100 }\nrate = 0.12\n" + FRAME
    assert sample_of(text).deterministic_cost == pytest.approx(310 + 280 * 1.12 ** (1 / 12))


def test_a_standing_cost_between_two_milestones_follows_prices():
    """From the first milestone on 11 January to the end of 28 February, 10 a day: 21 days, then 28."""
    text = """
[tasks.permit]
duration = 10
[tasks.mobilise]
milestone = true
after = ["permit"]
[tasks.work]
duration = 49
after = ["mobilise"]
[tasks.handover]
milestone = true
after = ["work"]
[tasks.site]
type = "level of effort"
after = ["mobilise SS", "handover FF"]
cost = { rate = 10, index = "steel" }
"""
    sample = sample_of(STEEL + text)
    assert sample.deterministic_cost == pytest.approx(210 + 280 * 1.1)
    assert sample.cost_periods.deterministic[0].tolist() == pytest.approx([210, 308])


def test_a_cost_line_follows_prices_and_others_do_not():
    text = STEEL + "[tasks.a]\nduration = 59\n[costs.camp]\nrate = 10\nindex = 'steel'\n[costs.bond]\nfixed = 59\n"
    sample = sample_of(text)
    assert sample.deterministic_cost == pytest.approx(59 + 310 + 280 * 1.1)
    assert sample.cost_periods.deterministic[0].tolist() == pytest.approx([31 + 310, 28 + 308])


def test_costs_of_risks_and_of_resources_on_a_task_follow_prices():
    text = STEEL + FRAME.replace("fixed = 590", "fixed = 0") + "resources = { crew = 2 }\n[resources.crew]\nrate = 5\n"
    text += "[risks.sure]\nprobability = 1\nimpacts.frame.cost = 590\n"
    sample = sample_of(text)
    assert set(sample.cost.round(6).tolist()) == {2 * (310 + 308)}


def test_what_has_been_spent_does_not():
    text = STEEL + (
        "[tasks.frame]\nduration = 59\nactual_start = 2027-01-01\nremaining = 28\n"
        'cost = { fixed = 280, actual = 310, index = "steel" }\n'
    )
    head = CLOCK.replace("start = 2027-01-01", "data_date = 2027-02-01")
    sample = sample_of(text, head=head)
    assert sample.deterministic_cost == pytest.approx(310 + 308)


def test_one_rate_of_a_future_is_that_of_all_that_follow_the_index():
    """The mean of (1 + r)^(1/12) for r uniform from 0 to 0.5, of what is spent in February."""
    half = FRAME.replace("59", "31").replace("cost = { fixed = 310", "cost = { fixed = 0")
    text = GROWING + half + '[tasks.b]\nduration = 28\nafter = ["frame"]\ncost = { fixed = 280, index = "steel" }\n'
    text += text[text.index("[tasks.b]") :].replace("tasks.b", "tasks.c")
    sample = sample_of(text, 10_240)
    exact = 560 * (12 / 13) * (1.5 ** (13 / 12) - 1) / 0.5
    error = sample.cost.std() / np.sqrt(10_240)
    assert abs(sample.cost.mean() - exact) < 4 * error
    of_b, of_c = (sample.tasks.cost[sample.tasks.id.index(name)] for name in "bc")
    assert of_b.std() > 1 and of_b.tolist() == of_c.tolist()


def test_an_index_moves_no_date_and_no_other_draw():
    risk = "[risks.late]\nprobability = 0.4\nimpacts.frame = { delay = [1, 5, 20], cost = [5, 9, 30] }\n"
    plain = sample_of(UNCERTAIN.replace(', index = "steel"', "") + risk)
    priced = sample_of(GROWING + UNCERTAIN + risk)
    assert priced.finish.tolist() == plain.finish.tolist()
    assert (priced.cost >= plain.cost - 1e-9).all() and priced.cost.mean() > plain.cost.mean() + 1


def test_an_index_that_nothing_follows_changes_no_byte():
    plain = UNCERTAIN.replace(', index = "steel"', "")
    assert compiled(GROWING + plain).escalation is None
    assert sample_of(GROWING + plain).cost.tobytes() == sample_of(plain).cost.tobytes()


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("at_once", [1, 10**9])
def test_threads_chunks_and_what_is_stored_change_no_byte(threads, at_once, monkeypatch):
    made = compiled(GROWING + UNCERTAIN + "[costs.camp]\nrate = [1, 2, 5]\nindex = 'steel'\n")
    request, dimension = Request(3, 1, 2_000, task_iterations=512), made.variables.dimension
    whole = run_blocks(made, request, dimension)
    monkeypatch.setattr(escalation, "VALUES_AT_ONCE", at_once)
    monkeypatch.setattr(blocks, "SMALL_SECONDS", 0.0)
    monkeypatch.setattr(blocks, "CHUNK_SECONDS", 1e-9)
    again = run_blocks(made, replace(request, threads=threads, task_iterations=256), dimension)
    for name in ("finish", "cost", "count", "square", "full"):
        assert getattr(again, name).tobytes() == getattr(whole, name).tobytes()
    for name in ("task_cost", "line_cost", "growth", "start"):
        assert getattr(again, name).tobytes() == getattr(whole, name)[:, :256].tobytes()
    rest = run_blocks(made, replace(request, iterations=976, first_block=4, task_iterations=0), dimension)
    assert rest.cost.tobytes() == whole.cost[1024:].tobytes()


def test_months_of_every_iteration_add_up_to_its_cost():
    text = GROWING + UNCERTAIN + "[costs.camp]\nrate = [1, 2, 5]\nindex = 'steel'\n[costs.bond]\nfixed = 77\n"
    text += "[damages.late]\ndate = 2027-02-10\nrate = 3\n"
    sample = sample_of(text)
    months = sample.cost_periods.cost
    assert np.allclose(months[0].sum(axis=0), sample.cost[: months.shape[2]], rtol=1e-12)


def test_money_behind_the_end_of_an_index_is_refused():
    with pytest.raises(ScenarioError, match=r"RE609.*steel ends with 2027-03"):
        sample_of(STEEL + UNCERTAIN.replace("90", "110"))


@pytest.mark.filterwarnings("error")
def test_prices_beyond_all_numbers_are_refused():
    with pytest.raises(ScenarioError, match="RE610"):
        sample_of("[indices.steel]\nbase = '1900-01'\nrate = 1000\n" + UNCERTAIN)


def test_no_iteration_is_beyond_its_limits_and_prices_are_never_below_nothing():
    made = compiled(GROWING + UNCERTAIN)
    reach = limits(made)
    assert reach.cost.tolist() == [0.0, np.inf] and reach.task_cost[:, 0].tolist() == [0.0, np.inf]
    earning = limits(compiled(GROWING + UNCERTAIN.replace("590", "-590")))
    assert earning.cost.tolist() == [-np.inf, np.inf]


def test_time_won_between_two_tasks_may_earn_more_than_they_cost():
    """Of 10 days of lag 9 are won at 1000 a day, in a month in which prices have risen."""
    wait = "[tasks.next]\nduration = 1\nafter = ['frame FS+10']\ncost = { fixed = 1, index = 'steel' }\n"
    won = "[risks.won]\nkind = 'opportunity'\nprobability = 1\n"
    impact = "[risks.won.impacts.'frame -> next']\ndelay = -9\nwaiting_rate = 1000\n"
    made = compiled(STEEL + FRAME.replace("59\n", "31\n") + wait + won + impact)
    sample = engine.simulate(made, Settings(256))
    assert sample.cost == pytest.approx(590 + (1 - 9000) * 1.1)
    assert (limits(made).cost[0], limits(made).task_cost[0, 1]) == (-np.inf, -np.inf)


def test_a_changed_scenario_is_what_compiling_it_gives():
    before = compiled(GROWING + UNCERTAIN)
    for text in (
        GROWING.replace("0.5", "0.7") + UNCERTAIN,
        GROWING + UNCERTAIN.replace("590", "600"),
        GROWING + UNCERTAIN.replace(', index = "steel"', ""),
        STEEL + UNCERTAIN,
    ):
        scenario = read_text(text, head=CLOCK)
        one, other = (deterministic(each).cost[0] for each in (changed(before, scenario), plan.compile(scenario)))
        assert one == other


def test_a_delay_of_what_follows_prices_may_change_cost_either_way():
    late = "[risks.late]\nprobability = 0.4\nimpacts.frame.delay = 40\n"
    text = GROWING + UNCERTAIN.replace(", rate = [1, 2, 4]", "") + late
    assert risk_changes(compiled(text)).cost[:, 0].tolist() == [-np.inf, np.inf]
    plain = compiled(text.replace(', index = "steel"', ""))
    assert risk_changes(plain).cost[:, 0].tolist() == [0, 0]


OTHERS = {
    "correlated": "[correlations.dear]\nbetween = ['cost:frame', 'cost:camp']\nrank = 0.7\n",
    "levelled": "levelling = true\n[resources.crane]\ncapacity = 1\nrate = 3\n"
    "[tasks.b]\nduration = [5, 9, 20]\nresources = { crane = 1 }\ncost = { rate = 7, index = 'steel' }\n"
    "[tasks.c]\nduration = [5, 9, 20]\nresources = { crane = 1 }\ncost = { rate = 7 }\n",
    "uncertain to exist": "[tasks.b]\nduration = [5, 9, 20]\nexists = 0.4\ncost = { fixed = 70, index = 'steel' }\n",
    "done again": "[rework.again]\ntasks = ['frame']\nprobability = 0.4\nfactor = 0.5\nmost = 2\n",
}


@pytest.mark.parametrize("others", OTHERS)
def test_an_index_that_stands_still_leaves_every_cost_as_it_is(others):
    still = "[indices.steel]\nrate = 0\n"
    text = UNCERTAIN + "[costs.camp]\nrate = [1, 2, 5]\nindex = 'steel'\n" + still + OTHERS[others]
    if "levelling" in text:
        text = "levelling = true\n" + text.replace("levelling = true\n", "")
    plain = text.replace(', index = "steel"', "").replace(", index = 'steel'", "").replace("index = 'steel'\n", "")
    one, other = sample_of(text), sample_of(plain)
    assert np.allclose(one.cost, other.cost, rtol=1e-12) and one.deterministic_cost == other.deterministic_cost
    dearer = sample_of(text.replace("rate = 0\n", "rate = 0.5\n"))
    assert (dearer.cost > other.cost).any()
