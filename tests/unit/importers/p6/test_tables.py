"""The tables of an XER file, whatever its encoding and whatever was done to it."""

import time

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers import document
from riskengine.importers.p6.calendars import CalendarTextError, parse
from riskengine.importers.p6.projects import read_xer
from riskengine.importers.p6.tables import read_tables, tables_of
from tests.unit.importers.p6.xer_files import HEADER, activity, plan, write


def refusal(path):
    with pytest.raises(ScenarioError) as caught:
        read_xer(path)
    return caught.value.lines()


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "Prüfstand Öl"),
        ("utf-8-sig", "Prüfstand Öl"),
        ("utf-16", "Prüfstand Öl"),
        ("utf-16-le", "Prüfstand Öl"),
        ("utf-16-be", "Prüfstand Öl"),
        ("cp1252", "Prüfstand Öl – façade"),
        ("cp1251", "Монтаж трубопровода на площадке"),
        ("gbk", "安装管道系统工程"),
        ("cp1256", "أعمال الحفر والردم في الموقع"),
    ],
)
def test_names_survive_the_usual_encodings(tmp_path, encoding, name):
    path = write(tmp_path, plan([activity("A", task_name=name)]), encoding)
    (schedule,) = read_xer(path)
    assert schedule.tasks[0].name == name


def test_an_encoding_that_is_asked_for_is_taken(tmp_path):
    path = write(tmp_path, plan([activity("A", task_name="Ölwanne")]), "cp850")
    assert read_xer(path, "cp850")[0].tasks[0].name == "Ölwanne"


@pytest.mark.parametrize("encoding", ["utf-9", "ascii"])
def test_an_encoding_that_is_wrong_is_re803(tmp_path, encoding):
    path = write(tmp_path, plan([activity("A", task_name="Ölwanne")]))
    with pytest.raises(ScenarioError, match="RE803"):
        read_xer(path, encoding)


@pytest.mark.parametrize(
    ("name", "encoding", "is_noted"),
    [("Монтаж трубопровода", "cp1251", True), ("Prüfstand", "cp1252", True), ("Prüfstand", "utf-8", False)],
)
def test_a_guessed_code_page_is_noted(tmp_path, name, encoding, is_noted):
    path = write(tmp_path, plan([activity("A", task_name=name)]), encoding)
    assert any(f"taken for {encoding}" in note for note in read_xer(path)[0].notes) == is_noted


def test_a_code_page_that_names_nothing_is_not_noted(tmp_path):
    path = write(tmp_path, plan([activity("A")], CURRTYPE=[{"curr_symbol": "£"}]), "cp1252")
    assert not any("taken for" in note for note in read_xer(path)[0].notes)


def test_a_text_of_several_lines_goes_on_in_the_same_row():
    text = f"{HEADER}\n%T\tTASK\n%F\ttask_id\ttask_name\tstatus\n%R\t1\tPour\nconcrete\tdone\n%R\t2\tCure\topen\n"
    rows = list(tables_of(text.split("\n"), "utf-8", "plan.xer").rows("TASK"))
    assert [row.get("task_name") for row in rows] == ["Pour\nconcrete", "Cure"]
    assert [row.get("status") for row in rows] == ["done", "open"]


def test_short_rows_end_in_empty_fields_and_wide_rows_are_noted():
    text = f"{HEADER}\n%T\tTASK\n%F\ta\tb\n%R\t1\n%R\t1\t2\t3\n"
    database = tables_of(text.split("\n"), "utf-8", "plan.xer")
    assert [row.get("b") for row in database.rows("TASK")] == ["", "2"]
    assert any("more fields than names" in note for note in database.notes)


def test_what_is_too_many_does_not_come_with_the_lines_that_follow():
    text = f"{HEADER}\n%T\tTASK\n%F\ta\tb\n%R\t1\t2\t3\nmore\n"
    (row,) = tables_of(text.split("\n"), "utf-8", "plan.xer").rows("TASK")
    assert row.cells == ["1", "2"]


def test_tables_that_no_reader_uses_are_noted_with_their_rows(tmp_path):
    path = write(tmp_path, plan([activity("A")], FUTURETBL=[{"x": 1}, {"x": 2}]))
    assert any("FUTURETBL (2)" in note for note in read_xer(path)[0].notes)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["", "cp1252"])
def test_line_ends_of_every_system_are_read(tmp_path, end, encoding):
    path = tmp_path / "plan.xer"
    path.write_bytes(end.join([HEADER, "%T\tTASK", "%F\ta", "%R\té", "%E", ""]).encode(encoding or "utf-16"))
    assert [row.get("a") for row in read_tables(path, encoding).rows("TASK")] == ["é"]


def test_another_kind_of_file_is_re804(tmp_path):
    path = tmp_path / "plan.xer"
    path.write_text("<html>Session expired</html>")
    assert "RE804" in refusal(path)[0]


@pytest.mark.parametrize("body", ["%T\tTASK\n%R\t1", "%F\ttask_id", "%R\t1"])
def test_rows_without_names_of_fields_are_re805_with_their_line(tmp_path, body):
    path = write(tmp_path, f"{HEADER}\n{body}\n")
    (line,) = refusal(path)
    assert "RE805" in line
    assert line.startswith(f"{path}:{3 if body.startswith('%T') else 2}: ")


def test_more_activities_than_the_limit_are_re806(tmp_path, monkeypatch):
    monkeypatch.setattr("riskengine.importers.p6.tables.MOST_TASKS", 2)
    path = write(tmp_path, plan([activity("A"), activity("B"), activity("C")]))
    assert "RE806" in refusal(path)[0]


def test_a_file_beyond_the_limit_is_re802(tmp_path, monkeypatch):
    monkeypatch.setattr("riskengine.importers.p6.tables.LARGEST_FILE", 100)
    assert "RE802" in refusal(write(tmp_path, plan([activity("A")])))[0]


def test_a_folder_and_a_missing_file_are_re101(tmp_path):
    assert "RE101" in refusal(tmp_path)[0]
    assert "RE101" in refusal(tmp_path / "nowhere.xer")[0]


def test_a_file_without_activities_is_re807(tmp_path):
    assert "RE807" in refusal(write(tmp_path, plan([])))[0]


def test_numbers_and_dates_that_are_none_are_told_together_with_their_lines(tmp_path):
    tasks = [activity("A", remain_drtn_hr_cnt="eighty"), activity("B", early_start_date="01/05/27")]
    lines = refusal(write(tmp_path, plan(tasks)))
    assert [line.split(": ")[1].split()[0] for line in lines] == ["RE808", "RE809"]
    rows = [row.line for row in read_tables(tmp_path / "plan.xer").rows("TASK")]
    assert [int(line.split(":")[1]) for line in lines] == rows


def test_decimal_commas_are_read(tmp_path):
    path = write(tmp_path, plan([activity("A", remain_drtn_hr_cnt="7,5")]))
    assert read_xer(path)[0].tasks[0].hours == 7.5


def test_hostile_files_take_no_time(tmp_path):
    """What would take minutes or hours if anything grew with the square of the size."""
    begun = time.process_time()
    names = "\n".join(f"%R\t{number}\t1\t10\tA\tTT_Task\tTK_NotStart\t8" for number in range(20_000))
    fields = "task_id proj_id clndr_id task_code task_type status_code remain_drtn_hr_cnt".replace(" ", "\t")
    tables = plan([]).replace("%E", f"%T\tTASK\n%F\t{fields}\n{names}\n%E")
    same_codes = write(tmp_path, tables)
    assert len(document(read_xer(same_codes)[0])["tasks"]) == 20_000
    lines = "\n".join("x" for _ in range(1_000_000))
    assert (
        tables_of(f"{HEADER}\n%T\tTASK\n%F\ta\n%R\t1\n{lines}".split("\n"), "utf-8", "plan.xer").tables["TASK"].count
        == 1
    )
    for text in ("(" + " " * 1_000_000, "(0||" * 300_000, "(" * 1_000_000):
        with pytest.raises(CalendarTextError):
            parse(text, "10", "Office")
    assert time.process_time() - begun < 30


def test_more_fields_than_the_limit_are_re806(monkeypatch):
    monkeypatch.setattr("riskengine.importers.p6.tables.MOST_CELLS", 3)
    with pytest.raises(ScenarioError, match="RE806"):
        tables_of(f"{HEADER}\n%T\tTASK\n%F\ta\tb\n%R\t1\t2\n%R\t1\t2\n".split("\n"), "utf-8", "plan.xer")


def test_many_projects_of_many_rows_are_re806(tmp_path, monkeypatch):
    monkeypatch.setattr("riskengine.importers.p6.projects.MOST_WORK", 0)
    assert "RE806" in refusal(write(tmp_path, plan([activity("A")])))[0]
