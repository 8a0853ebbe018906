"""What ten people typically do wrong: each is told what is wrong, where, and what to do."""

from datetime import date

import pytest

from tests.unit.importers.items.exports import JIRA, items_document, items_faults, jira_row, table

LIST = ["#", "Task", "Days", "Predecessors"]
BEST = ["#", "Task", "Best", "Likely", "Worst"]
MISTAKES = {
    "a list that was filtered": ("list", table(LIST, ["2", "B", "3", "1"], ["5", "E", "1", "2"]), "RE888", "filtered"),
    "a predecessor cell that a comma parted": (
        "list",
        "#,Task,Days,Predecessors\n1,A,2,\n2,B,1,1, 1\n",
        "RE881",
        "quotes",
    ),
    "points in place of times": (
        "jira",
        f"{JIRA},Story Points\n{jira_row('A-1', hours=0, more='5')}\n",
        "RE884",
        "--point",
    ),
    "the shown columns only": ("jira", "Key,Summary,Issue Type,Status\nA-1,Form,Task,To Do\n", "RE883", "all fields"),
    "three points without a unit": ("list", table(BEST, ["1", "A", "1", "2", "3"]), "RE885", "heading"),
    "the wrong tool": (
        "azure-devops",
        "Issue key,Issue id,Summary,Issue Type,Status\nA-1,1,Form,Task,To Do\n",
        "RE877",
        "--map",
    ),
    "hours in place of seconds": (
        "jira",
        f"{JIRA}\n{jira_row('A-1', hours=8 / 3600)}\n{jira_row('A-2', hours=16 / 3600)}\n",
        "RE885",
        'unit = "h"',
    ),
    "the wrong tool, with headings that both have": (
        "azure-devops",
        "Issue key,Issue id,Summary,Issue Type,Status,Original estimate\nA-1,1,Form,Task,To Do,3600\n",
        "RE879",
        "--map jira",
    ),
    "American or European dates": (
        "jira",
        f"{JIRA},Due date\n{jira_row('A-1', more='05/04/2027')}\n",
        "RE887",
        "--dates",
    ),
    "only what is done": ("jira", f"{JIRA}\n{jira_row('A-1', status='Done')}\n", "RE895", "open items"),
    "a circle": ("list", table(LIST, ["1", "A", "2", "2"], ["2", "B", "1", "1"]), "RE889", "circle"),
    "a status of one's own": ("jira", f"{JIRA}\n{jira_row('A-1', status='Parked')}\n", "RE886", "[status]"),
    "items without an estimate": ("jira", f"{JIRA}\n{jira_row('A-1', hours=0)}\n", "RE883", "--missing"),
    "two exports in one file": ("jira", f"{JIRA}\n{jira_row('A-1')}\n{jira_row('A-1')}\n", "RE882", "row 2"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_typical_mistake_is_told_with_what_helps(tmp_path, mistake):
    name, text, code, words = MISTAKES[mistake]
    faults = items_faults(tmp_path, text, map=name, data_date=date(2027, 3, 8))
    printed = "\n".join(fault.format() for fault in faults if fault.code == code)
    assert code in printed and words in printed, "\n".join(fault.format() for fault in faults)
    assert all(fault.line for fault in faults)


LEFT = "#,Task,Days,% Complete"
DOUBTS = {
    "the day of the export": (
        "jira",
        f"{JIRA},Created\n{jira_row('A-1', more='2027-03-09')}\n{jira_row('A-2', more='2027-03-08')}\n",
        "1 item with something that happened after 2027-03-08, the day that --as-of says the file was exported on: "
        "is it that day?: A-1 (created 2027-03-09)",
    ),
    "opened again": (
        "jira",
        f"{JIRA},Resolved\n{jira_row('A-1', more='2027-03-01')}\n{jira_row('A-2', status='Done', more='2027-03-01')}\n",
        "1 item not done by the status, but with a date of finish: taken for not done: A-1",
    ),
    "a share of one": (
        "list",
        f"{LEFT}\n1,A,4,0.5\n2,B,5,0\n3,C,3,1\n",
        "2 items of which the share that is complete was taken for a share of 1, not for percent: 1, 3",
    ),
    "a total with a number": (
        "list",
        f"{LEFT}\n1,A,4,\n2,B,5,\n3,Total,9,\n",
        "1 row called a total and the sum of those above, but with a number: taken for a task: row 4",
    ),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_is_seldom_meant_is_noted(tmp_path, doubt):
    name, text, note = DOUBTS[doubt]
    assert note in items_document(tmp_path, text, map=name)["imported"]["notes"]


def test_a_percentage_is_a_share_of_one_only_where_none_is_above_it(tmp_path):
    tasks = items_document(tmp_path, f"{LEFT}\n1,A,4,0.5\n2,B,5,0\n", map="list")["tasks"]
    assert tasks["1"]["duration"] == "16h"
    for text in (f"{LEFT}\n1,A,4,0.5\n2,B,5,25\n", f"{LEFT}\n1,A,4,0.5%\n2,B,5,0\n"):
        assert items_document(tmp_path, text, map="list")["tasks"]["1"]["duration"] == "31.84h"
