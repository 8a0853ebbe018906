"""Dates in the user fields of an XER file: read back by MPXJ, and all else byte for byte as it was."""

import re
from datetime import datetime

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.p6.tables import read_tables
from riskengine.write_back.run_dates import TaskDates
from riskengine.write_back.target import write_back
from tests.support.stored_dates import FOLDER
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj
from tests.unit.importers.p6.xer_files import PROJECT, activity, link, plan
from tests.unit.write_back.written_dates import LABELS, XER, expected, json_by_mpxj, run_of, written

PLAN = plan([activity("A"), activity("B")], [link("A", "B")])
TYPES = [
    {
        "udf_type_id": 41,
        "table_name": "TASK",
        "udf_type_name": "user_field_44",
        "udf_type_label": "Site",
        "logical_data_type": "FT_TEXT",
    },
    {
        "udf_type_id": 42,
        "table_name": "PROJECT",
        "udf_type_name": "user_field_42",
        "udf_type_label": "Risk P50 finish",
        "logical_data_type": "FT_TEXT",
    },
]
VALUES = [
    {"udf_type_id": 41, "fk_id": "tA", "proj_id": 1, "udf_date": "", "udf_text": "north\nof the river"},
    {"udf_type_id": 41, "fk_id": "tB", "proj_id": 1, "udf_date": "", "udf_text": "south"},
]


def saved(folder, text, encoding="utf-8", ending="\r\n"):
    path = folder / "plan.xer"
    path.write_bytes(text.replace("\n", ending).encode(encoding))
    return path


def by_reader(path, encoding=""):
    """The dates of a file by task and label, as the importer's tables have them."""
    database = read_tables(path, encoding, with_user_fields=True)
    labels = {
        row.get("udf_type_id"): row.get("udf_type_label")
        for row in database.rows("UDFTYPE")
        if row.get("table_name") == "TASK" and row.get("udf_type_label") in LABELS
    }
    found = {}
    for row in database.rows("UDFVALUE"):
        if row.get("udf_type_id") in labels:
            date = datetime.strptime(row.get("udf_date"), "%Y-%m-%d %H:%M")
            assert labels[row.get("udf_type_id")] not in found.setdefault(row.get("fk_id"), {})
            found[row.get("fk_id")][labels[row.get("udf_type_id")]] = date
    return found


def without_own_lines(old, new):
    """The lines of the new file that the old one does not have, as bytes; fails where an old line is gone."""
    kept, added = old.splitlines(keepends=True), []
    for line in new.splitlines(keepends=True):
        if kept and line == kept[0]:
            kept.pop(0)
        else:
            added.append(line)
    assert kept == []
    return added


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp932", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("has_fields", [False, True])
def test_every_date_comes_back_and_no_other_byte_is_changed(tmp_path, encoding, ending, has_fields):
    more = {"UDFTYPE": TYPES, "UDFVALUE": VALUES} if has_fields else {}
    name = "配管工事の計画" if encoding.startswith(("cp932", "utf")) else "Prüfstand"
    tasks = [activity("A", task_name=name), activity("B")]
    path = saved(tmp_path, plan(tasks, [link("A", "B")], **more), encoding, ending)
    run = run_of(path)
    out = written(XER, path, run)
    assert by_reader(out) == expected(path, run)
    codec = {"utf-16": "utf-16", "utf-8-sig": "utf-8-sig"}.get(encoding, encoding)
    old, new = (file.read_bytes().decode(codec) for file in (path, out))
    added = without_own_lines(old.replace(ending, "\n"), new.replace(ending, "\n"))
    assert len(added) == 4 + 8 + (0 if has_fields else 4)
    assert not set(new.replace(ending, "")) & {"\r", "\n"}
    assert new.encode(codec) == out.read_bytes()


def test_new_fields_take_keys_and_names_that_none_has(tmp_path):
    path = saved(tmp_path, plan([activity("A")], UDFTYPE=TYPES, UDFVALUE=VALUES[:1]))
    rows = list(read_tables(written(XER, path, run_of(path)), with_user_fields=True).rows("UDFTYPE"))
    own = {row.get("udf_type_label"): row for row in rows if row.get("udf_type_id") not in ("41", "42")}
    assert [row.get("udf_type_id") for row in own.values()] == ["43", "45", "46", "47"]
    assert own["Risk P80 finish"].get("logical_data_type") == "FT_END_DATE"
    assert own["Risk P80 start"].get("logical_data_type") == "FT_START_DATE"


def test_a_second_export_replaces_the_values_of_the_first(tmp_path):
    path = saved(tmp_path, plan([activity("A"), activity("B")], UDFTYPE=TYPES, UDFVALUE=VALUES))
    run = run_of(path)
    first = written(XER, path, run, "first")
    assert written(XER, first, run, "again").read_bytes() == first.read_bytes()
    later = run_of(path, tasks={id: TaskDates(task.name, task.dates[::-1]) for id, task in run.tasks.items()})
    second = written(XER, first, later, "second")
    assert by_reader(second) == expected(path, later)
    assert second.read_bytes() == written(XER, path, later, "direct").read_bytes()


def test_a_task_without_a_date_loses_that_of_an_earlier_export(tmp_path):
    path = saved(tmp_path, PLAN)
    run = run_of(path)
    first = written(XER, path, run, "first")
    dates = dict(run.tasks)
    dates["A"] = TaskDates("Activity A", (None, *dates["A"].dates[1:]))
    found = by_reader(written(XER, first, run_of(path, tasks=dates)))
    assert found["tA"].keys() == set(LABELS[1:])
    assert found["tB"].keys() == set(LABELS)


def test_tasks_of_another_project_with_the_same_fields_are_left_alone(tmp_path):
    other = [{**PROJECT, "proj_id": 2, "proj_short_name": "OTHER"}]
    tasks = [activity("A"), activity("B"), {**activity("Z"), "proj_id": 2}]
    path = saved(tmp_path, plan(tasks, PROJECT=[PROJECT, *other]))
    run = run_of(path)
    first = written(XER, path, run, "first")
    text = first.read_bytes().replace(b"%E", b"%R\t1\ttZ\t2\t2030-01-01 08:00\t\t\t\r\n%E")
    first.write_bytes(text)
    assert by_reader(written(XER, first, run))["tZ"] == {LABELS[0]: datetime(2030, 1, 1, 8)}


def test_seconds_are_cut_to_the_minute_in_which_the_date_lies(tmp_path):
    path = saved(tmp_path, PLAN)
    dates = (datetime(2027, 4, 1, 16, 59, 59), *[datetime(2027, 4, 1, 8, 0, 31)] * 3)
    out = written(XER, path, run_of(path, tasks={id: TaskDates(f"Activity {id}", dates) for id in "AB"}))
    assert by_reader(out)["tA"][LABELS[0]] == datetime(2027, 4, 1, 16, 59)


@pytest.mark.parametrize(
    ("types", "message"),
    [
        ([{**TYPES[0], "udf_type_label": "risk p80 FINISH"}], "a user field 'Risk P80 finish' of FT_TEXT"),
        ([{"udf_type_id": 1, "table_name": "TASK", "udf_type_label": "x"}], "UDFTYPE without logical_data_type"),
    ],
)
def test_a_file_without_room_for_the_dates_is_refused(tmp_path, types, message):
    path = saved(tmp_path, plan([activity("A")], UDFTYPE=types))
    with pytest.raises(ScenarioError, match=re.escape(message)) as refusal:
        written(XER, path, run_of(path))
    assert refusal.value.issues[0].code == "RE735"


def test_line_ends_that_differ_within_a_file_stay(tmp_path):
    path = tmp_path / "plan.xer"
    text = plan([activity("A")], UDFTYPE=TYPES, UDFVALUE=VALUES).encode()
    head, values = text.split(b"%T\tUDFTYPE")
    path.write_bytes(head.replace(b"\n", b"\r\n") + b"%T\tUDFTYPE" + values)
    run = run_of(path)
    out = written(XER, path, run)
    assert by_reader(out) == expected(path, run)
    added = without_own_lines(path.read_bytes(), out.read_bytes())
    assert all(line.endswith(b"\n") and not line.endswith(b"\r\n") for line in added)


def by_mpxj(path, folder):
    """The dates of a file by P6's id and label, as MPXJ reads them."""
    read = json_by_mpxj(path, folder)
    names = {field["field_alias"]: field["field_type"] for field in read["custom_fields"]}
    return {
        task["activity_id"]: {
            label: datetime.fromisoformat(task[names[label].lower()])
            for label in LABELS
            if names[label].lower() in task
        }
        for task in read["tasks"]
        if "activity_id" in task
    }


@needs_mpxj
def test_mpxj_reads_the_same_dates(tmp_path):
    """MPXJ wants whole numbers for keys, and a separator of WBS codes."""
    tasks = [activity(code, task_id=number, wbs_id=5) for number, code in ((101, "A"), (102, "B"))]
    wbs = {"wbs_id": 5, "proj_id": 1, "proj_node_flag": "Y", "wbs_short_name": "PLANT", "wbs_name": "Plant"}
    path = saved(tmp_path, plan(tasks, project={"name_sep_char": "."}, PROJWBS=[wbs]))
    run = run_of(path)
    found = by_mpxj(written(XER, path, run), tmp_path)
    wanted = expected(path, run)
    assert {id: found[id] for id in "AB"} == {"A": wanted["101"], "B": wanted["102"]}


@needs_mpxj
@pytest.mark.parametrize("name", ["PredecessorCalendar", "SuccessorCalendar", "percent-complete-8.4"])
def test_mpxj_reads_the_same_dates_in_files_of_p6(tmp_path, name):
    path = FOLDER / f"mpxj-{name}.xer"
    if not path.exists():
        pytest.skip(f"{path.name} is not on this machine")
    copied = tmp_path / path.name
    copied.write_bytes(path.read_bytes())
    run = run_of(copied)
    out = written(XER, copied, run)
    found = by_mpxj(out, tmp_path)
    codes = {row.get("task_id"): row.get("task_code") for row in read_tables(copied).rows("TASK")}
    wanted = {codes[key]: dates for key, dates in expected(copied, run).items()}
    assert wanted
    assert {id: found[id] for id in wanted} == wanted
    assert set(without_own_lines(copied.read_bytes(), out.read_bytes())) > {b"%T\tUDFVALUE\n"}


def test_files_of_several_exports_get_the_dates_once(tmp_path):
    """Some programs put one export behind another: tables come twice, and there are two ends."""
    first = plan([activity("A")], UDFTYPE=TYPES, UDFVALUE=VALUES[:1])
    second = plan(
        [activity("Z", task_id="z", proj_id=2)],
        PROJECT=[{**PROJECT, "proj_id": 2, "proj_short_name": "OTHER"}],
        UDFTYPE=TYPES[:1],
        UDFVALUE=[{**VALUES[1], "fk_id": "z", "proj_id": 2}],
    )
    path = saved(tmp_path, first + second)
    run = run_of(path)
    out = written(XER, path, run)
    assert by_reader(out) == expected(path, run)
    assert len(without_own_lines(path.read_bytes(), out.read_bytes())) == 8
    assert written(XER, out, run, "again").read_bytes() == out.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_that_begins_with_its_projects_keeps_its_first_mark_first(tmp_path, encoding):
    path = saved(tmp_path, PLAN[PLAN.index("%T\tPROJECT") :], encoding)
    run = run_of(path)
    out = written(XER, path, run)
    assert by_reader(out) == expected(path, run)
    assert out.read_bytes()[:2] == path.read_bytes()[:2]


def test_an_encoding_that_writes_marks_otherwise_is_refused(tmp_path):
    path = saved(tmp_path, PLAN)
    run = run_of(path)
    path.write_bytes(PLAN.encode("utf-32-le"))
    with pytest.raises(ScenarioError, match=r"RE\d+") as refusal:
        write_back(XER, path, run, "utf-32-le")
    assert refusal.value.issues[0].code in ("RE735", "RE734")


def test_a_row_that_leaves_out_what_is_empty_at_its_end_gets_its_date(tmp_path):
    path = saved(tmp_path, PLAN)
    first = written(XER, path, run_of(path), "first")
    data = first.read_bytes().replace(b"\t2027-03-01 08:01\t\t\t\r\n", b"\r\n")
    assert len(data) < first.stat().st_size
    first.write_bytes(data)
    run = run_of(path)
    assert by_reader(written(XER, first, run)) == expected(path, run)
