"""For how long days are drawn that may be lost."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.plan.time.calendar import CalendarTable
from riskengine.plan.time.lost_days import pessimistic
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\ncalendar = "site"\n[calendars.site]\n'
CHAIN = "[tasks.a]\nduration = [10, 20, 60]\n[tasks.b]\nduration = [10, 20, 60]\nafter = ['a']\n"


def compiled(week, lost, tasks=CHAIN):
    text = f"{HEAD}week = '{week}'\n[calendars.site.lost]\n{lost}\n{tasks}"
    return plan.compile(parse(tomllib.loads(text), "x.toml"))


WEEKS = ("mon-fri 08:00-16:00", "wed 08:00-16:00", "mon-sun 00:00-24:00", "mon-fri 22:00-06:00")


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("lost", ["mar = 0.1", "mar = 0.9\napr = 0.9\nmay = 1\njun = 0.5"])
def test_days_are_drawn_for_longer_than_any_iteration_takes(week, lost):
    made = compiled(week, lost)
    sample = engine.simulate(made, engine.Settings(1000, seed=2))
    last = np.datetime64("2027-03-01") + np.timedelta64(int(made.lost.days[0]), "D")
    assert sample.finish[0].max() < last
    assert made.lost.days[0] < 8000


def test_a_pessimist_loses_more_than_the_chance_says():
    made = compiled("mon-sun 00:00-24:00", "mar = 0.5")
    table, calendar = made.time.calendars[0], made.stages.structure.calendars.calendars[0]
    slow = pessimistic(table, calendar, 0, 200.0)
    assert isinstance(slow, CalendarTable)
    day = 86_400 // table.tick
    march = int(slow.working(31 * day))
    assert 5 * day <= march <= 0.5 * 31 * day
    assert int(slow.working(61 * day)) - march == 30 * day


def test_a_short_plan_whose_days_are_mostly_lost_has_days_to_spare():
    lost = "\n".join(f"{month} = 0.95" for month in ("mar", "apr", "may", "jun"))
    made = compiled("mon-fri 08:00-16:00", lost, "[tasks.a]\nduration = 2\n")
    assert made.lost.days[0] > 900
