"""Completion, in a real shell where there is one."""

import shutil
import subprocess
import sys

import pytest

from riskengine.cli import main
from tests.support.command_line import environment

PROBE = """
eval "$(riskengine completion bash)"
complete -p riskengine >/dev/null || exit 7
compopt() {{ echo "compopt $*" >> options; }}
COMP_WORDS=({words})
COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_riskengine_completion riskengine
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def program(folder):
    """A ``riskengine`` on the path of a shell."""
    place = folder / "bin"
    place.mkdir()
    (place / "riskengine").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m riskengine "$@"\n')
    (place / "riskengine").chmod(0o755)
    return place


def completed(folder, program, words):
    path = f"{program}:{environment()['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", PROBE.format(words=words)],
        cwd=folder,
        env=environment(PATH=path),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line]


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@needs_bash
def test_bash_completes_commands_options_and_values(folder, program):
    assert completed(folder, program, "riskengine sim") == ["simulate"]
    assert "--iterations" in completed(folder, program, "riskengine simulate --it")
    assert completed(folder, program, "riskengine simulate --method s") == ["sobol"]


@needs_bash
def test_bash_completes_scenario_files_and_folders_and_nothing_else(folder, program):
    (folder / "notes.txt").write_text("x")
    (folder / "a plan.toml").write_text("x")
    (folder / "sub").mkdir()
    (folder / "sub/deep.json").write_text("{}")
    (folder / "bad\nname.toml").write_text("x")
    found = completed(folder, program, "riskengine check ''")
    assert found == ["a plan.toml", "bin", "faulty.toml", "open.toml", "plan.toml", "sub"]
    assert completed(folder, program, "riskengine decide sub/") == ["sub/deep.json"]
    assert "filenames" in (folder / "options").read_text()


@needs_bash
def test_bash_completes_results_folders_before_others(folder, program):
    assert main(["simulate", "plan.toml", "-n", "256", "-o", "results/one"]) == 0
    (folder / "results/other").mkdir()
    assert completed(folder, program, "riskengine show results/") == ["results/one"]
    assert "results" in completed(folder, program, "riskengine show res")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_takes_its_script(folder, capsys, shell):
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"{shell}_complete" in script and "riskengine" in script
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}")
    subprocess.run([shell, "-n", "-c", script], check=True, timeout=30)


def test_an_unknown_shell_is_a_usage_error(folder, capsys):
    assert main(["completion", "tcsh"]) == 2
