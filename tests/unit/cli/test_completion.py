"""Completion, in a real shell where there is one."""

import shlex
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


FISH_PROBE = "riskengine completion fish | source; complete -C {words}"
ZSH_PROBE = """
zmodload zsh/zpty
zpty inner "zsh -f -i"
zpty -w inner "PS1=; autoload -Uz compinit; compinit -u -D; bindkey '^I' complete-word"
zpty -w inner 'eval "$(riskengine completion zsh)"'
zpty -w inner 'show() {{ print -r -- "<<$BUFFER>>"; zle .kill-whole-line; }}'
zpty -w inner "zle -N show; bindkey '^X' show; stty -echo; print READY-\\$((1+1))"
zpty -r inner begin '*READY-2*'
zpty -w -n inner {words}$'\\t\\C-x'
zpty -r inner answer '*<<riskengine*>>*'
print -rn -- $answer
"""
"""A shell within the shell, whose line is printed once it is completed: zsh completes only where somebody types."""

LINES = [
    ("riskengine sim", "riskengine simulate "),
    ("riskengine simulate --meth", "riskengine simulate --method "),
    ("riskengine simulate --method s", "riskengine simulate --method sobol "),
    ("riskengine check a", r"riskengine check a\ plan.toml "),
    ("riskengine check it", r"riskengine check it\'s.toml "),
    ("riskengine check d", r"riskengine check d\$x.toml "),
    ("riskengine check sub/", "riskengine check sub/deep.json "),
]
"""What is typed before the tabulator, and what stands there behind it."""


@pytest.fixture
def odd_names(folder):
    """Scenarios whose names a shell has to quote."""
    for name in ("a plan.toml", "it's.toml", "d$x.toml"):
        (folder / name).write_text("x")
    (folder / "sub").mkdir()
    (folder / "sub/deep.json").write_text("{}")


def run_shell(folder, program, words):
    path = f"{program}:{environment()['PATH']}"
    return subprocess.run(
        words,
        cwd=folder,
        env=environment(PATH=path, TERM="dumb", HOME=str(folder)),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh")
@pytest.mark.parametrize(("typed", "line"), LINES)
def test_zsh_completes_what_is_typed(folder, program, odd_names, typed, line):
    answer = run_shell(folder, program, ["zsh", "-f", "-c", ZSH_PROBE.format(words=shlex.quote(typed))])
    assert f"<<{line}>>" in answer


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("riskengine sim", ["simulate"]),
        ("riskengine simulate --it", ["--iterations"]),
        ("riskengine simulate --method s", ["sobol"]),
        ("riskengine check a", ["a plan.toml"]),
        ("riskengine check sub/", ["sub/deep.json"]),
    ],
)
def test_fish_completes_what_is_typed(folder, program, odd_names, typed, words):
    probe = FISH_PROBE.format(words=shlex.quote(typed))
    answer = run_shell(folder, program, ["fish", "--no-config", "-c", probe])
    assert [line.partition("\t")[0] for line in answer.splitlines()] == words


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
