"""GitHub, GitLab, Linear, Asana, Trello, and Jira's JSON: each by its own map, with what it calls things."""

import json

import pytest

from tests.unit.importers.items.exports import items_document, items_faults, one_note, table


def test_jira_json_has_what_its_csv_has(tmp_path):
    issues = [
        {
            "key": "A-1",
            "id": "1",
            "fields": {
                "summary": "One",
                "status": {"name": "In Arbeit", "statusCategory": {"key": "indeterminate", "name": "In Progress"}},
                "issuetype": {"name": "Task"},
                "assignee": {"displayName": "Ann"},
                "timeoriginalestimate": 57600,
                "timeestimate": 28800,
                "timespent": 28800,
                "labels": ["x", "y"],
                "customfield_10020": [{"boardId": 3, "name": "Sprint 7"}, {"boardId": 3, "name": "Sprint 8"}],
                "issuelinks": [{"type": {"name": "Blocks"}, "outwardIssue": {"key": "A-2"}}],
                "description": "private",
            },
        },
        {
            "key": "A-2",
            "id": "2",
            "fields": {"summary": "Two", "status": {"name": "To Do"}, "timeoriginalestimate": 3600},
        },
    ]
    content = items_document(tmp_path, json.dumps({"total": 5, "issues": issues}), "items.json", map="jira")
    assert content["tasks"]["A-1"]["duration"] == "8h"
    assert content["tasks"]["A-1"]["tags"] == ["x", "y", "Sprint 8"]
    assert content["tasks"]["A-2"]["after"] == ["A-1"]
    assert "private" not in str(content)
    assert "2 of 5" in one_note(content, "one page")


def test_github_issues_by_the_api(tmp_path):
    issues = [
        {"number": 1, "title": "One", "state": "open", "assignees": [{"login": "ann"}], "labels": [{"name": "bug"}]},
        {
            "number": 2,
            "title": "Two",
            "state": "closed",
            "state_reason": "not_planned",
            "closed_at": "2027-01-02T03:04:05Z",
        },
        {"number": 3, "title": "A pull", "state": "open", "pull_request": {"url": "x"}},
    ]
    content = items_document(tmp_path, json.dumps(issues), "items.json", map="github", missing=8.0)
    assert content["tasks"]["1"] == {"name": "One", "duration": "8h", "tags": ["bug"], "owner": "ann"}
    assert one_note(content, "dropped").endswith("2")
    assert one_note(content, "pull request").startswith("1 pull request")


def test_gitlab_estimates_are_seconds_and_weights_are_points(tmp_path):
    head = [
        "Title",
        "Issue ID",
        "URL",
        "State",
        "Assignee",
        "Due Date",
        "Milestone",
        "Weight",
        "Labels",
        "Time Estimate",
    ]
    rows = [
        ["One", "1", "u/1", "Open", "Ann", "2027-04-02", "M1", "", "a,b", "14400"],
        ["Two", "2", "u/2", "Open", "Ann", "", "", "3", "", "0"],
    ]
    content = items_document(tmp_path, table(head, *rows), map="gitlab", point=2.0)
    assert content["tasks"]["1"]["duration"] == "4h"
    assert content["tasks"]["1"]["tags"] == ["a", "b", "M1"]
    assert str(content["tasks"]["1"]["deadline"]) == "2027-04-02"
    assert content["tasks"]["2"]["duration"] == "6h"


def linear(*rows: list[str]) -> str:
    """Return an export of Linear."""
    head = [
        "ID",
        "Team",
        "Title",
        "Status",
        "Estimate",
        "Priority",
        "Assignee",
        "Cycle Name",
        "Cycle Start",
        "Cycle End",
    ]
    return table([*head, "Canceled", "Parent issue", "Blocked by"], *rows)


def test_linear_points_cycles_and_relationships(tmp_path):
    cycle = ["Cycle 4", "Mon Mar 15 2027 00:00:00 GMT+0000 (GMT)", "2027-03-29T00:00:00.000Z"]
    text = linear(
        ["WEB-1", "Web", "One", "Todo", "2", "Urgent", "ann@x.org", *cycle, "", "", ""],
        ["WEB-2", "Web", "Two", "Backlog", "1", "No priority", "", "", "", "", "", "", "WEB-1"],
        ["WEB-3", "Web", "Three", "Canceled", "", "Low", "", "", "", "", "2027-02-01", "", ""],
    )
    content = items_document(tmp_path, text, map="linear", point=4.0, sprints="start", has_people=True)
    task = content["tasks"]["WEB-1"]
    assert (task["duration"], task["team"], task["priority"], task["tags"]) == ("8h", "Web", 900, ["Cycle 4"])
    assert [(each["type"], str(each["date"])[:10]) for each in task["constraints"]] == [("SNET", "2027-03-15")]
    assert content["tasks"]["WEB-2"]["after"] == ["WEB-1"]
    assert "x.org" not in str(content["resources"])
    assert one_note(content, "zone of")
    (fault,) = items_faults(tmp_path, text, map="linear", sprints="start", missing=None, point=None)[:1]
    assert fault.code == "RE884"


def test_sprints_without_dates_are_refused(tmp_path):
    text = linear(["WEB-1", "Web", "One", "Todo", "2", "", "", "Cycle 4", "", "", "", "", ""])
    (fault,) = items_faults(tmp_path, text, map="linear", point=4.0, sprints="start")
    assert fault.code == "RE894"


def asana(*rows: list[str]) -> str:
    """Return an export of Asana with an estimate of hours."""
    head = ["Task ID", "Completed At", "Name", "Section/Column", "Assignee", "Effort (h)", "Parent task"]
    return table([*head, "Blocked By (Dependencies)"], *rows)


def test_asana_names_stand_for_items_unless_they_occur_twice(tmp_path):
    one = ["12", "", "Form", "Doing", "Ann", "4", "", ""]
    content = items_document(tmp_path, asana(one, ["13", "", "Page", "Doing", "", "4", "", "Form"]), map="asana")
    assert content["tasks"]["13"]["after"] == ["12"]
    twice = asana(one, ["14", "", "Form", "Doing", "", "4", "", ""], ["13", "", "Page", "Doing", "", "4", "", "Form"])
    (fault,) = items_faults(tmp_path, twice, map="asana")
    assert (fault.code, fault.path) == ("RE890", "H4 Blocked By (Dependencies)")


def test_ids_that_a_spreadsheet_rounded_are_refused(tmp_path):
    (fault,) = items_faults(tmp_path, asana(["1.21143E+15", "", "Form", "Doing", "", "4", "", ""]), map="asana")
    assert (fault.code, fault.path) == ("RE882", "A2 Task ID")


def test_a_board_of_trello(tmp_path):
    board = {
        "lists": [{"id": "a", "name": "Doing"}, {"id": "b", "name": "Done"}],
        "members": [{"id": "m", "fullName": "Ann"}],
        "cards": [
            {"idShort": 1, "name": "One", "idList": "a", "idMembers": ["m"], "due": "2027-04-01T12:00:00.000Z"},
            {"idShort": 2, "name": "Two", "idList": "b"},
            {"idShort": 3, "name": "Old", "idList": "a", "closed": True},
        ],
    }
    content = items_document(tmp_path, json.dumps(board), "board.json", map="trello", missing=8.0)
    assert list(content["tasks"]) == ["1"]
    assert content["tasks"]["1"]["owner"] == "Ann"
    assert one_note(content, "archived card").startswith("1 archived card")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[1, 2]", "RE880"),
        ('{"issues": []}', "RE880"),
        ('{"issues": [{"key": ', "RE880"),
        ("[" * 100_000, "RE880"),
        ('{"cards": [{"name": {}, "idList": []}], "lists": [3]}', "RE882"),
    ],
)
def test_json_that_holds_no_items_is_refused(tmp_path, content, code):
    assert items_faults(tmp_path, content, "items.json", map="trello", missing=8.0)[0].code == code


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('{"issues": [{"key": "A-1", "fields": {"summary": "x"}}, {"fields": {}}]}', "jira"),
        ('[{"number": 1, "title": "x", "state": "open"}, {"number": null, "title": null}]', "github"),
        ('{"cards": [{"idShort": 1, "name": "x"}, {}], "lists": []}', "trello"),
    ],
)
def test_json_items_that_say_nothing_are_refused_and_not_skipped(tmp_path, content, name):
    (fault,) = items_faults(tmp_path, content, "items.json", map=name, missing=8.0)
    assert (fault.code, fault.line) == ("RE882", 2)


def test_what_is_lost_of_json_is_told(tmp_path):
    relationships = '[{"type": {"name": "Blocks"}}, 7, {"type": {"name": "Blocks"}, "outwardIssue": {}}]'
    issue = f'{{"key": "A-1", "fields": {{"summary": "x", "issuelinks": {relationships}}}}}'
    content = items_document(tmp_path, f'{{"issues": [{issue}, 5]}}', "items.json", map="jira", missing=8.0)
    assert one_note(content, "without another item").startswith("3 relationships")
    board = '{"cards": [{"idShort": 1, "name": "x"}, 3, null], "lists": []}'
    content = items_document(tmp_path, board, "items.json", map="trello", missing=8.0)
    assert one_note(content, "are no items").startswith("2 elements")
