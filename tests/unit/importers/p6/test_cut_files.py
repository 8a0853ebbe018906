"""Exports that end early are refused, wherever the end is: never a silent earlier finish."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.p6.pmxml import read_pmxml
from riskengine.importers.p6.projects import read_xer
from riskengine.importers.p6.tables import tables_of
from tests.unit.importers.p6.test_mutated_files import sample
from tests.unit.importers.p6.test_pmxml import activity as xml_activity
from tests.unit.importers.p6.test_pmxml import project, relationship
from tests.unit.importers.p6.xer_files import activity, link, plan, write

NAMES = plan([activity("A", task_name="安装管道系统工程"), activity("B", task_name="Prüfstand")], [link("A", "B")])
"""Characters of more than one byte, so that a cut may fall inside one."""


def code_of(read, path):
    """The code of the refusal, or nothing where the file was read."""
    try:
        read(path)
    except ScenarioError as error:
        assert all(issue.file == str(path) and issue.line is not None for issue in error.issues)
        return error.issues[0].code
    return ""


def last_byte(data):
    """Where the last byte that matters ends."""
    return len(data.rstrip())


@pytest.mark.parametrize("data", [sample(), sample().replace(b"\n", b"\r\n"), NAMES.encode(), NAMES.encode("utf-16")])
def test_an_xer_file_that_is_cut_at_any_byte_is_refused(tmp_path, data):
    path = tmp_path / "plan.xer"
    end = last_byte(data) if not data.startswith(b"\xff\xfe") else len(data) - 2
    ends = sorted({*range(0, end, 7), *(place for place in range(end) if data[place : place + 1] == b"\n"), end - 1})
    codes = set()
    for place in ends:
        path.write_bytes(data[:place])
        codes.add(code_of(read_xer, path))
    assert "RE819" in codes
    assert codes <= {"RE804", "RE819", "RE805", "RE807"}, codes
    path.write_bytes(data)
    assert code_of(read_xer, path) == ""


@pytest.mark.parametrize("page", ["cp1252", "gbk", "cp932", "cp949", "utf-8"])
def test_an_xer_file_that_is_cut_inside_a_character_is_refused(tmp_path, page):
    name = {"cp1252": "Prüfstand", "cp949": "배관 설치"}.get(page, "配管工事")
    data = plan([activity("A", task_name=name)]).encode(page)
    place = next(at for at, byte in enumerate(data) if byte > 127) + 1
    (tmp_path / "plan.xer").write_bytes(data[:place])
    assert code_of(read_xer, tmp_path / "plan.xer") == "RE819"


def test_the_refusal_says_where_the_file_ends(tmp_path):
    text = plan([activity("A"), activity("B")], [link("A", "B")])
    path = write(tmp_path, text.replace("%E\n", ""))
    with pytest.raises(ScenarioError) as refused:
        read_xer(path)
    (issue,) = refused.value.issues
    assert issue.line == len(text.replace("%E\n", "").rstrip().splitlines())
    assert "PR_FS" in issue.value


@pytest.mark.parametrize("tail", ["%E", "%E\r\n", "%E\r\n\x1a", "%E\t\t\n\n\n", "%E \0\0"])
def test_an_end_mark_may_be_followed_by_nothing_that_shows(tmp_path, tail):
    (tmp_path / "plan.xer").write_bytes(plan([activity("A")]).replace("%E\n", tail).encode())
    assert code_of(read_xer, tmp_path / "plan.xer") == ""


def test_a_p6_xml_file_that_is_cut_at_any_byte_is_refused(tmp_path):
    names = xml_activity(1, Name="安装管道") + xml_activity(2, Name="Prüfstand") + relationship(1, 2)
    data, path = project(names).encode(), tmp_path / "plan.xml"
    for place in {*range(1, len(data), 5), len(data) - 1}:
        path.write_bytes(data[:place])
        assert code_of(lambda path: read_pmxml(path, str(path)), path) == "RE830"
    path.write_bytes(data)
    assert code_of(lambda path: read_pmxml(path, str(path)), path) == ""


def test_a_second_export_in_the_file_must_end_too(tmp_path):
    text = plan([activity("A")])
    path = write(tmp_path, text + text.replace("%E\n", ""))
    assert code_of(read_xer, path) == "RE819"


ROWS = "ERMHDR\n%T\tTASKPRED\n%F\ttask_id\tpred_task_id\tpred_type\tlag_hr_cnt\tnotes\n%R\t1\t2\tPR_FS\t8\t\n"


def test_a_row_that_ends_in_the_middle_is_noted_with_its_line():
    notes = tables_of(f"{ROWS}%R\t1\t2\tPR_F\n%R\t2\t3\tPR_FF\t0\n%E\n".split("\n"), "utf-8", "plan.xer").notes
    assert notes == ["table TASKPRED: 1 row ends before lag_hr_cnt, which every other row fills (line 5)"]


def test_empty_fields_left_out_at_the_end_of_a_row_are_no_fault():
    assert tables_of(f"{ROWS}%R\t1\t2\tPR_FS\t0\n%E\n".split("\n"), "utf-8", "plan.xer").notes == []


def test_a_row_that_lost_its_mark_is_refused_rather_than_lost():
    with pytest.raises(ScenarioError, match="RE805"):
        tables_of(f"{ROWS}R\t2\t3\tPR_FS\t0\n%E\n".split("\n"), "utf-8", "plan.xer")
