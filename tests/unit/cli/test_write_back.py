"""``riskengine export --to xer:FILE`` and ``mspdi:FILE``: from a file through a run and back into its copy."""

import json
import re
import shutil
from datetime import datetime

import pytest

from riskengine.importers.p6.tables import read_tables
from riskengine.results.folder.store import open_run
from riskengine.write_back.run_dates import DATE_FIELDS
from tests.support.command_line import riskengine
from tests.support.places import ROOT
from tests.unit.importers.msproject.mspdi_text import link, project, task

RANGES = """
extends = "plan.toml"
tasks.1.duration = ["4d", "5d", "9d"]
tasks.2.duration = ["1d", "2d", "4d"]
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A run of a file of each tool, beside the file."""
    folder = tmp_path_factory.mktemp("imported")
    shutil.copy(ROOT / "scenarios" / "pumping-station.xer", folder / "pumping-station.xer")
    shutil.copy(ROOT / "scenarios" / "pumping-station.toml", folder / "p6.toml")
    text = project("\n".join([task(1, hours=40), task(2, hours=16, links=link(1)), task(3, hours=8)]), Title="Bridge")
    (folder / "plan.xml").write_text(text, encoding="utf-8")
    assert riskengine("import", "plan.xml", cwd=folder).returncode == 0
    (folder / "project.toml").write_text(RANGES, encoding="utf-8")
    for name in ("p6", "project"):
        done = riskengine("simulate", f"{name}.toml", "-o", f"results/{name}", "--iterations", "256", cwd=folder)
        assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def folder(runs, tmp_path):
    """A copy of it."""
    place = tmp_path / "work"
    shutil.copytree(runs, place)
    return place


def dates_of(folder):
    """Dates of the table of tasks, by id and label, to the minute."""
    rows = open_run(folder).tables["tasks"].to_pylist()
    return {row["task"]: {one.label: row[one.column].replace(second=0) for one in DATE_FIELDS} for row in rows}


def test_an_xer_file_gets_the_dates_of_the_table_of_tasks(folder):
    done = riskengine("export", "results/p6", "--to", "xer:out.xer", cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        "out.xer: dates of 36 tasks, all else as in pumping-station.xer",
        "  Risk P50 start   in UDF 1",
        "  Risk P50 finish  in UDF 2",
        "  Risk P80 start   in UDF 3",
        "  Risk P80 finish  in UDF 4",
    ]
    database = read_tables(folder / "out.xer", with_user_fields=True)
    labels = {row.get("udf_type_id"): row.get("udf_type_label") for row in database.rows("UDFTYPE")}
    codes = {row.get("task_id"): row.get("task_code") for row in database.rows("TASK")}
    found = {}
    for row in database.rows("UDFVALUE"):
        date = datetime.strptime(row.get("udf_date"), "%Y-%m-%d %H:%M")
        found.setdefault(codes[row.get("fk_id")], {})[labels[row.get("udf_type_id")]] = date
    assert found == dates_of(folder / "results" / "p6")


def test_a_file_of_project_gets_the_dates_of_the_table_of_tasks(folder):
    done = riskengine("export", "results/project", "--to", "mspdi:out.xml", "--json", cwd=folder)
    assert json.loads(done.stdout) == {
        "to": "mspdi:out.xml",
        "source": "plan.xml",
        "tasks": 3,
        "fields": {one.label: f"Date{place}" for place, one in enumerate(DATE_FIELDS, 1)},
        "is_changed": True,
        "only_in_file": [],
        "only_in_run": [],
        "renamed": [],
    }
    text = (folder / "out.xml").read_text("utf-8")
    numbers = {str(188743944 + place): one.label for place, one in enumerate(DATE_FIELDS, 1)}
    found = {}
    for body in re.findall(r"<Task>(.*?)</Task>", text, re.DOTALL):
        values = re.findall(r"<FieldID>(\d+)</FieldID>\s*<Value>([^<]*)</Value>", body)
        uid = re.search(r"<UID>(\d+)</UID>", body).group(1)
        found[uid] = {numbers[number]: datetime.fromisoformat(value).replace(second=0) for number, value in values}
    assert found == dates_of(folder / "results" / "project")


def test_the_same_again_changes_nothing_and_another_file_is_left_alone(folder):
    first = riskengine("export", "results/p6", "--to", "xer:out.xer", cwd=folder)
    again = riskengine("export", "results/p6", "--to", "xer:out.xer", cwd=folder)
    assert (first.returncode, again.returncode) == (0, 0)
    assert again.stdout.decode().splitlines()[0] == "out.xer: has these dates already"
    before = (folder / "pumping-station.xer").read_bytes()
    over = riskengine("export", "results/p6", "--to", "xer:pumping-station.xer", cwd=folder)
    assert over.returncode == 2
    assert "RE736 pumping-station.xer exists already; nothing was written" in over.stderr.decode()
    assert (folder / "pumping-station.xer").read_bytes() == before
    forced = riskengine("export", "results/p6", "--to", "xer:pumping-station.xer", "--force", cwd=folder)
    assert forced.returncode == 0
    assert (folder / "pumping-station.xer").read_bytes() == (folder / "out.xer").read_bytes()


def test_what_only_one_side_has_is_said(folder):
    text = (folder / "plan.xml").read_text("utf-8").replace("<Name>Task 3</Name>", "<Name>Task&#x9b;31m drei</Name>")
    text = text.replace("</Tasks>", task(4) + "</Tasks>")
    (folder / "later.xml").write_text(text, encoding="utf-8")
    done = riskengine("export", "results/project", "--to", "mspdi:out.xml", "--source", "later.xml", cwd=folder)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        "note: 1 task of the file is not in the run and has no dates: 4",
        "note: 1 task has another name in later.xml than in the run, and the dates by the id: 3",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["results/p6", "--to", "xer:"], 2, "RE722"),
        (["results/p6", "results/project", "--to", "xer:out.xer"], 2, "RE737"),
        (["results/p6", "--to", "xer:out.xer", "--table", "dim_run"], 2, "RE737"),
        (["results/p6", "--to", "xer:out.xer", "--source", "nowhere.xer"], 3, "RE101"),
        (["results/p6", "--to", "xer:out.xer", "--source", "plan.xml"], 3, "plan.xml: RE734"),
        (["results/p6", "--to", "mspdi:out.xml"], 3, "pumping-station.xer: RE734"),
        (["results/project", "--to", "xer:out.xer", "--source", "pumping-station.xer"], 3, "RE732"),
        (["results/p6", "--to", "csv:out", "--source", "plan.xml"], 2, "--source and --encoding are for"),
        (["results/p6", "--to", "xer:out.xer", "--encoding", "klingon"], 3, "RE803"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(folder, arguments, status, message):
    before = sorted(folder.iterdir())
    done = riskengine("export", *arguments, cwd=folder)
    assert done.returncode == status
    assert message in done.stderr.decode()
    assert done.stdout == b""
    assert sorted(folder.iterdir()) == before


def test_a_file_that_is_not_there_is_asked_for(folder):
    (folder / "pumping-station.xer").rename(folder / "moved.xer")
    done = riskengine("export", "results/p6", "--to", "xer:out.xer", cwd=folder)
    assert done.returncode == 2
    assert "RE733 there is no 'pumping-station.xer' in this folder" in done.stderr.decode()
    assert (
        riskengine("export", "results/p6", "--to", "xer:out.xer", "--source", "moved.xer", cwd=folder).returncode == 0
    )


def test_a_run_that_was_not_imported_is_refused(folder):
    shutil.copy(ROOT / "scenarios" / "minimal.toml", folder / "minimal.toml")
    assert riskengine("simulate", "minimal.toml", "-o", "results/m", "--iterations", "256", cwd=folder).returncode == 0
    done = riskengine("export", "results/m", "--to", "xer:out.xer", cwd=folder)
    assert done.returncode == 4
    assert "RE731 results/m: the scenario was not imported from a file" in done.stderr.decode()


def test_a_damaged_folder_is_refused(folder):
    part = folder / "results" / "p6" / "tasks.arrow"
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(bytes(data))
    done = riskengine("export", "results/p6", "--to", "xer:out.xer", cwd=folder)
    assert done.returncode == 4
    assert not (folder / "out.xer").exists()
