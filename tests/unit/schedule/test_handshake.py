"""The handshake: stored dates against computed ones, and why they differ."""

from datetime import datetime

import pytest

from riskengine.model import Constraint, ImportSource
from riskengine.schedule.handshake.compare import MEASURES, compare, has_stored_dates
from tests.support.schedules import chain, changed, day, days, made, scenario, stored

WEEK = (day(1), day(5, "17:00"))
NEXT = (day(8), day(12, "17:00"))
THIRD = (day(15), day(19, "17:00"))
THREE = {"t01": WEEK, "t02": NEXT, "t03": THIRD}


def shaken(plan, rows):
    """Compare dates given by task, of all tasks of a plan."""
    return compare(plan, tuple(rows), made(rows))


def reasons(hand):
    """Task, reason and whether it is a root, in the order of the list."""
    return [(difference.task, difference.reason, difference.is_root) for difference in hand.differences]


def test_the_same_dates_match_in_every_measure():
    rows = {name: (*pair, *pair) for name, pair in THREE.items()}
    hand = shaken(stored(chain(3), rows), rows)
    assert [(rate.measure, rate.compared, rate.matched) for rate in hand.rates] == [
        *((measure, 3, 3) for measure in MEASURES),
        ("overall", 12, 12),
    ]
    assert hand.differences == ()
    assert hand.is_kept(100)


def test_a_shift_end_and_the_next_shift_are_one_instant():
    rows = {"t01": (day(5, "17:00"), day(12, "17:00")), "t02": (day(15), day(22))}
    theirs = {"t01": (day(8), day(15)), "t02": (day(13, "09:30"), day(19, "17:00"))}
    assert shaken(stored(chain(2), theirs), rows).rate("overall").matched == 4


@pytest.mark.parametrize(("time", "matched"), [("08:00:59", 1), ("08:01", 0), ("12:30", 0)])
def test_a_minute_of_working_time_is_a_difference(time, matched):
    hand = shaken(stored(chain(1), {"t01": (day(2, time),)}), {"t01": (day(2),)})
    assert (hand.rate("early_start").compared, hand.rate("early_start").matched) == (1, matched)


def test_the_lunch_break_is_no_difference():
    assert shaken(stored(chain(1), {"t01": (day(2, "12:00"),)}), {"t01": (day(2, "13:00"),)}).differences == ()


def test_the_size_of_a_difference_is_in_the_calendar_of_the_task():
    hand = shaken(stored(chain(1), {"t01": (day(5, "16:00"),)}), {"t01": (day(9, "09:00"),)})
    (difference,) = hand.differences
    assert difference.hours == {"early_start": pytest.approx(10.0)}
    assert difference.days == pytest.approx(1.25)
    round_the_clock = scenario({"t01": {"duration": 5, "calendar": "24h"}})
    (difference,) = shaken(
        stored(round_the_clock, {"t01": (day(5, "16:00"),)}), {"t01": (day(9, "09:00"),)}
    ).differences
    assert difference.hours == {"early_start": pytest.approx(89.0)}
    assert difference.days == pytest.approx(89 / 24)


def test_elapsed_work_is_compared_on_the_clock():
    plan = scenario({"t01": {"duration": "5ed"}})
    (difference,) = shaken(stored(plan, {"t01": (day(6),)}), {"t01": (day(7),)}).differences
    assert difference.hours == {"early_start": pytest.approx(24.0)}


def test_the_rate_of_early_starts_decides_whether_the_handshake_is_kept():
    rows = {f"t{n:02}": (day(n),) for n in (1, 2, 3, 4)}
    hand = shaken(stored(chain(4), {**rows, "t04": (day(5),)}), rows)
    assert hand.rate("early_start").share == 0.75
    assert hand.is_kept(75) and not hand.is_kept(75.1)


def test_nothing_stored_is_nothing_compared_and_never_kept():
    hand = shaken(chain(2), {"t01": WEEK, "t02": NEXT})
    assert hand.rate("overall").share is None
    assert not hand.is_kept(0)
    assert hand.left_out == {"no stored dates": 2}
    assert not has_stored_dates(chain(2))


def test_spans_are_left_out_and_counted():
    plan = stored(chain(4), dict.fromkeys(("t02", "t03"), (day(20),)))
    plan = changed(plan, "t02", type="level of effort")
    plan = changed(plan, "t03", type="summary")
    assert has_stored_dates(plan)
    hand = shaken(plan, dict.fromkeys(("t01", "t02", "t03", "t04"), (day(1),)))
    assert hand.rate("overall").compared == 0
    assert hand.left_out == {"level of effort or summary": 2, "no stored dates": 2}


def test_finished_work_is_compared_where_its_dates_are_stored():
    plan = changed(chain(2), "t01", actual_start=datetime(2027, 2, 1), actual_finish=datetime(2027, 2, 2))
    hand = shaken(stored(plan, {"t01": (day(1),), "t02": (day(1),)}), {"t01": (day(1),), "t02": (day(1),)})
    assert (hand.rate("early_start").compared, hand.rate("early_start").matched) == (2, 2)
    hand = shaken(stored(plan, {"t01": (day(2),)}), {"t01": (day(1),), "t02": (day(1),)})
    assert [(d.task, d.is_root) for d in hand.differences] == [("t01", True)]


@pytest.mark.parametrize("tool", ["Microsoft Project", "Primavera P6"])
def test_late_dates_of_every_tool_are_compared(tool):
    rows = {"t01": (*WEEK, *NEXT)}
    hand = shaken(stored(chain(1), {"t01": (*WEEK, *THIRD)}, tool=tool), rows)
    assert [(rate.compared, rate.matched) for rate in hand.rates] == [(1, 1), (1, 1), (1, 0), (1, 0), (4, 2)]
    assert hand.left_out == {}


def test_an_actual_start_stored_as_the_early_start_is_a_fact():
    plan = changed(chain(1), "t01", actual_start=datetime(2027, 3, 1, 8), remaining=days(2))
    rows = {"t01": (day(10), day(11, "17:00"))}
    assert shaken(stored(plan, {"t01": (day(1), day(11, "17:00"))}), rows).differences == ()
    assert shaken(stored(plan, {"t01": rows["t01"]}), rows).differences == ()
    assert len(shaken(stored(plan, {"t01": (day(2), day(11, "17:00"))}), rows).differences) == 1


def test_what_follows_from_a_predecessor_is_inherited_and_stands_behind_its_root():
    theirs = {"t01": (day(2), day(8, "17:00")), "t02": (day(9), day(15, "17:00")), "t03": (day(16), day(22, "17:00"))}
    hand = shaken(stored(chain(3), theirs), THREE)
    assert [(name, root) for name, _, root in reasons(hand)] == [("t01", True), ("t02", False), ("t03", False)]
    assert hand.differences[1].words == "follows t01"
    assert hand.differences[0].hours == {"early_start": pytest.approx(-8.0), "early_finish": pytest.approx(-8.0)}


def test_a_stored_start_that_its_stored_predecessors_do_not_explain_is_a_root_of_its_own():
    theirs = {"t01": (day(2), day(8, "17:00")), "t02": (day(4), day(10, "17:00")), "t03": (day(11), day(17, "17:00"))}
    hand = shaken(stored(chain(3), theirs), THREE)
    assert {name: root for name, _, root in reasons(hand)} == {"t01": True, "t02": True, "t03": False}
    assert {name: reason for name, reason, _ in reasons(hand)}["t02"] == "edited after scheduling"


def test_a_stored_start_before_its_predecessors_ends_was_edited_after_scheduling():
    theirs = {**THREE, "t02": (day(3), day(9, "17:00"))}
    hand = shaken(stored(chain(3), theirs), THREE)
    assert reasons(hand) == [("t02", "edited after scheduling", True)]
    assert hand.differences[0].words == "the stored start is before t01 FS asks for"


@pytest.mark.parametrize(
    ("after", "start", "reason"),
    [
        ("t01 FS+2d", 10, "unknown"),
        ("t01 FS+2d", 9, "edited after scheduling"),
        ("t01 SS+2d", 3, "unknown"),
        ("t01 SS+2d", 2, "edited after scheduling"),
        ("t01 FF+1d", 2, "unknown"),
        ("t01 FF+1d", 1, "edited after scheduling"),
        ("t01 FS-1d", 5, "unknown"),
        ("t01 FS-1d", 4, "edited after scheduling"),
        ("t01 FS+2ed", 8, "unknown"),
    ],
)
def test_lags_and_types_count_when_stored_dates_are_replayed(after, start, reason):
    plan = scenario({"t01": {"duration": 5}, "t02": {"duration": 5, "after": [after]}})
    ends = {1: 5, 2: 8, 3: 9, 4: 10, 5: 11, 8: 12, 9: 15, 10: 16}
    hand = shaken(
        stored(plan, {"t01": WEEK, "t02": (day(start), day(ends[start], "17:00"))}), {"t01": WEEK, "t02": THIRD}
    )
    assert reasons(hand) == [("t02", reason, True)]


def test_later_than_logic_asks_with_resources_was_levelled():
    theirs = {**THREE, "t03": (day(22), day(26, "17:00"))}
    assert reasons(shaken(stored(chain(3), theirs), THREE)) == [("t03", "unknown", True)]
    plan = changed(stored(chain(3), theirs), "t03", resources={"welder": 1.0})
    assert reasons(shaken(plan, THREE)) == [("t03", "levelled", True)]


def test_a_note_of_an_external_link_explains_a_later_start():
    plan = stored(chain(3), {**THREE, "t03": (day(22), day(26, "17:00"))})
    source = ImportSource(tool="Primavera P6", notes=("t03: link to an external project left out",))
    plan = plan.model_copy(update={"imported": source})
    assert reasons(shaken(plan, THREE)) == [("t03", "external relationship", True)]


def test_a_date_on_a_constraint_is_explained_by_it():
    plan = stored(chain(3), {**THREE, "t03": (day(22), day(26, "17:00"))})
    plan = changed(plan, "t03", constraints=(Constraint(type="SNET", date=datetime(2027, 3, 20)),))
    assert reasons(shaken(plan, THREE)) == [("t03", "constraint", True)]


def test_a_stored_start_before_the_data_date_says_so():
    plan = stored(chain(1), {"t01": ("2027-02-22T08:00", "2027-02-26T17:00")}).model_copy(update={"is_data_date": True})
    (difference,) = shaken(plan, {"t01": WEEK}).differences
    assert (difference.reason, difference.words) == (
        "edited after scheduling",
        "the stored start is before the data date",
    )


def test_a_finish_that_differs_alone_is_a_matter_of_length():
    hand = shaken(stored(chain(1), {"t01": (day(1), day(4, "17:00"))}), {"t01": WEEK})
    assert reasons(hand) == [("t01", "duration or calendar", True)]
    assert hand.differences[0].measure == "early_finish"


def test_late_differences_are_inherited_from_successors():
    rows = {name: (*pair, *pair) for name, pair in THREE.items()}
    late = {"t01": (*WEEK, *NEXT), "t02": (*NEXT, *THIRD), "t03": (*THIRD, day(22), day(26, "17:00"))}
    hand = shaken(stored(chain(3), late), rows)
    assert reasons(hand) == [
        ("t03", "external relationship", True),
        ("t01", "inherited", False),
        ("t02", "inherited", False),
    ]
    assert hand.rate("early_start").share == 1.0
    assert hand.rate("late_finish").share == 0.0


def test_a_late_date_that_no_successor_explains_is_a_root():
    rows = {name: (*pair, *pair) for name, pair in THREE.items()}
    plan = stored(chain(3), {**rows, "t01": (*WEEK, *NEXT)})
    assert reasons(shaken(plan, rows)) == [("t01", "edited after scheduling", True)]
    plan = stored(chain(3), {**rows, "t01": (*WEEK, "2027-02-22T08:00", "2027-02-26T17:00")})
    assert reasons(shaken(plan, rows)) == [("t01", "unknown", True)]
    bound = changed(plan, "t01", deadline=datetime(2027, 3, 6))
    assert reasons(shaken(bound, rows)) == [("t01", "constraint", True)]


def test_an_actual_date_after_the_data_date_counts_as_the_data_date_in_the_replay():
    plan = scenario({"t01": {"duration": 5}, "t02": {"duration": 5, "after": ["t01"]}})
    plan = plan.model_copy(update={"is_data_date": True, "start": datetime(2027, 3, 8)})
    plan = changed(plan, "t01", actual_start=datetime(2027, 3, 1), actual_finish=datetime(2027, 3, 12, 17))
    hand = shaken(stored(plan, {"t02": NEXT}), {"t01": NEXT, "t02": THIRD})
    assert reasons(hand) == [("t02", "unknown", True)]
    assert hand.differences[0].words == "the stored dates agree with the stored logic, ours do not"
    late = shaken(stored(plan, {"t02": ("2027-03-05T08:00", "2027-03-11T17:00")}), {"t01": NEXT, "t02": THIRD})
    assert reasons(late) == [("t02", "edited after scheduling", True)]


LATER = {**THREE, "t03": (day(22), day(26, "17:00"))}


def marked(plan, name, **fields):
    """The scenario with more in what was imported of one task."""
    return changed(plan, name, imported=plan.tasks[name].imported.model_copy(update=fields))


def test_a_relationship_with_another_project_is_named_before_its_constraint():
    plan = marked(stored(chain(3), LATER), "t03", external="FS from X100 of OTHER")
    plan = changed(plan, "t03", constraints=(Constraint(type="SNET", date=datetime(2027, 3, 22)),))
    (difference,) = shaken(plan, THREE).differences
    assert difference.reason == "external relationship"
    assert difference.words == "a relationship with another project binds it: FS from X100 of OTHER"


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("t03: link to an external project left out", "external relationship"),
        ("an external start became a constraint (t03)", "external relationship"),
        ("an external start became a constraint (t031)", "unknown"),
        ("an external start became a constraint (left03)", "unknown"),
        ("an external start became a constraint (t03-1)", "unknown"),
        ("an external start became a constraint (t03.1)", "unknown"),
        ("an external start, of t03.", "external relationship"),
    ],
)
def test_ids_in_notes_are_whole_words(note, reason):
    source = ImportSource(tool="Primavera P6", notes=(note,))
    plan = stored(chain(3), LATER).model_copy(update={"imported": source})
    assert reasons(shaken(plan, THREE)) == [("t03", reason, True)]


def test_dates_that_contradict_each_other_tell_of_an_edit():
    plan = marked(stored(chain(3), LATER), "t03", edited=True)
    assert reasons(shaken(plan, THREE)) == [("t03", "edited after scheduling", True)]


@pytest.mark.parametrize(
    ("after", "late", "reason"),
    [
        ("t01", NEXT, "edited after scheduling"),
        ("t01 FS+2d", (day(2), day(8, "17:00")), "edited after scheduling"),
        ("t01 SS", THIRD, "edited after scheduling"),
        ("t01", ("2027-02-22T08:00", "2027-02-26T17:00"), "unknown"),
    ],
)
def test_late_dates_are_replayed_from_the_stored_ones_of_successors(after, late, reason):
    plan = scenario({"t01": {"duration": 5}, "t02": {"duration": 5, "after": [after]}})
    plan = stored(plan, {"t01": (*WEEK, *late), "t02": (*NEXT, *NEXT)})
    hand = shaken(plan, {"t01": (*WEEK, *WEEK), "t02": (*NEXT, *NEXT)})
    assert reasons(hand) == [("t01", reason, True)]
    if reason != "unknown":
        assert hand.differences[0].words == "the stored late finish is after what t02 leaves room for"
