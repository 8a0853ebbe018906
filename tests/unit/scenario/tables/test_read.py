"""Tables of tasks and risks: columns, cells, rows, and what is wrong with them at their lines."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.model import Constant, Normal, Pert, Triangular
from riskengine.model.format import FORMAT
from riskengine.scenario import read
from riskengine.scenario.tables.columns import RISK_COLUMNS, TASK_COLUMNS
from tests.support.scenario_text import HEAD, TASK, faults, only, read_text, written


def tasks(table, text="tasks = 'tasks.csv'\n"):
    """Return the tasks of a table."""
    return read_text(text, tasks_csv=table).tasks


def fault(table):
    """Return the one fault of a table of tasks."""
    return only("tasks = 'tasks.csv'\n", tasks_csv=table)


def risks(table):
    """Return the risks of a register."""
    return read_text(
        TASK + "[tasks.b]\nduration = 1\nteam = 'T'\n", HEAD + "risks = 'register.csv'\n", register_csv=table
    ).risks


def risk_fault(table):
    """Return the one fault of a register."""
    return only(TASK + "[tasks.b]\nduration = 1\n", HEAD + "risks = 'register.csv'\n", register_csv=table)


def test_a_table_holds_tasks_with_every_kind_of_cell():
    table = (
        "id,name,low,most_likely,high,shape,unit,after,calendar,team,owner,wbs,tags,resources,fixed,rate\n"
        "A,First,1,2,3,,,,,T,Ada,1.1,x;y,welder=2;crane,1000,100;120;150\n"
        'B,"Second, with a comma",1,2,3,triangular,w,A;A SS+2d,24h,,,,,,,\n'
    )
    found = tasks(table)
    a, b = found["A"], found["B"]
    assert a.duration == Pert(low=1, most_likely=2, high=3, unit="d")
    assert (a.name, a.team, a.owner, a.wbs, a.tags) == ("First", "T", "Ada", "1.1", ("x", "y"))
    assert a.resources == {"crane": 1, "welder": 2}
    assert (a.cost.fixed, a.cost.rate) == (Constant(value=1000), Pert(low=100, most_likely=120, high=150))
    assert b.name == "Second, with a comma"
    assert b.duration == Triangular(low=1, most_likely=2, high=3, unit="w")
    assert [(link.task, link.type, link.lag.value) for link in b.after] == [("A", "FS", 0), ("A", "SS", 2)]
    assert b.calendar == "24h"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5", Constant(value=5, unit="d")),
        ("5.5", Constant(value=5.5, unit="d")),
        ("40h", Constant(value=40, unit="h")),
        ("1;2;3", Pert(low=1, most_likely=2, high=3, unit="d")),
        ("1w; 2w; 3w", Pert(low=1, most_likely=2, high=3, unit="w")),
    ],
)
def test_a_duration_cell_takes_a_number_a_time_or_points(cell, expected):
    assert tasks(f"id,duration\nA,{cell}\n")["A"].duration == expected


def test_parameters_of_any_shape_have_columns():
    table = "id,shape,mean,sd,min,milestone\nA,normal,20,2,0,\nB,,,,,true\n"
    found = tasks(table)
    assert found["A"].duration == Normal(mean=20, sd=2, min=0, unit="d")
    assert found["B"].is_milestone


def test_every_column_leads_to_a_field_of_the_format():
    assert {column.place[0] for column in TASK_COLUMNS.values()} - {"id"} <= set(FORMAT["tasks"])
    of_impacts = {"target", *FORMAT["impacts"]}
    assert {column.place[0] for column in RISK_COLUMNS.values()} - {"id", *of_impacts} <= set(FORMAT["risks"])


def test_empty_cells_rows_and_short_rows_leave_fields_out():
    found = tasks("id,duration,name,team\nA,5\n\n,,,\nB,6,,T\n")
    assert [found[key].team for key in ("A", "B")] == ["", "T"]


def test_a_list_may_end_in_its_separator():
    found = tasks("id,duration,after,tags\nA,5,,x;\nB,5,A; ;,\n")
    assert found["A"].tags == ("x",)
    assert [link.task for link in found["B"].after] == ["A"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm():
    assert list(tasks("\ufeffid,duration\r\nA,5\r\n")) == ["A"]


def test_a_table_can_stand_beside_tasks_of_the_file():
    text = "tasks_file = 'tasks.csv'\n[tasks.b]\nduration = 1\nafter = ['A']\n"
    assert sorted(tasks("id,duration\nA,5\n", text)) == ["A", "b"]


def test_the_file_can_add_fields_to_a_row():
    text = "tasks_file = 'tasks.csv'\n[tasks.A]\ncost.rate = 7\ntags = ['x']\n"
    task = tasks("id,duration,fixed\nA,5,100\n", text)["A"]
    assert (task.duration.value, task.cost.fixed.value, task.cost.rate.value, task.tags) == (5, 100, 7, ("x",))


def test_a_field_given_in_row_and_file_is_refused():
    text = "tasks_file = 'tasks.csv'\n[tasks.A]\nduration = 6\n"
    assert faults(text, tasks_csv="id,duration\nA,5\n") == [("RE504", "tasks.A.duration")]


def test_a_file_over_a_base_replaces_fields_of_its_rows(tmp_path):
    written(tmp_path, "tasks = 'tasks.csv'\n", "base.toml")
    (tmp_path / "tasks.csv").write_text("id,duration\nA,5\nB,6\n")
    scenario = read(written(tmp_path, "[tasks.A]\nduration = 7\n", head='extends = "base.toml"\n'))
    assert [scenario.tasks[key].duration.value for key in ("A", "B")] == [7, 6]


@pytest.mark.parametrize(
    ("table", "code", "path", "line"),
    [
        ("", "RE501", "", 1),
        ('id,duration\nA,"5\n', "RE501", "", 2),
        ('id,duration\nA,5\nB,"5"6\n', "RE501", "", 3),
        ("id,duraton\nA,5\n", "RE502", "duraton", 1),
        ("name,duration\nA,5\n", "RE503", "id", 1),
        ("id,duration\nA,5\n\nA,6\n", "RE504", "tasks.A", 4),
        ("id,duration\nA,5,6\n", "RE505", "tasks.A", 2),
        ("id,duration\nA,five\n", "RE506", "tasks.A.duration", 2),
        ("id,duration\nA,1;x;3\n", "RE506", "tasks.A.duration", 2),
        ('id,duration\nA,"1,5"\n', "RE506", "tasks.A.duration", 2),
        ("id,low,most_likely,high\nA,1,x,3\n", "RE506", "tasks.A.duration.most_likely", 2),
        ("id,duration,milestone\nA,,maybe\n", "RE506", "tasks.A.milestone", 2),
        ("id,duration,resources\nA,1,welder=x\n", "RE506", "tasks.A.resources", 2),
        ("id,duration,duration\nA,5,6\n", "RE508", "duration", 1),
        ("id,duration,low,most_likely,high\nA,5,1,2,3\n", "RE509", "tasks.A.duration", 2),
        ("id,low,most_likely,high,duration\nA,1,2,3,5\n", "RE509", "tasks.A.duration", 2),
        ("id,duration\n,5\n", "RE112", "id", 2),
        ("id,low,most_likely,high\nA,1,2,3\nB,3,2,1\n", "RE202", "tasks.B.duration", 3),
        ("id,duration\nA,nan\n", "RE122", "tasks.A.duration", 2),
        ("id,duration\nA,-5\n", "RE212", "tasks.A.duration", 2),
        ('id,name,duration\nA,"two\nlines",5\n', "RE124", "tasks.A.name", 2),
        ("id,duration,after\nA,5,\nB,5,A;C\n", "RE220", "tasks.B.after[1]", 3),
        ("id,duration,calendar\nA,5,nowhere\n", "RE234", "tasks.A.calendar", 2),
        ("id,name\nA,x\n", "RE112", "tasks.A.duration", 2),
        ("id,duration\na/b,5\n", "RE115", 'tasks."a/b"', 2),
    ],
)  # fmt: skip
def test_faults_of_a_table_carry_its_name_and_their_line(table, code, path, line):
    issue = fault(table)
    assert (issue.code, issue.path, issue.line) == (code, path, line)
    assert issue.file.endswith("tasks.csv")


def test_rows_lost_from_a_table_are_not_blamed_on_what_names_them():
    text = "tasks_file = 'tasks.csv'\ntargets = ['B']\n[tasks.a]\nduration = x\nafter = ['B']\n".replace("x", "'x'")
    assert faults(text, tasks_csv='id,duration\nA,5\nB,"6\n') == [("RE213", "tasks.a.duration"), ("RE501", "")]


def test_all_faults_of_a_table_are_told_at_once():
    table = "id,duration,calendar,colour\nA,x,,red\nB,-1,nowhere,\nA,5,,\n"
    assert faults("tasks = 'tasks.csv'\n", tasks_csv=table) == [
        ("RE502", "colour"),
        ("RE506", "tasks.A.duration"),
        ("RE212", "tasks.B.duration"),
        ("RE234", "tasks.B.calendar"),
        ("RE504", "tasks.A"),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [("plan.xlsx", "RE507"), ("nowhere.csv", "RE101"), ("../tasks.csv", "RE117"), ("/tasks.csv", "RE117")],
)
def test_a_table_that_cannot_be_opened_is_reported_where_it_is_named(name, code):
    issue = only(f"tasks = '{name}'\n")
    assert (issue.code, issue.path, issue.line) == (code, "tasks", 4)


def test_a_register_holds_risks_with_their_impacts():
    table = (
        "id,name,kind,probability,owner,active,target,delay,cost_low,cost_most_likely,cost_high,factor,delay_unit\n"
        "R1,Late,,0.3,Ada,,a,5;10;25,0,5000,20000,,\n"
        "R1,,,,,,b,3ed,,,,,\n"
        "R2,Weather,driver,,,no,team:T;a,,,,,0.9;1;1.3,\n"
    )
    found = risks(table)
    r1, r2 = found["R1"], found["R2"]
    assert (r1.name, r1.probability, r1.owner, r1.active) == ("Late", 0.3, "Ada", True)
    assert r1.impacts["a"].delay == Pert(low=5, most_likely=10, high=25, unit="d")
    assert r1.impacts["a"].cost == Pert(low=0, most_likely=5000, high=20000)
    assert r1.impacts["b"].delay == Constant(value=3, unit="ed")
    assert (r2.kind, r2.probability, r2.active) == ("driver", 1, False)
    assert set(r2.impacts) == {"team:T", "a"}


@pytest.mark.parametrize(
    ("rows", "code", "path", "line"),
    [
        ("R,0.3,a,5\nR,0.4,b,5\n", "RE504", "risks.R", 3),
        ("R,0.3,a,5\nR,,a,6\n", "RE504", "risks.R.impacts.a", 3),
        ("R,0.3,,5\n", "RE112", "risks.R.target", 2),
        ("R,x,a,5\n", "RE506", "risks.R.probability", 2),
        ("R,30%,a,5\n", "RE506", "risks.R.probability", 2),
        ("R,30,a,5\n", "RE301", "risks.R.probability", 2),
        ("R,0.3,z,5\n", "RE303", "risks.R.impacts.z", 2),
        ("R,0.3,a,-5\n", "RE304", "risks.R.impacts.a.delay", 2),
        ("R,0.3,a,\n", "RE306", "risks.R.impacts.a", 2),
    ],
)
def test_faults_of_a_register_carry_their_line(rows, code, path, line):
    issue = risk_fault("id,probability,target,delay\n" + rows)
    assert (issue.code, issue.path, issue.line) == (code, path, line)
    assert issue.file.endswith("register.csv")


def test_a_table_is_at_most_64_mebibytes(tmp_path):
    path = written(tmp_path, "tasks = 'tasks.csv'\n")
    with (tmp_path / "tasks.csv").open("wb") as stream:
        stream.truncate(64 * 2**20 + 1)
    with pytest.raises(ScenarioError) as caught:
        read(path)
    assert [issue.code for issue in caught.value.issues] == ["RE103"]
