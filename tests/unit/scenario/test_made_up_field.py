"""Fields that nobody has heard of, added by one declaration each, on the attribute of a model.

Every way in and out has them: file, table, JSON Schema, resolved form, faults with what was meant.
"""

import json

import pytest

from riskengine.model.entry import only_in_files
from riskengine.model.fields import Special, Table
from riskengine.model.format import FORMAT, section
from riskengine.scenario.json_schema import schema_in
from riskengine.scenario.values.entries import PlainFields
from tests.support.changed_package import changed_package, output_of

TASK = """    permit: Annotated[str, Text("Number of the permit to work.", example='"P 7"', since=2)] = ""
    noise: Annotated[float | None, Number("Loudness.", least=0, most=200, code="RE113")] = None
    inspected: Annotated[datetime | None, Instant("When it was looked at; a date is its end.", ends=True)] = None
"""
RISK = """    hazard: Annotated[Literal["low", "grave"], Choice("How bad it is for people.")] = "low"
"""
SCENARIO = """    client: Annotated[str, Text("Who pays.")] = ""
"""
LINES = {
    "model/task.py": [("    actual_start: Annotated[", TASK)],
    "model/risk.py": [("    active: Annotated[", RISK)],
    "model/scenario.py": [("    is_data_date: bool", SCENARIO)],
}

PROGRAM = """
import json, pathlib, sys
import riskengine
from riskengine import scenario
from riskengine.errors import ScenarioError

HEAD = 'schema = 1\\nname = "Test"\\nstart = 2027-03-01\\n'
folder = pathlib.Path.cwd()

def read(text, **files):
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content)
    (folder / "plan.toml").write_text(HEAD + text)
    try:
        return riskengine.read(folder / "plan.toml")
    except ScenarioError as error:
        return [str(issue) for issue in error.issues]

said = read('client = "City"\\n[tasks.a]\\nduration = 5\\npermit = "P 7"\\nnoise = 85\\ninspected = 2027-04-01\\n'
            '[risks.r]\\nprobability = 0.5\\nhazard = "grave"\\nimpacts.a.delay = 5\\n')
table = read('tasks = "t.csv"\\n', t_csv="id,duration,permit,noise,inspected\\na,5,P 7,85,2027-04-01\\n")
schema = scenario.json_schema()
resolved = scenario.resolve(said)
json.dump({
    "resolved": resolved,
    "again": scenario.resolve(scenario.parse(resolved)),
    "table": scenario.resolve(table)["tasks"]["a"],
    "silent": scenario.resolve(read('[tasks.a]\\nduration = 5\\n')),
    "faults": read('clint = "x"\\n[tasks.a]\\nduration = 5\\npermitt = "P 7"\\nnoise = 300\\ninspected = "soon"\\n'
                   '[tasks.b]\\nduration = 5\\npermit = 7\\n'
                   '[risks.r]\\nprobability = 0.5\\nhazard = "grav"\\nimpacts.a.delay = 5\\n'),
    "schema": {
        "client": schema["properties"]["client"],
        **{key: schema["$defs"]["task"]["properties"][key] for key in ("permit", "noise", "inspected")},
        "hazard": schema["$defs"]["risk"]["properties"]["hazard"],
    },
}, sys.stdout)
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    return json.loads(output_of(changed_package(tmp_path_factory.mktemp("field"), {}, LINES), PROGRAM))


def test_they_are_read_from_a_file_and_from_the_resolved_form(answer):
    task = answer["resolved"]["tasks"]["a"]
    assert (task["permit"], task["noise"], task["inspected"]) == ("P 7", 85.0, "2027-04-02T00:00:00")
    assert answer["resolved"]["client"] == "City"
    assert answer["resolved"]["risks"]["r"]["hazard"] == "grave"
    assert answer["again"] == answer["resolved"]


def test_they_are_columns_of_tables(answer):
    assert answer["table"] == answer["resolved"]["tasks"]["a"]


def test_who_says_nothing_has_the_resolved_form_of_before(answer):
    assert {"permit", "noise", "inspected"}.isdisjoint(answer["silent"]["tasks"]["a"])
    assert "client" not in answer["silent"]


def test_their_faults_are_told_with_what_was_meant(answer):
    for code, *parts in (
        ("RE111", "clint", 'did you mean "client"'),
        ("RE111", "tasks.a.permitt", 'did you mean "permit"'),
        ("RE113", "tasks.a.noise", "300"),
        ("RE120", "tasks.a.inspected", "soon"),
        ("RE113", "tasks.b.permit", "must be text"),
        ("RE123", "risks.r.hazard", 'did you mean "grave"'),
    ):
        assert any(code in fault and all(part in fault for part in parts) for fault in answer["faults"]), parts
    assert len(answer["faults"]) == 6


def test_the_schema_has_them_with_their_meanings(answer):
    since = {key: schema.pop("$comment") for key, schema in answer["schema"].items()}
    assert since == {**dict.fromkeys(since, "since version 1 of the format"), "permit": "since version 2 of the format"}
    permit = {"description": "Number of the permit to work.", "type": "string", "maxLength": 500, "examples": ["P 7"]}
    assert answer["schema"] == {
        "client": {"description": "Who pays.", "type": "string", "maxLength": 500},
        "permit": permit,
        "noise": {"description": "Loudness.", "type": "number", "minimum": 0, "maximum": 200},
        "inspected": {"description": "When it was looked at; a date is its end.", "$ref": "#/$defs/instant"},
        "hazard": {"description": "How bad it is for people.", "enum": ["low", "grave"], "default": "low"},
    }


def test_a_field_that_nobody_reads_is_refused_when_the_reader_is_made():
    odd = section(only_in_files("odd", Table("A table within.", "cost")))
    with pytest.raises(TypeError, match="odd"):
        PlainFields(odd)
    assert PlainFields(odd, apart=("odd",)).entries == {}


def test_a_field_of_its_own_kind_without_a_schema_of_its_own_is_refused():
    with pytest.raises(TypeError, match="odd"):
        schema_in("tasks", only_in_files("odd", Special("What no other field holds.")))


def test_every_field_says_what_it_means_in_a_sentence():
    for name, keys in FORMAT.items():
        for key, entry in keys.items():
            assert entry.field.meaning.endswith(".") and len(entry.field.meaning) > 8, f"{name}.{key}"
