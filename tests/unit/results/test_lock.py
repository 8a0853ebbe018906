"""One run at a time: the lock lets one in, dies with its holder, and leaves nothing behind."""

import errno
import fcntl
import subprocess
import sys

import pytest

from riskengine.errors import ResultsError
from riskengine.results.folder import lock
from riskengine.results.folder.lock import locked
from tests.support.places import ROOT

HOLD = """
import sys
from pathlib import Path
from riskengine.results.folder.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def refuse_locks(handle, operation):
    raise OSError(errno.ENOLCK, "No locks available")


@pytest.fixture(params=["flock", "no flock in the system", "no flock in the file system"])
def way(request, monkeypatch):
    """The three ways to a lock."""
    if request.param == "no flock in the system":
        monkeypatch.setattr(lock, "fcntl", None)
    elif request.param == "no flock in the file system":
        monkeypatch.setattr(fcntl, "flock", refuse_locks)
    return request.param


def test_the_second_is_told_and_the_third_enters(tmp_path, way):
    path = tmp_path / "lock"
    with locked(path), pytest.raises(ResultsError, match="another run") as caught, locked(path):
        pytest.fail("two hold the lock")
    assert caught.value.code == "RE707"
    with locked(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_failure_inside_gives_the_lock_back(tmp_path, way):
    with pytest.raises(KeyboardInterrupt), locked(tmp_path / "lock"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def hold(path):
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_another_process_is_told(tmp_path):
    process = hold(tmp_path / "lock")
    try:
        with pytest.raises(ResultsError), locked(tmp_path / "lock"):
            pytest.fail("two hold the lock")
    finally:
        process.communicate("")
    assert process.returncode == 0


def test_the_lock_dies_with_its_holder(tmp_path):
    process = hold(tmp_path / "lock")
    process.kill()
    process.communicate()
    assert (tmp_path / "lock").exists()
    with locked(tmp_path / "lock"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_was_removed_while_it_was_opened_is_not_taken_for_the_new_one(tmp_path, monkeypatch):
    path = tmp_path / "lock"
    plain, opened = fcntl.flock, []

    def flock(handle, operation):
        opened.append(handle)
        if len(opened) == 1:
            path.unlink()  # as its holder does on leaving
        plain(handle, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    with locked(path):
        assert len(opened) == 2
        monkeypatch.setattr(fcntl, "flock", plain)
        with pytest.raises(ResultsError), locked(path):
            pytest.fail("two hold the lock")


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path):
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "lock").symlink_to("precious")
    with pytest.raises(OSError, match="symbolic"), locked(tmp_path / "lock"):
        pytest.fail("a link was followed")
    assert (tmp_path / "precious").read_text() == "mine"
