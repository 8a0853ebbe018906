"""JUnit XML: the shape that Jenkins' schema asks for, and names of every kind."""

import re
from xml.etree import ElementTree as ET

import pytest

from riskengine.errors import Issue
from riskengine.pipelines.junit import MARK, junit_xml
from riskengine.pipelines.result import ScenarioResult, result_of, result_of_row
from riskengine.report.text.notation import clean
from tests.support.report_runs import gate, run, sample
from tests.unit.pipelines.payloads import PAYLOADS

# Jenkins' junit-10.xsd, by element: attributes that must be there, those that may, and children.
SHAPE = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": (
        {"name"},
        {"time", "classname", "group"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}
GATES = [gate("late", 0.62), gate("sure", 0.9), gate("near", 0.8)]


def checked(text):
    """The root of a JUnit XML that has the right shape."""
    root = ET.fromstring(text.encode("utf-8"))
    todo = [root]
    while todo:
        element = todo.pop()
        needed, possible, children = SHAPE[element.tag]
        assert needed <= set(element.attrib) <= needed | possible, element.attrib
        assert {child.tag for child in element} <= children
        todo += list(element)
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors")) == len(suite.findall("testcase/error"))
    for kind in ("tests", "failures", "errors"):
        assert int(root.get(kind)) == sum(int(suite.get(kind)) for suite in root)
    return root


def of(gates=GATES, places=None, **names):
    return result_of(run(sample(gates, **names)), "plan.toml", "plan", places or {})


def test_each_gate_is_a_case_and_no_go_and_undecided_are_failures():
    root = checked(junit_xml([of()]))
    answers = {
        case.get("name"): [child.get("type") for child in case.findall("failure")] for case in root.iter("testcase")
    }
    assert answers == {"late": ["NO-GO"], "sure": [], "near": ["UNDECIDED"]}
    assert {case.get("classname") for case in root.iter("testcase")} == {"riskengine.plan"}


def test_a_failure_says_what_the_terminal_says_and_where_the_gate_stands():
    root = checked(junit_xml([of(places={"late": ("base.toml", 12)})]))
    failure = root.find("testsuite/testcase/failure")
    assert "In 100 futures of this project, 62 finish by" in failure.get("message")
    assert failure.text.startswith("base.toml:12\n")


def test_the_run_can_be_found_again_by_its_properties():
    made = run(sample(GATES))
    root = checked(junit_xml([result_of(made, "plan.toml", "plan", {})]))
    properties = {one.get("name"): one.get("value") for one in root.iter("property")}
    assert properties["run"] == made.manifest["run"] and properties["decision"] == "NO-GO"


def test_faults_are_errors_with_their_places():
    issues = (Issue("RE202", "tasks.a", "must hold", "x", "plan.toml", 3), Issue("RE101", "", "must be there"))
    root = checked(junit_xml([ScenarioResult("plan.toml", "plan", "plan.toml", problem="2 faults", issues=issues)]))
    assert [one.get("type") for one in root.iter("error")] == ["RE202", "RE101"]
    assert root.find("testsuite/testcase/error").text == issues[0].format()


def test_a_scenario_without_gates_or_without_an_answer_has_a_case():
    failed = ScenarioResult("x.toml", "x", "x.toml", problem="no memory", code="RE914")
    root = checked(junit_xml([of(()), failed]))
    assert [case.get("name") for case in root.iter("testcase")] == ["simulated", "simulated"]
    assert [one.get("type") for one in root.iter("error")] == ["RE914"]


@pytest.mark.parametrize("evil", PAYLOADS)
def test_names_of_every_kind_come_back_as_they_are_shown(evil):
    made = of([gate(evil, 0.5)], {evil: (evil, 1)}, task=evil, name=evil, currency=evil)
    refused = ScenarioResult(evil, evil, evil, problem=evil, issues=(Issue("RE101", evil, evil, evil, evil, 1),))
    text = junit_xml([made, refused])
    assert not re.search("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    root = checked(text)
    assert [suite.get("name") for suite in root] == [clean(evil), clean(evil)]
    assert root.find("testsuite/testcase").get("name") == clean(evil)


def test_a_file_of_ours_is_told_by_its_first_characters():
    assert MARK in junit_xml([])[:1000]


def test_a_row_of_a_portfolio_says_the_same_of_its_gates():
    from riskengine.analysis import portfolio_row

    made = run(sample(GATES))
    from_row = result_of_row(portfolio_row("plan", "plan.toml", made), {})
    assert from_row.gates == result_of(made, "plan.toml", "plan", {}).gates
    assert (from_row.decision, from_row.name) == ("NO-GO", "Ground station")
