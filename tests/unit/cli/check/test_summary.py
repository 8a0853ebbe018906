"""What ``check`` understood of a scenario that is under way, imported or levelled."""

import pytest

from riskengine.cli.check.summary import describe, hints
from tests.support.scenario_text import TASK, read_text

UNDER_WAY = """
levelling = { rule = "priority" }
imported = { tool = "Primavera P6", file = "plan.xer", notes = ["expenses were left out"] }
[resources.crane]
capacity = 1
[tasks.done]
actual_start = 2027-02-01
actual_finish = 2027-02-05
[tasks.going]
actual_start = 2027-02-08
remaining = [3, 4, 9]
constraints = ["FNLT 2027-05-03"]
deadline = 2027-06-01
after = ["done"]
[tasks.phase]
type = "summary"
wbs = "1"
after = ["done"]
deadline = 2027-06-01
[tasks.a]
duration = 5
wbs = "1.1"
after = ["going"]
[gates.g]
finish = 2027-12-31
confidence = 0.8
"""


def test_progress_constraints_levelling_and_source_are_counted_and_named():
    described = describe(read_text(UNDER_WAY))
    shown = {key: described[key] for key in ("finished", "in_progress", "constraints", "levelling", "imported_from")}
    expected = {"finished": 1, "in_progress": 1, "constraints": 3, "levelling": "priority"}
    assert shown == {**expected, "imported_from": "Primavera P6 plan.xer"}
    assert described["notes"] == ["expenses were left out"]


def test_nothing_is_said_of_them_where_there_are_none():
    assert not {"finished", "in_progress", "constraints", "levelling", "imported_from", "notes"} & set(
        describe(read_text(TASK))
    )


def test_what_binds_no_span_is_hinted_at():
    assert [hint for hint in hints(read_text(UNDER_WAY)) if "phase" in hint] == [
        "constraints bind neither levels of effort nor summaries: phase",
        "relationships of summaries bind nothing: phase",
    ]


def test_a_gate_on_a_task_is_warned_of_delays_of_the_whole_project():
    risk = "[risks.R-06]\nprobability = 0.4\nimpacts.project.delay = 9\n"
    gate = "[gates.opening]\nfinish = 2027-12-31\nconfidence = 0.8\n"

    def about(text):
        return [hint for hint in hints(read_text(TASK + text)) if "whole project" in hint]

    assert about(risk + gate + 'target = "a"\n') == [
        "gate opening asks for the finish of a, which the delays of R-06 on the whole project do not reach; "
        "a gate without a target would count them"
    ]
    assert not about(risk + gate)
    assert not about(risk.replace("project.delay", "a.delay") + gate + 'target = "a"\n')
    assert not about(risk + "active = false\n" + gate + 'target = "a"\n')


def test_only_what_remains_is_judged_by_its_width():
    wide = "[tasks.a]\nduration = [1, 2, 90]\nactual_start = 2027-02-01\nremaining = [4, 5, 9]\n"
    assert not [hint for hint in hints(read_text(wide)) if "times low" in hint]
    assert [hint for hint in hints(read_text(wide.replace("[4, 5, 9]", "[1, 5, 90]"))) if "times low" in hint]


SAME = "no duration is uncertain and there are no risks: every future has the same finish"


@pytest.mark.parametrize(
    "what_varies",
    [
        "[calendars.site]\nextends = 'standard'\nlost.mar = 0.4\n",
        "[tasks.b]\nduration = 1\nafter = [{ task = 'a', lag = ['1d', '2d', '4d'] }]\n",
        "[tasks.b]\nduration = 1\nexists = 0.3\n",
    ],
)
def test_futures_are_said_to_be_the_same_only_where_nothing_else_varies(what_varies):
    known = TASK + "[tasks.c]\nduration = 1\n"
    assert SAME in hints(read_text(known))
    assert SAME not in hints(read_text(known + what_varies))
