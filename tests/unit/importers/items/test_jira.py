"""Exports of Jira: columns that repeat, seconds, parents by id, both ends of relationships, what is done or dropped."""

from riskengine.importers.items.item_map import map_text
from tests.unit.importers.items.exports import JIRA, items_document, items_faults, jira_row, one_note

BLOCKS = "Outward issue link (Blocks),Outward issue link (Blocks),Inward issue link (Blocks)"


def blocking(*rows: str) -> str:
    """Return an export with two columns of what an item blocks, and one of what blocks it."""
    return "\n".join([f"{JIRA},{BLOCKS}", *rows, ""])


def test_seconds_become_hours_and_keys_become_ids(tmp_path):
    content = items_document(tmp_path, f"{JIRA}\n{jira_row('PAY-1', hours=24)}\n", map="jira")
    assert content["name"] == "PAY"
    assert content["tasks"]["PAY-1"]["duration"] == "24h"
    assert content["tasks"]["PAY-1"]["owner"] == "Ann"


def test_columns_of_one_heading_are_a_list_and_both_ends_tell_one_relationship(tmp_path):
    text = blocking(
        jira_row("PAY-1", more="PAY-2,PAY-3,"), jira_row("PAY-2", more=",,PAY-1"), jira_row("PAY-3", more=",,")
    )
    tasks = items_document(tmp_path, text, map="jira")["tasks"]
    assert (tasks["PAY-2"]["after"], tasks["PAY-3"]["after"]) == (["PAY-1"], ["PAY-1"])


def test_an_end_outside_the_file_is_left_out_with_both_ids(tmp_path):
    text = blocking(jira_row("PAY-1", more="OPS-1,,OPS-7"), jira_row("PAY-2", more=",,PAY-1"))
    content = items_document(tmp_path, text, map="jira")
    assert "after" not in content["tasks"]["PAY-1"]
    assert one_note(content, "hold items back").endswith("OPS-7 -> PAY-1")
    assert one_note(content, "to what is not in the file").endswith("PAY-1 -> OPS-1")


def test_a_relationship_of_a_type_that_is_no_logic_is_counted(tmp_path):
    text = f"{JIRA},Outward issue link (Relates)\n{jira_row('A-1', more='A-2')}\n{jira_row('A-2', more='')},\n"
    content = items_document(tmp_path, text, map="jira")
    assert one_note(content, "no logic by the map").endswith("Relates 1")
    assert one_note(content, "no relationships")


def test_a_parent_is_a_summary_and_its_own_estimate_is_left_out(tmp_path):
    rows = [jira_row("A-1", hours=32, more=","), jira_row("A-2", hours=16, more="1,"), jira_row("A-3", more="1,A-1")]
    content = items_document(tmp_path, f"{JIRA},Parent,Parent key\n" + "\n".join(rows) + "\n", map="jira")
    tasks = content["tasks"]
    assert tasks["A-1"] == {"name": "A-1", "type": "summary", "wbs": "A-1"}
    assert [tasks[id]["wbs"] for id in ("A-2", "A-3")] == ["A-1.A-2", "A-1.A-3"]
    assert one_note(content, "which have their own").endswith("A-1")


def test_relationships_of_a_parent_are_those_of_its_leaves(tmp_path):
    rows = [
        jira_row("A-1", more=",A-4"),
        jira_row("A-2", more="1,"),
        jira_row("A-3", more="1,"),
        jira_row("A-4", more=","),
    ]
    text = f"{JIRA},Parent,Outward issue link (Blocks)\n" + "\n".join(rows) + "\n"
    content = items_document(tmp_path, text, map="jira")
    assert content["tasks"]["A-4"]["after"] == ["A-2", "A-3"]
    assert "after" not in content["tasks"]["A-1"]


def test_what_is_done_or_dropped_is_left_out_and_holds_nothing_back(tmp_path):
    text = f"{JIRA},Resolution,Outward issue link (Blocks)\n" + "\n".join(
        [
            jira_row("A-1", status="Done", more="Done,A-3"),
            jira_row("A-2", status="Done", more="Won't Do,A-3"),
            jira_row("A-3", more=","),
            "",
        ]
    )
    content = items_document(tmp_path, text, map="jira")
    assert list(content["tasks"]) == ["A-3"]
    assert "after" not in content["tasks"]["A-3"]
    assert one_note(content, "done item").endswith("left out: A-1")
    assert one_note(content, "never finished work").endswith("A-2")
    assert one_note(content, "fulfilled: A-1").startswith("1 relationship")


def test_a_begun_item_takes_what_remains_from_the_data_date_on(tmp_path):
    row = "A-1,1,Begun,Task,In Progress,Ann,57600,28800,28800"
    content = items_document(tmp_path, f"{JIRA}\n{row}\n", map="jira")
    assert content["tasks"]["A-1"]["duration"] == "8h"
    assert "actual_start" not in content["tasks"]["A-1"]
    assert one_note(content, "begins at the data date").endswith("A-1")


def test_a_begun_item_with_a_start_keeps_it(tmp_path):
    row = "A-1,1,Begun,Task,In Progress,Ann,57600,28800,28800,05/Mar/27 9:00 AM"
    task = items_document(tmp_path, f"{JIRA},Custom field (Actual start)\n{row}\n", map="jira")["tasks"]["A-1"]
    assert (str(task["actual_start"]), task["remaining"]) == ("2027-03-05 09:00:00", "8h")
    (fault,) = items_faults(tmp_path, f"{JIRA},Actual start\n{row.replace('05/Mar', '15/Mar')}\n", map="jira")
    assert (fault.code, fault.path, fault.line) == ("RE892", "J2 Actual start", 2)


def test_nothing_remains_of_what_is_not_done(tmp_path):
    row = "A-1,1,Begun,Task,In Progress,Ann,57600,0,57600"
    (fault,) = items_faults(tmp_path, f"{JIRA}\n{row}\n", map="jira")
    assert fault.code == "RE883" and "not done" in fault.rule
    assert items_document(tmp_path, f"{JIRA}\n{row}\n", map="jira", missing=4.0)["tasks"]["A-1"]["duration"] == "4h"


def test_an_item_without_an_estimate_is_refused_and_every_one_is_told(tmp_path):
    text = f"{JIRA}\n{jira_row('A-1', hours=0)}\n{jira_row('A-2', hours=0)}\n{jira_row('A-3')}\n"
    assert [(fault.code, fault.line) for fault in items_faults(tmp_path, text, map="jira")] == [
        ("RE883", 2),
        ("RE883", 3),
    ]
    content = items_document(tmp_path, text, map="jira", missing=12.0)
    assert content["tasks"]["A-1"]["duration"] == "12h"
    assert one_note(content, "--missing").startswith("2 items")


def test_a_default_export_without_estimates_is_told_once(tmp_path):
    text = "Issue key,Summary,Issue Type,Status\n" + "".join(f"A-{n},Item,Task,To Do\n" for n in range(1, 30))
    (fault,) = items_faults(tmp_path, text, map="jira")
    assert (fault.code, fault.line) == ("RE883", 1)
    assert "all fields" in fault.cure and "original estimate" in fault.rule


def test_points_need_a_rule(tmp_path):
    text = f"{JIRA},Custom field (Story Points)\n{jira_row('A-1', hours=0, more='3')}\n"
    (fault,) = items_faults(tmp_path, text, map="jira")
    assert (fault.code, fault.path) == ("RE884", "J2 Custom field (Story Points)")
    content = items_document(tmp_path, text, map="jira", point=4.0)
    assert content["tasks"]["A-1"]["duration"] == "12h"
    assert one_note(content, "by points, 4 h each")


def test_two_point_fields_that_differ_are_refused(tmp_path):
    heading = f"{JIRA},Custom field (Story Points),Custom field (Story point estimate)"
    (fault,) = items_faults(tmp_path, f"{heading}\n{jira_row('A-1', hours=0, more='3,5')}\n", map="jira", point=4.0)
    assert (fault.code, fault.path) == ("RE879", "K2 Custom field (Story point estimate)")
    same = items_document(tmp_path, f"{heading}\n{jira_row('A-1', hours=0, more='3,3')}\n", map="jira", point=4.0)
    assert same["tasks"]["A-1"]["duration"] == "12h"


def test_people_are_resources_with_levelling_and_priorities(tmp_path):
    text = f"{JIRA},Priority\n{jira_row('A-1', more='High')}\n{jira_row('A-2', who='', more='Medium')}\n"
    content = items_document(tmp_path, text, map="jira", has_people=True)
    assert content["levelling"] is True
    assert content["resources"] == {"Ann": {"capacity": 1.0}}
    assert content["tasks"]["A-1"]["resources"] == {"Ann": 1.0}
    assert content["tasks"]["A-1"]["priority"] == 700
    assert not {"resources", "priority"} & content["tasks"]["A-2"].keys()
    assert one_note(content, "nobody is assigned").endswith("A-2")
    team = items_document(tmp_path, text, map="jira", has_people=True, team_size=3)
    assert team["resources"]["team"] == {"capacity": 3.0}
    assert team["tasks"]["A-2"]["resources"] == {"team": 1.0}


def test_people_can_be_made_anonymous_and_focus_lengthens_work(tmp_path):
    text = f"{JIRA}\n{jira_row('A-1', who='Zoe')}\n{jira_row('A-2')}\n"
    content = items_document(tmp_path, text, map="jira", is_anonymous=True, focus=0.8)
    assert [task["owner"] for task in content["tasks"].values()] == ["P1", "P2"]
    assert "Zoe" not in str(content)
    assert content["tasks"]["A-1"]["duration"] == "10h"


def test_a_circle_is_refused_with_all_its_rows(tmp_path):
    text = blocking(
        jira_row("A-1", more="A-2,,"),
        jira_row("A-2", more="A-3,,"),
        jira_row("A-3", more="A-1,,"),
        jira_row("A-4", more="A-4,,"),
    )
    own, circle = sorted(items_faults(tmp_path, text, map="jira"), key=lambda fault: -(fault.line or 0))
    assert (own.code, own.line) == ("RE889", 5) and "A-4 -> A-4" in own.rule
    assert circle.code == "RE889"
    assert all(f"A-{n} (row {n + 1})" in circle.rule for n in (1, 2, 3))


def test_ids_that_are_there_twice_are_refused(tmp_path):
    (fault,) = items_faults(tmp_path, f"{JIRA}\n{jira_row('A-1')}\n{jira_row('A-1')}\n", map="jira")
    assert (fault.code, fault.path, fault.line) == ("RE882", "A3 Issue key", 3)
    assert "row 2" in fault.rule


def test_headings_that_come_again_are_left_out_and_told(tmp_path):
    content = items_document(tmp_path, f"{JIRA}\n{jira_row('A-1')}\n{JIRA}\n{jira_row('A-2')}\n", map="jira")
    assert list(content["tasks"]) == ["A-1", "A-2"]
    assert one_note(content, "headings in the middle").endswith("row 3")


def test_an_unknown_status_is_refused_where_nothing_else_tells(tmp_path):
    (fault,) = items_faults(tmp_path, f"{JIRA}\n{jira_row('A-1', status='Parked')}\n", map="jira")
    assert (fault.code, fault.path) == ("RE886", "E2 Status")
    text = f"{JIRA},Status Category\n{jira_row('A-1', status='Parked', more='Done')}\n{jira_row('A-2', more='To Do')}\n"
    assert list(items_document(tmp_path, text, map="jira")["tasks"]) == ["A-2"]
    resolved = f"{JIRA},Resolution\n{jira_row('A-1', status='Parked')},\n"
    assert one_note(items_document(tmp_path, resolved, map="jira"), "status that the map").endswith("A-1 (Parked)")


def test_formulas_and_markup_are_text(tmp_path):
    row = jira_row("A-1", '"=HYPERLINK(""http://example.org"",""<b>"")"')
    content = items_document(tmp_path, f"{JIRA}\n{row}\n", map="jira")
    assert content["tasks"]["A-1"]["name"] == '=HYPERLINK("http://example.org","<b>")'


def test_exactly_a_thousand_items_may_be_a_part(tmp_path):
    rows = "\n".join(jira_row(f"A-{n}") for n in range(1, 1001))
    assert one_note(items_document(tmp_path, f"{JIRA}\n{rows}\n", map="jira"), "cut at a limit")


SPRINTS = f"{JIRA},Sprint,Sprint\n{jira_row('A-1', more='Sprint 7,Sprint 8')}\n"


def test_an_item_in_several_sprints_is_counted_once(tmp_path):
    dates = '[sprints]\n"Sprint 8" = "2027-03-08..2027-03-19"\n'
    own_map = tmp_path / "ours.toml"
    own_map.write_text(map_text("jira").partition("\n[relationships]")[0] + "\n" + dates, encoding="utf-8")
    content = items_document(tmp_path, SPRINTS, map=own_map, sprints="finish")
    assert one_note(content, "several sprints") == "1 item in several sprints: the last one is taken: A-1"


def test_a_sprint_without_dates_is_told_at_its_own_column(tmp_path):
    (fault,) = items_faults(tmp_path, SPRINTS, map="jira", sprints="finish")
    assert fault.code == "RE894" and fault.path == "K2 Sprint" and "Sprint 8" in fault.value


def test_what_is_read_twice_is_told_once(tmp_path):
    rows = [
        f"{jira_row('A-1', status='Done', more='2027-03-01T09:00:00Z,2027-03-02T09:00:00Z')}",
        f"{jira_row('A-2', more=',')}",
    ]
    text = "\n".join([f"{JIRA},Actual start,Resolved", *rows, ""])
    content = items_document(tmp_path, text, map="jira", keeps_done=True)
    assert one_note(content, "the zone of 2 instants")
