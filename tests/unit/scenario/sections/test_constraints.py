"""Constraints, deadlines, spans and the dates of other tools."""

from datetime import datetime

import pytest

from riskengine.errors import ScenarioError
from riskengine.model import Constraint
from tests.support.scenario_text import TASK, faults, only, read_text

TYPES = ["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "SO", "FO"]


def bound(kind, date="2027-05-03"):
    """Return the date that a constraint of a task binds."""
    (constraint,) = read_text(TASK + f"constraints = ['{kind} {date}']\n").tasks["a"].constraints
    assert constraint.type == kind
    return constraint.date


@pytest.mark.parametrize("kind", TYPES)
def test_a_date_is_the_beginning_of_the_day_for_starts_and_its_end_for_finishes(kind):
    day = 4 if kind[0] == "F" or kind == "MFO" else 3
    assert bound(kind) == datetime(2027, 5, day)
    assert bound(kind, "2027-05-03T12:30:00") == datetime(2027, 5, 3, 12, 30)


def test_text_and_table_say_the_same():
    text = read_text(TASK + "constraints = ['ALAP', 'FNLT 2027-05-03']\n")
    table = read_text(TASK + "constraints = [{type = 'FNLT', date = 2027-05-03}, {type = 'ALAP'}]\n")
    assert text == table


@pytest.mark.parametrize("first", TYPES)
@pytest.mark.parametrize("second", TYPES)
def test_two_constraints_contradict_when_they_set_the_same_date(first, second):
    sets = {"SNET": "s", "SNLT": "S", "FNET": "f", "FNLT": "F", "SO": "sS", "FO": "fF", "MSO": "sSm", "MFO": "fFm"}
    found = faults(TASK + f"constraints = ['{first} 2027-05-03', '{second} 2027-05-10']\n")
    expected = [("RE252", "tasks.a.constraints[1]")] if set(sets[first]) & set(sets[second]) else []
    assert found == expected


def test_what_contradicts_is_named():
    issue = only(TASK + "constraints = ['SO 2027-05-03', 'SNLT 2027-05-10']\n")
    assert issue.rule == "SO and SNLT must not both set the latest start"


def test_a_misspelt_type_is_shown_with_the_one_that_is_close():
    assert only(TASK + "constraints = ['FNTL 2027-05-03']\n").cure == 'did you mean "FNLT"?'


def test_a_date_in_another_form_is_shown_in_the_one_that_is_taken():
    issue = only(TASK + "constraints = ['SNET 3.5.2027']\n")
    assert (issue.code, issue.cure) == ("RE120", "write it as 2027-05-03")


def test_a_constraint_made_by_hand_has_a_date_unless_it_is_as_late_as_possible():
    for values in ({"type": "SNET"}, {"type": "ALAP", "date": datetime(2027, 5, 3)}, {"type": "XX"}):
        with pytest.raises(ScenarioError):
            Constraint(**values)
    assert Constraint(type="FO", date=datetime(2027, 5, 3)).is_hard
    assert not Constraint(type="ALAP").is_hard


def test_the_dates_of_another_tool_may_be_any_of_four():
    imported = read_text(TASK + "imported = {early_finish = 2027-03-05, late_start = 2027-03-08}\n").tasks["a"].imported
    assert (imported.early_finish, imported.late_start) == (datetime(2027, 3, 6), datetime(2027, 3, 8))
    assert imported.early_start is None
    assert read_text(TASK + "imported = {}\n").tasks["a"].imported is None


LOE = "[tasks.loe]\ntype = 'level of effort'\nafter = ['a SS']\n"


def test_nobody_waits_for_a_span_so_it_closes_no_circle():
    loe = LOE.replace("a SS", "b SS")
    text = TASK + "after = ['loe']\n[tasks.b]\nduration = 5\nafter = ['a']\n" + loe
    assert not faults(text)
    assert [code for code, _ in faults(text.replace("'level of effort'", "'task'\nduration = 5"))] == ["RE222"]


def test_a_level_of_effort_that_others_name_is_not_on_its_own():
    alone = "[tasks.loe]\ntype = 'level of effort'\n"
    assert faults(TASK + alone) == [("RE247", "tasks.loe")]
    assert not faults(TASK + "after = ['loe FF']\n" + alone)


@pytest.mark.parametrize(("code", "is_spanned"), [("1", True), ("1.2", True), ("1.2.3", True), ("10", False)])
def test_a_summary_spans_what_lies_at_or_below_its_code(code, is_spanned):
    found = faults(TASK + f"wbs = '{code}'\n[tasks.phase]\ntype = 'summary'\nwbs = '1'\n")
    assert found == ([] if is_spanned else [("RE248", "tasks.phase.wbs")])


def test_a_summary_does_not_span_another_summary():
    text = TASK + "[tasks.p]\ntype = 'summary'\nwbs = '1'\n[tasks.q]\ntype = 'summary'\nwbs = '1.1'\n"
    assert faults(text) == [("RE248", "tasks.p.wbs"), ("RE248", "tasks.q.wbs")]


def test_a_misspelt_type_is_told_once():
    issue = only("[tasks.a]\ntype = 'sumary'\nwbs = '1'\n")
    assert (issue.code, issue.cure) == ("RE123", 'did you mean "summary"?')


def test_a_span_has_no_duration_and_is_no_milestone():
    task = read_text(TASK + LOE).tasks["loe"]
    assert task.is_span and not task.is_milestone
    assert task.duration.value == 0


def test_a_damaged_table_of_tasks_is_not_blamed_on_spans():
    text = "tasks_file = 't.csv'\n[tasks.phase]\ntype = 'summary'\nwbs = '1'\n[tasks.loe]\ntype = 'level of effort'\n"
    assert [code for code, _ in faults(text, t_csv="name,duration\nx,5\n")] == ["RE503"]
