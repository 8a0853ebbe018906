"""Tables of tasks in workbooks, with the same care as registers: formulas, dates, percentages, numbers as text."""

import pytest

from riskengine import reading
from riskengine.errors import ScenarioError
from riskengine.model import Constant, Pert
from riskengine.scenario import read
from tests.support.scenario_text import written
from tests.unit.importers.sheets.workbooks import DATE, PERCENT, Raw, Styled, parts, workbook, worksheet, zipped

TEXT = "tasks = 'tasks.xlsx'\n"
HEAD = ["ID", "Task Name", "Duration", "Predecessors"]
ROWS = [[1, "Dig", 5, None], [2, "Lay", "10,5 d", 1], [3, "Test", "2;3;5", "1;2"]]
NONE = Raw("<c r='{place}'><f>A1</f><v/></c>")


def scenario(tmp_path, rows, text=TEXT, hints=None, merges=()):
    """Read a scenario whose tasks stand in a workbook."""
    workbook(tmp_path, rows, "tasks.xlsx", merges)
    return reading.read(written(tmp_path, text), hints=hints)


def faults(tmp_path, rows):
    """Code and path of each fault."""
    with pytest.raises(ScenarioError) as caught:
        scenario(tmp_path, rows)
    return [(issue.code, issue.path) for issue in caught.value.issues]


@pytest.mark.parametrize("name", ["tasks", "tasks_file"])
def test_tasks_come_from_a_workbook(tmp_path, name):
    found = scenario(tmp_path, [HEAD, *ROWS], f"{name} = 'tasks.xlsx'\n").tasks
    assert [task.name for task in found.values()] == ["Dig", "Lay", "Test"]
    assert found["1"].duration == Constant(value=5, unit="d")
    assert found["2"].duration == Constant(value=10.5, unit="d")
    assert found["3"].duration == Pert(low=2, most_likely=3, high=5, unit="d")
    assert [link.task for link in found["3"].after] == ["1", "2"]


def test_a_scenario_without_the_reader_of_workbooks_says_so(tmp_path):
    workbook(tmp_path, [HEAD, *ROWS], "tasks.xlsx")
    with pytest.raises(ScenarioError) as caught:
        read(written(tmp_path, TEXT))
    assert [issue.code for issue in caught.value.issues] == ["RE507"]


def test_titles_hidden_rows_and_gaps_are_said(tmp_path):
    sheet = worksheet([["Plan of works"], [], HEAD, *ROWS[:2], [], ROWS[2]])
    sheet = sheet.replace('<row r="5"', '<row r="5" hidden="1"')
    (tmp_path / "tasks.xlsx").write_bytes(zipped(parts({"Plan": sheet})))
    told = []
    assert len(reading.read(written(tmp_path, TEXT), hints=told).tasks) == 3
    assert "tasks.xlsx: worksheet Plan, headings in row 3" in told
    assert "tasks.xlsx: 1 row hidden or filtered out is read like the others: row 5" in told
    assert "tasks.xlsx: the table goes on after empty rows, at row 7" in told


@pytest.mark.parametrize("column", range(4))
def test_a_formula_without_a_value_is_refused_in_every_column(tmp_path, column):
    rows = [HEAD, [*ROWS[0][:column], NONE, *ROWS[0][column + 1 :]]]
    assert [code for code, _ in faults(tmp_path, rows)] == ["RE872"]


@pytest.mark.parametrize("column", range(4))
def test_a_heading_without_a_value_is_refused(tmp_path, column):
    rows = [[*HEAD[:column], NONE, *HEAD[column + 1 :]], *ROWS]
    assert "RE872" in [code for code, _ in faults(tmp_path, rows)]


def test_stored_values_of_formulas_are_read(tmp_path):
    cell = Raw("<c r='{place}'><f>2+3</f><v>5</v></c>")
    assert scenario(tmp_path, [HEAD, [1, "Dig", cell]]).tasks["1"].duration.value == 5


def test_dates_are_read_in_columns_of_dates_and_nowhere_else(tmp_path):
    rows = [["ID", "Duration", "Deadline"], ["A", 5, Styled(46500, DATE)]]
    assert scenario(tmp_path, rows).tasks["A"].deadline.isoformat() == "2027-04-24T00:00:00"  # the end of the 23rd
    assert faults(tmp_path, [["ID", "Duration"], ["A", Styled(46500, DATE)]]) == [("RE506", "tasks.A.duration")]
    assert faults(tmp_path, [["ID", "Duration"], [Styled(46500, DATE), 5]])[0][0] == "RE506"


def test_percentages_are_read_where_a_percentage_is_meant(tmp_path):
    text = 'schema = 1\nname = "T"\ndata_date = 2027-03-01\ntasks = "tasks.xlsx"\n'
    for cell in (Styled(0.4, PERCENT), 40, "40%", "40"):
        workbook(
            tmp_path, [["ID", "Duration", "% Complete", "Actual start"], ["A", 10, cell, "2027-02-22"]], "tasks.xlsx"
        )
        assert reading.read(written(tmp_path, text, head="")).tasks["A"].remaining.value == 6
    assert faults(tmp_path, [["ID", "Duration"], ["A", Styled(0.4, PERCENT)]]) == [("RE506", "tasks.A.duration")]


def test_a_flag_of_the_spreadsheet_is_a_flag(tmp_path):
    rows = [["ID", "Duration", "Milestone"], ["A", None, True], ["B", 5, False], ["C", 5, "no"]]
    assert [task.is_milestone for task in scenario(tmp_path, rows).tasks.values()] == [True, False, False]


def test_a_merged_wbs_holds_for_its_rows_and_a_merged_duration_for_its_first(tmp_path):
    rows = [["ID", "WBS", "Duration"], ["A", "1.1", 5], ["B", None, 6]]
    assert scenario(tmp_path, rows, merges=["B2:B3"]).tasks["B"].wbs == "1.1"
    with pytest.raises(ScenarioError) as caught:
        scenario(tmp_path, [["ID", "WBS", "Duration"], ["A", "1.1", 5], ["B", "1.2", None]], merges=["C2:C3"])
    assert [issue.path for issue in caught.value.issues] == ["tasks.B.duration"]


def test_the_worksheet_with_the_tasks_is_found_and_two_are_refused(tmp_path):
    other = worksheet([["Legend", "Meaning"], ["x", "y"]])
    (tmp_path / "tasks.xlsx").write_bytes(zipped(parts({"Legend": other, "Plan": worksheet([HEAD, *ROWS])})))
    assert len(reading.read(written(tmp_path, TEXT)).tasks) == 3
    both = {"One": worksheet([HEAD, *ROWS]), "Two": worksheet([HEAD, *ROWS])}
    (tmp_path / "tasks.xlsx").write_bytes(zipped(parts(both)))
    with pytest.raises(ScenarioError) as caught:
        reading.read(written(tmp_path, TEXT))
    assert [issue.code for issue in caught.value.issues] == ["RE501"]


def test_values_without_a_heading_are_refused(tmp_path):
    assert faults(tmp_path, [["ID", "Duration", None], ["A", 5, 7]]) == [("RE505", "tasks.A")]
    assert faults(tmp_path, [["ID", None, "Duration"], ["A", 7, 5]]) == [("RE502", '""')]
