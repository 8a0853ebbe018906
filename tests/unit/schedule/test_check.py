"""The whole check of a schedule, through the compiled core."""

from datetime import datetime

import pytest

from riskengine.model import Constraint, ImportSource
from riskengine.schedule.check import check
from tests.support.scenario_text import read_text
from tests.support.schedules import chain, changed, day, found, numbered, scenario, stored


def test_the_core_agrees_with_dates_that_are_right():
    plan = stored(chain(3), {"t01": (day(1), day(5, "17:00")), "t03": (day(15), day(19, "17:00"))})
    checked = check(plan)
    assert checked.handshake is not None
    assert (checked.handshake.rate("overall").compared, checked.handshake.rate("overall").matched) == (4, 4)
    assert checked.findings == ()


def test_dates_that_differ_are_a_finding_with_their_roots():
    plan = stored(chain(3), {"t01": (day(2), day(8, "17:00")), "t02": (day(9), day(15, "17:00"))})
    checked = check(plan)
    assert [(finding.code, finding.words, finding.behind) for finding in checked.findings] == [
        ("RE550", "4 of 4 stored dates are not ours", ("t01",))
    ]
    assert checked.health.findings == ()


def test_health_can_be_left_out_and_what_needs_no_dates_stays():
    plan = stored(scenario({"a": {"duration": 5}, "b": {"duration": 5}}), {"a": (day(1),)})
    checked = check(plan, needs_health=False)
    assert checked.health is None
    assert checked.handshake.is_kept(100)
    assert found(checked.findings) == {"RE551": ("a", "b")}


def test_without_stored_dates_there_is_no_handshake():
    assert check(chain(2)).handshake is None


@pytest.mark.parametrize("calendar", ["standard", "24h"])
def test_every_task_of_a_chain_moves_the_finish_by_what_it_grows(calendar):
    tasks = {"a": {"duration": 5}, "b": {"duration": 3, "after": ["a"], "calendar": calendar}}
    tasks["c"] = {"duration": 4, "after": ["b"]}
    checked = check(scenario(tasks))
    point = numbered(checked.health.measures)[12]
    assert (point.numerator, point.denominator, point.result) == (3, 3, "pass")
    assert (checked.health.shock.cut_off, checked.health.shock.without_effect) == ((), ())


def test_a_task_without_way_to_the_finish_does_not_move_it():
    tasks = {"a": {"duration": 5}, "b": {"duration": 50, "after": ["a SS"]}, "c": {"duration": 1, "after": ["b"]}}
    checked = check(scenario(tasks))
    assert checked.health.shock.cut_off == ("a",)
    assert found(checked.health.findings)["RE576"] == ("a",)


def test_a_mandatory_finish_holds_the_end_in_the_core_too():
    tasks = {"a": {"duration": 5}, "b": {"duration": 3, "after": ["a"]}, "end": {"milestone": True, "after": ["b"]}}
    held = changed(scenario(tasks), "end", constraints=(Constraint(type="MFO", date=datetime(2027, 3, 31, 17)),))
    health = check(held).health
    assert health.shock.ends == ("end",)
    assert health.shock.without_effect == ("a", "b")
    assert found(health.findings)["RE576"] == ("a", "b")


def test_named_targets_are_watched_beside_the_last_task():
    tasks = {"a": {"duration": 5}, "b": {"duration": 50}, "c": {"milestone": True, "after": ["a"]}}
    shock = check(scenario(tasks, targets=["c"])).health.shock
    assert (shock.ends, shock.cut_off) == (("b", "c"), ())


def test_negative_float_of_a_late_constraint_is_found():
    plan = changed(chain(3), "t03", constraints=(Constraint(type="FNLT", date=datetime(2027, 3, 12, 17)),))
    health = check(plan).health
    assert found(health.findings) == {
        "RE555": ("t03",),
        "RE557": ("t01", "t02", "t03"),
        "RE563": ("t03",),
    }
    assert numbered(health.measures)[13].value == pytest.approx(10 / 15)


def test_a_long_shock_is_seen_to_its_end_on_a_calendar_of_one_day_a_week():
    calendars = {"site": {"week": "sat 08:00-16:00"}}
    tasks = {"a": {"duration": 5, "calendar": "site"}, "b": {"duration": 3, "after": ["a"]}}
    point = numbered(check(scenario(tasks, calendars=calendars)).health.measures)[12]
    assert (point.numerator, point.denominator) == (2, 2)


def test_an_import_without_stored_dates_says_that_it_is_not_compared():
    plan = chain(2).model_copy(update={"imported": ImportSource(tool="Primavera P6")})
    assert check(plan, needs_health=False).not_compared == "the source stored no early or late dates"
    assert check(chain(2), needs_health=False).not_compared is None


REPEATED = """
    [tasks.a]
    duration = 5
    imported.early_start = 2027-03-01
    [tasks.b]
    duration = [4, 5, 9]
    after = ["a"]
    [tasks.c]
    duration = 5
    after = ["b"]
    imported.early_start = 2027-03-16
    [rework.again]
    tasks = ["b"]
    probability = 0.3
    """


def test_what_may_be_done_again_is_compared_and_examined_as_it_is_planned():
    checked = check(read_text(REPEATED))
    assert (checked.handshake.rate("early_start").compared, checked.handshake.left_out) == (2, {"no stored dates": 1})
    assert [(each.task, each.days) for each in checked.handshake.differences] == [("c", -1.0)]
    shock = checked.health.shock
    assert (shock.tested, shock.cut_off, shock.without_effect, shock.broken) == (3, (), (), ())
