"""Decisions in colour where a terminal shows them, and plain text everywhere else."""

import io
import re

import pytest

from riskengine.cli import main
from riskengine.cli.output.colour import coloured, shows_colour

NO_GO, GO, UNDECIDED = "\x1b[31m\x1b[1mNO-GO\x1b[0m", "\x1b[32m\x1b[1mGO\x1b[0m", "\x1b[33m\x1b[1mUNDECIDED\x1b[0m"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "WT_SESSION", "ANSICON"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_only_decisions_are_coloured():
    assert coloured("NO-GO: a, b fail. GO. UNDECIDED") == f"{NO_GO}: a, b fail. {GO}. {UNDECIDED}"
    assert coloured("go GOING no-go A-GO GO-live CARGO") == "go GOING no-go A-GO GO-live CARGO"


def test_titles_are_bold_and_no_line_that_is_indented():
    text = "Finish\n  Finish\nThe five tasks that matter most to it\nGates of x"
    titles = "\x1b[1mFinish\x1b[0m\n  Finish\n\x1b[1mThe five tasks that matter most to it\x1b[0m\nGates of x"
    assert coloured(text) == titles


@pytest.mark.parametrize(
    ("variables", "on_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_a_terminal_gets_colour_unless_somebody_says_no(variables, on_terminal, in_pipe, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert shows_colour(Terminal()) is on_terminal
    assert shows_colour(io.StringIO()) is in_pipe


@pytest.mark.parametrize("command", [["decide", "plan.toml", "--no-write"], ["batch", ".", "--fresh"]])
def test_the_same_text_with_and_without_colour(command, folder, capsys, monkeypatch):
    main([*command, "-n", "256"])
    plain = capsys.readouterr().out
    assert "GO" in plain and "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    main([*command, "-n", "256"])
    colour = capsys.readouterr().out
    assert GO in colour
    assert re.sub(r"\x1b\[\d+m", "", colour) == plain


def test_json_is_never_coloured(folder, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["decide", "plan.toml", "--no-write", "-n", "256", "--json"])
    assert "\x1b" not in capsys.readouterr().out
