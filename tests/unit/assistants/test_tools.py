"""What an assistant may say, and what becomes of it: words of a command line, or a refusal with its code."""

import json
import os
import subprocess
import sys

import pytest

from riskengine.assistants.inside import Inside, inside
from riskengine.assistants.outcome import outcome
from riskengine.assistants.tools import TOOLS, Limits, command_words
from riskengine.cli import main
from riskengine.errors import UsageError

LIMITS = Limits(iterations=50_000, seconds=10)


def words(name, **arguments):
    return command_words(name, arguments, LIMITS, lambda path: Inside(path, not path.endswith(".toml")))


def test_a_call_becomes_a_command_that_writes_nothing():
    assert words("decide", plan="-x.toml", seed=2, until=300) == (
        *("decide", "--json", "--quiet", "--no-config", "--no-write", "--until=300", "--iterations=300", "--seed=2"),
        *("--", "-x.toml"),
    )


def test_a_results_folder_has_iterations_of_its_own():
    assert words("explain", source="RE202") == ("explain", "--json", "--quiet", "--no-config", "--", "./RE202")
    assert "--iterations=10240" in words("explain", source="plan.toml")


def test_fewer_iterations_than_usual_may_be_the_limit():
    few = command_words("simulate", {"plan": "p.toml"}, Limits(iterations=500), lambda path: Inside(path, False))
    assert "--iterations=500" in few


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize(
    "harm",
    [
        {"shell": "rm"},
        {"plan": 5, "source": 5, "before": 5, "after": 5},
        {"plan": "a\0b", "source": "a\0b", "before": "a\0b", "after": "a\0b"},
    ],
)
def test_what_no_schema_has_is_refused(name, harm):
    paths = dict.fromkeys(TOOLS[name].paths, "plan.toml")
    arguments = paths | {key: value for key, value in harm.items() if key in paths or key == "shell"}
    with pytest.raises(UsageError, match="RE675"):
        words(name, **arguments)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"iterations": 0}, "RE675"),
        ({"iterations": True}, "RE675"),
        ({"iterations": "256"}, "RE675"),
        ({"iterations": 50_001}, "RE673"),
        ({"seed": -1}, "RE675"),
        ({"method": "--output=x"}, "RE675"),
    ],
)
def test_a_value_outside_its_schema_is_refused(arguments, code):
    with pytest.raises(UsageError, match=code):
        words("simulate", plan="plan.toml", **arguments)


def test_a_tool_that_writes_is_none():
    for name in ("export", "report", "import", "new", "mitigate", "__init__"):
        with pytest.raises(UsageError, match="RE675"):
            words(name, plan="plan.toml")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "..",
        "../x.toml",
        "a/../../x.toml",
        "a\\..\\x.toml",
        "C:\\x.toml",
        "x" * 2000,
        "a\nb.toml",
        ".",
    ],
)
def test_a_path_that_is_none_of_the_folder_is_refused(tmp_path, path):
    (tmp_path.parent / "x.toml").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="RE672"):
        inside(tmp_path, path)


def test_a_link_within_the_folder_is_followed_and_one_that_leaves_it_is_not(tmp_path):
    opened = tmp_path / "opened"
    (opened / "below").mkdir(parents=True)
    (opened / "below/plan.toml").write_text("", encoding="utf-8")
    (opened / "near.toml").symlink_to(opened / "below/plan.toml")
    (opened / "loop.toml").symlink_to(opened / "loop.toml")
    (tmp_path / "far.toml").write_text("", encoding="utf-8")
    (opened / "far.toml").symlink_to(tmp_path / "far.toml")
    (opened / "up").symlink_to(tmp_path)
    assert inside(opened, "near.toml") == Inside("below/plan.toml", False)
    for path in ("far.toml", "loop.toml", "up/far.toml", "up/opened/../far.toml"):
        with pytest.raises(UsageError, match="RE672"):
            inside(opened, path)


def test_a_results_folder_with_a_part_outside_is_refused(tmp_path):
    results = tmp_path / "opened/run"
    results.mkdir(parents=True)
    (results / "manifest.json").write_text("{}", encoding="utf-8")
    assert inside(tmp_path / "opened", "run") == Inside("run", True)
    (tmp_path / "gates.arrow").write_text("", encoding="utf-8")
    (results / "gates.arrow").symlink_to(tmp_path / "gates.arrow")
    with pytest.raises(UsageError, match="RE672"):
        inside(tmp_path / "opened", "run")


def test_a_command_that_breaks_has_one_line_and_no_traceback():
    lines = b"Traceback (most recent call last):\n  File ...\ninternal error: ValueError: x; please report it\n"
    answer = outcome(1, b"", lines)
    assert answer["error"]["message"].startswith("internal error") and "Traceback" not in json.dumps(answer)
    assert outcome(-9, b"", b"")["error"]["message"] == "no answer"


def test_without_the_library_it_is_named(tmp_path):
    program = (
        "import sys; sys.modules['mcp'] = None\n"
        f"from riskengine.cli import main; sys.exit(main(['mcp', {str(tmp_path)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=dict(os.environ), check=False
    )
    assert done.returncode == 4 and "RE676" in done.stderr and "pip install '.[mcp]'" in done.stderr


def test_a_folder_that_is_not_there_is_refused(capsys):
    assert main(["mcp", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
