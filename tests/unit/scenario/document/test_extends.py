"""Laying files over one another: merging by id, removing, and the limits of both."""

import copy

import pytest

from riskengine.errors import ScenarioError
from riskengine.scenario import read
from riskengine.scenario.document.merge import without
from riskengine.scenario.text.faults import Faults
from tests.support.scenario_text import TASK, written

BASE = """
calendar = "24h"
[defaults.task]
team = "Systems"
owner = "Ada"
[calendars.site]
week = "mon-fri 08:00-16:00"
exceptions = {"2027-04-05" = "off"}
[tasks.a]
duration = {shape = "lognormal", mean = 20, sd = 5}
cost = {fixed = 100, rate = 10}
resources = {welder = 2}
tags = ["x"]
[tasks.b]
duration = 5
after = ["a"]
[tasks.m]
milestone = true
[risks.r]
probability = 0.3
[risks.r.impacts.a]
delay = 5
cost = 100
[risks.r.impacts.b]
delay = 7
[gates.g]
cost = 1000
confidence = 0.8
"""


def over(tmp_path, text, base=BASE):
    """Return the scenario of a file laid over a base."""
    written(tmp_path, base, "base.toml")
    return read(written(tmp_path, text, head='extends = "base.toml"\n'))


def found(path):
    """Return the faults of a file."""
    with pytest.raises(ScenarioError) as caught:
        read(path)
    return caught.value.issues


def test_a_file_that_adds_nothing_is_its_base(tmp_path):
    assert over(tmp_path, "") == read(tmp_path / "base.toml")


def test_fields_are_merged_by_id(tmp_path):
    scenario = over(tmp_path, "[tasks.a]\nname = 'A'\n[risks.r]\nprobability = 0.1\n[tasks.c]\nduration = 1\n")
    assert scenario.tasks["a"].name == "A"
    assert scenario.tasks["a"].duration.shape == "lognormal"
    assert scenario.risks["r"].probability == 0.1
    assert set(scenario.risks["r"].impacts) == {"a", "b"}
    assert sorted(scenario.tasks) == ["a", "b", "c", "m"]


def test_parts_of_costs_impacts_resources_and_exceptions_are_merged(tmp_path):
    scenario = over(
        tmp_path,
        "[tasks.a]\ncost.rate = 20\nresources.crane = 1\n[risks.r.impacts.a]\ndelay = 1\n"
        "[calendars.site.exceptions]\n2027-04-06 = 'off'\n",
    )
    task, impact = scenario.tasks["a"], scenario.risks["r"].impacts["a"]
    assert (task.cost.fixed.value, task.cost.rate.value) == (100, 20)
    assert task.resources == {"crane": 1, "welder": 2}
    assert (impact.delay.value, impact.cost.value) == (1, 100)
    assert len(scenario.calendars["site"].exceptions) == 2


def test_estimates_and_lists_are_replaced_whole(tmp_path):
    scenario = over(
        tmp_path, "[tasks.a]\nduration = {low = 1, most_likely = 2, high = 3}\ntags = ['y']\n[tasks.b]\nafter = []\n"
    )
    assert scenario.tasks["a"].duration.shape == "pert"
    assert scenario.tasks["a"].tags == ("y",)
    assert scenario.tasks["b"].after == ()


def test_a_duration_takes_the_place_of_a_milestone_and_back(tmp_path):
    scenario = over(tmp_path, "[tasks.m]\nduration = 3\n[tasks.b]\nmilestone = true\n")
    assert scenario.tasks["m"].duration.value == 3
    assert scenario.tasks["b"].is_milestone


def test_a_data_date_takes_the_place_of_the_start(tmp_path):
    assert over(tmp_path, "", BASE).is_data_date is False
    written(tmp_path, BASE, "base.toml")
    scenario = read(written(tmp_path, "", head='extends = "base.toml"\ndata_date = 2027-06-01\n'))
    assert scenario.is_data_date and scenario.start.month == 6


def test_defaults_are_merged_field_by_field(tmp_path):
    scenario = over(tmp_path, "[defaults.task]\nowner = 'Bob'\n")
    assert (scenario.tasks["a"].team, scenario.tasks["a"].owner) == ("Systems", "Bob")


def test_the_name_at_the_root_keys_the_draws(tmp_path):
    written(tmp_path, BASE, "base.toml")
    written(tmp_path, "", "middle.toml", head='extends = "base.toml"\nname = "Middle"\n')
    scenario = read(written(tmp_path, "", head='extends = "middle.toml"\nname = "Top"\n'))
    assert (scenario.name, scenario.project) == ("Top", "Test")
    scenario = read(written(tmp_path, "", head='extends = "middle.toml"\nproject = "Own"\n'))
    assert scenario.project == "Own"


def test_things_can_be_removed(tmp_path):
    scenario = over(tmp_path, "remove = ['risks.r', 'gates.g', 'tasks.a.cost.rate', 'tasks.m']\n")
    assert not scenario.risks and not scenario.gates
    assert scenario.tasks["a"].cost.rate is None and scenario.tasks["a"].cost.fixed is not None
    assert sorted(scenario.tasks) == ["a", "b"]


def test_removing_leaves_the_base_as_it_is_and_a_new_definition_starts_afresh(tmp_path):
    scenario = over(tmp_path, "remove = ['tasks.a']\n[tasks.a]\nduration = 1\n")
    assert scenario.tasks["a"].cost.fixed is None


def test_ids_with_points_can_be_removed_quoted_or_not(tmp_path):
    base = BASE + "[tasks.'x.1']\nduration = 1\n[tasks.'x.2']\nduration = 1\n"
    scenario = over(tmp_path, """remove = ['tasks."x.1"', 'tasks.x.2']\n""", base)
    assert sorted(scenario.tasks) == ["a", "b", "m"]


@pytest.mark.parametrize(
    "name", ["risks.R", "risks", "risk.r", "", "tasks.a.nothing", "tasks.a.cost.rate.value", "name"]
)
def test_removing_what_is_not_there_is_refused(tmp_path, name):
    with pytest.raises(ScenarioError) as caught:
        over(tmp_path, f"remove = ['{name}']\n")
    (issue,) = caught.value.issues
    assert (issue.code, issue.path, issue.line) == ("RE119", "remove[0]", 2)


def test_removing_brings_the_one_meant(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        over(tmp_path, "remove = ['risks.rr']\n")
    assert caught.value.issues[0].cure == 'did you mean "risks.r"?'


def test_removing_without_a_base_is_refused(tmp_path):
    assert [issue.code for issue in found(written(tmp_path, "remove = ['tasks.a']\n" + TASK))] == ["RE119"]


def test_a_removed_task_that_is_still_needed_is_reported_where_it_is_needed(tmp_path):
    written(tmp_path, BASE, "base.toml")
    issues = found(written(tmp_path, "remove = ['tasks.a']\n", head='extends = "base.toml"\n'))
    assert [(issue.code, issue.path) for issue in issues] == [
        ("RE220", "tasks.b.after[0]"),
        ("RE303", "risks.r.impacts.a"),
    ]
    assert all(issue.file.endswith("base.toml") for issue in issues)
    lines = (tmp_path / "base.toml").read_text().splitlines()
    assert lines[issues[0].line - 1] == 'after = ["a"]'


def test_a_fault_is_placed_in_the_file_that_says_it(tmp_path):
    written(tmp_path, BASE, "base.toml")
    issues = found(written(tmp_path, "[tasks.b]\nduration = 'x'\nafter = []\n", head='extends = "base.toml"\n'))
    assert [(issue.file.endswith("plan.toml"), issue.line) for issue in issues] == [(True, 3)]


def test_files_in_subfolders_are_taken_from_the_folder_of_the_file_that_names_them(tmp_path):
    written(tmp_path / "bases", TASK, "base.toml")
    written(tmp_path / "bases", "", "middle.toml", head='extends = "base.toml"\n')
    assert list(read(written(tmp_path, "", head='extends = "bases/middle.toml"\n')).tasks) == ["a"]


def test_a_base_can_be_in_the_folder_above_as_long_as_that_is_the_scenarios(tmp_path):
    written(tmp_path, TASK, "base.toml")
    written(tmp_path / "sub", "", "middle.toml", head='extends = "../base.toml"\n')
    assert list(read(written(tmp_path, "", head='extends = "sub/middle.toml"\n')).tasks) == ["a"]
    assert found(tmp_path / "sub" / "middle.toml")[0].code == "RE117"


@pytest.mark.parametrize(
    "name", ["../base.toml", "/etc/passwd.toml", "C:/base.toml", "..\\\\base.toml", "a\\u0000.toml"]
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, name):
    written(tmp_path, TASK, "base.toml")
    (issue,) = found(written(tmp_path / "sub", "", head=f'extends = "{name}"\n'))
    assert (issue.code, issue.path, issue.line) == ("RE117", "extends", 1)


def test_a_link_that_leaves_the_folder_is_refused(tmp_path):
    base = written(tmp_path, TASK, "base.toml")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "link.toml").symlink_to(base)
    assert found(written(tmp_path / "sub", "", head='extends = "link.toml"\n'))[0].code == "RE117"


def test_a_link_within_the_folder_is_followed(tmp_path):
    base = written(tmp_path, TASK, "base.toml")
    (tmp_path / "link.toml").symlink_to(base)
    assert list(read(written(tmp_path, "", head='extends = "link.toml"\n')).tasks) == ["a"]


def test_a_missing_base_is_reported_where_it_is_named(tmp_path):
    path = written(tmp_path, "", head='\nextends = "nowhere.toml"\n')
    (issue,) = found(path)
    assert (issue.code, issue.path, issue.line, issue.file) == ("RE101", "extends", 2, str(path))


def test_a_base_of_another_kind_is_refused(tmp_path):
    assert found(written(tmp_path, "", head='extends = "base.yaml"\n'))[0].code == "RE108"


def test_a_circle_of_files_is_spelled_out(tmp_path):
    written(tmp_path, "", "b.toml", head='extends = "a.toml"\n')
    (issue,) = found(written(tmp_path, "", "a.toml", head='extends = "b.toml"\n'))
    assert issue.code == "RE116"
    assert issue.rule.endswith("a.toml -> b.toml -> a.toml")
    (issue,) = found(written(tmp_path, "", "self.toml", head='extends = "./self.toml"\n'))
    assert issue.code == "RE116"


def test_a_chain_has_sixteen_files_at_most(tmp_path):
    written(tmp_path, TASK, "f0.toml")
    for number in range(1, 17):
        path = written(tmp_path, "", f"f{number}.toml", head=f'extends = "f{number - 1}.toml"\n')
    assert list(read(tmp_path / "f15.toml").tasks) == ["a"]
    assert found(path)[0].code == "RE118"


def test_a_broken_base_is_reported_in_its_own_file(tmp_path):
    written(tmp_path, "x = = 1\n", "base.toml")
    (issue,) = found(written(tmp_path, "", head='extends = "base.toml"\n'))
    assert (issue.code, issue.line) == ("RE105", 4)
    assert issue.file.endswith("base.toml")


def test_a_resolved_base_can_be_extended(tmp_path):
    from riskengine.scenario import dumps

    scenario = read(written(tmp_path, BASE))
    (tmp_path / "base.json").write_text(dumps(scenario))
    assert read(written(tmp_path, "", "over.toml", head='extends = "base.json"\n')) == scenario


def test_taking_things_out_leaves_the_document_they_are_taken_from():
    base = {"tasks": {"a": {"cost": {"fixed": 1, "rate": 2}}}, "risks": {"r": {}}}
    kept = copy.deepcopy(base)
    rest = without(base, ["tasks.a.cost.rate", "risks.r"], "plan.toml", Faults(), extends=True)
    assert rest == {"tasks": {"a": {"cost": {"fixed": 1}}}, "risks": {}}
    assert base == kept
