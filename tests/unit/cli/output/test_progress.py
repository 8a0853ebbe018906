"""Progress on stderr."""

import io
import sys

import pytest

from riskengine.cli.output import progress
from riskengine.cli.output.progress import Progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


class Terminal(io.StringIO):
    """A stderr that is a terminal."""

    def isatty(self):
        return True


def test_what_is_quick_shows_nothing(clock, capsys):
    with Progress() as report:
        for done in range(10):
            report(done, 10, "Simulating")
            clock[0] += 0.05
    assert capsys.readouterr() == ("", "")


def test_without_a_terminal_a_line_appears_now_and_then(clock, capsys):
    with Progress() as report:
        for done in range(1000):
            report(done, 1000, "Simulating")
            clock[0] += 0.1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] in ("Simulating: 10 of 1,000", "Simulating: 11 of 1,000")
    assert 3 <= len(err.splitlines()) <= 8


def test_the_end_of_the_work_is_no_progress(clock, capsys):
    with Progress() as report:
        clock[0] += 10
        report(10, 10, "Simulating")
    assert capsys.readouterr().err == ""


def test_an_announcement_is_made_at_once_and_once(clock, capsys):
    with Progress() as report:
        for _ in range(3):
            report(0, 0, "Compiling for this machine")
    assert capsys.readouterr().err == "Compiling for this machine\n"


def test_a_terminal_gets_a_bar_after_a_second_and_it_is_taken_away(clock, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with Progress() as report:
        report(1, 10, "Simulating")
        assert terminal.getvalue() == ""
        clock[0] += 1.5
        report(2, 10, "Simulating [bold]{x}\x1b[31m")
        report(3, 10, "Simulating [bold]{x}\x1b[31m")
    shown = terminal.getvalue()
    assert "[bold]{x}" in shown
    assert "\x1b[31mx" not in shown and "\\x1b[31m" in shown
    assert "/10" in shown
    assert shown.index("\x1b[?25l") < shown.index("\x1b[?25h"), "the cursor stays hidden"


def test_the_bar_is_taken_away_when_the_work_fails(clock, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    report = Progress()
    with pytest.raises(KeyboardInterrupt), report:
        clock[0] += 1.5
        report(2, 10, "Simulating")
        raise KeyboardInterrupt
    assert "\x1b[?25h" in terminal.getvalue()
