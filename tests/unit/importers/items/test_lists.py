"""Lists in sheets: headings below titles, rows that are no tasks, units in headings, predecessors, levels."""

from datetime import date

import pytest

from riskengine.importers.items import rows
from tests.unit.importers.items.exports import items_document, items_faults, one_note, table

START = {"map": "list", "start": date(2027, 3, 1), "data_date": None}
HEAD = ["#", "Task", "Days", "Predecessors", "Owner"]


def test_headings_below_titles_and_rows_that_are_no_tasks(tmp_path):
    text = table(
        ["Move of the data centre", "", "", "", ""],
        ["as of 1 March", "", "", "", ""],
        HEAD,
        ["1", "Analyse", "2", "", "Ann"],
        ["", "Build phase", "", "", ""],
        ["2", "Build", "3", "1", "Ben"],
        ["", "Total", "5", "", ""],
        ["* days of one person", "", "", "", ""],
    )
    content = items_document(tmp_path, text, **START)
    assert list(content["tasks"]) == ["1", "2"]
    assert content["tasks"]["2"]["after"] == ["1"]
    assert one_note(content, "without a number").endswith("row 5")
    assert one_note(content, "total left out").endswith("row 7")
    assert one_note(content, "one cell").endswith("row 8")


@pytest.mark.parametrize(
    ("cell", "after"),
    [
        ("1;2", ["1", "2"]),
        ("1, 2", ["1", "2"]),
        ("1SS+2d", ["1 SS+16h"]),
        ("1FS-4h; 2FF", ["1 FS-4h", "2 FF"]),
        ("1 FS + 1.5 days", ["1 FS+12h"]),
        ("1FS+1,5d;2", ["1 FS+12h", "2"]),
        ("1EA+2t", None),
        ("1EA+2 Tage", ["1 FS+16h"]),
        ("1FS+2ed", ["1 FS+48eh"]),
        ("2SF+1w", ["2 SF+40h"]),
    ],
)
def test_predecessors_are_rows_with_type_and_lag(tmp_path, cell, after):
    text = table(HEAD, ["1", "A", "2", "", ""], ["2", "B", "3", "", ""], ["3", "C", "1", cell, ""])
    if after is None:
        assert [fault.code for fault in items_faults(tmp_path, text, **START)] == ["RE888"]
    else:
        assert items_document(tmp_path, text, **START)["tasks"]["3"]["after"] == after


@pytest.mark.parametrize("cell", ["1FS+50%", "7", "1XX", "FS", "1FS+2mo", "1FS+", "two"])
def test_predecessors_that_are_not_clear_are_refused_with_row_and_column(tmp_path, cell):
    text = table(HEAD, ["1", "A", "2", "", ""], ["2", "B", "3", cell, ""])
    (fault,) = items_faults(tmp_path, text, **START)
    assert (fault.code, fault.path, fault.line) == ("RE888", "D3 Predecessors", 3)


def test_a_number_that_is_no_row_says_that_the_list_may_be_filtered(tmp_path):
    (fault,) = items_faults(tmp_path, table(HEAD, ["4", "A", "2", "3", ""]), **START)
    assert "filtered" in fault.cure


def test_without_a_column_of_numbers_rows_are_counted(tmp_path):
    text = table(["Task", "Duration", "Predecessors"], ["A", "2d", ""], ["B", "1.5 weeks", "1"], ["Total", "", ""])
    content = items_document(tmp_path, text, **START)
    assert {id: task["duration"] for id, task in content["tasks"].items()} == {"1": "16h", "2": "60h"}
    assert content["tasks"]["2"]["after"] == ["1"]


def test_a_row_called_a_total_that_is_no_sum_is_refused(tmp_path):
    head = ["Task", "Days", "Predecessors"]
    (fault,) = items_faults(tmp_path, table(head, ["A", "2", ""], ["B", "3", ""], ["Total", "7", ""]), **START)
    assert (fault.code, fault.line) == ("RE893", 4)
    content = items_document(tmp_path, table(head, ["A", "2", ""], ["B", "3", ""], ["Total", "5", ""]), **START)
    assert list(content["tasks"]) == ["1", "2"]


@pytest.mark.parametrize(
    ("headings", "points", "duration"),
    [
        (("Best (h)", "Likely (h)", "Worst (h)"), ("8", "16", "32"), ("8h", "16h", "32h")),
        (("Optimistic [days]", "Most likely [days]", "Pessimistic [days]"), ("1", "2", "4"), ("8h", "16h", "32h")),
        (("Best case in weeks", "Likely case in weeks", "Worst case in weeks"), ("1", "1", "2"), ("40h", "40h", "80h")),
        (
            ("Optimistisch (Tage)", "Wahrscheinlich (Tage)", "Pessimistisch (Tage)"),
            ("1", "2", "4"),
            ("8h", "16h", "32h"),
        ),
        (("Optimista (días)", "Más probable (días)", "Pesimista (días)"), ("1", "2", "4"), ("8h", "16h", "32h")),
        (("Optimiste (jours)", "Plus probable (jours)", "Pessimiste (jours)"), ("1", "2", "4"), ("8h", "16h", "32h")),
        (("Otimista (horas)", "Mais provável (horas)", "Pessimista (horas)"), ("1", "2", "4"), ("1h", "2h", "4h")),
        (("Min", "ML", "Max"), ("1d", "2d", "1w"), ("8h", "16h", "40h")),
    ],
)
def test_three_points_have_their_unit_in_heading_or_cell(tmp_path, headings, points, duration):
    content = items_document(tmp_path, table(["#", "Task", *headings], ["1", "A", *points]), **START)
    got = content["tasks"]["1"]["duration"]
    assert (got["low"], got["most_likely"], got["high"]) == duration


def test_points_without_a_unit_out_of_order_or_missing_are_refused(tmp_path):
    text = table(["#", "Task", "Best", "Likely", "Worst"], ["1", "A", "1", "2", "3"])
    assert {(fault.code, fault.line) for fault in items_faults(tmp_path, text, **START)} == {("RE885", 2)}
    head = ["#", "Task", "Best (h)", "Likely (h)", "Worst (h)"]
    order, missing, letters = items_faults(
        tmp_path, table(head, ["1", "A", "3", "2", "4"], ["2", "B", "1", "", "3"], ["3", "C", "1", "C", "3"]), **START
    )
    assert (order.code, order.path) == ("RE885", "D2 Likely (h)")
    assert (missing.code, missing.line) == ("RE883", 3)
    assert (letters.code, letters.path) == ("RE885", "D4 Likely (h)")


def test_three_zeros_are_a_milestone_and_one_zero_is_none(tmp_path):
    head = ["#", "Task", "Best (h)", "Likely (h)", "Worst (h)"]
    content = items_document(tmp_path, table(head, ["1", "A", "1", "1", "2"], ["2", "Launch", "0", "0", "0"]), **START)
    assert content["tasks"]["2"] == {"name": "Launch", "type": "milestone"}
    (fault,) = items_faults(tmp_path, table(HEAD, ["1", "A", "0", "", ""]), **START)
    assert fault.code == "RE883"
    flagged = table(["#", "Task", "Days", "Milestone"], ["1", "A", "1", "No"], ["2", "B", "0", "Yes"])
    assert items_document(tmp_path, flagged, **START)["tasks"]["2"]["type"] == "milestone"


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["#", "Task", "Days"], [["1", "Move", ""], ["2", "  Pack", "1"], ["3", "  Drive", "2"], ["4", "Rest", "1"]]),
        (
            ["#", "Task", "Days", "Outline Level"],
            [["1", "Move", "", "1"], ["2", "Pack", "1", "2"], ["3", "Drive", "2", "2"], ["4", "Rest", "1", "1"]],
        ),
        (
            ["#", "Task", "Days", "WBS"],
            [["1", "Move", "", "1"], ["2", "Pack", "1", "1.1"], ["3", "Drive", "2", "1.2"], ["4", "Rest", "1", "2"]],
        ),
    ],
)
def test_levels_are_told_by_blanks_a_column_or_outline_numbers(tmp_path, head, rows):
    tasks = items_document(tmp_path, table(head, *rows), **START)["tasks"]
    assert {id: task.get("wbs") for id, task in tasks.items()} == {"1": "1", "2": "1.2", "3": "1.3", "4": None}
    assert tasks["1"]["type"] == "summary"
    assert tasks["2"]["name"] == "Pack"


def test_a_title_that_ends_between_two_levels_is_refused(tmp_path):
    text = table(["#", "Task", "Days"], ["1", "Move", ""], ["2", "    Pack", "1"], ["3", "  Drive", "2"])
    (fault,) = items_faults(tmp_path, text, **START)
    assert (fault.code, fault.path) == ("RE890", "B4 Task")


def test_a_row_with_too_many_or_too_few_cells_is_refused_and_never_shifted(tmp_path):
    text = "#,Task,Hours,Predecessors,Owner\n1,A,4,,Ann\n2,B,4,1FF+1d, 1,Ann\n3,C,4,\n"
    many, few = items_faults(tmp_path, text, **START)
    assert (many.code, many.line, few.code, few.line) == ("RE881", 3, "RE881", 4)
    assert "has 6" in many.rule and "has 4" in few.rule


def test_what_is_done_in_part_leaves_its_share(tmp_path):
    text = table(
        ["#", "Task", "Days", "% Complete"], ["1", "A", "4", "25%"], ["2", "B", "4", "100"], ["3", "C", "4", "0"]
    )
    content = items_document(tmp_path, text, map="list")
    assert {id: task["duration"] for id, task in content["tasks"].items()} == {"1": "24h", "3": "32h"}
    assert one_note(content, "share that is not complete").endswith("1")


def test_rows_and_numbers_are_read_once_however_many_notes_or_totals_follow(tmp_path, monkeypatch):
    counts = {"titles": 0, "numbers": 0}
    title, number_of = rows.RowReader.title, rows.number_of

    def counted_title(reader, row):
        counts["titles"] += 1
        return title(reader, row)

    def counted_number(value):
        counts["numbers"] += 1
        return number_of(value)

    monkeypatch.setattr(rows.RowReader, "title", counted_title)
    monkeypatch.setattr(rows, "number_of", counted_number)
    items = [[f"Task {number}", "3", ""] for number in range(50)]
    text = table(["Task", "Duration (h)", "Notes"], *items, *[["Total", "150", ""]] * 50, *[["", "", "x"]] * 50)
    content = items_document(tmp_path, text, **START)
    assert len(content["tasks"]) == 50
    assert one_note(content, "50 totals left out")
    assert one_note(content, "50 notes or headings of one cell left out")
    assert counts == {"titles": 150, "numbers": 100}
