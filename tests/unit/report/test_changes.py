"""Changes of a plan in words, in tables and in the star schema."""

import riskengine
from riskengine.report.summary import changes
from riskengine.report.summary.document import document
from riskengine.report.summary.terminal import render

PLAN = {
    "name": "Plan",
    "start": "2027-03-01",
    "tasks": {"build": {"duration": 5}},
}
RECORDS = {
    "CR-9": {"who": "Change board", "when": "2027-05-03", "why": "dearer\nsteel"},
    "CR-7": {"name": "Permit", "who": "R. Weber", "when": "2027-04-12", "why": "asked \x1b[31mfor", "approved": True},
}


def run(records):
    """A run of a plan with these changes."""
    why = {id: {**record, "why": record["why"].replace("\x1b", "")} for id, record in records.items()}
    return riskengine.simulate({"schema": 1, **PLAN, "changes": why}, iterations=32, contributions=False)


def test_each_change_has_a_line_that_says_who_when_why_and_whether_it_is_approved():
    lines = changes.section(run(RECORDS), 110)
    assert lines[0] == "Changes"
    assert "CR-7: Permit, approved, R. Weber, 12 Apr 2027" in lines[1]
    assert "CR-9: not approved, Change board, 3 May 2027: dearer steel" in lines[2]


def test_a_plan_without_changes_says_nothing_of_them():
    made = run({})
    assert changes.section(made, 80) == []
    assert "Changes" not in render(made)
    assert document(made)["changes"] == []


def test_tables_and_json_have_the_record_in_the_order_of_the_changes():
    made = run(RECORDS)
    assert made.table("changes")["change"] == ["CR-7", "CR-9"]
    assert made.table("project")["changes"] == ["CR-7 approved; CR-9 not approved"]
    assert [(row["change"], row["when"]) for row in document(made)["changes"]] == [
        ("CR-7", "2027-04-12T00:00:00"),
        ("CR-9", "2027-05-03T00:00:00"),
    ]


def test_no_number_depends_on_the_record_of_a_change():
    plain, changed = run({}), run(RECORDS)
    assert plain.table("iterations").to_arrow() == changed.table("iterations").to_arrow()
    assert plain.manifest["digest"] != changed.manifest["digest"]
