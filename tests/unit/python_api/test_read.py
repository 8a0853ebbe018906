"""What ``read`` takes: paths, texts, mappings and scenarios, and what it refuses."""

import json
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import riskengine
from riskengine import model
from tests.unit.python_api.plans import STAND

DOCUMENT = tomllib.loads(STAND)


@pytest.fixture
def plan(tmp_path):
    """The stand as a file."""
    path = tmp_path / "plan.toml"
    path.write_text(STAND, encoding="utf-8")
    return path


def found(source, **options):
    """Codes and paths of the faults of a source."""
    with pytest.raises(riskengine.ScenarioError) as refused:
        riskengine.read(source, **options)
    return [(issue.code, issue.path) for issue in refused.value.issues]


def test_path_text_mapping_and_resolved_form_are_one_scenario(plan):
    first = riskengine.read(plan)
    json_text = json.dumps(DOCUMENT, default=lambda value: value.isoformat())
    sources = [str(plan), STAND, "\ufeff" + STAND, DOCUMENT, json_text, "\n  " + json_text, first.to_json(), first]
    for source in sources:
        scenario = riskengine.read(source)
        assert isinstance(scenario, riskengine.Scenario)
        assert scenario == first
        assert scenario.digest == first.digest


def test_a_path_object_is_a_path_whatever_it_is_called(tmp_path):
    path = tmp_path / "{plan}.toml"
    path.write_text(STAND, encoding="utf-8")
    assert riskengine.read(path).name == "Exhibition stand"


def test_simulate_and_decide_take_what_read_takes(plan):
    runs = [riskengine.simulate(source, iterations=256) for source in (plan, str(plan), STAND, DOCUMENT)]
    assert all(run == runs[0] for run in runs)
    assert riskengine.decide(DOCUMENT, iterations=256).decision == runs[0].decision


def test_faults_of_a_text_have_lines_and_those_of_a_mapping_have_none():
    text = STAND.replace("[5, 8, 15]", "[15, 8, 5]").replace("0.25", "2")
    with pytest.raises(riskengine.ScenarioError) as refused:
        riskengine.simulate(text)
    places = [(issue.file, issue.line, issue.code, issue.path) for issue in refused.value.issues]
    assert places == [
        ("scenario.toml", 8, "RE202", "tasks.design.duration"),
        ("scenario.toml", 15, "RE301", "risks.printer.probability"),
    ]
    with pytest.raises(riskengine.ScenarioError) as refused:
        riskengine.read(tomllib.loads(text))
    assert {(issue.file, issue.line, issue.code) for issue in refused.value.issues} == {
        ("scenario", None, "RE202"),
        ("scenario", None, "RE301"),
    }


def test_a_broken_text_is_a_fault_and_not_a_file():
    assert found("{") == [("RE107", "")]
    assert found("schema = 1\nname = \n") == [("RE105", "")]


@pytest.mark.parametrize(
    "addition",
    [{"extends": "plan.toml"}, {"tasks_file": "t.csv"}, {"risks_file": "r.csv"}, {"tasks": "t.csv"}],
)
def test_a_document_in_memory_that_names_files_needs_a_folder(tmp_path, monkeypatch, addition):
    """The working folder holds files of these names, which must not be taken."""
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(STAND, encoding="utf-8")
    Path("t.csv").write_text("id,duration\nt,5\n", encoding="utf-8")
    Path("r.csv").write_text("id,probability\nr,0.5\n", encoding="utf-8")
    assert found({**DOCUMENT, **addition})[0] == ("RE925", next(iter(addition)))


def test_files_are_taken_from_the_folder_that_is_named(plan):
    document = {"schema": 1, "extends": "plan.toml", "name": "Other", "remove": ["risks.printer"]}
    text = 'schema = 1\nextends = "plan.toml"\nname = "Other"\nremove = ["risks.printer"]\n'
    for source in (document, text):
        scenario = riskengine.read(source, folder=plan.parent)
        assert (scenario.name, scenario.project, set(scenario.risks)) == ("Other", "Exhibition stand", set())
    assert found({**document, "extends": "../plan.toml"}, folder=plan.parent) == [("RE117", "extends")]
    assert found({**document, "extends": "gone.toml"}, folder=plan.parent) == [("RE101", "extends")]


def test_a_text_may_extend_a_file_that_is_called_as_the_text_is(tmp_path):
    (tmp_path / "scenario.toml").write_text(STAND, encoding="utf-8")
    text = 'schema = 1\nextends = "scenario.toml"\nname = "Other"\n'
    assert riskengine.read(text, folder=tmp_path).tasks.keys() == {"build", "design"}


@pytest.mark.parametrize("source", [None, 3, b"schema = 1\n", "", [], object(), "a\0b", Path, {1, 2}])
def test_what_is_no_source_is_refused(source):
    for verb in (riskengine.read, riskengine.simulate, riskengine.decide):
        with pytest.raises(riskengine.RiskengineError):
            verb(source)


def test_a_folder_beside_a_path_is_refused(plan):
    with pytest.raises(riskengine.UsageError, match="RE922 folder"):
        riskengine.read(plan, folder=plan.parent)


def test_numbers_of_numpy_and_tuples_are_what_a_file_says(plan):
    document = {
        **DOCUMENT,
        "tasks": {
            "design": {"duration": (np.int64(5), np.float32(8), np.float64(15)), "tags": np.array([], dtype=str)},
            "build": {**DOCUMENT["tasks"]["build"], "cost": {"fixed": np.uint16(4000), "rate": np.int32(900)}},
        },
    }
    assert riskengine.read(document) == riskengine.read(plan)


def test_models_may_stand_in_a_document(plan):
    scenario = riskengine.read(plan)
    document = {
        **DOCUMENT,
        "tasks": dict(scenario.tasks),
        "risks": dict(scenario.risks),
        "gates": dict(scenario.gates),
        "minimum_duration": scenario.minimum_duration,
    }
    assert riskengine.read(document) == scenario


def test_a_scenario_is_built_in_code(plan):
    built = riskengine.Scenario(
        name="Exhibition stand",
        start=date(2027, 3, 1),
        currency="EUR",
        targets=["design"],
        tasks={
            "design": {"duration": model.Pert(low=5, most_likely=8, high=15, unit="d")},
            "build": {"duration": [10, 12, 20], "after": ["design"], "cost": {"fixed": 4000, "rate": 900}},
        },
        risks={"printer": {"probability": 0.25, "impacts": {"build": {"delay": ["2d", "3d", "8d"]}}}},
        gates=DOCUMENT["gates"],
    )
    assert built == riskengine.read(plan)
    assert built.changed({"name": "Other"}).name == "Other"


def test_a_scenario_built_in_code_has_the_faults_of_a_file():
    with pytest.raises(riskengine.ScenarioError) as refused:
        riskengine.Scenario(
            name="x",
            start="2027-03-01",
            tasks={"a": {"duraton": 5, "duration": [5, 3, 1]}, "b": {"duration": 1, "after": ["c"]}},
            risks={"R": {"probability": -1, "impacts": {"a": {"delay": 1}}}},
        )
    assert {(issue.code, issue.path) for issue in refused.value.issues} == {
        ("RE111", "tasks.a.duraton"),
        ("RE202", "tasks.a.duration"),
        ("RE220", "tasks.b.after[0]"),
        ("RE301", "risks.R.probability"),
    }
    assert 'did you mean "duration"?' in str(refused.value)


def test_keys_that_are_no_text_and_endless_documents_are_refused(monkeypatch):
    monkeypatch.setattr("riskengine.scenario.from_python.MOST_VALUES", 10_000)
    endless: list[object] = []
    endless += [endless, endless]
    assert found({**DOCUMENT, "tasks": {1: {"duration": 5}}}) == [("RE113", "tasks")]
    assert [code for code, _ in found({**DOCUMENT, "targets": endless})] == ["RE103"]
    deep: object = 1
    for _ in range(100):
        deep = [deep]
    assert [code for code, _ in found({**DOCUMENT, "targets": deep})] == ["RE104"]


def test_the_short_form_of_a_scenario_is_one_line(plan):
    assert repr(riskengine.read(plan)) == '<Scenario "Exhibition stand": 2 tasks, 1 risk, 2 gates>'


def test_what_was_assumed_is_told():
    text = STAND + "\n[templates.wide]\nselect = 'tag:none'\nrange = [0.9, 1.0, 1.3]\n"
    assert any("wide" in hint for hint in riskengine.read(text).hints)
