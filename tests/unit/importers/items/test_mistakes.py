"""What ten people typically do wrong: each is told what is wrong, where, and what to do."""

from datetime import date

import pytest

from tests.unit.importers.items.exports import JIRA, items_faults, jira_row, table

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
