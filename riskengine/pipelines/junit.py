"""JUnit XML, as Jenkins, GitLab, Azure and others read it: one test case for each gate, or for each fault.

A gate that passes is a test that passes; one that is NO-GO or UNDECIDED is a failure of that type, for neither is an
answer to build on. What kept a scenario from being run is an error. Texts hold no character that XML 1.0 forbids.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from riskengine.pipelines.result import GateResult, ScenarioResult, label
from riskengine.report.text.notation import clean

TOOL = "riskengine"
MARK = f'<testsuites name="{TOOL}"'
"""What tells a file of ours."""


def junit_xml(results: Sequence[ScenarioResult]) -> str:
    """Return the JUnit XML of what became of scenarios.

    Parameters
    ----------
    results : sequence of ScenarioResult
        A test suite each.
    """
    root = ET.Element("testsuites", name=TOOL)
    suites = [_suite(root, result) for result in results]
    for kind in ("tests", "failures", "errors"):
        root.set(kind, str(sum(int(suite.get(kind, "0")) for suite in suites)))
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(root: ET.Element, result: ScenarioResult) -> ET.Element:
    suite = ET.SubElement(root, "testsuite", name=clean(result.name), file=clean(result.scenario))
    facts = dict(result.facts)
    if result.decision:
        facts["decision"] = result.decision
    if facts:
        properties = ET.SubElement(suite, "properties")
        for name, value in facts.items():
            ET.SubElement(properties, "property", name=name, value=clean(value))
    failures = errors = 0
    if result.problem:
        errors = len(result.issues) or 1
        for issue in result.issues:
            _error(_case(suite, result, f"{issue.code} {issue.path}".strip()), issue.code, issue.format())
        if not result.issues:
            _error(_case(suite, result, "simulated"), result.code, result.problem)
    elif not result.gates:
        _case(suite, result, "simulated")
    for gate in result.gates:
        case = _case(suite, result, label(gate.gate, gate.name))
        failures += gate.answer != "GO"
        _answer(case, gate)
    counts = {"tests": len(suite.findall("testcase")), "failures": failures, "errors": errors, "skipped": 0}
    for name, count in counts.items():
        suite.set(name, str(count))
    return suite


def _case(suite: ET.Element, result: ScenarioResult, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=clean(name), classname=clean(f"{TOOL}.{result.key}"))


def _answer(case: ET.Element, gate: GateResult) -> None:
    sentences = f"{clean(gate.sentence)} {clean(gate.doubt)}"
    if gate.answer == "GO":
        ET.SubElement(case, "system-out").text = sentences
        return
    failure = ET.SubElement(case, "failure", type=gate.answer, message=clean(gate.sentence))
    failure.text = f"{clean(_place(gate))}\n{sentences}"


def _place(gate: GateResult) -> str:
    file, line = gate.place
    return file if line is None else f"{file}:{line}"


def _error(case: ET.Element, code: str, message: str) -> None:
    error = ET.SubElement(case, "error", type=code or "error", message=clean(message))
    error.text = clean(message)
