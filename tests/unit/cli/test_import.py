"""``riskengine import``: what it writes, what it says, what it refuses."""

import json
from pathlib import Path

import pytest

from riskengine.cli.commands.import_ import note_lines
from riskengine.cli.entry import main
from tests.unit.importers.p6.xer_files import PROJECT, activity, link, plan, write


@pytest.fixture
def source(folder):
    """A schedule of two activities in the working directory."""
    tasks = [activity("A1000"), activity("A1010", external_early_start_date="2027-05-03 08:00")]
    return write(folder, plan(tasks, [link("A1000", "A1010", "PR_SS", 16)])).name


def test_a_schedule_becomes_a_scenario_that_check_takes(folder, source, capsys):
    assert main(["import", source, "-o", "new.toml"]) == 0
    said = capsys.readouterr()
    assert "Primavera P6, project PLANT" in said.out
    assert "2 tasks" in said.out
    assert "note: an external early start became a constraint SNET (A1010)" in said.err
    assert "next: riskengine check new.toml" in said.err
    assert main(["check", "new.toml"]) in (0, 3)
    assert "new.toml: good" in capsys.readouterr().out


def test_the_file_says_at_its_top_what_was_read(folder, source):
    main(["import", source, "-o", "new.toml"])
    top = (folder / "new.toml").read_text(encoding="utf-8").split("\n\n")[0]
    assert all(line.startswith("#") for line in top.split("\n"))
    assert "plan.xer (Primavera P6), project PLANT" in top
    assert "2 tasks, 1 relationship, 1 constraint, 1 calendar" in top


def test_without_a_name_the_scenario_is_called_after_the_schedule(folder, source):
    (folder / "plan.toml").unlink()
    assert main(["import", source]) == 0
    assert (folder / "plan.toml").exists()


def test_a_file_that_exists_is_left_alone_unless_forced(folder, source, capsys):
    before = (folder / "plan.toml").read_bytes()
    assert main(["import", source, "-o", "plan.toml"]) == 2
    assert "RE817" in capsys.readouterr().err
    assert (folder / "plan.toml").read_bytes() == before
    assert main(["import", source, "-o", "plan.toml", "--force"]) == 0
    assert (folder / "plan.toml").read_bytes() != before
    assert sorted(path.name for path in folder.iterdir()) == ["faulty.toml", "open.toml", "plan.toml", "plan.xer"]


def test_json_says_what_was_read(folder, source, capsys):
    assert main(["import", source, "-o", "new.toml", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["tool"] == "Primavera P6"
    assert found["counts"]["tasks"] == 2
    assert found["counts"]["relationships"] == 1
    assert found["written"] == "new.toml"
    assert len(found["notes"]) >= 1


def test_one_note_too_many_is_shown_and_two_are_counted():
    notes = [f"n{k}" for k in range(22)]
    assert note_lines(notes[:21], Path("new.toml")) == [f"note: n{k}" for k in range(21)]
    assert note_lines(notes, Path("new.toml"))[19:] == ["note: n19", "and 2 more notes, in new.toml"]


def test_several_projects_are_listed_and_refused(folder, capsys):
    projects = [PROJECT, {**PROJECT, "proj_id": 2, "proj_short_name": "ROAD"}]
    write(folder, plan([activity("A"), activity("B", proj_id=2)], PROJECT=projects))
    assert main(["import", "plan.xer", "-o", "new.toml"]) == 3
    assert "RE815" in capsys.readouterr().err
    assert not (folder / "new.toml").exists()
    assert main(["import", "plan.xer", "-o", "new.toml", "--project", "ROAD"]) == 0
    assert "[tasks.B]" in (folder / "new.toml").read_text(encoding="utf-8")


def test_activities_in_a_circle_are_re818_and_the_circle(folder, capsys):
    write(folder, plan([activity("A"), activity("B")], [link("A", "B"), link("B", "A")]))
    assert main(["import", "plan.xer", "-o", "new.toml"]) == 3
    said = capsys.readouterr().err
    assert "RE818" in said
    assert "RE222" in said
    assert not (folder / "new.toml").exists()


def test_a_file_of_another_kind_is_refused(folder, capsys):
    (folder / "minutes.txt").write_text("We met.")
    assert main(["import", "minutes.txt", "-o", "new.toml"]) == 3
    assert "minutes.txt: RE84" in capsys.readouterr().err
    assert not (folder / "new.toml").exists()


def test_a_folder_that_is_not_there_is_a_fault_of_the_disk(folder, source, capsys):
    assert main(["import", source, "-o", "nowhere/new.toml"]) == 4
    assert "nowhere" in capsys.readouterr().err


def test_a_scenario_ends_in_toml(folder, source, capsys):
    assert main(["import", source, "-o", "new.json"]) == 2
    assert "RE108" in capsys.readouterr().err


def test_large_schedules_are_left_to_check(folder, monkeypatch, capsys):
    write(folder, plan([activity("A"), activity("B")], [link("A", "B"), link("B", "A")]))
    monkeypatch.setattr("riskengine.cli.commands.import_.MOST_CHECKED", 1)
    assert main(["import", "plan.xer", "-o", "new.toml"]) == 0
    assert main(["check", "new.toml"]) == 3
    assert "RE222" in capsys.readouterr().err


def test_a_scenario_beyond_what_others_read_is_refused(folder, source, monkeypatch, capsys):
    monkeypatch.setattr("riskengine.cli.commands.import_.LARGEST", 500)
    assert main(["import", source, "-o", "new.toml"]) == 3
    assert f"{source}: RE818" in (err := capsys.readouterr().err)
    assert "new.toml" not in err
    assert not (folder / "new.toml").exists()
