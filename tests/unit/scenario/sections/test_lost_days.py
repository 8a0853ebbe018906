"""Lost days as they are read: what is taken over, and what is said of them."""

import tomllib

import pytest

from riskengine.errors import ScenarioError
from riskengine.scenario import parse

HEAD = """
schema = 1
name = "x"
start = 2027-03-01
[tasks.a]
duration = 5
[calendars.site]
week = "mon-fri 08:00-16:00"
lost = { jan = 0.4, spell = 3 }
"""


def calendars(text):
    return parse(tomllib.loads(HEAD + text), "x.toml").calendars


def test_a_calendar_that_extends_another_shares_its_lost_days():
    late = calendars("[calendars.late]\nextends = 'site'\n[calendars.later]\nextends = 'late'\n")
    assert late["late"].lost.shared_with == late["later"].lost.shared_with == "site"
    assert late["later"].lost.chances == late["site"].lost.chances
    assert late["later"].weather == late["site"].weather == "site"


def test_a_calendar_that_extends_one_with_the_chances_of_a_third_has_them_too():
    """It lost no day at all, in silence: it was read before the one it extends had its chances."""
    text = "[calendars.roof]\nextends = 'crane'\n[calendars.tiles]\nextends = 'roof'\n"
    text += "[calendars.crane]\nweek = 'mon-sat 08:00-16:00'\nlost = { shared_with = 'site' }\n"
    found = calendars(text)
    for name in ("crane", "roof", "tiles"):
        assert found[name].lost.jan == 0.4
        assert found[name].lost.spell == 3
        assert found[name].weather == "site"


def test_an_empty_table_loses_no_days():
    dry = calendars("[calendars.dry]\nextends = 'site'\nlost = {}\n")["dry"]
    assert not dry.loses_days


def test_chances_and_spells_come_along_unless_a_calendar_has_its_own():
    crane = "[calendars.crane]\nweek = 'mon-sat 08:00-16:00'\nlost = { shared_with = 'site'%s }\n"
    assert calendars(crane % "")["crane"].lost.jan == 0.4
    assert calendars(crane % "")["crane"].lost.spell == 3
    assert calendars(crane % ", spell = 5")["crane"].lost.spell == 5
    assert calendars(crane % ", feb = 0.1")["crane"].lost.chances[:2] == (0.0, 0.1)
    with pytest.raises(ScenarioError, match="RE275"):
        calendars((crane % "").replace("'site'", "'site', spell = 0.5"))


def test_it_is_said_that_the_plan_loses_no_day():
    hints = []
    parse(tomllib.loads(HEAD), "x.toml", hints=hints)
    assert hints == ["days are lost by chance, though none in the deterministic plan: site"]
