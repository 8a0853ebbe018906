"""The example of every key and of every parameter is read, and the page and the JSON Schema show it."""

import copy
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import riskengine
from riskengine.errors import ScenarioError
from riskengine.model.estimate import SHAPES
from riskengine.model.format import FORMAT
from riskengine.scenario.document.migrate import CURRENT
from riskengine.scenario.json_schema import DEFINITIONS, example_of, json_schema
from tests.spec.page import PAGE, written_anew

PLAN: dict[str, Any] = {
    "schema": 1,
    "name": "Plan",
    "start": "2027-03-01",
    "tasks": {"design": {"duration": 20}, "build": {"duration": 30, "after": ["design"], "team": "Works", "wbs": "3"}},
    "risks": {"storm": {"probability": 0.2, "impacts": {"build": {"delay": 5}}}},
}
"""A scenario to which the example of a key is added."""

PLACES: dict[str, tuple[str | int, ...]] = {
    "": (),
    "defaults": ("defaults",),
    "defaults.task": ("defaults", "task"),
    "defaults.risk": ("defaults", "risk"),
    "defaults.cost": ("defaults", "cost"),
    "calendars": ("calendars", "site"),
    "lost": ("calendars", "crane", "lost"),
    "resources": ("resources", "crane"),
    "schedule": ("schedule",),
    "levelling": ("levelling",),
    "imported": ("imported",),
    "constraint": ("tasks", "build", "constraints", 0),
    "dates": ("tasks", "build", "imported"),
    "tasks": ("tasks", "build"),
    "backlogs": ("backlogs", "web"),
    "history": ("backlogs", "web", "history"),
    "cost": ("tasks", "build", "cost"),
    "relationship": ("tasks", "build", "after", 0),
    "costs": ("costs", "camp"),
    "indices": ("indices", "steel"),
    "risks": ("risks", "storm"),
    "impacts": ("risks", "storm", "impacts", "build"),
    "exposure": ("risks", "storm", "exposure"),
    "actions": ("actions", "drain"),
    "effects": ("actions", "drain", "effects", "storm"),
    "correlations": ("correlations", "crew"),
    "damages": ("damages", "delay"),
    "bonuses": ("bonuses", "early"),
    "pair": ("correlations", "crew", "pairs", 0),
    "matrix": ("correlations", "crew", "matrix"),
    "changes": ("changes", "cr-7"),
    "exclusive": ("exclusive", "weather"),
    "projects": ("projects", "north"),
    "branches": ("branches", "go"),
    "rework": ("rework", "again"),
    "learning": ("learning", "lift"),
    "gates": ("gates", "delivery"),
    "templates": ("templates", "outdoor"),
    "bands": ("bands", "vendor"),
}
"""Where a table of the format stands in a document."""

OTHER_PLACES = {
    "impacts.waiting_rate": ("risks", "storm", "impacts", "design -> build"),
    "impacts.items": ("risks", "storm", "impacts", "web"),
}
"""Where keys stand that do not suit the place of their table."""

BESIDE: dict[str, dict[str, Any]] = {
    "calendars": {"week": "mon-fri 08:00-16:00"},
    "constraint": {"type": "SNET", "date": "2027-05-03"},
    "relationship": {"task": "design"},
    "costs": {"fixed": 5},
    "indices": {"values": {"2027-01": 112.4}, "rate": 0.03},
    "risks.after": {"if_later_than": "2027-05-01"},
    "risks.if_later_than": {"after": "design"},
    "exposure": {"from": "2027-03-01", "to": "2027-08-31"},
    "exposure.begins_with": {"from": None},
    "actions": {"cost": 5, "active": True},
    "actions.chance": {"effects": {"storm": {"probability": 0.1}}},
    "correlations": {"between": ["design", "build"], "rank": 0.5},
    "damages": {"date": "2027-09-30", "rate": 5},
    "bonuses": {"date": "2027-09-30", "rate": 5},
    "pair": {"between": ["design", "build"], "rank": 0.5},
    "matrix": {"members": ["design", "build"], "rows": [[1, 0.5], [0.5, 1]]},
    "changes": {"who": "R. Weber", "when": "2027-04-12", "why": "too small"},
    "exclusive": {"risks": ["flood", "storm"]},
    "branches": {"after": "design", "paths": {"build": 1}},
    **{
        f"branches.{key}": {"paths": None, "if_later_than": "2027-05-01", "then": "build", "otherwise": "wait"}
        for key in ("if_later_than", "then")
    },
    "branches.otherwise": {"paths": None, "if_later_than": "2027-05-01", "then": "wait", "otherwise": "build"},
    "branches.if_risk": {"paths": None, "then": "build", "otherwise": "wait"},
    "rework": {"tasks": ["build"], "probability": 0.5},
    "learning": {"tasks": ["design", "build"], "rate": 0.9},
    "gates": {"cost": 5, "confidence": 0.5},
    "templates": {"select": "*", "range": "90%, 100%, 130%"},
    "bands": {"range": "90%, 100%, 130%"},
    ".project_start": {"data_date": "2027-03-01", "start": None},
    ".data_date": {"start": None},
    ".levelling": {"resources": {"crane": {"capacity": 1}}},
    ".risks_mapping": {"risks": "register.csv"},
    ".risks_position": {"risks": "register.csv", "risks_mapping": "register.toml"},
    ".remove": {"extends": "plan.toml", "tasks": None, "risks": None},
    ".tasks": {"risks": None},
    ".extends": {"tasks": None, "risks": None},
    ".projects": {"tasks": {"design": {"duration": 5}, "build": {"duration": 5}, "north.build": {"duration": 5}}},
    ".shared": {"projects": {"north": {"file": "north.toml"}}},
    "projects": {"file": "north.toml"},
    "backlogs": {"items": 30, "done": [4, 0, 6, 3, 5, 2]},
    "backlogs.history": {"done": None},
    "backlogs.added": {"done": None, "history": {"done": [4, 0, 6, 3, 5, 2], "added": [1, 0, 1, 0, 1, 0]}},
    "backlogs.actual_finish": {"actual_start": "2027-02-22"},
    "backlogs.resume": {"actual_start": "2027-02-22"},
    "history": {"done": [4, 0, 6, 3, 5, 2]},
    "tasks.type": {"duration": None},
    "tasks.milestone": {"duration": None},
    "tasks.actual_start": {"remaining": 10},
    "tasks.actual_finish": {"actual_start": "2027-02-22"},
    "tasks.remaining": {"actual_start": "2027-02-22"},
    "tasks.work": {"duration": None},
    "tasks.people": {"duration": None, "work": "80h"},
    "tasks.productivity": {"duration": None, "work": "80h"},
    "tasks.quantity": {"duration": None, "rate_per_day": 100},
    "tasks.rate_per_day": {"duration": None, "quantity": 1000},
    "tasks.remaining_work": {"duration": None, "work": "80h", "actual_start": "2027-02-22"},
    "tasks.remaining_quantity": {
        "duration": None,
        "quantity": 900,
        "rate_per_day": 100,
        "actual_start": "2027-02-22",
    },
    "tasks.percent_complete": {"actual_start": "2027-02-22"},
    "tasks.resume": {"actual_start": "2027-02-22", "remaining": 10},
    "templates.band": {"range": None},
    "risks.kind": {"impacts": {"build": {"delay": -5}}},
    "impacts": {"delay": None},
    "impacts.waiting_rate": {"delay": 5},
}
"""What has to stand beside a key, or must not (None): of all keys of a table, and of single ones."""

FILES = {
    "plan.toml": 'schema = 1\nname = "Plan"\nstart = 2027-03-01\n[tasks.build]\nduration = 5\n'
    "[risks.storm]\nprobability = 0.2\nimpacts.build.delay = 5\n",
    "north.toml": 'schema = 1\nname = "North"\nstart = 2027-03-01\n[tasks.build]\nduration = 5\n'
    "[resources.crane]\nrate = 9\n",
    "tasks.csv": "id,duration\npermit,5\n",
    "risks.csv": "id,probability,target,delay\nflood,0.1,build,5\n",
    "register.csv": "ID,Title,Probability before,Probability after,Task,Delay (days)\nR1,Flood,50%,20%,build,5\n",
    "register.toml": "",
}
"""Files that examples name."""

KEYS = [(section, key) for section, entries in FORMAT.items() for key in entries]


def with_example(section: str, key: str, example: Any) -> dict[str, Any]:
    """A scenario in which a key says its example."""
    document = copy.deepcopy(PLAN)
    if section == "lost":
        document["calendars"] = {
            "site": {"week": "mon-fri 08:00-16:00", "lost": {"jan": 0.2}},
            "crane": {"extends": "site"},
        }
    if section == "history" or (section, key) == ("impacts", "items"):
        document["backlogs"] = {"web": {"items": 30}}
    if (section, key) == ("impacts", "items"):
        document["backlogs"]["web"]["done"] = [4, 0, 6, 3, 5, 2]
    if section == "actions":
        document["actions"] = {"survey": {"cost": 5, "active": key == "needs"}}
    if section == "exclusive" or key in ("exclusive", "triggered_by", "secondary_risks"):
        document["risks"]["flood"] = {"probability": 0.1}
    if (section, key) == ("tasks", "margin"):
        document["risks"]["storm"]["impacts"] = {"design": {"delay": 5}}
    if section == "branches":
        document["tasks"]["wait"] = {"milestone": True, "after": ["design"]}
    if section == "levelling":
        document["resources"] = {"crane": {"capacity": 1}}
    if key == "index":
        document["indices"] = {"steel": {"rate": 0.03}}
    here: Any = document
    for part in OTHER_PLACES.get(f"{section}.{key}", PLACES[section]):
        if part == 0:
            here.append({})
            here = here[0]
        elif part in ("after", "constraints", "pairs"):
            here[part] = []
            here = here[part]
        else:
            here = here.setdefault(part, {})
    here |= {**BESIDE.get(section, {}), **BESIDE.get(f"{section}.{key}", {}), key: example}
    for name in [name for name, value in here.items() if value is None]:
        del here[name]
    return document


def read(document: dict[str, Any], folder: Path) -> riskengine.Scenario:
    """Read a document from a file, beside all files that examples name."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "scenario.json"
    path.write_text(json.dumps(document, default=date.isoformat), encoding="utf-8")
    return riskengine.read(path)


@pytest.mark.parametrize(("section", "key"), KEYS, ids=[f"{section}.{key}" for section, key in KEYS])
def test_the_example_of_a_key_is_read_without_a_fault(section: str, key: str, tmp_path: Path) -> None:
    field = FORMAT[section][key].field
    assert field.example, "has no example"
    read(with_example(section, key, tomllib.loads(f"example = {field.example}")["example"]), tmp_path)


@pytest.mark.parametrize(("section", "key"), KEYS, ids=[f"{section}.{key}" for section, key in KEYS])
def test_nonsense_in_place_of_the_example_is_refused(section: str, key: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        read(with_example(section, key, {"no": ["such", {"thing": True}]}), tmp_path)


@pytest.mark.parametrize("name", SHAPES)
def test_the_examples_of_the_parameters_of_a_shape_suit_one_another(name: str, tmp_path: Path) -> None:
    shape = SHAPES[name]
    percentiles = {"p10", "p90"} & set(shape.optional)
    for left_out in ({"mean", "sd"}, {"p10", "p90"}) if percentiles else (set(),):
        keys = [key for key in shape.parameters if key not in left_out]
        estimate: dict[str, Any] = {"shape": name}
        for key in keys:
            assert shape.parameters[key].example, f"{key} has no example"
            estimate[key] = tomllib.loads(f"example = {shape.parameters[key].example}")["example"]
        read(with_example("tasks", "duration", estimate), tmp_path)


def test_every_field_is_of_a_version_of_the_format_that_there_is() -> None:
    fields = [FORMAT[section][key].field for section, key in KEYS]
    parameters = [parameter for shape in SHAPES.values() for parameter in shape.parameters.values()]
    assert all(1 <= declared.since <= CURRENT for declared in (*fields, *parameters))


def test_the_schema_shows_the_example_of_every_key() -> None:
    schema = json_schema()
    compared = 0
    for section, name in {"": "", **DEFINITIONS}.items():
        properties = schema["$defs"][name]["properties"] if name else schema["properties"]
        for key, entry in FORMAT[section].items():
            assert properties[key]["examples"] == [example_of(entry.field)], f"{section}.{key}"
            assert properties[key]["$comment"] == f"since version {entry.field.since} of the format"
            compared += 1
    assert compared > 80
    assert schema["$defs"]["task"]["properties"]["deadline"]["examples"] == ["2027-06-15"]


def test_the_page_shows_the_example_of_every_key() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert written_anew(text) == text, "run python -m tests.spec.page"
    assert written_anew(text.replace("| `2027-06-15` |", "| - |")) == text
