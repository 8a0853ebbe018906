"""The workflow that is shipped, run step by step: real shell, real program, stand-ins for what GitHub brings."""

import re
import subprocess
import sys
import textwrap

import pytest

from tests.support.command_line import environment, plan
from tests.support.places import ROOT
from tests.support.runner_commands import commands_in

TEXT = (ROOT / "docs/pipelines/github.yml").read_text(encoding="utf-8")
STEP = re.compile(r"^ {6}- (.*?)(?=^ {6}- |\Z)", re.MULTILINE | re.DOTALL)


def steps():
    """Name, script and files of each step; a step without a script uses what GitHub brings."""
    for block in STEP.findall(TEXT):
        script = re.search(r"run: \|\n((?: {10}.*\n?)+)", block)
        paths = re.search(r"(?:sarif_file|path): (?:\|\n)?((?: *\S+\n?)+)", block)
        name = re.match(r"name: (.*)", block)
        yield (
            name.group(1) if name else "",
            textwrap.dedent(script.group(1)) if script else "",
            paths.group(1).split() if paths else [],
            "if: always()" in block,
        )


@pytest.fixture
def checkout(tmp_path):
    """A repository with plans, and a machine with pip and riskengine on its path."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "bin").mkdir()
    programs = {
        "pip": 'echo "$@" > "$(dirname "$0")/asked"',
        "riskengine": f'exec "{sys.executable}" -m riskengine "$@"',
    }
    for name, line in programs.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def run_all(place):
    """Run the workflow; returns the exit status of each script that ran, and what it printed on stderr."""
    changes = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(place),
        "GITHUB_STEP_SUMMARY": str(place / "summary.md"),
        "PATH": f"{place / 'bin'}:{environment()['PATH']}",
    }
    statuses, errors, has_failed = {}, {}, False
    for name, script, files, is_always in steps():
        if has_failed and not is_always:
            continue
        if not script:
            if name == "Show faults in code scanning" or not has_failed:
                assert all((place / file).exists() for file in files), name
            continue
        script = script.replace("${{ vars.RISKENGINE }}", "r.whl")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=place,
            env=environment(**changes),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        statuses[name], errors[name] = done.returncode, done.stderr
        has_failed = has_failed or done.returncode != 0
    return statuses, errors


def test_a_plan_that_is_go_passes_every_step(checkout):
    (checkout / "plans/delivery.toml").write_text(plan())
    statuses, _ = run_all(checkout)
    assert statuses == {"Install": 0, "Check": 0, "Decide": 0}
    assert (checkout / "bin/asked").read_text() == "install r.whl\n"
    assert all((checkout / name).exists() for name in ("check.sarif", "gates.xml", "gates.md", "results/delivery"))


def test_a_plan_that_is_no_go_fails_its_step_and_keeps_the_answer(checkout):
    (checkout / "plans/delivery.toml").write_text(plan(confidence=0.95))
    statuses, errors = run_all(checkout)
    assert statuses == {"Install": 0, "Check": 0, "Decide": 10}
    (found,) = commands_in(errors["Decide"])
    assert found.properties["file"] == "plans/delivery.toml" and found.properties["title"] == "NO-GO delivery"
    assert "NO-GO: Tiny" in (checkout / "summary.md").read_text(encoding="utf-8")
    assert (checkout / "gates.xml").exists() and (checkout / "results/delivery").is_dir()


def test_a_faulty_plan_stops_at_the_check_and_code_scanning_has_its_faults(checkout):
    (checkout / "plans/delivery.toml").write_text(plan().replace("[20, 25, 40]", "[20, 25, 4]"))
    statuses, errors = run_all(checkout)
    assert statuses == {"Install": 0, "Check": 3}
    assert [one.properties["title"] for one in commands_in(errors["Check"])] == ["RE202"]
    assert (checkout / "check.sarif").exists()
