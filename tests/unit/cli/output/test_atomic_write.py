"""Files that commands write are there whole or not at all, also on a full disk and in a process that is killed."""

import errno
import os
import stat
import subprocess
import sys

import pytest

from riskengine.cli import main
from riskengine.cli.output import atomic_write
from tests.support.command_line import command, environment
from tests.unit.importers.p6.xer_files import activity, plan, write

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits the size of files")

FULL = """
import resource, signal, sys
from riskengine.cli import main
{change}
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.exit(main(sys.argv[1:]))
"""
KILLED = "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # what would be an error ends the process at that byte"

COMMANDS = {
    "new": ["new", "target.toml"],
    "new with sheets": ["new", "target.toml", "--template", "building-extension"],
    "import": ["import", "plan.xer", "-o", "target.toml"],
    "import over another": ["import", "plan.xer", "-o", "old.toml", "--force"],
    "resolve": ["resolve", "plan.toml", "-o", "target.json"],
    "schema over another": ["schema", "-o", "old.toml"],
}


def visible(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name[0] != "."}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("change", ["", KILLED], ids=["full", "killed"])
def test_a_full_disk_or_a_kill_leaves_what_was_there_and_no_file_of_half(folder, name, change):
    write(folder, plan([activity("A1000")])).rename(folder / "plan.xer")
    (folder / "old.toml").write_text("# mine")
    before = visible(folder)
    script = [sys.executable, "-c", FULL.format(change=change), *COMMANDS[name]]
    # Python's own files of bytecode would be cut off, too
    env = environment(PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(script, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if change:
        assert done.returncode < 0
    else:
        assert done.returncode == 4, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert not list(folder.rglob("*.part"))
    assert visible(folder) == before


def test_a_file_that_is_there_is_left_alone_and_nothing_beside_it(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("mine")
    with pytest.raises(FileExistsError, match=r"plan\.toml"):
        atomic_write.write_new(path, "other")
    path.unlink()
    path.symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        atomic_write.write_new(path, "other")
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.toml"]


def test_where_a_file_has_one_name_only_it_is_renamed(tmp_path, monkeypatch):
    def refuse(*names):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    atomic_write.write_new(tmp_path / "plan.toml", "text\n")
    assert (tmp_path / "plan.toml").read_text() == "text\n"
    with pytest.raises(FileExistsError):
        atomic_write.write_new(tmp_path / "plan.toml", "other")
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.toml"]


def test_a_long_name_can_be_written(tmp_path):
    atomic_write.write_new(tmp_path / ("x" * 250 + ".toml"), "text")
    atomic_write.write(tmp_path / ("x" * 250 + ".toml"), "other")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["other"]


def test_a_pipe_is_written_to_and_stays_a_pipe(folder):
    os.mkfifo(folder / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=folder, stdout=subprocess.PIPE) as reader:
        assert main(["schema", "-o", "pipe"]) == 0
        try:
            assert reader.communicate(timeout=30)[0].startswith(b"{")
        finally:
            reader.kill()
    assert (folder / "pipe").is_fifo()


def test_a_device_is_written_to_and_stays_a_device(folder):
    if os.getuid() != 0:
        pytest.skip("only root can make a device")
    os.mknod(folder / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    assert main(["resolve", "plan.toml", "-o", "null"]) == 0
    assert (folder / "null").is_char_device()


@pytest.mark.skipif(not os.path.exists("/dev/fd/1"), reason="needs /dev/fd")  # noqa: PTH110
def test_an_open_file_is_written_to(folder):
    with (folder / "out.json").open("wb") as out:
        words = command("resolve", "plan.toml", "-o", f"/dev/fd/{out.fileno()}")
        done = subprocess.run(words, cwd=folder, env=environment(), pass_fds=[out.fileno()], check=False)
    assert done.returncode == 0
    assert (folder / "out.json").read_text().startswith("{")


@pytest.mark.parametrize("call", [atomic_write.write, atomic_write.write_new])
def test_a_full_disk_is_said_of_the_file_that_was_asked_for(tmp_path, monkeypatch, call):
    def refuse(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space left") as raised:
        call(tmp_path / "x.json", "{}")
    assert raised.value.filename == str(tmp_path / "x.json")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_of_the_file_that_was_asked_for(tmp_path):
    with pytest.raises(FileNotFoundError) as raised:
        atomic_write.write(tmp_path / "nowhere" / "x.json", "{}")
    assert raised.value.filename == str(tmp_path / "nowhere" / "x.json")


@pytest.mark.parametrize("is_forced", [False, True])
def test_files_that_belong_together_are_written_all_or_none(tmp_path, is_forced):
    first, second = tmp_path / "history.csv", tmp_path / "plan.toml"
    if is_forced:
        first.write_text("old")
    second.mkdir()
    with pytest.raises(FileExistsError):
        atomic_write.write_together({first: "new", second: "new"}, is_forced=is_forced)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history.csv", "plan.toml"][not is_forced :]
    assert not is_forced or first.read_text() == "old"
    second.rmdir()
    atomic_write.write_together({first: "new", second: "new"}, is_forced=is_forced)
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["new", "new"]
