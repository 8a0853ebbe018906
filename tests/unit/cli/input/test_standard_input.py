"""A scenario from standard input."""

import json
import subprocess

import pytest

from riskengine.cli import main
from tests.support.command_line import FAULTY, command, environment, plan


def piped(folder, text, *words):
    return subprocess.run(
        command(*words), cwd=folder, env=environment(), input=text, capture_output=True, check=False, timeout=120
    )


def test_the_same_answer_as_from_the_file(folder, capsys):
    assert main(["decide", "plan.toml", "-n", "256", "--json", "--no-write"]) == 0
    whole = json.loads(capsys.readouterr().out)
    done = piped(folder, plan().encode(), "decide", "-", "-n", "256", "--json")
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    del whole["run"]["elapsed_s"], answer["run"]["elapsed_s"]
    assert answer == whole
    assert (folder / "results/stdin/manifest.json").is_file()


def test_the_resolved_form_goes_through_a_pipe(folder):
    first = piped(folder, plan().encode(), "resolve", "-")
    again = piped(folder, first.stdout, "resolve", "-")
    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout == again.stdout != b""


@pytest.mark.parametrize("words", [["check", "-"], ["simulate", "-"], ["decide", "-"], ["resolve", "-"]])
def test_faults_have_the_name_of_the_stream_and_their_lines(folder, words):
    done = piped(folder, FAULTY.encode(), *words)
    assert done.returncode == 3
    assert b"<stdin>:6: RE202 tasks.design.duration" in done.stderr


def test_what_it_extends_lies_in_the_working_folder_and_not_above(folder):
    text = 'schema = 1\nextends = "plan.toml"\nname = "Piped"\n'
    assert piped(folder, text.encode(), "check", "-").stdout.startswith(b"-: good\n  name          Piped")
    (folder / "sub").mkdir()
    done = piped(folder / "sub", text.replace("plan", "../plan").encode(), "check", "-")
    assert done.returncode == 3 and b"RE117" in done.stderr


@pytest.mark.parametrize(("raw", "code"), [(b"", b"RE112"), (b'name = "caf\xe9"', b"RE102"), (b"{", b"RE106")])
def test_what_is_no_scenario_is_refused_in_lines(folder, raw, code):
    done = piped(folder, raw, "check", "-")
    assert done.returncode == 3
    assert b"<stdin>" in done.stderr and b"Traceback" not in done.stderr


def test_it_can_be_read_once(folder, capsys):
    assert main(["check", "-", "-"]) == 2
    assert "can be read once" in capsys.readouterr().err


def test_a_gate_from_the_stream_is_annotated_with_its_line(folder):
    done = piped(folder, plan(confidence=0.95).encode(), "decide", "-", "-n", "256", "--no-write", "--github")
    assert done.returncode == 10
    assert b"::error file=<stdin>,line=" in done.stderr
