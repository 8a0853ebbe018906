"""Annotations of GitHub, read as its runner reads them."""

import pytest

from riskengine.errors import Issue
from riskengine.pipelines.github import annotations
from riskengine.pipelines.result import ScenarioResult, result_of
from riskengine.pipelines.workflow_commands import annotation
from riskengine.report.text.notation import clean
from tests.support.report_runs import gate, run, sample
from tests.support.runner_commands import Command, commands_in
from tests.unit.pipelines.payloads import PAYLOADS


def test_gates_that_do_not_pass_are_errors_at_their_lines():
    gates = [gate("late", 0.62), gate("sure", 0.9), gate("near", 0.8)]
    places = {name: ("base.toml", line) for name, line in (("late", 5), ("sure", 6), ("near", 7))}
    found = commands_in("\n".join(annotations([result_of(run(sample(gates)), "plan.toml", "plan", places)])))
    assert [one.name for one in found] == ["error", "error"]
    assert [one.properties for one in found] == [
        {"file": "base.toml", "line": "5", "title": "NO-GO late"},
        {"file": "base.toml", "line": "7", "title": "UNDECIDED near"},
    ]
    assert found[0].message.startswith("In 100 futures of this project, 62 finish by ")


def test_faults_are_errors_with_file_and_line():
    issues = (
        Issue("RE202", "tasks.a", "must hold", "x", "plan.toml", 3, "write 5"),
        Issue("RE101", "", "must be there"),
    )
    failed = ScenarioResult("plan.toml", "plan", "plan.toml", problem="no memory", code="RE914")
    found = commands_in("\n".join(annotations([ScenarioResult("plan.toml", "plan", "x", issues=issues), failed])))
    assert found == [
        Command("error", {"file": "plan.toml", "line": "3", "title": "RE202"}, "tasks.a: must hold, got x; write 5"),
        Command("error", {"file": "plan.toml", "title": "RE101"}, "must be there"),
        Command("error", {"file": "plan.toml", "title": "RE914"}, "no memory"),
    ]


@pytest.mark.parametrize("evil", PAYLOADS)
def test_names_of_every_kind_make_no_command_of_their_own(evil):
    (found,) = commands_in(annotation(evil, evil, evil, 7))
    assert found.name == "error"
    assert found.message == clean(evil)
    assert found.properties == {"file": clean(evil), "line": "7", "title": clean(evil)}


def test_the_reader_of_commands_finds_those_of_names():
    for evil in PAYLOADS:
        if evil.startswith(("::", "##[add-mask]")) or "\n::" in evil:
            assert [one for one in commands_in(evil) if "owned" in one.message], evil
