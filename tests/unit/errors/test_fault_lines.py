"""The line of a fault, over the whole catalogue: a cure that goes on after a semicolon, and no value twice."""

import re

import pytest

from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE, issue
from riskengine.importers import read_schedule
from riskengine.reading import read
from tests.support.places import ROOT
from tests.unit.importers.register.registers import issues

CODES = sorted(CATALOGUE)
NAMES = re.compile(r"\W|\d|[A-Z]+[a-z]*[A-Z0-9]")
"""How a cure may begin besides a small letter: a sign, a number, a name such as P6 or MPXJ."""


def wrong_with(fault: Issue) -> list[str]:
    """What a person would stumble over in the line of a fault."""
    found = []
    if fault.cure and not (fault.cure[0].islower() or NAMES.match(fault.cure)):
        found.append("the cure begins with a capital")
    if fault.cure.endswith("."):
        found.append("the cure ends with a full stop")
    value = fault.value.strip('"')
    # a rule may have an example, or list what may be said, of which the value is a part
    is_example = value in CATALOGUE[fault.code].rule or " one of " in fault.rule
    if len(value) > 2 and not is_example and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", fault.rule):
        found.append("the value stands in the rule as well")
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_cure_of_the_catalogue_can_end_a_line(code):
    line = issue(code, "place", "value")
    assert line.cure
    assert wrong_with(line) == []
    assert ". " not in line.cure


@pytest.mark.parametrize("fault", ["Write", "write.", "twice"])
def test_what_is_wrong_with_a_line_is_seen(fault):
    cure = {"Write": "Write it anew", "write.": "write it anew."}.get(fault, "")
    rule = '"pump" must be a task' if fault == "twice" else "must be a task"
    assert len(wrong_with(Issue("RE868", "B2", rule, '"pump"', "r.csv", 2, cure))) == 1


REGISTERS = {
    "no value": "ID,Probability,Delay (days)\nR,30%,#REF!\n",
    "a formula": "ID,Probability,Delay (days)\nR,=1+1,5\n",
    "a heading": "ID,Probability,Delay (days),#N/A\nR,30%,5,x\n",
    "no target": "ID,Probability,Delay (days),Affected tasks\nR,30%,5,pump room\n",
    "cut off": "ID,Probability,Delay (days)\nR,30%,5\nS,30%",
    "too long": "ID,Probability,Delay (days)\nR,30%,5,6,7\n",
    "no headings": "what,is,this\n1,2,3\n",
}


@pytest.mark.parametrize("name", REGISTERS)
def test_every_fault_of_a_register_ends_with_a_cure(name):
    found = issues(REGISTERS[name], tasks={"a": {}})
    assert found
    assert [fault.format() for fault in found if not fault.cure] == []
    assert [(fault.format(), wrong) for fault in found for wrong in wrong_with(fault)] == []


SCHEDULES = {
    "a.xml": "<Project xmlns='http://schemas.microsoft.com/project'><Tasks>",
    "a.xer": "ERMHDR\t8.4\n%T\tPROJECT\n%F\tproj_id\n%R\t1\n",
    "b.xer": "ERMHDR\t8.4\n",
    "empty.xer": "",
    "plain.xml": "<nothing/>",
    "a.gan": "<project><tasks><task",
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_fault_of_a_schedule_ends_with_a_cure(name, tmp_path):
    path = tmp_path / name
    path.write_text(SCHEDULES[name], encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_schedule(path)
    assert [fault.format() for fault in caught.value.issues if not fault.cure] == []
    assert [(fault.format(), wrong) for fault in caught.value.issues for wrong in wrong_with(fault)] == []


CORPUS = sorted((ROOT / "tests" / "spec/invalid").rglob("*.toml"))


def test_no_fault_of_the_corpus_is_told_badly():
    assert len(CORPUS) > 100
    badly = {}
    for path in CORPUS:
        try:
            read(path)
        except ScenarioError as error:
            for fault in error.issues:
                for wrong in wrong_with(fault):
                    badly[fault.format()] = wrong
    assert badly == {}
