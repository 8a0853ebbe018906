"""Projects of P6 that stand in a file for the sake of others: baselines, stubs, the other ends of relationships."""

from datetime import datetime

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers import choose, document
from riskengine.importers.p6.pmxml import read_pmxml
from riskengine.importers.p6.projects import read_xer
from riskengine.scenario import parse
from tests.unit.importers.p6.test_pmxml import activity as xml_activity
from tests.unit.importers.p6.test_pmxml import calendar, element, project, relationship
from tests.unit.importers.p6.xer_files import PROJECT, activity, link, plan, write

START, FINISH = datetime(2027, 3, 8, 8), datetime(2027, 3, 12, 17)
PLANNED = {"target_start_date": "2027-03-08 08:00", "target_end_date": "2027-03-12 17:00"}


def copy(number, **fields):
    """A baseline of the project."""
    return {**PROJECT, "proj_id": number, "proj_short_name": f"PLANT - B{number}", "orig_proj_id": 1, **fields}


def read(folder, text):
    return choose(read_xer(write(folder, text)), "", "plan.xer")


def test_planned_dates_of_the_baseline_come_by_activity_id(tmp_path):
    other = activity("X", proj_id=2, task_code="A", **PLANNED)
    schedule = read(tmp_path, plan([activity("A"), activity("B"), other], PROJECT=[PROJECT, copy(2)]))
    found = {task.id: (task.baseline_start, task.baseline_finish) for task in schedule.tasks}
    assert found == {"A": (START, FINISH), "B": (None, None)}
    assert "baseline PLANT - B2: planned dates of 1 of 2 tasks were read" in schedule.notes
    stored = parse(document(schedule)).tasks["A"].imported
    assert (stored.baseline_start, stored.baseline_finish) == (START, FINISH)


@pytest.mark.parametrize(("named", "finish"), [("2", FINISH), ("3", datetime(2027, 3, 19, 17)), ("", None)])
def test_of_several_baselines_the_one_that_the_project_names_counts(tmp_path, named, finish):
    later = {**PLANNED, "target_end_date": "2027-03-19 17:00"}
    tasks = [activity("A"), activity("X", proj_id=2, task_code="A", **PLANNED)]
    tasks += [activity("Y", proj_id=3, task_code="A", **later)]
    schedule = read(tmp_path, plan(tasks, PROJECT=[{**PROJECT, "sum_base_proj_id": named}, copy(2), copy(3)]))
    assert schedule.tasks[0].baseline_finish == (finish or datetime(2027, 3, 19, 17))
    assert any("the last of 2 in the file" in note for note in schedule.notes) == (finish is None)


def test_a_baseline_in_p6_xml_is_read_and_is_no_project_to_choose(tmp_path):
    planned = {"PlannedStartDate": "2027-03-08T08:00:00", "PlannedFinishDate": "2027-03-12T17:00:00"}
    inside = xml_activity(91, Id="A1", ProjectObjectId=9, Type="nonsense of an old version", **planned)
    base = element("BaselineProject", inside, ObjectId=9, Id="PLANT - B1", OriginalProjectObjectId=7)
    text = project(xml_activity(1) + xml_activity(2), CurrentBaselineProjectObjectId=9)
    path = tmp_path / "plan.xml"
    path.write_text(text.replace("</APIBusinessObjects>", base + "</APIBusinessObjects>"), encoding="utf-8")
    (schedule,) = read_pmxml(path, "plan.xml")
    assert [(task.id, task.baseline_finish) for task in schedule.tasks] == [("A1", FINISH), ("A2", None)]


def stub(attributes=' external="true"'):
    inside = "".join(
        f"<{tag}>{text}</{tag}>" for tag, text in (("Id", "X100"), ("ObjectId", "501"), ("Name", "Theirs"))
    )
    kind = "<Type>Finish Milestone</Type>"
    return f"<Project{attributes}><Id>OTHER</Id><ObjectId>50</ObjectId><Activity>{inside}{kind}</Activity></Project>"


@pytest.mark.parametrize("attributes", [' external="true"', ""])
def test_a_stub_of_another_project_is_no_fault(tmp_path, attributes):
    tie = relationship(501, 1).replace("<PredecessorProjectObjectId>7", "<PredecessorProjectObjectId>50")
    path = tmp_path / "plan.xml"
    path.write_text(project(xml_activity(1) + tie, calendar() + stub(attributes)), encoding="utf-8")
    (schedule,) = read_pmxml(path, "plan.xml")
    assert schedule.id == "PLANT"
    assert schedule.tasks[0].external == ["FS from X100 of OTHER"]
    assert "projects of which the file holds names alone, for relationships: OTHER" in schedule.notes


def test_a_stub_in_an_xer_file_is_no_fault(tmp_path):
    other = {"proj_id": 2, "proj_short_name": "OTHER", "export_flag": "N"}
    bare = {"task_id": "tX", "proj_id": 2, "task_code": "X", "task_type": "TT_FinMile"}
    schedule = read(tmp_path, plan([activity("A"), bare], [link("X", "A")], PROJECT=[PROJECT, other]))
    assert [task.id for task in schedule.tasks] == ["A"]
    assert schedule.tasks[0].external == ["FS from X of OTHER"]


def test_a_stub_alone_is_a_fault(tmp_path):
    path = tmp_path / "plan.xml"
    path.write_text(f"<APIBusinessObjects>{stub()}</APIBusinessObjects>", encoding="utf-8")
    with pytest.raises(ScenarioError, match="RE814"):
        read_pmxml(path, "plan.xml")


def test_a_fault_in_a_project_that_travels_along_is_told_and_hinders_nobody(tmp_path):
    other = {**PROJECT, "proj_id": 2, "proj_short_name": "ROAD", "export_flag": "N"}
    text = plan([activity("A"), activity("X", proj_id=2, early_start_date="soon")], PROJECT=[PROJECT, other])
    schedule = read(tmp_path, text)
    assert any(note.startswith("project ROAD, which travels along, could not be read: ") for note in schedule.notes)
    with pytest.raises(ScenarioError, match="RE809"):
        read(tmp_path, text.replace("\tN\t", "\tY\t"))


def test_the_other_end_of_a_relationship_is_named(tmp_path):
    other = {**PROJECT, "proj_id": 2, "proj_short_name": "ROAD", "export_flag": "N"}
    far = activity("X", proj_id=2, early_end_date="2027-04-08 17:00", late_start_date="2027-04-12 08:00")
    ties = [link("X", "A", "PR_FF"), link("A", "X"), {**link("Z", "A"), "pred_proj_id": 2}]
    outside = {"external_early_start_date": "2027-03-08 08:00"}
    schedule = read(tmp_path, plan([activity("A", **outside), far], ties, PROJECT=[PROJECT, other]))
    assert schedule.tasks[0].external == [
        "external early start 2027-03-08 08:00",
        "FF from X of ROAD",
        "FS to X of ROAD",
        "FS from a task that is not in the file of ROAD",
    ]


EARLY = {"early_start_date": "2027-03-01 08:00", "early_end_date": "2027-03-05 17:00"}


@pytest.mark.parametrize(
    ("rest", "is_edited"),
    [
        ({"restart_date": "2027-03-01 08:00", "reend_date": "2027-03-05 17:00"}, False),
        ({"restart_date": "2027-03-01 08:00", "reend_date": "2027-03-12 17:00"}, True),
        ({"restart_date": "2027-03-02 08:00"}, True),
        ({"late_end_date": "2027-03-19 17:00", "rem_late_end_date": "2027-03-19 17:00"}, False),
        ({"late_end_date": "2027-03-19 17:00", "rem_late_end_date": "2027-03-26 17:00"}, True),
        ({}, False),
    ],
)
def test_remaining_dates_beside_early_ones_tell_of_an_edit(tmp_path, rest, is_edited):
    schedule = read(tmp_path, plan([activity("A", **EARLY, **rest)]))
    assert schedule.tasks[0].is_edited == is_edited
    assert parse(document(schedule)).tasks["A"].imported.edited == is_edited
