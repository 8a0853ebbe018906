"""Lists that a file adds to and takes from, over the file that it extends."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskengine import scenario
from riskengine.errors import ScenarioError
from riskengine.model import Scenario

PLAN = """schema = 1
name = "Plan"
start = 2027-03-01
targets = ["build"]
[tasks.design]
duration = 5
[tasks.permit]
duration = 3
[tasks."site A"]
duration = 2
[tasks.build]
duration = 10
after = ["design SS+2d", "permit", { task = "site A", type = "FF" }]
tags = ["crew"]
"""


def read(folder: Path, *layers: str) -> Scenario:
    """The plan with files laid over it, each over the one before."""
    (folder / "plan0.toml").write_text(PLAN, encoding="utf-8")
    for number, text in enumerate(layers):
        head = f'schema = 1\nextends = "plan{number}.toml"\n'
        (folder / f"plan{number + 1}.toml").write_text(head + text, encoding="utf-8")
    return scenario.read(folder / f"plan{len(layers)}.toml")


def predecessors(made: Scenario) -> list[str]:
    """What the build waits for."""
    return [f"{link.task} {link.type}" for link in made.tasks["build"].after]


def test_items_are_added_to_a_list_and_taken_from_it(tmp_path: Path) -> None:
    made = read(tmp_path, '[tasks.build]\nafter.add = ["design FF"]\nafter.remove = ["permit"]\ntags.add = ["night"]\n')
    assert predecessors(made) == ["design FF", "design SS", "site A FF"]
    assert made.tasks["build"].tags == ("crew", "night")


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("design", ["permit FS", "site A FF"]),
        ("design SS+2d", ["permit FS", "site A FF"]),
        ("site A", ["design SS", "permit FS"]),
    ],
)
def test_a_relationship_is_removed_by_its_predecessor_or_as_written(tmp_path: Path, name: str, left: list[str]) -> None:
    assert predecessors(read(tmp_path, f'[tasks.build]\nafter.remove = ["{name}"]\n')) == left


@pytest.mark.parametrize("written", ['"site A"', '"site A FS"', '"site A+2d"', '{ task = "site A" }'])
def test_a_task_whose_name_begins_alike_stays(tmp_path: Path, written: str) -> None:
    tasks = "[tasks.site]\nduration = 3\n[tasks.build]\n"
    made = read(tmp_path, f'{tasks}after = ["site", {written}]\n', '[tasks.build]\nafter.remove = ["site"]\n')
    assert predecessors(made) == ["site A FS"]


def test_each_file_of_a_chain_changes_what_the_one_before_left(tmp_path: Path) -> None:
    first = '[tasks.build]\nafter.remove = ["permit"]\n'
    second = '[tasks.build]\nafter.add = ["permit FS+5d"]\n'
    assert predecessors(read(tmp_path, first, second)) == ["design SS", "permit FS", "site A FF"]


def test_a_list_at_the_top_of_a_file_is_changed_too(tmp_path: Path) -> None:
    assert read(tmp_path, 'targets.add = ["design"]\n').targets == ("build", "design")


def test_a_list_that_is_not_there_is_begun(tmp_path: Path) -> None:
    assert read(tmp_path, '[tasks.design]\ntags.add = ["desk"]\n').tasks["design"].tags == ("desk",)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ('after.remove = ["desgin"]', ("RE126", "tasks.build.after.remove[0]")),
        ('after.remove = "design"', ("RE113", "tasks.build.after.remove")),
        ('after = { add = ["design"], drop = ["permit"] }', ("RE113", "tasks.build.after")),
        ('after.add = ["desgin"]', ("RE220", "tasks.build.after[3]")),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(tmp_path: Path, change: str, expected: tuple[str, str]) -> None:
    with pytest.raises(ScenarioError) as refusal:
        read(tmp_path, f"[tasks.build]\n{change}\n")
    assert [(issue.code, issue.path) for issue in refusal.value.issues] == [expected]
    assert refusal.value.issues[0].line == 4


def test_records_of_changes_stand_beside_each_other(tmp_path: Path) -> None:
    record = '[changes.{0}]\nwho = "R. Weber"\nwhen = 2027-04-12\nwhy = "asked for"\napproved = {1}\n'
    made = read(tmp_path, record.format("CR-7", "true"), record.format("CR-9", "false"))
    assert {name: change.approved for name, change in made.changes.items()} == {"CR-7": True, "CR-9": False}
