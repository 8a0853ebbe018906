"""Streams, encodings and terminals, in processes of their own."""

import io
import json
import os
import subprocess
import sys

import pytest

from riskengine.cli import main
from riskengine.cli.output import console
from tests.support.command_line import command, environment, plan, riskengine

EVIL = "x\\u001B[2J\\u001B]0;owned\\u0007\\u009B31m\\u202Ey"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell's pipes and devices")


def is_harmless(data: bytes) -> bool:
    """Whether bytes hold no control character but the line break, also as UTF-8 of C1 and direction marks."""
    text = data.decode("utf-8")
    return not any((c < " " and c not in "\r\n") or "\x7f" <= c <= "\x9f" or c in "\u202e\u2028\u200b" for c in text)


COMMANDS = [
    ["simulate", "-n", "256"],
    ["decide", "-n", "256", "--json"],
    ["batch", "-n", "256", "-o", "out"],
    ["batch", "-n", "256", "-o", "out", "--json"],
    ["check"],
    ["check", "--json"],
    ["resolve"],
]


@pytest.mark.parametrize("evil", [EVIL, "left\\u202Eright\\u200Bend"])
@pytest.mark.parametrize("words", COMMANDS)
def test_no_text_of_a_scenario_reaches_the_terminal_unescaped(folder, words, evil):
    text = plan(evil).replace("[tasks.design]", f'[tasks.design]\nname = "{evil}"\nteam = "{evil}"')
    (folder / "evil.toml").write_text(text.replace("Antenna", evil), encoding="utf-8")
    done = riskengine(words[0], "evil.toml", *words[1:], cwd=folder)
    assert done.returncode in (0, 3), done.stderr
    assert is_harmless(done.stdout) and is_harmless(done.stderr)
    if done.stdout and words[-1] in ("--json", "resolve"):
        json.loads(done.stdout)


def test_faults_of_a_hostile_file_are_escaped(folder):
    (folder / "e.toml").write_text(
        f'schema = 1\nname = "x"\nstart = 2027-03-01\n[tasks."{EVIL}"]\nduration = "{EVIL}"\n'
    )
    for words in (["check"], ["simulate"], ["check", "--json"], ["batch", "-o", "out"]):
        done = riskengine(words[0], "e.toml", *words[1:], cwd=folder)
        assert done.returncode == 3
        assert is_harmless(done.stdout) and is_harmless(done.stderr)


@POSIX
@pytest.mark.parametrize("words", [["explain"], ["simulate", "plan.toml", "-n", "256"], ["--help"], ["schema"]])
def test_a_reader_who_leaves_is_no_fault(folder, words):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command(*words), cwd=folder, env=environment(), stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr and b"error" not in done.stderr.lower()


@POSIX
def test_decide_keeps_its_answer_when_the_reader_leaves(folder):
    (folder / "plan.toml").write_text(plan(confidence=0.95))
    reader, writer = os.pipe()
    os.close(reader)
    words = command("decide", "plan.toml", "-n", "256")
    done = subprocess.run(words, cwd=folder, env=environment(), stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.returncode == 10
    assert (folder / "results/plan/manifest.json").exists()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
def test_a_full_device_behind_stdout_is_said_in_one_line(folder):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            command("explain"), cwd=folder, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1
    assert b"cannot write to standard output" in done.stderr


@POSIX
def test_closed_streams_are_no_fault(folder):
    words = " ".join(command("explain", "RE202"))
    for closing in (">&-", "2>&-", ">&- 2>&-"):
        done = subprocess.run(f"{words} {closing}", shell=True, cwd=folder, env=environment(), check=False)
        assert done.returncode == 0


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
def test_a_terminal_of_few_characters_is_served(folder, encoding):
    (folder / "plan.toml").write_text(plan("Łódź 東京"), encoding="utf-8")
    done = riskengine("simulate", "plan.toml", "-n", "256", cwd=folder, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode(encoding)
    assert "P80" in text and "100% |" in text
    assert b"internal" not in done.stderr


def test_json_is_lossless_on_a_terminal_of_few_characters(folder):
    (folder / "plan.toml").write_text(plan("Łódź 東京 😀"), encoding="utf-8")
    for words in (["resolve", "plan.toml"], ["simulate", "plan.toml", "-n", "256", "--json"]):
        done = riskengine(*words, cwd=folder, PYTHONIOENCODING="cp1252")
        assert json.loads(done.stdout.decode("cp1252"))["name"] == "Łódź 東京 😀"


def test_the_default_encoding_of_an_old_console_is_no_fault(folder):
    done = riskengine("check", "plan.toml", cwd=folder, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0


@POSIX
@pytest.mark.parametrize("columns", ["40", "80"])
def test_the_summary_keeps_to_the_width_of_the_terminal(folder, columns):
    done = riskengine("simulate", "plan.toml", "-n", "256", cwd=folder, COLUMNS=columns)
    assert max(map(len, done.stdout.decode().splitlines())) <= int(columns)


@POSIX
def test_words_never_mix_into_the_data(folder):
    done = riskengine("simulate", "plan.toml", "-n", "256", "--json", cwd=folder)
    json.loads(done.stdout)
    assert b"results in" in done.stderr


@POSIX
def test_a_machine_without_home_and_with_an_unusable_cache_still_runs(folder):
    done = riskengine(
        "simulate", "plan.toml", "-n", "256", cwd=folder, HOME="/nonexistent", XDG_CACHE_HOME="/nonexistent/cache"
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


@POSIX
def test_a_place_that_cannot_be_written_is_said_in_one_line(folder):
    (folder / "results").write_text("a file where the folder should be")
    done = riskengine("simulate", "plan.toml", "-n", "256", cwd=folder)
    assert done.returncode == 4
    assert done.stdout == b""
    assert done.stderr.splitlines()[-1].startswith(b"error: ")
    assert b"Traceback" not in done.stderr


@POSIX
def test_a_read_only_folder_is_said_in_one_line(folder):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (folder / "locked").mkdir(mode=0o555)
    done = riskengine("simulate", "plan.toml", "-n", "256", "-o", "locked/out", cwd=folder)
    assert done.returncode == 4
    assert done.stderr.splitlines()[-1].startswith(b"error: RE706")


@POSIX
def test_file_names_of_any_bytes_are_taken(folder):
    name = os.fsdecode(b"pl\xffan.toml")
    (folder / name).write_text(plan())
    for words in (["simulate", name], ["batch", name, "-o", "out"]):
        words = command(*words, "-n", "256")
        done = subprocess.run(words, cwd=folder, env=environment(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("text", ['{"a": "é\x7f\x9b\u202e😀"}', '{"a": "\u2028"}', '{\n  "é": 1\n}'])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_portable_json_means_the_same_and_holds_nothing_that_acts(text, encoding, monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    shown = console.portable_json(text)
    monkeypatch.undo()
    assert json.loads(shown) == json.loads(text)
    assert is_harmless(shown.encode())
    shown.encode(encoding)


def test_main_can_be_called_twice_in_one_process(folder, capsys):
    assert main(["explain", "RE202"]) == 0
    assert main(["explain", "RE202"]) == 0
