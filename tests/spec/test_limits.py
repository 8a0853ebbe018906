"""Limits of the format that no file of the corpus can show: size, links, pipes, permissions, chains."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from riskengine import scenario
from riskengine.errors import Issue, ScenarioError

HEAD = 'schema = 1\nname = "Limits"\nstart = 2027-03-01\n'
TASK = "\n[tasks.a]\nduration = 5\n"


def refused(path: Path) -> list[Issue]:
    """Read the file and return what it is refused for."""
    with pytest.raises(ScenarioError) as refusal:
        scenario.read(path)
    return list(refusal.value.issues)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_file_above_16_mib_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = write(tmp_path / "large.toml", HEAD + "#" * (16 * 2**20) + TASK)
    assert [(issue.code, issue.line) for issue in refused(path)] == [("RE103", 1)]


def test_file_of_exactly_16_mib_is_read(tmp_path: Path) -> None:
    head = HEAD + "# "
    path = write(tmp_path / "large.toml", head + "x" * (16 * 2**20 - len(head) - len(TASK)) + TASK)
    assert path.stat().st_size == 16 * 2**20
    assert list(scenario.read(path).tasks) == ["a"]


def test_table_above_64_mib_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "tasks.csv").open("wb") as stream:
        stream.truncate(64 * 2**20 + 1)
    path = write(tmp_path / "plan.toml", HEAD + 'tasks = "tasks.csv"\n')
    assert [(issue.code, Path(issue.file).name) for issue in refused(path)] == [("RE103", "tasks.csv")]


@pytest.mark.parametrize("depth", [64, 65])
def test_lists_nest_64_levels_deep_and_no_deeper(tmp_path: Path, depth: int) -> None:
    path = write(tmp_path / "deep.toml", HEAD + "x = " + "[" * depth + "]" * depth + TASK)
    assert [issue.code for issue in refused(path)] == ["RE111" if depth <= 64 else "RE104"]


@pytest.mark.parametrize("opening", ["[", "{ a = ", "[[[[", "a."])
def test_endless_nesting_of_toml_is_refused_at_its_line(tmp_path: Path, opening: str) -> None:
    path = write(tmp_path / "deep.toml", "\nx = " + opening * 50_000)
    assert [(issue.code, issue.line) for issue in refused(path)] == [("RE104", 2)]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_endless_nesting_of_json_is_refused_at_its_line(tmp_path: Path, opening: str) -> None:
    path = write(tmp_path / "deep.json", '\n{"x": ' + opening * 50_000)
    assert [(issue.code, issue.line) for issue in refused(path)] == [("RE104", 2)]


def test_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "secret.toml", HEAD + TASK)
    path = write(tmp_path / "project" / "plan.toml", 'schema = 1\nextends = "link.toml"\n')
    (path.parent / "link.toml").symlink_to(tmp_path / "secret.toml")
    assert [(issue.code, issue.line) for issue in refused(path)] == [("RE117", 2)]


def test_folder_that_links_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "secret" / "tasks.csv", "id,duration\na,5\n")
    path = write(tmp_path / "project" / "plan.toml", HEAD + 'tasks = "tables/tasks.csv"\n')
    (path.parent / "tables").symlink_to(tmp_path / "secret")
    assert [(issue.code, issue.line) for issue in refused(path)] == [("RE117", 4)]


def test_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "v1" / "base.toml", HEAD + TASK)
    path = write(tmp_path / "plan.toml", 'schema = 1\nextends = "base.toml"\nname = "Linked"\n')
    (tmp_path / "base.toml").symlink_to(tmp_path / "v1" / "base.toml")
    assert scenario.read(path).name == "Linked"


def test_scenario_named_by_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path / "plan.toml", HEAD + TASK)
    (tmp_path / "current.toml").symlink_to("plan.toml")
    assert list(scenario.read(tmp_path / "current.toml").tasks) == ["a"]


def test_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    path = write(tmp_path / "plan.toml", 'schema = 1\nextends = "pipe.toml"\n')
    assert [(issue.code, issue.line) for issue in refused(path)] == [("RE101", 2)]
    assert [issue.code for issue in refused(tmp_path / "pipe.toml")] == ["RE101"]


@pytest.mark.parametrize("name", ["nothing.toml", "folder.toml", "x" * 5000 + ".toml", "null\0.toml"])
def test_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.toml").mkdir()
    issues = refused(tmp_path / name)
    assert [issue.code for issue in issues] == ["RE101"]
    assert issues[0].file == str(tmp_path / name)


def test_chain_of_16_files_is_read_and_of_17_is_not(tmp_path: Path) -> None:
    write(tmp_path / "1.toml", HEAD + TASK)
    for number in range(2, 18):
        write(tmp_path / f"{number}.toml", f'schema = 1\nextends = "{number - 1}.toml"\n')
    assert scenario.read(tmp_path / "16.toml").project == "Limits"
    assert [issue.code for issue in refused(tmp_path / "17.toml")] == ["RE118"]


def test_ten_thousand_faults_are_all_told(tmp_path: Path) -> None:
    tasks = "".join(f"[tasks.t{number}]\nduration = -1\n" for number in range(5_000))
    issues = refused(write(tmp_path / "plan.toml", HEAD + tasks))
    assert [issue.code for issue in issues] == ["RE212"] * 5_000
    assert [issue.line for issue in issues] == list(range(5, 10_005, 2))


def test_name_of_500_characters_is_read(tmp_path: Path) -> None:
    name = "x" * 500
    assert scenario.read(write(tmp_path / "plan.toml", HEAD.replace("Limits", name) + TASK)).name == name


def test_id_of_200_characters_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.toml", HEAD + f"[tasks.{'x' * 200}]\nduration = 5\n")
    assert list(scenario.read(path).tasks) == ["x" * 200]


@pytest.mark.parametrize("line", ["{}.a = 1", 'after = "{}"', 'duration = "{}"', 'calendar = "{}"', 'tags = "{}"'])
def test_fault_about_an_endless_word_stays_readable(tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "plan.toml", HEAD + TASK + line.format("x" * 100_000) + "\n")
    for issue in refused(path):
        assert len(issue.format()) < 1_000 + len(str(path))
