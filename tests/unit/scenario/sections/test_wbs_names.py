"""Names of WBS elements: kept by the import, taken by selectors and templates, shown in tables."""

import pyarrow as pa
import pytest

import riskengine
from riskengine.errors import ScenarioError
from riskengine.importers import choose, document
from riskengine.importers.p6.projects import read_xer
from riskengine.model.selector import ImpactTargets, parting_elements
from riskengine.scenario import parse
from riskengine.scenario.resolve import resolve
from tests.unit.importers.p6.xer_files import activity, plan, write

NAMES = {"1": "Plant", "1.1": "Foundations", "1.2": "Steel", "1.2.1": "Foundations"}


def scenario(names=NAMES, **more):
    tasks = {"a": "1.1", "b": "1.2", "c": "1.2.1", "d": "1.20", "e": ""}
    table = {key: {"duration": 5, "wbs": code} for key, code in tasks.items()}
    return parse({"schema": 1, "name": "Test", "start": "2027-03-01", "tasks": table, "wbs": dict(names), **more})


@pytest.mark.parametrize(
    ("key", "tasks"),
    [("wbs:Steel", "bc"), ("wbs:Foundations", "ac"), ("wbs:Plant", "abcd"), ("wbs:1.2", "bc"), ("wbs:1.20", "d")],
)
def test_a_name_selects_what_its_codes_do(key, tasks):
    risk = {"probability": 0.5, "impacts": {key: {"delay": 5}}}
    found = scenario(risks={"r": risk})
    assert tuple(ImpactTargets(found).tasks(key)) == tuple(tasks)


def test_a_template_takes_a_name():
    found = scenario(templates={"steel": {"select": "wbs:Steel", "range": "90%, 100%, 130%"}})
    assert [key for key, task in found.tasks.items() if task.duration.shape == "pert"] == ["b", "c"]


def test_a_name_that_no_element_has_is_refused_with_what_is_near():
    with pytest.raises(ScenarioError, match=r'RE302.*wbs:Stel.*did you mean "wbs:Steel"'):
        scenario(risks={"r": {"probability": 0.5, "impacts": {"wbs:Stel": {"delay": 5}}}})


@pytest.mark.parametrize("value", [5, "", "two\nlines", ["x"], "x" * 501])
def test_a_name_must_be_a_text_on_one_line(value):
    if value == "":
        assert scenario({"1": ""}).wbs_names == {"1": ""}
        return
    with pytest.raises(ScenarioError):
        scenario({"1": value})


def test_names_survive_the_resolved_form_and_leave_others_alone():
    found = scenario()
    assert parse(resolve(found)).wbs_names == NAMES
    assert "wbs" not in resolve(scenario({}))


def test_the_import_keeps_names_that_say_more_than_their_codes(tmp_path):
    wbs = [
        {"wbs_id": 1, "proj_id": 1, "wbs_short_name": "P", "wbs_name": "Plant", "proj_node_flag": "Y"},
        {"wbs_id": 2, "proj_id": 1, "wbs_short_name": "691", "wbs_name": "Superstructure", "parent_wbs_id": 1},
        {"wbs_id": 3, "proj_id": 1, "wbs_short_name": "X", "wbs_name": "X", "parent_wbs_id": 2},
        {"wbs_id": 4, "proj_id": 1, "wbs_short_name": "EMPTY", "wbs_name": "Without tasks", "parent_wbs_id": 1},
    ]
    text = plan([activity("A", wbs_id=3), activity("B", wbs_id=2)], PROJWBS=wbs)
    content = document(choose(read_xer(write(tmp_path, text)), "", "plan.xer"))
    assert content["wbs"] == {"P": "Plant", "P.691": "Superstructure"}
    content["risks"] = {"r": {"probability": 0.5, "impacts": {"wbs:Superstructure": {"delay": 5}}}}
    assert ImpactTargets(parse(content)).tasks("wbs:Superstructure") == ["A", "B"]


def test_names_stand_in_the_table_of_tasks(tmp_path):
    run = riskengine.simulate(scenario(), iterations=256)
    table: pa.Table = run.tables["tasks"]
    assert dict(zip(table["task"].to_pylist(), table["wbs_name"].to_pylist(), strict=True)) == {
        "a": "Foundations",
        "b": "Steel",
        "c": "Foundations",
        "d": "",
        "e": "",
    }


def test_an_element_without_a_name_is_selected_by_its_code_alone():
    """``wbs:`` would stand for every element without a name, and for every task without a code."""
    with pytest.raises(ScenarioError, match="RE302"):
        scenario({"1.1": ""}, risks={"r": {"probability": 0.5, "impacts": {"wbs:": {"delay": 5}}}})


@pytest.mark.parametrize(
    ("codes", "elements"),
    [
        (["1.1", "1.2.3", "2", ""], ("1", "1", "2", "")),
        (["P.1.1", "P.1.2", "P.2"], ("P.1", "P.1", "P.2")),
        (["P", "P.1.1", "P.2"], ("P", "P.1", "P.2")),
        (["P.1.1", "P.1.2"], ("P.1.1", "P.1.2")),
        (["P.1", "P.1"], ("P.1", "P.1")),
        (["", ""], ("", "")),
    ],
)
def test_elements_are_those_of_the_highest_level_at_which_the_codes_part(codes, elements):
    assert parting_elements(codes) == elements
