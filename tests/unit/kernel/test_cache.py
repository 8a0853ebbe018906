"""Machine code is taken from nobody else, never damaged, and does without a disk that is full."""

import hashlib
import os
import pickle
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from riskengine.kernel import compiling
from tests.support.places import ROOT

SMALL = """
import sys
import numpy as np
from riskengine.kernel import compiling

@compiling.entry
def fill(target):
    for i in range(target.size):
        target[i] = i

numbers = np.zeros(4)
fill(numbers)
print(numbers.sum(), compiling.CACHE_FOLDER)
if hasattr(compiling, "why_not_kept"):
    print(compiling.why_not_kept(fill))
"""
"""An entry that compiles at once, in a file of its own."""

CORE = """
from riskengine import engine
from tests.support.compiled_plans import compiled
said = []
sample = engine.simulate(compiled(), engine.Settings(512, seed=3), lambda done, total, words: said.append(words))
print(repr(float(sample.cost.sum())))
print(*said, sep="\\n")
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="the system does not tell who owns a file")


def environment(cache):
    names = ("NUMBA_CACHE_DIR", "RISKENGINE_CACHE_DIR", "XDG_CACHE_HOME")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    own = {"RISKENGINE_CACHE_DIR": str(cache), "PYTHONPATH": str(ROOT)}
    return kept | own | {"PYTHONDONTWRITEBYTECODE": "1"}  # bytecode would be cut off where files may not grow


def run(arguments, cache, **options):
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment(cache),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        **options,
    )


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "small" / "small.py"
    path.parent.mkdir()
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def cache(tmp_path, program):
    """A cache that the program has filled."""
    folder = tmp_path / "cache"
    done = run([program], folder)
    assert done.stdout.startswith("6.0 "), done.stderr
    assert list(folder.rglob("*.nbc"))
    return folder


class Evil:
    """Leaves a mark where it is unpickled."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def plant(cache, mark):
    """Put code into every file of the cache, with its checksum right, as somebody would who has read the source."""
    for path in [*cache.rglob("*.nbi"), *cache.rglob("*.nbc")]:
        content = pickle.dumps(numba.__version__) * (path.suffix == ".nbi") + pickle.dumps(Evil(mark))
        path.write_bytes(content + hashlib.sha256(path.name.encode() + b"\0" + content).digest())


def index(cache):
    return next(cache.rglob("*.nbi"))


def through_link(path):
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def give_away(path):
    if os.getuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(path, 65534, -1, follow_symlinks=False)


WAYS = {
    "others write the folder of a version": lambda cache: index(cache).parent.parent.chmod(0o777),
    "the group writes the folder of a version": lambda cache: index(cache).parent.parent.chmod(0o770),
    "others write the folder of a function": lambda cache: index(cache).parent.chmod(0o777),
    "others write the files": lambda cache: [path.chmod(0o666) for path in cache.rglob("*.nb?")],
    "others write a folder above": lambda cache: cache.parent.chmod(0o777),
    "another owns the folder of a version": lambda cache: give_away(index(cache).parent.parent),
    "another owns the folder of a function": lambda cache: give_away(index(cache).parent),
    "another owns the files": lambda cache: [give_away(path) for path in cache.rglob("*.nb?")],
    "another owns a folder above": lambda cache: give_away(cache.parent),
    "the folder of a version is a link": lambda cache: through_link(index(cache).parent.parent),
    "the folder of a function is a link": lambda cache: through_link(index(cache).parent),
    "the files are links": lambda cache: [through_link(path) for path in [index(cache)]],
}


def test_code_in_a_cache_of_the_user_alone_is_run(cache, program, tmp_path):
    """Who can write there has the user's rights already; without this the next test would show nothing."""
    plant(cache, tmp_path / "mark")
    run([program], cache)
    assert (tmp_path / "mark").exists()


@pytest.mark.parametrize("way", WAYS)
def test_code_that_others_could_have_written_is_never_run(cache, program, tmp_path, way):
    plant(cache, tmp_path / "mark")
    WAYS[way](cache)
    try:
        done = run([program], cache)
    finally:
        tmp_path.chmod(0o700)
        if os.getuid() == 0:
            os.chown(tmp_path, 0, -1)
    assert not (tmp_path / "mark").exists()
    assert done.returncode == 0, done.stderr
    first, problem = done.stdout.splitlines()
    assert first.startswith("6.0 ")
    assert problem or "files" in way  # files alone are written anew in a folder that is the user's own
    assert "\n" not in problem


def test_what_is_written_to_the_cache_is_the_users_own_whatever_the_umask(tmp_path, program):
    folder = tmp_path / "deep" / "cache"
    for _ in range(2):
        done = run([program], folder, preexec_fn=lambda: os.umask(0) and None)
        assert done.stdout.splitlines()[1:] in ([""], []), done.stdout
    places = [folder.parent, folder, *folder.rglob("*")]
    assert len(places) >= 6
    assert [place for place in places if place.stat().st_mode & 0o022] == []


def test_a_full_disk_compiles_in_memory_and_says_so(tmp_path, program):
    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))

    done = run([program], tmp_path / "cache", preexec_fn=full)
    assert done.returncode == 0, done.stderr
    first, problem = done.stdout.splitlines()
    assert first.startswith("6.0 ")
    assert problem == "File too large"
    assert not list((tmp_path / "cache").rglob("*.part"))


@pytest.fixture(scope="module")
def core(tmp_path_factory):
    """A cache of the whole core, and what the run that filled it printed."""
    folder = tmp_path_factory.mktemp("core")
    done = run(["-c", CORE], folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout.splitlines()[0]


def test_damaged_machine_code_is_made_anew_with_a_word(core):
    folder, cost = core
    for path in folder.rglob("*.nbc"):
        data = bytearray(path.read_bytes())
        middle = len(data) // 2
        data[middle - 20_000 : middle + 20_000] = b"\xcc" * 40_000
        path.write_bytes(data)
    done = run(["-c", CORE], folder)
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert done.stdout.splitlines()[0] == cost
    assert "was damaged" in done.stdout
    again = run(["-c", CORE], folder)
    assert again.stdout.splitlines()[0] == cost
    assert "damaged" not in again.stdout


def test_files_of_the_cache_that_were_exchanged_are_made_anew(core):
    folder, cost = core
    one, other = sorted(folder.rglob("*.nbc"))[:2] if len(list(folder.rglob("*.nbc"))) > 1 else (None, None)
    if one is None:
        one = next(folder.rglob("*.nbc"))
        other = next(folder.rglob("*.nbi"))
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    done = run(["-c", CORE], folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == cost
    assert "was damaged" in done.stdout


def test_a_full_disk_is_said_by_the_run(tmp_path):
    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))

    done = run(["-c", CORE], tmp_path / "cache", preexec_fn=full)
    assert done.returncode == 0, done.stderr
    assert "could not be kept" in done.stdout


def test_a_change_anywhere_in_the_core_asks_for_new_machine_code(tmp_path, monkeypatch):
    core = shutil.copytree(Path(compiling.__file__).parent, tmp_path / "kernel")
    monkeypatch.setattr(compiling, "__file__", str(core / "compiling.py"))
    digests = {compiling.source_digest()}
    for name in ("block.py", "draws/draw.py", "dates/forward.py", "contract/layout.py"):
        with (core / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        digests.add(compiling.source_digest())
    assert len(digests) == 5
