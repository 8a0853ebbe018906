"""Tables of finished work, as tools and people write them."""

import datetime

import openpyxl
import pytest

from riskengine.calibration.read_finished import ReadingOptions, read_finished
from riskengine.calibration.suspicion import BACKWARDS, EXACTLY_ONE, FAR_OFF, IN_BULK
from riskengine.errors import ScenarioError
from tests.unit.calibration.finished import table

USUAL = ReadingOptions()


def read(folder, text, options=USUAL, encoding="utf-8"):
    (folder / "done.csv").write_text(text, encoding=encoding)
    return read_finished(folder / "done.csv", options)


def codes(folder, text, **options):
    with pytest.raises(ScenarioError) as error:
        read(folder, text, ReadingOptions(**options))
    return [issue.code for issue in error.value.issues], str(error.value)


@pytest.mark.parametrize(
    ("text", "estimate", "actual", "unit"),
    [
        ("id,estimate,actual\nA,5,7\n", 5, 7, ""),
        ("\ufeffISSUE KEY;Original Estimate (h);Time Spent (h)\nA;5,5;7,25\n", 5.5, 7.25, "h"),
        ("Key\tPlan [days]\tActual Days\nA\t5\t7\n", 5, 7, "d"),
        ("Kennung;Schätzung (Tage);Ist (Tage)\nA;5;7\n", 5, 7, "d"),
        ("my report\n\nid,estimate,actual\nA,5d,7d\n", 5, 7, "d"),
        ("id,Original Estimate (s),Time spent (h)\nA,7200,3\n", 2, 3, "h"),
    ],
)
def test_headings_of_tools_and_people_are_understood(tmp_path, text, estimate, actual, unit):
    work = read(tmp_path, text)
    assert [(item.id, item.estimate, item.actual) for item in work.items] == [("A", estimate, actual)]
    assert work.unit == unit


def test_three_points_are_a_range_and_percentiles_are_told_by_their_headings(tmp_path):
    first, second, third = (
        read(tmp_path, f"{heads},actual\n4,5,8,7\n").items[0].forecast
        for heads in ("min,most likely,max", "P10,likely,P90", "p5,p50,p95")
    )
    assert (first.shape, first.low, first.high, first.low_percentile) == ("pert", 4, 8, None)
    assert (second.shape, second.low_percentile, second.high_percentile) == ("pert", 0.1, 0.9)
    assert (third.shape, third.percentiles) == ("metalog", (0.05, 0.5, 0.95))
    trigen = read(tmp_path, "low,likely,high,actual\n4,5,8,7\n", ReadingOptions("triangular", 0.1)).items[0].forecast
    assert (trigen.shape, trigen.low_percentile, trigen.high_percentile) == ("trigen", 0.1, 1.0)


def test_days_and_hours_go_together_only_with_the_hours_of_a_day(tmp_path):
    text = "estimate (d),actual (h)\n5,44\n"
    found, words = codes(tmp_path, text)
    assert found == ["RE693"] and "--hours-per-day" in words
    (item,) = read(tmp_path, text, ReadingOptions(hours_per_day=8)).items
    assert (item.estimate, item.actual) == (40, 44)


def test_what_is_not_used_is_left_out_by_its_reason(tmp_path):
    rows = [("id", "team", "status", "estimate", "actual"), ("A", "X", "Done", 5, 7), ("B", "X", "Done", "", 7)]
    rows += [
        ("C", "X", "Done", 0, 7),
        ("D", "X", "Done", 5, ""),
        ("E", "X", "Done", 5, 0),
        ("F", "X", "Won't do", 5, 7),
    ]
    rows += [("G", "X", "Zonk", 5, 7)]
    work = read(tmp_path, table(rows))
    assert [item.id for item in work.items] == ["A"]
    left = {reason.split(" (")[0]: ids for (_, reason), ids in work.left_out.items()}
    assert left == {"no estimate": ["B", "C"], "actual is empty": ["D"], "actual is 0": ["E"], "not done": ["F", "G"]}
    assert any('"Zonk"' in note for note in work.notes)
    assert work.rows == 7


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("id,estimate\nA,5\n", "RE690", "add a column actual"),
        ("id,actual\nA,5\n", "RE690", "add a column estimate, or low and high"),
        ("id,estimate,actual\nA,five,7\n", "RE691", '"five"'),
        ("id,estimate,actual\nA,5,-7\n", "RE691", "done.csv:2"),
        ("id,estimate,actual\nA,5,=B2*2\n", "RE872", "done.csv:2"),
        ("id,team,estimate,actual\nA,=cmd|' /C calc'!A0,5,7\n", "RE872", "done.csv:2"),
        ("id,estimate,actual\nA,5,7\nA,5,8\n", "RE692", "row 2 has it already"),
        ("id,estimate (d),actual (d)\nA,5h,7\n", "RE693", "one unit"),
        ("id,estimate,actual\nA,5d,7\n", "RE693", "write 7d"),
        ("id,estimate,original estimate,actual\nA,5,5,7\n", "RE694", '"estimate" is one already'),
        ("low,likely,high,actual\n8,5,4,7\n", "RE696", "low <= likely <= high"),
        ("low,likely,high,actual\n4,5,,7\n", "RE696", "must stand together"),
        ("id,estimate,actual\nA,5,7,9\n", "RE505", "done.csv:2"),
        ("id,estimate,actual\nA,5,7\nB,5", "RE501", "cut"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused_and_says_why(tmp_path, text, code, words):
    found, message = codes(tmp_path, text)
    assert found == [code]
    assert words in message


def test_every_fault_is_told_at_once(tmp_path):
    found, _ = codes(tmp_path, "id,estimate,actual\nA,five,7\nB,5,x\nB,1,2\n")
    assert found == ["RE691", "RE691", "RE692"]


def test_a_workbook_is_read_and_dates_and_hidden_rows_are_told(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("Done items",), ("Key", "Low", "Likely", "High", "Actual"), ("A", 4, 5, 8, 7), ("B", 4, 5, 8, 6)):
        sheet.append(row)
    sheet.row_dimensions[4].hidden = True
    book.save(tmp_path / "done.xlsx")
    work = read_finished(tmp_path / "done.xlsx", USUAL)
    assert [item.actual for item in work.items] == [7, 6]
    assert any("hidden or filtered out" in note and "row 4" in note for note in work.notes)
    sheet["E3"] = datetime.date(2027, 2, 1)
    book.save(tmp_path / "done.xlsx")
    with pytest.raises(ScenarioError, match="a date") as error:
        read_finished(tmp_path / "done.xlsx", USUAL)
    assert [(issue.code, issue.line) for issue in error.value.issues] == [("RE691", 3)]


def test_an_item_that_was_carried_over_belongs_to_its_last_sprint(tmp_path):
    work = read(tmp_path, "Issue key,Sprint,Sprint,Original estimate,Time Spent\nA,S1,,60,70\nB,S1,S2,60,70\n")
    assert [item.sprint for item in work.items] == ["S1", "S2"]


def test_columns_that_sum_over_what_is_below_are_no_actuals(tmp_path):
    work = read(tmp_path, "Issue key,Original estimate,\u03a3 Time Spent,Time Spent\nA,60,700,70\n")
    assert work.items[0].actual == 70


def test_suspicious_data_are_named(tmp_path):
    rows = [("id", "estimate", "actual", "created", "finished")]
    rows += [(f"A{at}", 5, 5 if at < 4 else 6 + at / 10, "2027-01-04", "2027-03-01") for at in range(12)]
    rows += [("late", 5, 7, "2027-02-01", "2027-01-31"), ("unit", 5, 300, "2027-01-01 10:00", "2027-01-01 09:00")]
    ids = {reason: names for (_, reason), names in read(tmp_path, table(rows)).suspicions.items()}
    assert ids[EXACTLY_ONE] == ["A0", "A1", "A2", "A3"]
    assert ids[f"{IN_BULK} (2027-03-01)"] == [f"A{at}" for at in range(12)]
    assert ids[BACKWARDS] == ["late", "unit"]
    assert ids[FAR_OFF] == ["unit"]


@pytest.mark.parametrize("day", ["15/Feb/27 4:31 PM", "15.02.2027", "15/02/2027", "02/15/2027 16:31", "15-feb-27"])
def test_dates_of_trackers_are_understood_where_data_are_suspected(tmp_path, day):
    rows = [("id", "estimate", "actual", "created", "resolved")]
    rows += [(f"A{at}", 5, 6 + at / 10, "2027-01-04", day) for at in range(12)]
    rows += [("late", 5, 7, "2027-02-16", day)]
    ids = {reason: names for (_, reason), names in read(tmp_path, table(rows)).suspicions.items()}
    assert len(ids[f"{IN_BULK} (2027-02-15)"]) == 13
    assert ids[BACKWARDS] == ["late"]


def test_dates_that_cannot_be_told_are_named(tmp_path):
    rows = [("id", "estimate", "actual", "resolved"), ("A1", 5, 6, "03/02/2027"), ("A2", 5, 6, "soon")]
    work = read(tmp_path, table(rows))
    assert any("2 dates of column finished cannot be told" in note and "A1 (03/02/2027)" in note for note in work.notes)
