"""Tables of tasks as people keep them: headings in any case, usual names, separators, decimal commas, predecessors."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.model import Constant, Pert
from riskengine.scenario import read
from tests.support.scenario_text import HEAD, faults, only, read_text, written

TEXT = "tasks = 'tasks.csv'\n"


def tasks(table):
    """Return the tasks of a table."""
    return read_text(TEXT, tasks_csv=table).tasks


def hints(tmp_path, table):
    """Return what is said of a table."""
    (tmp_path / "tasks.csv").write_text(table, encoding="utf-8")
    told = []
    read(written(tmp_path, TEXT), hints=told)
    return told


@pytest.mark.parametrize(
    "head",
    [
        "ID,Name,Duration,Predecessors",
        "id,name,duration,after",
        "ID,TASK NAME,DURATION,PREDECESSORS",
        "Task ID,Task Name,Duration,Predecessor",
        "Activity ID,Activity Name,Original Duration,Predecessors",
        "ID,Task,Duration,Depends on",
        "No.,Title,Duration (days),Preds",
        "Task,Name,Duration [d],Dependencies",
        "Nr.,Vorgangsname,Dauer (Tage),Vorgänger",
        "Numéro,Nom de la tâche,Durée (jours),Prédécesseurs",
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_usual_headings_are_understood(head, separator):
    table = f"{head}\n1,Dig,5,\n2,Lay,10,1\n".replace(",", separator)
    found = tasks(table)
    assert [(task.name, task.duration.value) for task in found.values()] == [("Dig", 5), ("Lay", 10)]
    assert [link.task for link in found["2"].after] == ["1"]


def test_a_task_without_another_id_is_its_own():
    found = tasks("Task,Duration,Predecessors\nDig,5,\nLay,6,Dig\n")
    assert [link.task for link in found["Lay"].after] == ["Dig"]


def test_what_a_heading_was_taken_for_is_said(tmp_path):
    told = hints(tmp_path, "No.;Title;Dauer (Wochen);Predecessors\n1;Dig;5;\n")
    assert 'tasks.csv: column C "Dauer (Wochen)" is taken for duration in w' in told
    assert "tasks.csv: columns are separated by semicolons" in told
    assert not any("tasks.csv" in hint for hint in hints(tmp_path, "id,Duration,name\nA,5,x\n"))


def test_the_unit_of_a_heading_holds_for_plain_numbers_only():
    found = tasks("ID,Duration (weeks)\nA,5\nB,3d\nC,1;2;3\n")
    assert found["A"].duration == Constant(value=5, unit="w")
    assert found["B"].duration == Constant(value=3, unit="d")
    assert found["C"].duration == Pert(low=1, most_likely=2, high=3, unit="w")


@pytest.mark.parametrize(
    "head", ["Min,Most likely,Max", "Optimistic,Realistic,Pessimistic", "Low,ML,High", "low,mode,high"]
)
def test_three_points_have_their_usual_names(head):
    assert tasks(f"ID,{head}\nA,1,2,3\n")["A"].duration == Pert(low=1, most_likely=2, high=3, unit="d")


def test_min_and_max_without_a_most_likely_value_bound_the_duration():
    assert tasks("ID,Shape,Mean,SD,Min\nA,normal,20,2,0\n")["A"].duration.min == 0


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5 days", Constant(value=5, unit="d")),
        ("5 days?", Constant(value=5, unit="d")),
        ("2 wks", Constant(value=2, unit="w")),
        ("3 edays", Constant(value=3, unit="ed")),
        ("4 hrs", Constant(value=4, unit="h")),
        ("1 Tag", Constant(value=1, unit="d")),
        ("1,5 Tage", Constant(value=1.5, unit="d")),
        ("1.234,5", Constant(value=1234.5, unit="d")),
        ("'2,5;3,5;10,25'", Pert(low=2.5, most_likely=3.5, high=10.25, unit="d")),
    ],
)
def test_durations_are_read_as_people_write_them(cell, expected):
    cell = cell.replace("'", '"')
    assert tasks(f"ID;Duration\nA;{cell}\n")["A"].duration == expected


@pytest.mark.parametrize("cell", ["1,500", "1.500"])
def test_a_mark_that_may_be_either_is_refused_unless_others_tell(cell):
    issue = only(TEXT, tasks_csv=f"ID;Duration\nA;{cell}\nB;3\n")
    assert (issue.code, issue.path, issue.line) == ("RE506", "tasks.A.duration", 2)
    assert "decimals or between thousands" in issue.rule
    assert tasks(f"ID;Duration\nA;{cell}\nB;1,5\n")["A"].duration.value == (1.5 if "," in cell else 1500)


def test_commas_between_cells_mean_points_in_numbers():
    assert tasks("ID,Duration\nA,1.500\n")["A"].duration.value == 1.5
    assert faults(TEXT, tasks_csv='ID,Duration\nA,"1,5"\n') == [("RE506", "tasks.A.duration")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1", [("1", "FS", 0)]),
        ("1,2", [("1", "FS", 0), ("2", "FS", 0)]),
        ("1; 2", [("1", "FS", 0), ("2", "FS", 0)]),
        ("1FS+2 days,2SS", [("1", "FS", 2), ("2", "SS", 0)]),
        ("2SS-1,5d", [("2", "SS", -1.5)]),
        ("1ff, 2 SS+3", [("1", "FF", 0), ("2", "SS", 3)]),
        ("1+2 Tage", [("1", "FS", 2)]),
    ],
)
def test_predecessors_are_read_as_other_tools_write_them(cell, expected):
    found = tasks(f'ID\tDuration\tPredecessors\n1\t1,5\t\n2\t5\t\n3\t5\t"{cell}"\n')
    assert [(link.task, link.type, link.lag.value) for link in found["3"].after] == expected


def test_a_comma_that_may_be_a_decimal_mark_or_stand_between_predecessors_is_refused():
    table = "ID;Duration;Predecessors\n1;1,5;\n5;5;\n3;5;1SS+1,5\n"
    assert faults(TEXT, tasks_csv=table) == [("RE220", "tasks.3.after[0]")]


def test_an_id_with_a_comma_or_a_type_in_it_stays_one():
    found = tasks('ID,Duration,Predecessors\n"A,1",5,\nBSS,5,"A,1"\nC,5,BSS\n')
    assert [link.task for key in ("BSS", "C") for link in found[key].after] == ["A,1", "BSS"]


@pytest.mark.parametrize("cell", ["1,9", "9", "1XX", "1FS+", "1FS+2 lightyears"])
def test_predecessors_that_are_not_there_are_refused(cell):
    found = faults(TEXT, tasks_csv=f'ID,Duration,Predecessors\n1,5,\n2,5,"{cell}"\n')
    assert [code in ("RE220", "RE221") for code, _ in found] == [True]


def test_percent_complete_takes_a_sign_of_percent():
    table = "ID,Duration,% Complete,Actual start\nA,10,40%,2027-02-22\n"
    found = read_text(TEXT, HEAD.replace("start =", "data_date ="), tasks_csv=table)
    assert found.tasks["A"].remaining.value == 6


@pytest.mark.parametrize("heading", ["Start", "Finish", "Resource names", "Colour", "Duration (lightyears)"])
def test_a_heading_that_is_not_understood_is_refused(heading):
    issue = only(TEXT, tasks_csv=f"ID,Duration,{heading}\nA,5,x\n")
    assert (issue.code, issue.value) == ("RE502", f'"{heading}"')


@pytest.mark.parametrize("heading", ["Start", "Finish", "End", "finish"])
def test_a_date_that_is_computed_is_no_actual_date(heading):
    assert "dates are computed" in only(TEXT, tasks_csv=f"ID,Duration,{heading}\nA,5,x\n").cure


def test_two_headings_for_one_thing_are_refused():
    assert faults(TEXT, tasks_csv="ID,Duration,Dauer\nA,5,6\n") == [("RE508", "Dauer")]


def test_headings_below_a_title_are_found(tmp_path):
    table = "Schedule of the pumping station,,\n,,\nID,Duration,Predecessors\nA,5,\nB,6,A\n"
    assert list(tasks(table)) == ["A", "B"]
    assert "tasks.csv: headings in row 3" in hints(tmp_path, table)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("ID,Duration,Predecessors\nA,5,\nB,6", "RE874"),
        ("ID,Duration,Predecessors\nA,5,\nB,6\n", "RE874"),
        ('ID,Duration,Predecessors\nA,5,\nB,6,"A\n', "RE501"),
        ("ID,Duration,Predecessors\nA,#REF!,\n", "RE872"),
        ("ID,Duration,Predecessors\nA,=2+3,\n", "RE872"),
        ("ID,Duration,Predecessors\n#N/A,5,\n", "RE872"),
        ("ID,Duration,Name,#REF!\nA,5,x,y\n", "RE872"),
    ],
)
def test_files_that_end_early_and_cells_without_a_value_are_refused(table, code):
    assert [found for found, _ in faults(TEXT, tasks_csv=table)] == [code]


def test_gaps_and_short_rows_are_said(tmp_path):
    told = hints(tmp_path, "id,duration,name\nA,5\n,,\nB,5,y\nC,5\nD,5,z\n")
    assert "tasks.csv: the table goes on after empty rows, at row 4" in told
    assert "tasks.csv: rows with fewer cells than headings are taken as empty there: rows 2, 5" in told


def test_a_register_among_tables_of_risks_names_the_mapping():
    table = "Risk ID,Title,Probability (%),Delay (days)\nR1,Late,30,5\n"
    found = [issue for issue in issues_of(table) if issue.code in ("RE502", "RE503")]
    assert found
    assert all("risks_mapping" in issue.cure for issue in found)


def issues_of(table):
    """Return the faults of a table of risks."""
    with pytest.raises(ScenarioError) as caught:
        read_text("risks = 'risks.csv'\n[tasks.a]\nduration = 5\n", risks_csv=table)
    return caught.value.issues


def test_headings_of_a_table_of_risks_are_read_in_any_case():
    table = "ID;Probability;Target;Delay\nR1;0,3;a;2,5d\n"
    risk = read_text("risks = 'risks.csv'\n[tasks.a]\nduration = 5\n", risks_csv=table).risks["R1"]
    assert (risk.probability, risk.impacts["a"].delay.value) == (0.3, 2.5)


@pytest.mark.parametrize(
    ("end", "is_said"),
    [("", True), ("\n", False), ("\r\n", False), ("\n\n", False)],
)
def test_a_last_line_without_an_end_is_said(tmp_path, end, is_said):
    told = hints(tmp_path, f"ID,Predecessors,Duration\nA,,5\nB,A,1{end}")
    assert any("line 3 has no end" in hint for hint in told) == is_said
