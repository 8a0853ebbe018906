"""Queries of Azure DevOps: trees by indented titles, hours, iteration paths, addresses behind names."""

from tests.unit.importers.items.exports import items_document, items_faults, one_note, table

HEAD = [
    "ID",
    "Work Item Type",
    "Title 1",
    "Title 2",
    "Assigned To",
    "State",
    "Tags",
    "Iteration Path",
    "Remaining Work",
]
ROWS = (
    ["1", "Feature", "Ledger", "", "", "Active", "", "Shop\\2027", ""],
    ["2", "Task", "", "Read", "Ann Ax <ann@x.org>", "Active", "data; risk", "Shop\\2027\\Sprint 5", "10"],
    ["3", "Task", "", "Drop", "", "Removed", "", "Shop\\2027\\Sprint 5", "4"],
)


def test_indented_titles_are_a_tree_and_hours_are_hours(tmp_path):
    content = items_document(tmp_path, "\ufeff" + table(HEAD, *ROWS), map="azure-devops")
    assert content["tasks"]["1"] == {"name": "Ledger", "type": "summary", "wbs": "1"}
    assert content["tasks"]["2"] == {
        "name": "Read",
        "duration": "10h",
        "wbs": "1.2",
        "owner": "Ann Ax",
        "tags": ["data", "risk", "Sprint 5"],
    }
    assert one_note(content, "never finished work").endswith("3")


def test_two_people_of_one_name_are_two(tmp_path):
    rows = [
        ["2", "Task", "A", "", "Ann <a@x.org>", "New", "", "", "1"],
        ["3", "Task", "B", "", "Ann <b@x.org>", "New", "", "", "1"],
    ]
    content = items_document(tmp_path, table(HEAD, *rows), map="azure-devops", has_people=True)
    assert list(content["resources"]) == ["Ann", "Ann (2)"]
    assert "x.org" not in str(content)


def test_a_flat_query_has_parents_by_id_and_german_headings(tmp_path):
    text = table(
        ["ID", "Arbeitselementtyp", "Titel", "Zustand", "Zugewiesen an", "Verbleibende Arbeit"],
        ["1", "Task", "Lesen", "Neu", "Ann", "7,5"],
        separator=";",
    )
    task = items_document(tmp_path, text, map="azure-devops")["tasks"]["1"]
    assert (task["name"], task["duration"], task["owner"]) == ("Lesen", "7.5h", "Ann")


def test_an_item_without_an_estimate_names_its_row(tmp_path):
    rows = [*ROWS, ["4", "Task", "", "Show", "", "New", "", "", ""]]
    (fault,) = items_faults(tmp_path, table(HEAD, *rows), map="azure-devops")
    assert (fault.code, fault.line) == ("RE883", 5)
    assert "--missing" in fault.rule
