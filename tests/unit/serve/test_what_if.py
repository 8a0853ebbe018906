"""What the page answers is what two files and ``riskengine compare`` say, and what it saves reads as what it showed."""

from datetime import date

import pytest

import riskengine
from riskengine.api.absence import Absence
from riskengine.serve.controls import movables_of
from riskengine.serve.form import people_of
from riskengine.serve.moving import is_plain
from riskengine.serve.overlay import overlay, overlay_name
from riskengine.serve.what_if import MOVING_ITERATIONS, FaultyWishError, WhatIf
from riskengine.serve.wish import Wish
from tests.unit.serve.plans import BUDGET, CHANCE, DESIGN, ITERATIONS, LATE, SPARE


def wish(changes=(), absences=(), **others) -> Wish:
    """What a page asks for."""
    return Wish("session1", 1, dict(changes), tuple(absences), **others)


AWAY = Absence("ana", date(2027, 3, 15), date(2027, 4, 2))
RANGE = {"shape": "triangular", "low": 25.0, "most_likely": 26.0, "high": 41.5}
CHANGES = {
    "risk off": wish({LATE: False}),
    "probability": wish({CHANCE: 0.71}),
    "action": wish({SPARE: True}),
    "range": wish({DESIGN: RANGE}),
    "gate": wish({BUDGET: 99000}),
    "absence": wish(absences=[AWAY]),
    "all": wish(
        {CHANCE: 0.123456789, SPARE: True, DESIGN: RANGE, BUDGET: 99000, "plan-0-start": date(2027, 3, 8)}, [AWAY]
    ),
}


@pytest.mark.parametrize("asked_for", CHANGES.values(), ids=CHANGES)
def test_what_is_saved_reads_as_what_was_shown(asked, plan_file, asked_for):
    answer = asked.answer(asked_for)
    saved = plan_file.with_name(overlay_name(plan_file))
    saved.write_text(overlay(asked.changes_of(asked_for), plan_file), encoding="utf-8")
    again = riskengine.read(saved)
    saved.unlink()
    assert again == answer.scenario
    run = riskengine.simulate(again, iterations=ITERATIONS, threads=1, contributions=False)
    rows = run.tables["iterations"]
    assert rows["cost"].to_pylist() == answer.after.cost.tolist()
    assert rows["finish_days"].to_pylist() == answer.after.finish_days[0].tolist()


def test_differences_are_those_of_compare(asked):
    changed = asked.base.changed({"risks.late.probability": 0.71})
    compared = riskengine.compare(asked.base, changed, iterations=ITERATIONS, threads=1)
    movement = asked.answer(CHANGES["probability"]).result.measures[0].of("p80")
    assert movement.difference > 0
    expected = compared.finish("p80")
    assert (movement.difference, movement.ci_low, movement.ci_high) == (
        *(expected["difference"], expected["ci_low"], expected["ci_high"]),
    )


def test_an_answer_forgets_what_was_asked_before(asked):
    first = asked.answer(wish()).after.cost.tolist()
    asked.answer(CHANGES["all"])
    assert asked.answer(wish()).after.cost.tolist() == first
    assert asked.answer(wish()).result.is_alike


def test_fewer_iterations_while_a_control_is_moved_where_all_take_long(asked):
    larger = WhatIf(asked.base, riskengine_options(2 * MOVING_ITERATIONS))
    larger._last_s = 0.0
    assert larger.answer(wish({LATE: False}, is_moving=True)).after.iterations == 2 * MOVING_ITERATIONS
    larger._last_s = 9.0
    moving = larger.answer(wish({LATE: False}, is_moving=True))
    assert moving.after.iterations == moving.before.iterations == MOVING_ITERATIONS
    assert larger.answer(wish({LATE: False})).after.iterations == 2 * MOVING_ITERATIONS


def riskengine_options(iterations):
    """How the engine is run."""
    from riskengine.api.simulating import SimulationOptions

    return SimulationOptions(iterations=iterations, threads=1)


@pytest.mark.parametrize(
    "changes", [{CHANCE: 0.71}, {CHANCE: 1}, {LATE: False, CHANCE: 0.2, DESIGN: RANGE, SPARE: True}]
)
def test_a_slider_that_moves_has_the_plan_that_the_reader_makes(asked, changes):
    moving = wish(changes, is_moving=True)
    assert asked.moved(moving) == asked.varied(moving)
    assert asked.answer(moving).after.cost.tolist() == asked.answer(wish(changes)).after.cost.tolist()


def test_what_the_reader_holds_against_others_is_read(asked):
    control = asked.controls[CHANCE]
    assert is_plain(asked.base, control, 0.4) and is_plain(asked.base, asked.controls[LATE], False)
    assert not is_plain(asked.base, control, 1.2) and not is_plain(asked.base, asked.controls[SPARE], True)
    haste = {"cost": 1, "effects": {"late": {"probability_factor": 2}}}
    dearer = asked.base.changed({"actions.haste": haste})
    exclusive = asked.base.changed({"risks.other": {"probability": 0.2}, "exclusive.one": {"risks": ["late", "other"]}})
    correlated = asked.base.changed({"correlations.pace": {"between": ["design", "build"], "rank": 0.5}})
    assert not any(is_plain(each, control, 0.4) for each in (dearer, exclusive, correlated))
    with pytest.raises(FaultyWishError):
        asked.answer(wish({CHANCE: 1.2}, is_moving=True))


def test_drivers_are_those_of_the_table(asked):
    changed = asked.base.changed({"risks.late.probability": 0.71})
    run = riskengine.simulate(changed, iterations=ITERATIONS, threads=1, contributions=False)
    rows = riskengine.drivers(run).table("drivers").rows()
    names = ("finish_low", "finish_high", "finish_swing")
    expected = [(row["input"], *(row[name] for name in names)) for row in rows if row["finish_swing"]]
    swings = asked.drivers(CHANGES["probability"])
    assert [(each.about.id, each.low[0], each.high[0], each.swing[0]) for each in swings] == expected
    ends = [(row["finish_swing_ci_low"], row["finish_swing_ci_high"]) for row in rows if row["finish_swing"]]
    assert [each.swing[1:] for each in swings] == ends


FAULTS = {
    "probability": (wish({CHANCE: 1.5}), CHANCE, "RE301 risks.late.probability: ", "got 1.5"),
    "range": (wish({DESIGN: {**RANGE, "low": 50.0}}), DESIGN, "RE202 tasks.design.duration", "got"),
    "nobody": (wish(absences=[Absence("bo", AWAY.first, AWAY.last)]), "absence-0", "RE655 'bo' has no unfinished", ""),
    "days": (wish(absences=[AWAY, AWAY._replace(last=AWAY.first.replace(day=1))]), "absence-1", "RE683 ", "2027-03-01"),
}


@pytest.mark.parametrize(("asked_for", "control", "begin", "end"), FAULTS.values(), ids=FAULTS)
def test_a_fault_stands_beside_its_control_in_the_words_of_the_command_line(asked, asked_for, control, begin, end):
    with pytest.raises(FaultyWishError) as error:
        asked.answer(asked_for)
    (fault,) = error.value.faults
    assert fault.control == control
    assert fault.text.startswith(begin) and end in fault.text


def test_all_faults_are_told_at_once(asked):
    with pytest.raises(FaultyWishError) as error:
        asked.answer(wish({CHANCE: -1, DESIGN: {**RANGE, "low": 50.0}}))
    assert sorted(fault.control for fault in error.value.faults) == [CHANCE, DESIGN]


def test_what_can_be_moved_is_open_and_in_three_points(asked):
    there = {(each.section, each.id): sorted(each.controls) for each in movables_of(asked.base)}
    assert there == {
        ("plan", "start"): ["start"],
        ("risks", "late"): ["active", "probability"],
        ("actions", "spare"): ["active"],
        ("gates", "budget"): ["confidence", "cost"],
        ("gates", "delivery"): ["confidence", "finish"],
        ("tasks", "build"): ["duration"],
        ("tasks", "design"): ["duration"],
    }
    assert asked.controls[BUDGET].place == ("gates", "budget", "cost")
    assert asked.controls["gates-1-finish"].value == "2027-06-14"


def test_names_that_differ_by_capitals_stand_in_one_order(asked):
    names = ["ANA", "ANa", "AnA", "Ana", "aNA", "aNa", "anA", "ana"]
    people = people_of(asked.base.changed({f"tasks.of-{name}": {"duration": 1, "owner": name} for name in names}))
    assert [name for name in people if name != "site"] == names
