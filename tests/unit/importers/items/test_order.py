"""Order and place of items: ranks within priorities, indents by format, dates that a list plans."""

import io
from datetime import date

import pytest
import xlsxwriter

from riskengine.importers.items.ranks import room_of
from tests.unit.importers.items.exports import JIRA, items_document, items_faults, jira_row, one_note, table

LIST = {"map": "list", "data_date": None, "start": date(2027, 3, 1)}


def ranked(*rows: tuple[str, str, str]) -> str:
    """Return an export of items with priority and rank."""
    lines = [jira_row(key, more=f"{priority},{rank}") for key, priority, rank in rows]
    return "\n".join([f"{JIRA},Priority,Custom field (Rank)", *lines, ""])


def priorities(content: dict) -> dict[str, int]:
    """Return the priority of each task, 500 where none is written."""
    return {id: task.get("priority", 500) for id, task in content["tasks"].items()}


def test_ranks_tell_items_of_one_priority_apart(tmp_path):
    rows = [
        *(("A-1", "Medium", "0|i0000v:"), ("A-2", "Medium", "0|hzzzzz:"), ("A-3", "High", "0|zzzzzz:")),
        *(("A-4", "Medium", "0|i0000v:0001"), ("A-5", "Medium", "")),
    ]
    content = items_document(tmp_path, ranked(*rows), has_people=True)
    order = sorted(priorities(content), key=lambda id: -priorities(content)[id])
    assert order == ["A-3", "A-2", "A-1", "A-4", "A-5"]
    assert priorities(content)["A-3"] == 700
    assert all(400 <= priorities(content)[id] < 600 for id in order[1:])
    assert one_note(content, "served by rank").startswith("4 items")
    assert one_note(content, "without a rank").endswith(": A-5")


def test_ranks_without_people_order_nothing(tmp_path):
    content = items_document(tmp_path, ranked(("A-1", "Medium", "0|b:"), ("A-2", "Medium", "0|a:")))
    assert priorities(content) == {"A-1": 500, "A-2": 500}


@pytest.mark.parametrize(("rank", "words"), [("1|a:", "no order between them"), ("first", "cannot be told")])
def test_ranks_that_have_no_order_are_told_and_not_read(tmp_path, rank, words):
    text = ranked(("A-1", "Medium", "0|b:"), ("A-2", "Medium", rank))
    content = items_document(tmp_path, text, has_people=True)
    assert priorities(content) == {"A-1": 500, "A-2": 500}
    assert one_note(content, words)


def test_a_thousand_ranks_are_a_thousand_priorities(tmp_path):
    text = ranked(*((f"A-{number}", "Medium", f"0|{number:06d}:") for number in range(1001)))
    content = items_document(tmp_path, text, has_people=True)
    assert list(priorities(content).values()) == list(range(1000, -1, -1))


def test_priorities_leave_room_for_ranks_up_to_half_the_way():
    assert room_of(500, [500]) == 500
    assert room_of(500, [100, 500, 701]) == 100
    assert room_of(1000, [1000]) == 0


def formatted_list(indents: list[int]) -> bytes:
    """Return a workbook whose titles are indented by their format."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    sheet = book.add_worksheet("Plan")
    sheet.write_row(0, 0, ["#", "Task", "Days"])
    for row, steps in enumerate(indents, 1):
        sheet.write_row(row, 0, [row, "", 2])
        sheet.write(row, 1, f"Task {row}", book.add_format({"indent": steps}))
    book.close()
    return raw.getvalue()


def test_indents_by_format_are_levels(tmp_path):
    content = items_document(tmp_path, formatted_list([0, 1, 2, 1, 0]), "items.xlsx", **LIST)
    assert {id: task.get("wbs") for id, task in content["tasks"].items()} == {
        "1": "1",
        "2": "1.2",
        "3": "1.2.3",
        "4": "1.4",
        "5": None,
    }
    assert [task.get("type") for task in content["tasks"].values()] == ["summary", "summary", None, None, None]


PLANNED = ["#", "Task", "Days", "Predecessors", "Start", "Finish"]


def test_planned_dates_of_a_list_are_kept_to_be_compared(tmp_path):
    text = table(PLANNED, ["1", "A", "2", "", "2027-03-01", "2027-03-02"], ["2", "B", "1", "1", "2027-03-03", "soon"])
    content = items_document(tmp_path, text, **LIST)
    kept = {id: task["imported"] for id, task in content["tasks"].items()}
    assert str(kept["1"]["early_start"]).startswith("2027-03-01")
    assert str(kept["1"]["early_finish"]).startswith("2027-03-03")
    assert set(kept["2"]) == {"early_start"}
    assert one_note(content, "planned date that cannot be told").endswith(": 2")


def test_days_without_a_time_are_not_compared_with_parts_of_days(tmp_path):
    text = table(PLANNED, ["1", "A", "0.5", "", "2027-03-01", "2027-03-01"], ["2", "B", "1", "1", "2027-03-01", ""])
    content = items_document(tmp_path, text, **LIST)
    assert all("imported" not in task for task in content["tasks"].values())
    assert one_note(content, "not compared").startswith("2 items")


def test_points_that_no_map_names_are_named(tmp_path):
    fields = '{"summary": "x", "status": {"name": "To Do"}, "issuetype": {"name": "Task"}, "customfield_10016": 3.0}'
    text = f'{{"issues": [{{"key": "A-1", "fields": {fields}}}]}}'
    (fault,) = items_faults(tmp_path, text, "items.json", map="jira")
    assert fault.code == "RE883" and '"customfield_10016" (1)' in fault.cure
    named = f'{{"names": {{"customfield_10016": "Story Points"}}, {text[1:]}'
    assert items_document(tmp_path, named, "items.json", map="jira", point=4.0)["tasks"]["A-1"]["duration"] == "12h"


def test_columns_of_numbers_are_named_beside_texts_that_are_none(tmp_path):
    text = f"{JIRA},Custom field (Effort size),Notes\n{jira_row('A-1', hours=0, more='5,3 of them')}\n"
    (fault,) = items_faults(tmp_path, text, map="jira")
    assert '"Custom field (Effort size)" (1)' in fault.cure and "Notes" not in fault.cure
