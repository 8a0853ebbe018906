"""``-q`` and ``--color``, of every command."""

import pytest

from riskengine.cli import main
from tests.support.command_line import plan
from tests.unit.cli.page import commands

QUICK = ("-n", "256")


def test_every_command_understands_both():
    for name, command in commands().items():
        words = {word for parameter in command.params for word in parameter.opts}
        assert {"-q", "--quiet", "--color"} <= words, name


@pytest.mark.parametrize(
    "words", [["simulate", "plan.toml"], ["decide", "plan.toml"], ["batch", "plan.toml", "--fresh"]]
)
def test_quiet_says_nothing_on_stderr_and_the_same_on_stdout(folder, capsys, words):
    assert main([*words, *QUICK]) == 0
    out, err = capsys.readouterr()
    assert err
    assert main([*words, *QUICK, "-q"]) == 0
    assert capsys.readouterr() == (out, "")


def test_quiet_keeps_hints_to_itself_but_no_fault(folder, capsys):
    (folder / "plan.toml").write_text((folder / "plan.toml").read_text().replace("delay = [5, 10, 25]", "factor = 9.0"))
    assert main(["simulate", "plan.toml", *QUICK, "--no-write"]) == 0
    assert "RE591" in capsys.readouterr().err
    assert main(["simulate", "plan.toml", *QUICK, "--no-write", "-q"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["simulate", "faulty.toml", "-q"]) == 3
    assert "RE202" in capsys.readouterr().err


def test_quiet_of_one_command_is_not_that_of_the_next(folder, capsys):
    main(["simulate", "plan.toml", *QUICK, "-q"])
    main(["simulate", "plan.toml", *QUICK])
    assert "results in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("colour", "variable", "is_coloured"),
    [
        ("always", "NO_COLOR", True),
        ("never", "FORCE_COLOR", False),
        ("auto", "FORCE_COLOR", True),
        ("auto", "NO_COLOR", False),
    ],
)
def test_color_goes_before_the_environment(folder, capsys, monkeypatch, colour, variable, is_coloured):
    (folder / "plan.toml").write_text(plan(confidence=0.95))
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "1")
    main(["decide", "plan.toml", *QUICK, "--no-write", "--color", colour])
    assert ("\x1b[31m" in capsys.readouterr().out) is is_coloured


def test_another_word_for_color_is_refused(folder, capsys):
    assert main(["check", "plan.toml", "--color", "sometimes"]) == 2
