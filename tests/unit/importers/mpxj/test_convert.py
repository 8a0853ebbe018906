"""Files of other tools through MPXJ: the stored schedules, and clear words where Java or MPXJ is missing or fails."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.mpxj import convert as mpxj
from riskengine.importers.mpxj.convert import read_with_mpxj
from riskengine.importers.read import read_xml
from tests.support.stored_dates import differences, expected, stored
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj

STORED = (
    "aspose-ExtractEmbeddedObjects.mpp",
    "aspose-Homemoveplan.mpp",
    "mpxj-mpp14baseline.mpp",
    "mpxj-slack9.mpp",
)


def refusal(path, name="plan.mpp", **limits):
    with pytest.raises(ScenarioError) as refused:
        read_with_mpxj(path, name, **limits)
    (issue,) = refused.value.issues
    assert refused.value.exit_code == 3
    assert issue.file == name
    return issue


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.mpp"
    path.write_bytes(b"no schedule at all")
    return path


@pytest.fixture
def java(tmp_path, monkeypatch):
    """Put a program called java on PATH that does what a test says."""

    def make(script):
        if os.name != "posix":
            pytest.skip("needs a shell script")
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "java"
        program.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return make


@pytest.fixture
def jars(tmp_path, monkeypatch):
    """Make MPXJ seem to be installed."""
    folder = tmp_path / "mpxj" / "lib"
    folder.mkdir(parents=True)
    (folder / "mpxj.jar").write_bytes(b"")
    monkeypatch.setattr(mpxj, "find_jars", lambda file: folder)


@needs_mpxj
@pytest.mark.parametrize("name", STORED)
def test_a_stored_schedule_has_the_tasks_links_calendars_and_dates_that_its_tool_stored(name):
    (schedule,) = read_with_mpxj(stored(name), name)
    assert differences(schedule, expected(name)) == []
    assert (schedule.tool, schedule.file) == ("Microsoft Project", name)
    assert schedule.notes[0].startswith("converted by MPXJ")


@needs_mpxj
def test_links_of_summaries_reach_every_task_below():
    name = "aspose-ExtractEmbeddedObjects.mpp"
    (schedule,) = read_with_mpxj(stored(name), name)
    neutral = expected(name)
    summaries = {str(task["uid"]): str(task["uid"]) for task in neutral["tasks"] if task["summary"]}
    links = [(str(a), str(b)) for a, b, _, _ in neutral["rels"] if str(a) in summaries or str(b) in summaries]
    assert links
    tasks = {task.id: task for task in schedule.tasks}

    def leaves(uid):
        code = tasks[uid].wbs + "."
        below = {task.id for task in schedule.tasks if task.wbs.startswith(code) and task.type != "summary"}
        return below if uid in summaries else {uid}

    for before, after in links:
        for uid in leaves(after):
            assert leaves(before) <= {link.predecessor for link in tasks[uid].relationships}


@needs_mpxj
def test_an_xer_file_goes_through_as_primavera_xml():
    name = "mpxj-percent-complete-8.4.xer"
    (schedule,) = read_with_mpxj(stored(name), name)
    assert schedule.tool == "Primavera P6"
    assert len(schedule.tasks) == 12


@needs_mpxj
def test_a_name_that_java_cannot_open_is_no_hindrance(tmp_path):
    path = tmp_path / "-Xmx1k Pläne\n2027.mpp"
    shutil.copyfile(stored("mpxj-slack9.mpp"), path)
    (schedule,) = read_with_mpxj(path, path.name)
    assert len(schedule.tasks) == 15
    assert schedule.id == "slack"


@needs_mpxj
def test_what_is_no_schedule_is_refused(plan):
    issue = refusal(plan)
    assert issue.code == "RE846"
    assert issue.value == "Unsupported file type"


@needs_mpxj
@pytest.mark.parametrize("keep", [100, 5_000, 40_000])
def test_half_a_file_is_an_answer_or_a_refusal(tmp_path, keep):
    path = tmp_path / "plan.mpp"
    path.write_bytes(stored("mpxj-slack9.mpp").read_bytes()[:keep])
    assert refusal(path).code in ("RE846", "RE843", "RE838", "RE841")


@needs_mpxj
def test_other_kinds_of_xml_go_through_too(tmp_path):
    path = tmp_path / "plan.gan"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><project name="Shed" webLink="" version="2.8.9"><calendars><day-types>'
        '<day-type id="0"/><day-type id="1"/><default-week id="1" name="default" sun="1" mon="0" tue="0" wed="0" '
        'thu="0" fri="0" sat="1"/></day-types></calendars><tasks><taskproperties/>'
        '<task id="1" name="Dig" start="2027-03-01" duration="5" complete="0"><depend id="2" type="2" difference="0"/>'
        '</task><task id="2" name="Pour" start="2027-03-08" duration="3" complete="0"/></tasks><resources/>'
        "<allocations/></project>",
        encoding="utf-8",
    )
    (schedule,) = read_xml(path, "plan.gan")
    assert [task.name for task in schedule.tasks] == ["Dig", "Pour"]
    assert [link.predecessor for link in schedule.tasks[1].relationships] == [schedule.tasks[0].id]
    assert schedule.tool == "gan file (by MPXJ)"


def test_an_unknown_xml_and_no_xml_are_refused_without_the_converter(tmp_path):
    path = tmp_path / "plan.xml"
    for text, code in (
        ("<html><body/></html>", "RE834"),
        ("<a><b></a>", "RE830"),
        ("<!DOCTYPE project><project/>", "RE831"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError) as refused:
            read_xml(path, "plan.xml")
        assert [(issue.code, issue.line) for issue in refused.value.issues] == [(code, 1)]


def test_without_java_the_message_says_what_to_install(plan, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    issue = refusal(plan)
    assert issue.code == "RE844"
    assert "install Java" in issue.cure


def test_a_java_that_is_only_a_stub_counts_as_none(plan, java, jars):
    java("print('The operation could not be completed. Unable to locate a Java Runtime.')\nraise SystemExit(1)")
    assert refusal(plan).code == "RE844"


def test_without_mpxj_the_message_says_what_to_install(plan, java, monkeypatch):
    java("pass")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    issue = refusal(plan)
    assert issue.code == "RE845"
    assert "pip install '.[import]'" in issue.cure


def test_a_converter_that_does_not_end_is_given_up(plan, java, jars):
    java("import time\ntime.sleep(60)")
    issue = refusal(plan, seconds=0.5)
    assert (issue.code, issue.value) == ("RE847", "nothing after 0.5 s")


def test_a_converter_without_memory_is_told(plan, java, jars):
    java("print('Terminating due to java.lang.OutOfMemoryError: Java heap space')\nraise SystemExit(3)")
    assert refusal(plan).code == "RE847"


def test_the_converter_sees_a_copy_in_a_private_folder_and_no_secrets(plan, java, jars, monkeypatch, tmp_path):
    monkeypatch.setenv("PASSWORD", "secret")
    seen = tmp_path / "seen"
    java(
        "import os, pathlib, sys\n"
        f"pathlib.Path({str(seen)!r}).write_text('\\n'.join([os.getcwd(), *sorted(os.environ), *sys.argv]))"
    )
    assert refusal(plan).code == "RE846"
    lines = seen.read_text().splitlines()
    assert not Path(lines[0]).exists()
    assert "PASSWORD" not in lines
    assert str(plan) not in lines
    assert "-Xmx1g" in lines


def test_a_file_that_is_not_there_is_refused(java, jars, tmp_path):
    java("pass")
    assert refusal(tmp_path / "nowhere.mpp").code == "RE849"
