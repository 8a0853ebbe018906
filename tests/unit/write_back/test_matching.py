"""A file that is not that of the run is refused; what only one of them has is said."""

from datetime import datetime

import pytest

from riskengine.errors import ScenarioError
from riskengine.write_back.run_dates import TaskDates
from riskengine.write_back.target import TARGETS, write_back
from tests.unit.importers.msproject.mspdi_text import project, task
from tests.unit.importers.p6.xer_files import PROJECT, activity, plan, write
from tests.unit.write_back.written_dates import MSPDI, XER, invented, run_of


def three(folder, **changes):
    return write(folder, plan([activity(code) for code in "ABC"], **changes))


def refusal(target, path, run):
    with pytest.raises(ScenarioError) as refused:
        write_back(target, path, run)
    (issue,) = refused.value.issues
    assert issue.file == str(path)
    return issue.code, issue.value


def tasks_of(*names):
    return {name: TaskDates(f"Activity {name}", invented(0)) for name in names}


def test_tasks_that_only_one_side_has_are_told_and_the_others_written(tmp_path):
    path = three(tmp_path)
    copy, matching = write_back(XER, path, run_of(path, tasks=tasks_of("A", "C", "added")))
    assert (matching.only_in_file, matching.only_in_run, matching.renamed) == (["B"], ["added"], [])
    assert matching.tasks.keys() == {"tA", "tC"}
    assert copy.content.count(b"\ttA\t1\t2027") == 4
    assert b"\ttB\t1\t2027" not in copy.content


def test_a_task_of_another_name_is_told(tmp_path):
    path = three(tmp_path)
    tasks = {**tasks_of("A", "B"), "C": TaskDates("Roof", invented(1))}
    _, matching = write_back(XER, path, run_of(path, tasks=tasks))
    assert matching.renamed == ["C"]


def test_a_task_without_a_name_is_called_by_its_id(tmp_path):
    path = write(tmp_path, plan([activity("A", task_name="")]))
    _, matching = write_back(XER, path, run_of(path, tasks={"A": TaskDates("A", invented(0))}))
    assert matching.renamed == []
    _, matching = write_back(XER, path, run_of(path, tasks={"A": TaskDates("", invented(0))}))
    assert matching.renamed == []


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"tasks": tasks_of("A", "X", "Y")}, "1 of 3 tasks have the id and name of one in the run"),
        ({"tasks": {id: TaskDates("Else", invented(0)) for id in "ABC"}}, "0 of 3 tasks have the id and name"),
        ({"project": "BRIDGE"}, "the file has PLANT, the run is of BRIDGE"),
        ({"data_date": datetime(2027, 4, 1, 8)}, "the file is of 2027-03-01 08:00:00, the run of 2027-04-01 08:00:00"),
        ({"data_date": None}, "the file is of 2027-03-01 08:00:00, the run of None"),
    ],
)
def test_a_file_of_another_plan_or_status_is_refused(tmp_path, changes, value):
    path = three(tmp_path)
    code, found = refusal(XER, path, run_of(path, **changes))
    assert code == "RE732"
    assert found.startswith(value)


def test_of_several_projects_the_one_of_the_run_is_written(tmp_path):
    other = {**PROJECT, "proj_id": 2, "proj_short_name": "OTHER"}
    tasks = [activity("A"), {**activity("A"), "task_id": "z", "proj_id": 2}]
    path = write(tmp_path, plan(tasks, PROJECT=[PROJECT, other]))
    copy, _ = write_back(XER, path, run_of(path))
    assert copy.content.count(b"\ttA\t1\t2027") == 4
    assert b"\tz\t2\t2027" not in copy.content


def test_a_file_without_a_title_may_have_got_another_name(tmp_path):
    (tmp_path / "plan.xml").write_text(project(task(1)), encoding="utf-8")
    run = run_of(tmp_path / "plan.xml")
    (tmp_path / "plan.xml").rename(tmp_path / "plan (2).xml")
    write_back(MSPDI, tmp_path / "plan (2).xml", run)
    titled = run_of(tmp_path / "plan (2).xml", project="Bridge")
    assert refusal(MSPDI, tmp_path / "plan (2).xml", titled)[0] == "RE732"


@pytest.mark.parametrize("name", ["plan.xer", "plan.xml", "pm.xml", "plan.gan"])
def test_a_file_of_another_format_is_refused(tmp_path, name):
    path = three(tmp_path)
    run = run_of(path)
    (tmp_path / "plan.xml").write_text(project(task(1)), encoding="utf-8")
    (tmp_path / "pm.xml").write_text("<APIBusinessObjects/>", encoding="utf-8")
    (tmp_path / "plan.gan").write_text("<project/>", encoding="utf-8")
    own = {"plan.xer": XER, "plan.xml": MSPDI}.get(name)
    codes = {target: refusal(target, tmp_path / name, run)[0] for target in TARGETS if target is not own}
    assert set(codes.values()) == {"RE734"}
