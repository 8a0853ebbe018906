"""docs/scenario-format.md says what the reader does: its tables are compared with the reader, its examples are read."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from riskengine import scenario
from riskengine.errors import ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.model import fields as model_fields
from riskengine.model.entry import Section
from riskengine.model.estimate import SHAPES
from riskengine.model.format import FORMAT
from riskengine.scenario.document import loader
from riskengine.scenario.grammar import syntax
from riskengine.scenario.sections import (
    calendars,
    range_templates,
)
from riskengine.scenario.tables import columns
from riskengine.scenario.tables.files import LIMITS
from riskengine.scenario.text import faults, quantities, source
from riskengine.scenario.values import estimates, fields, shifts
from tests.support.places import ROOT

TEXT = (ROOT / "docs" / "scenario-format.md").read_text(encoding="utf-8")

Row = dict[str, str]


def table(heading: str, number: int = 0) -> list[Row]:
    """The rows of the n-th table under a heading, by column."""
    match = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert match, f"no heading {heading!r}"
    blocks = re.findall(r"(?:^\|.*\n)+", match[1], re.MULTILINE)
    lines = [line.strip().strip("|").split("|") for line in blocks[number].splitlines()]
    head, _, *rows = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(head, row, strict=True)) for row in rows]


def words(cell: str) -> list[str]:
    """What stands in code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


SCHEMA = scenario.json_schema()
DEFINED = SCHEMA["$defs"]
ESTIMATE = {"time", "money", "factor"}

# heading, the keys that the reader takes, the part of the JSON Schema
SECTIONS: dict[str, tuple[Section, Mapping[str, Any]]] = {
    "2. The top of the file": (FORMAT[""], SCHEMA),
    "`[calendars.ID]`": (FORMAT["calendars"], DEFINED["calendar"]),
    "`[calendars.ID.lost]`": (FORMAT["lost"], DEFINED["calendar"]["properties"]["lost"]),
    "`[tasks.ID]`": (FORMAT["tasks"], DEFINED["task"]),
    "`[backlogs.ID]`": (FORMAT["backlogs"], DEFINED["backlog"]),
    "`history` of a backlog": (FORMAT["history"], DEFINED["backlog"]["properties"]["history"]["oneOf"][0]),
    "`cost` of a task": (FORMAT["cost"], DEFINED["task"]["properties"]["cost"]),
    "A constraint as a table": (FORMAT["constraint"], DEFINED["constraint"]["anyOf"][1]),
    "`imported` of a task": (FORMAT["dates"], DEFINED["task"]["properties"]["imported"]),
    "`[schedule]`": (FORMAT["schedule"], SCHEMA["properties"]["schedule"]),
    "`levelling` as a table": (FORMAT["levelling"], SCHEMA["properties"]["levelling"]["oneOf"][1]),
    "`[imported]`": (FORMAT["imported"], SCHEMA["properties"]["imported"]),
    "A relationship as a table": (FORMAT["relationship"], DEFINED["relationship"]["anyOf"][1]),
    "`[risks.ID]`": (FORMAT["risks"], DEFINED["risk"]),
    "`[risks.ID.impacts.KEY]`": (FORMAT["impacts"], DEFINED["impact"]),
    "`exposure` of a risk": (FORMAT["exposure"], DEFINED["risk"]["properties"]["exposure"]),
    "`[actions.ID]`": (FORMAT["actions"], DEFINED["action"]),
    "`[actions.ID.effects.RISK]`": (FORMAT["effects"], DEFINED["effect"]),
    "`[costs.ID]`": (FORMAT["costs"], DEFINED["costline"]),
    "`[resources.ID]`": (FORMAT["resources"], DEFINED["resource"]),
    "`[indices.ID]`": (FORMAT["indices"], DEFINED["index"]),
    "`[correlations.ID]`": (FORMAT["correlations"], DEFINED["correlation"]),
    "`[damages.ID]`": (FORMAT["damages"], DEFINED["damages"]),
    "`[bonuses.ID]`": (FORMAT["bonuses"], DEFINED["bonus"]),
    "A pair as a table": (FORMAT["pair"], DEFINED["pair"]),
    "A matrix as a table": (FORMAT["matrix"], DEFINED["matrix"]),
    "`[changes.ID]`": (FORMAT["changes"], DEFINED["change"]),
    "`[exclusive.ID]`": (FORMAT["exclusive"], DEFINED["exclusive"]),
    "`[projects.ID]`": (FORMAT["projects"], DEFINED["project"]),
    "`[branches.ID]`": (FORMAT["branches"], DEFINED["branch"]),
    "`[rework.ID]`": (FORMAT["rework"], DEFINED["loop"]),
    "`[learning.ID]`": (FORMAT["learning"], DEFINED["learning"]),
    "`[gates.ID]`": (FORMAT["gates"], DEFINED["gate"]),
    "`[templates.NAME]`": (FORMAT["templates"], DEFINED["template"]),
    "`[bands.NAME]`": (FORMAT["bands"], DEFINED["band"]),
    "`[defaults]`": (FORMAT["defaults"], SCHEMA["properties"]["defaults"]),
    **{
        f"`[defaults.{key}]`": (FORMAT[f"defaults.{key}"], SCHEMA["properties"]["defaults"]["properties"][key])
        for key in ("task", "risk", "cost")
    },
}


def test_every_table_of_the_format_is_on_the_page() -> None:
    assert {id(section) for section, _ in SECTIONS.values()} == {id(section) for section in FORMAT.values()}


@pytest.mark.parametrize("heading", SECTIONS)
def test_table_lists_the_keys_that_the_reader_takes(heading: str) -> None:
    known, schema = SECTIONS[heading]
    listed = [words(row["key"])[0] for row in table(heading)]
    assert sorted(listed) == sorted(known)
    assert sorted(listed) == sorted(key for key, of in schema["properties"].items() if not of.get("deprecated"))
    former = [key for key, of in schema["properties"].items() if of.get("deprecated")]
    assert set(former) <= {name for row in table(heading) for name in words(row["meaning"])}


def kind(schema: Mapping[str, Any]) -> str:
    """The type of a field of the JSON Schema in the words of the page."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return {"instant": "date", "id": "text"}.get(name, name)
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if "anyOf" in schema and "add" in schema["anyOf"][-1].get("properties", {}):
        return kind(schema["anyOf"][0])
    if "oneOf" in schema:
        kinds = {kind(part) for part in schema["oneOf"]}
        return {
            frozenset({"table", "file"}): "table or file",
            frozenset({"week", "list"}): "text or list",
            frozenset({"text", "list"}): "text or list",
            frozenset({"file", "list"}): "text or list",
            frozenset({"flag", "table"}): "flag or table",
            frozenset({"list", "table"}): "table or list",
        }[frozenset(kinds)]
    if "pattern" in schema and not schema["pattern"].startswith("^[pP]"):  # a percentile is a text
        return "file"
    return {"string": "text", "number": "number", "boolean": "flag", "array": "list", "object": "table"}[schema["type"]]


@pytest.mark.parametrize("heading", SECTIONS)
def test_table_gives_the_type_of_each_key(heading: str) -> None:
    _, schema = SECTIONS[heading]
    given = {words(row["key"])[0]: row["type"] for row in table(heading)}
    assert given == {key: kind(of) for key, of in schema["properties"].items() if not of.get("deprecated")}


# The least of each section that is sound, and where its entity stands in a document.
LEAST: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "2. The top of the file": ((), {"schema": 1, "name": "N", "start": "2027-03-01", "tasks": {"a": {"duration": 5}}}),
    "`[calendars.ID]`": (("calendars", "c"), {"week": "mon 08:00-16:00"}),
    "`[tasks.ID]`": (("tasks", "b"), {"duration": 5}),
    "`[backlogs.ID]`": (("backlogs", "w"), {"items": 30, "done": [4, 0, 6, 3, 5, 2]}),
    "A relationship as a table": (("tasks", "b", "after", "0"), {"task": "a"}),
    "A constraint as a table": (("tasks", "b", "constraints", "0"), {"type": "SNET", "date": "2027-05-03"}),
    "`[schedule]`": (("schedule",), {"must_finish": "2027-12-31"}),
    "`levelling` as a table": (("levelling",), {}),
    "`[imported]`": (("imported",), {}),
    "`[risks.ID]`": (("risks", "r"), {"probability": 0.5}),
    "`[resources.ID]`": (("resources", "w"), {}),
    "`[correlations.ID]`": (("correlations", "c"), {"between": ["a", "b"], "rank": 0.5}),
    "`[damages.ID]`": (("damages", "d"), {"date": "2027-09-30", "rate": 5}),
    "`[bonuses.ID]`": (("bonuses", "b"), {"date": "2027-09-30", "rate": 5}),
    "`[changes.ID]`": (("changes", "c"), {"who": "W", "when": "2027-04-12", "why": "Y"}),
    "`[exclusive.ID]`": (("exclusive", "x"), {"risks": ["r", "s"]}),
    "`[projects.ID]`": (("projects", "p"), {}),
    "`[branches.ID]`": (("branches", "x"), {"after": "a", "paths": {"b": 1}}),
    "`[rework.ID]`": (("rework", "l"), {"tasks": ["a"], "probability": 0.5}),
    "`[learning.ID]`": (("learning", "l"), {"tasks": ["a", "b"], "rate": 0.9}),
    "`[gates.ID]`": (("gates", "g"), {"cost": 5, "confidence": 0.5}),
}


def placed(place: tuple[str, ...], entity: Mapping[str, Any]) -> dict[str, Any]:
    """A sound document with an entity at a place."""
    if not place:
        return dict(entity)
    whole = copy.deepcopy(LEAST["2. The top of the file"][1])
    if place[-1] == "0":
        whole["tasks"]["b"] = {"duration": 5, place[-2]: [dict(entity)]}
    elif len(place) == 1:
        whole[place[0]] = dict(entity)
        whole["resources"] = {"crane": {"capacity": 1}}
    else:
        whole["tasks"]["b"] = {"duration": 5, "after": ["a"]}
        if place[0] == "exclusive":
            whole["risks"] = {"r": {"probability": 0.5}, "s": {"probability": 0.5}}
        if place[0] == "projects":
            whole["tasks"][f"{place[1]}.c"] = {"duration": 5}
        whole.setdefault(place[0], {})[place[1]] = dict(entity)
    return whole


def resolved(place: tuple[str, ...], entity: Mapping[str, Any]) -> Any:
    """The entity in the resolved form."""
    here: Any = scenario.resolve(scenario.parse(placed(place, entity)))
    for part in place:
        here = here[int(part) if part == "0" else part]
    return here


EITHER = {
    "`[backlogs.ID]`": {"done"},
    "`[gates.ID]`": {"cost"},
    "`[branches.ID]`": {"paths"},
    "`[correlations.ID]`": {"between", "rank"},
}
"""Keys one of which is needed, as is said below the table: a finish or a cost, a group or pairs or a matrix, paths or a
condition."""


@pytest.mark.parametrize("heading", LEAST)
def test_required_keys_are_those_that_cannot_be_left_out(heading: str) -> None:
    place, entity = LEAST[heading]
    scenario.parse(placed(place, entity))
    needed = set()
    for key in entity:
        try:
            scenario.parse(placed(place, {other: value for other, value in entity.items() if other != key}))
        except ScenarioError:
            needed.add(key)
    said = {words(row["key"])[0] for row in table(heading) if row["default"].startswith("required")}
    assert said == needed - EITHER.get(heading, set())


LEFT_OUT = {
    "type": "`[tasks.ID]`",
    "margin": "`[tasks.ID]`",
    "status": "`[risks.ID]`",
    "levelling": "2. The top of the file",
    "hard_constraints": "`[schedule]`",
}
"""Defaults that the resolved form leaves out, and where the page has them."""


@pytest.mark.parametrize("key", LEFT_OUT)
def test_what_the_resolved_form_leaves_out_is_its_default(key: str) -> None:
    heading = LEFT_OUT[key]
    place, entity = LEAST[heading]
    (default,) = [row["default"].strip('`"') for row in table(heading) if words(row["key"]) == [key]]
    given: Any = False if default == "false" else default
    assert key not in resolved(place, {**entity, key: given})
    assert resolved(place, {**entity, key: given}) == resolved(place, entity)


@pytest.mark.parametrize("heading", LEAST)
def test_defaults_are_those_of_the_resolved_form(heading: str) -> None:
    place, entity = LEAST[heading]
    found = resolved(place, entity)
    compared = 0
    for row in table(heading):
        key, default = words(row["key"])[0], row["default"]
        if not re.fullmatch(r"`[^`]+`", default) or key in entity or key == "milestone":
            continue
        if key in LEFT_OUT:
            continue
        value = found[key]
        if row["type"] == "time":
            assert value["shape"] == "constant", key
            value = value["value"]
        shown = {'""': "", "true": True, "false": False}.get(default.strip("`"), default.strip("`").strip('"'))
        assert str(value) == str(shown) or float(value) == float(shown), f"{key}: {value!r}, the page says {default}"
        compared += 1
    assert compared or heading in ("`[tasks.ID]`", "A constraint as a table")


def test_a_driver_is_certain_unless_it_says_otherwise() -> None:
    row = next(row for row in table("`[risks.ID]`") if words(row["key"]) == ["probability"])
    assert row["default"] == "required; `1` for a driver"
    assert resolved(("risks", "r"), {"kind": "driver"})["probability"] == 1


def test_shapes_are_those_of_the_reader() -> None:
    rows = table("Shapes")
    assert [words(row["shape"])[0] for row in rows] == list(SHAPES)
    for row in rows:
        shape = words(row["shape"])[0]
        assert tuple(words(row["parameters"])) == SHAPES[shape].required
        assert tuple(words(row["optional"])) == SHAPES[shape].optional
        for name, default in re.findall(r"`(\w+)` \(([\d.]+)\)", row["optional"]):
            model = SHAPES[shape].model.model_fields[{"lambda": "lambda_"}.get(name, name)]
            assert model.default == float(default)


def test_every_shape_has_a_plan_value() -> None:
    listed = [word for row in table("The value in the plan") for word in words(row["shape"])]
    assert sorted(listed) == sorted(SHAPES)


def test_bands_are_those_of_the_reader() -> None:
    given = {words(row["band"])[0]: row["range"] for row in table("`[bands.NAME]`", 1)}
    shown = {
        key: ", ".join(f"{100 * share:g} %" for share in band.factors) for key, band in range_templates.BANDS.items()
    }
    assert given == shown


def test_selectors_of_templates_are_those_of_the_reader() -> None:
    listed = [word for row in table("`[templates.NAME]`", 1) for word in words(row["selector"])]
    assert [re.sub(r":.*", ":", word) for word in listed] == list(range_templates.KINDS)


def test_units_are_those_of_the_reader() -> None:
    assert [words(row["unit"])[0] for row in table("Units of time")] == list(quantities.UNITS)


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("Columns of a table of tasks", columns.TASK_COLUMNS),
        ("Columns of a table of risks", columns.RISK_COLUMNS),
    ],
)
def test_columns_are_those_of_the_reader(heading: str, known: Mapping[str, columns.Column]) -> None:
    listed: list[str] = []
    for row in table(heading):
        for word in words(row["column"]):
            listed += [word[:-1] + name for name in columns.ESTIMATE_COLUMNS] if word.endswith("*") else [word]
    assert sorted(listed) == sorted(known)


def test_limits_are_those_of_the_reader() -> None:
    given = {row["limit"]: float(row["value"].replace(" ", "")) for row in table("12. Limits")}
    assert given == {
        "characters of an id": model_fields.LONGEST_ID,
        "characters of a name or of another short text": model_fields.LONGEST_NAME,
        "characters of a description": model_fields.LONGEST_TEXT,
        "size of a number": fields.LARGEST,
        "values of a discrete estimate": estimates.MOST_VALUES,
        "days of a range of dates": calendars.LONGEST_RANGE,
        "shifts of one day": shifts.MOST_SHIFTS,
        "first year of a date": 1900,
        "last year of a date": 2999,
        "MiB of a scenario file": source.LARGEST_SCENARIO / 2**20,
        "MiB of a table": source.LARGEST_TABLE / 2**20,
        "tables of a TOML file, entries of a section": syntax.MOST_TABLES,
        "values of a file": syntax.MOST_VALUES,
        "points in a TOML file": syntax.MOST_POINTS,
        "rows of a table": LIMITS.rows,
        "levels of nesting": syntax.DEEPEST,
        "files that extend one another": loader.LONGEST_CHAIN,
        "faults reported": faults.MOST,
    }


@pytest.mark.parametrize(("year", "is_sound"), [(1899, False), (1900, True), (2999, True), (3000, False)])
def test_dates_lie_in_the_years_of_the_limits(year: int, is_sound: bool) -> None:
    whole = {**LEAST["2. The top of the file"][1], "start": f"{year}-06-01"}
    if is_sound:
        assert scenario.parse(whole).start.year == year
    else:
        with pytest.raises(ScenarioError):
            scenario.parse(whole)


def test_every_code_of_the_page_is_in_the_catalogue() -> None:
    codes = set(re.findall(r"RE\d{3}", TEXT))
    assert len(codes) > 25
    assert codes <= set(CATALOGUE)


BLOCKS = re.findall(r"^```toml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
EXTENDING = {block: match[1] for block in BLOCKS if (match := re.search(r'^extends = "([\w-]+\.toml)"', block, re.M))}
PROJECT = """schema = 1
name = "{name}"
start = 2027-03-01
tasks.erect = {{ duration = 5, resources = {{ crane = 1 }} }}
resources.crane = {{ rate = 900 }}
risks.strike = {{ probability = 0.1, impacts.erect.delay = 5 }}
"""
"""What the example of a programme names."""
EXAMPLES = [block for block in BLOCKS if block not in EXTENDING]


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_examples_are_scenarios(number: int, tmp_path: Path) -> None:
    example = EXAMPLES[number]
    head = "" if "schema = 1" in example else 'schema = 1\nname = "Example"\nstart = 2027-03-01\n'
    tail = "" if "[tasks." in example else "\n[tasks.a]\nduration = 5\n"
    for name in ("north", "south"):
        (tmp_path / f"{name}.toml").write_text(PROJECT.format(name=name), encoding="utf-8")
    path = tmp_path / "example.toml"
    path.write_text(head + example + tail, encoding="utf-8")
    assert scenario.read(path).tasks


def test_example_of_several_files_reads(tmp_path: Path) -> None:
    (example,) = [block for block, base in EXTENDING.items() if base == "plan.toml"]
    (extended,) = [block for block in EXAMPLES if "antenna-late" in block and "productivity" in block]
    head = 'schema = 1\nname = "Plan"\nstart = 2027-03-01\n'
    (tmp_path / "plan.toml").write_text(head + extended, encoding="utf-8")
    (tmp_path / "variant.toml").write_text(example, encoding="utf-8")
    variant = scenario.read(tmp_path / "variant.toml")
    assert list(variant.risks) == ["productivity", "steel-price"]
    assert variant.risks["productivity"].probability == 0.5
    assert list(variant.risks["productivity"].impacts) == ["team:Works"]
    assert variant.project == "Plan"


def test_example_of_a_status_update_reads_and_the_next_one_after_it(tmp_path: Path) -> None:
    (update,) = [block for block, base in EXTENDING.items() if base == "ground-station.toml"]
    (tmp_path / "ground-station.toml").write_text(EXAMPLES[0], encoding="utf-8")
    (tmp_path / "april.toml").write_text(update, encoding="utf-8")
    april = scenario.read(tmp_path / "april.toml")
    assert april.is_data_date and april.start.isoformat() == "2027-04-12T00:00:00"
    assert april.project == "Ground station upgrade"
    design = april.tasks["design"]
    assert design.is_started and design.work == design.remaining
    assert (design.cost.actual, design.cost.rate.value) == (41000, 1500)
    assert april.tasks["build"] == scenario.read(tmp_path / "ground-station.toml").tasks["build"]
    may = 'extends = "april.toml"\nname = "May"\ndata_date = 2027-05-10\ntasks.design.actual_finish = 2027-04-30\n'
    (tmp_path / "may.toml").write_text(may, encoding="utf-8")
    design = scenario.read(tmp_path / "may.toml").tasks["design"]
    assert design.is_finished and design.remaining is None
    assert design.actual_finish.isoformat() == "2027-05-01T00:00:00"


def test_example_of_a_change_request_reads(tmp_path: Path) -> None:
    (example,) = [block for block, base in EXTENDING.items() if base == "station.toml"]
    (tmp_path / "station.toml").write_text(EXAMPLES[0], encoding="utf-8")
    (tmp_path / "request.toml").write_text(example, encoding="utf-8")
    request = scenario.read(tmp_path / "request.toml")
    assert [link.task for link in request.tasks["build"].after] == ["permit"]
    assert request.changes["CR-7"].approved


def test_example_of_a_table_reads(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```csv\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    (tmp_path / "tasks.csv").write_text(example, encoding="utf-8")
    path = tmp_path / "plan.toml"
    path.write_text('schema = 1\nname = "Plan"\nstart = 2027-03-01\ntasks = "tasks.csv"\n', encoding="utf-8")
    assert sorted(scenario.read(path).tasks) == ["build", "design", "permit"]
