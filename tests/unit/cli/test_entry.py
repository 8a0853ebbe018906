"""The entry point: help, version, and what becomes of an exception."""

import subprocess
import sys

import click
import pytest

from riskengine import __version__
from riskengine.cli import main
from riskengine.cli.group import COMMANDS
from riskengine.errors import ResultsError, UsageError
from tests.support.command_line import riskengine
from tests.unit.cli.page import BEGIN, END, PAGE, commands, reference


def test_help_lists_every_command_in_order(capsys):
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    places = [out.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name, capsys):
    command = commands()[name]
    assert (command.help or "").splitlines()[0] == COMMANDS[name]
    assert command.name == name
    assert main([name, "--help"]) == 0
    assert COMMANDS[name] in " ".join(capsys.readouterr().out.split())


def test_every_option_has_a_word_of_help():
    for command in commands().values():
        for option in command.params:
            assert isinstance(option, click.Argument) or option.help, f"{command.name} {option.name}"


def test_the_version_is_the_one_of_the_package(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"riskengine {__version__}\n"


def test_without_a_command_help_is_shown_and_it_is_a_usage_error(capsys):
    assert main([]) == 2
    words = capsys.readouterr().err
    assert "Commands:" in words
    assert words.count("Usage:") == 1
    assert "error: Usage" not in words


def test_a_misspelt_command_is_met_with_the_right_one(capsys):
    assert main(["simulat"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "did you mean 'simulate'?" in err


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (ZeroDivisionError("oops\nsecond line"), 1, "internal error: ZeroDivisionError: oops; please report it"),
        (MemoryError(), 4, "not enough memory"),
        (PermissionError(13, "Permission denied", "results"), 4, "error: results: Permission denied"),
        (OSError(28, "No space left on device", "x.json"), 4, "error: x.json: no space left on the device"),
        (ResultsError("x is damaged", "RE702"), 4, "error: RE702 x is damaged"),
        (UsageError("no", "RE902"), 2, "error: RE902 no"),
        (RecursionError("deep \x1b[31m"), 1, "internal error: RecursionError: deep \\x1b[31m; please report"),
    ],
)
def test_no_exception_ends_in_a_traceback(folder, capsys, monkeypatch, error, status, words):
    def fail(path, hints, is_strict):
        raise error

    monkeypatch.setattr("riskengine.reading.read_placed", fail)
    assert main(["check", "plan.toml"]) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.count("\n") == 1


def test_debugging_shows_the_traceback_and_the_same_status(folder, capsys, monkeypatch):
    monkeypatch.setattr("riskengine.reading.read_placed", lambda path, hints, is_strict: 1 / 0)
    monkeypatch.setenv("RISKENGINE_DEBUG", "1")
    assert main(["check", "plan.toml"]) == 1
    err = capsys.readouterr().err
    assert "Traceback" in err and "ZeroDivisionError" in err


def test_python_m_riskengine_is_the_program(folder):
    done = riskengine("explain", "RE2O2", cwd=folder)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"error: RE901")


def test_the_page_of_the_command_line_is_what_the_commands_say():
    text = PAGE.read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0].strip() == reference().strip()


def test_the_page_lists_every_exit_status():
    from riskengine.cli.output import exits

    text = PAGE.read_text(encoding="utf-8")
    for name, value in vars(exits).items():
        if name.isupper() and isinstance(value, int):
            assert f"| {value} | " in text, name


def test_the_page_names_every_key_of_the_json_object():
    from riskengine.report.summary.document import document
    from tests.support.report_runs import gate, run, sample

    text = PAGE.read_text(encoding="utf-8").split("## JSON")[1].split("## Environment")[0]
    found = document(run(sample([gate()], targets=("accept",))))
    keys = set(found) | set(found["run"]) | set(found["finish"]) | set(found["finish"]["percentiles"][0])
    for table in ("gates", "tasks", "risks", "targets"):
        keys |= set(found[table][0])
    assert {key for key in keys if f"`{key}`" not in text} == set()


@pytest.mark.parametrize(("call", "collects"), [("main()", False), ("main(sys.argv[1:])", True)])
def test_only_a_process_of_our_own_leaves_garbage_to_its_end(call, collects):
    words = f"import gc, sys; from riskengine.cli import main; {call}; print(gc.isenabled(), gc.get_freeze_count() > 0)"
    done = subprocess.run([sys.executable, "-c", words, "explain", "RE202"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == f"{collects} {not collects}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-n", "10,000"], "write it as 10000"),
        (["-n", "1 000 000"], "write it as 1000000"),
        (["--until", "100.000"], "write it as 100000"),
        (["-n", "1e6"], "'1e6' is not a valid whole number"),
        (["--seed", "1.5"], "'1.5' is not a valid whole number"),
        (["-n", "0"], "0 is not in the range"),
    ],
)
def test_a_number_that_is_not_taken_is_told_how_it_is_written(words, said, capsys):
    assert main(["simulate", "plan.toml", *words]) == 2
    assert said in capsys.readouterr().err
