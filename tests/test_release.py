"""The script that builds a release refuses what is no release, and leaves nothing behind then."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.places import ROOT

STAND_IN = """#!/usr/bin/env bash
# stands for Python: makes environments whose Python is this script, and "builds" what BUILD prints
case "$2" in
  venv) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  build) mkdir -p "$4"; eval "$BUILD" > "$4/riskengine.whl" ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository that holds the script, with one commit."""
    if shutil.which("git") is None or shutil.which("bash") is None:
        pytest.skip("git or bash is absent")
    if not (ROOT / ".ci" / "release").exists():
        pytest.skip("a source distribution has no .ci/release")
    place = tmp_path / "checkout"
    (place / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "release", place / ".ci" / "release")
    who = ["-c", "user.name=A Tester", "-c", "user.email=tester@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "Add the script"]):
        subprocess.run(["git", *words], cwd=place, check=True)
    return place


def release(checkout: Path, build: str = "echo same") -> subprocess.CompletedProcess[str]:
    """The script with a stand-in for Python."""
    python = checkout.parent / "python"
    python.write_text(STAND_IN, encoding="utf-8")
    python.chmod(0o755)
    return subprocess.run(
        ["bash", ".ci/release", str(checkout.parent / "out")],
        cwd=checkout,
        env=os.environ | {"PYTHON": str(python), "BUILD": build},
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_builds_that_differ_are_no_release(checkout: Path) -> None:
    refusal = release(checkout, 'echo "$4"')  # prints the folder it writes to, as a build that records its place would
    assert refusal.returncode == 1
    assert "two builds of one commit differ" in refusal.stderr
    assert not (checkout.parent / "out").exists()


def test_equal_builds_that_cannot_be_run_are_no_release(checkout: Path) -> None:
    refusal = release(checkout)
    assert refusal.returncode != 0
    assert "differ" not in refusal.stderr
    assert "riskengine.whl, installed" in refusal.stdout
    assert not (checkout.parent / "out").exists()


def test_builds_have_the_time_of_the_commit_and_no_machine_code(checkout: Path) -> None:
    time = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=checkout, capture_output=True, text=True, check=True
    ).stdout.strip()
    note = checkout.parent / "note"
    release(checkout, f'echo "$SOURCE_DATE_EPOCH $RISKENGINE_PURE" > "{note}"')
    assert note.read_text(encoding="utf-8").split() == [time, "1"]


def test_what_is_not_committed_is_no_release(checkout: Path) -> None:
    (checkout / "new").write_text("", encoding="utf-8")
    refusal = release(checkout)
    assert (refusal.returncode, "commit first" in refusal.stderr) == (1, True)


def test_a_folder_that_exists_is_left_alone(checkout: Path) -> None:
    (checkout.parent / "out").mkdir()
    refusal = release(checkout)
    assert (refusal.returncode, "exists" in refusal.stderr) == (1, True)
    assert list((checkout.parent / "out").iterdir()) == []
