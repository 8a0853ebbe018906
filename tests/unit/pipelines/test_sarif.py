"""SARIF 2.1.0: what its schema and its text ask of a log of ours."""

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest

from riskengine.errors import Issue
from riskengine.errors.catalogue import CATALOGUE
from riskengine.pipelines.sarif import MARK, Remark, remark_of, sarif_text
from riskengine.report.text.notation import clean
from tests.unit.pipelines.payloads import PAYLOADS

# By object: properties that must be there, and those of ours that may.
SHAPE = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"results", "columnKind"}),
    "tool": ({"driver"}, set()),
    "driver": ({"name"}, {"semanticVersion", "rules"}),
    "rule": ({"id"}, {"shortDescription", "fullDescription", "help", "defaultConfiguration"}),
    "result": ({"message"}, {"ruleId", "ruleIndex", "level", "locations", "partialFingerprints"}),
}


@cache
def schema():
    """What validates against the schema of SARIF 2.1.0, which npm's @microsoft/jest-sarif carries; None without it."""
    for place in os.environ.get("NODE_PATH", "").split(os.pathsep):
        for path in Path(place, "@microsoft/jest-sarif/lib/schemas").glob("sarif-2.1.0*.json") if place else ():
            jsonschema = pytest.importorskip("jsonschema")
            return jsonschema.Draft4Validator(json.loads(path.read_text(encoding="utf-8")))
    return None


def has_shape(value, kind):
    needed, possible = SHAPE[kind]
    assert needed <= set(value) <= needed | possible, (kind, value)
    return value


def checked(text):
    """The only run of a log that has the right shape."""
    log = has_shape(json.loads(text), "log")
    if schema() is not None:
        assert [f"{list(error.path)}: {error.message}" for error in schema().iter_errors(log)] == []
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    run = has_shape(log["runs"][0], "run")
    rules = has_shape(has_shape(run["tool"], "tool")["driver"], "driver")["rules"]
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        has_shape(rule, "rule")
        assert rule["help"]["text"] and rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    for result in run["results"]:
        has_shape(result, "result")
        assert result["level"] in ("none", "note", "warning", "error")
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        for location in result["locations"]:
            place = location["physicalLocation"]
            assert re.fullmatch(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", place["artifactLocation"]["uri"])
            assert place.get("region", {"startLine": 1})["startLine"] >= 1
    return run


def test_each_fault_is_a_result_with_rule_file_and_line():
    issues = [
        Issue("RE202", "tasks.a", "must hold", "x", "sub/plan a.toml", 3, "write 5"),
        Issue("RE101", "", "must be"),
    ]
    run = checked(sarif_text([remark_of(issue, "plan.toml") for issue in issues], "1.2.3"))
    first, second = run["results"]
    assert first["message"]["text"] == "tasks.a: must hold, got x; write 5"
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "sub/plan%20a.toml"}, "region": {"startLine": 3}}
    assert second["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "plan.toml"}}
    assert run["tool"]["driver"]["semanticVersion"] == "1.2.3"


def test_the_schema_refuses_what_is_wrong():
    if schema() is None:
        pytest.skip("there is no @microsoft/jest-sarif in NODE_PATH")
    log = json.loads(sarif_text([remark_of(Issue("RE202", "tasks.a", "must hold", "x", "a.toml", 3), "a.toml")], "1"))
    assert schema().is_valid(log)
    (result,) = log["runs"][0]["results"]
    for key, value in (("level", "fatal"), ("locations", "here"), ("colour", "red"), ("message", {})):
        changed = json.loads(json.dumps(log))
        changed["runs"][0]["results"] = [{**result, key: value}]
        assert not schema().is_valid(changed), key


def test_rules_say_what_the_catalogue_says():
    (rule,) = checked(sarif_text([Remark("RE202", "error", "x", "plan.toml", 1)], "1"))["tool"]["driver"]["rules"]
    entry = CATALOGUE["RE202"]
    assert rule["shortDescription"]["text"] == entry.title
    for text in (entry.rule, entry.reason, entry.cure):
        assert text in rule["help"]["text"] and text in rule["help"]["markdown"]


def test_every_code_of_the_catalogue_can_be_a_rule():
    remarks = [Remark(code, "error", "x", "plan.toml", 1) for code in CATALOGUE]
    assert len(checked(sarif_text(remarks, "1"))["results"]) == len(CATALOGUE)


def test_a_log_of_nothing_is_a_log():
    assert checked(sarif_text([], "1"))["results"] == []
    assert MARK in sarif_text([], "1")[:1000]


def test_a_fault_is_the_same_one_on_another_line():
    def identity(line):
        return checked(sarif_text([Remark("RE202", "error", "x", "a.toml", line)], "1"))["results"][0][
            "partialFingerprints"
        ]

    assert identity(3) == identity(40)
    assert identity(3) != checked(sarif_text([Remark("RE202", "error", "y", "a.toml", 3)], "1"))["results"][0]


def test_a_file_whose_name_is_no_utf_8_has_a_reference():
    assert checked(sarif_text([Remark("RE202", "error", "x\udcff", "a\udcff.toml", 1)], "1"))["results"]


@pytest.mark.parametrize("evil", PAYLOADS)
def test_names_of_every_kind_are_neither_links_nor_broken_references(evil):
    run = checked(sarif_text([Remark("RE202", "error", evil, evil.replace("\x00", ""), 1)], "1"))
    text = run["results"][0]["message"]["text"]
    assert text.replace("] (", "](") == clean(evil)
    assert not re.search(r"\[[^\]]*\]\(", text)
