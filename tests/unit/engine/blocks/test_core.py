"""The compiled core: its cache, and what is said while it compiles."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from riskengine.engine import Settings, simulate
from riskengine.engine.blocks import core
from riskengine.kernel import compiling
from riskengine.kernel.compiling import alone
from tests.support.compiled_plans import compiled
from tests.support.places import ROOT

RUN = """
import sys
from riskengine import engine
from tests.support.compiled_plans import compiled
said = []
sample = engine.simulate(compiled(), engine.Settings(512, seed=3), lambda done, total, words: said.append(words))
print(repr(float(sample.cost.sum())), any("plans of this kind" in words for words in said))
"""


def run(cache: Path | None, **extra: str) -> tuple[str, str]:
    """Run a small plan in a process of its own; return the sum of its costs and whether compiling was announced."""
    environment = {k: v for k, v in os.environ.items() if k not in ("NUMBA_CACHE_DIR", "RISKENGINE_CACHE_DIR", "HOME")}
    if cache is not None:
        environment["RISKENGINE_CACHE_DIR"] = str(cache)
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        env=environment | extra,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    cost, announced = done.stdout.split()
    return cost, announced


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    return folder, run(folder)


def test_the_first_run_says_that_it_compiles(cache):
    assert cache[1][1] == "True"


def test_a_damaged_cache_is_compiled_anew_and_changes_no_number(cache):
    folder, (cost, _) = cache
    files = [*folder.rglob("*.nbi"), *folder.rglob("*.nbc")]
    assert files
    for path in files:
        path.write_bytes(path.read_bytes()[:20])
    assert run(folder)[0] == cost


def test_a_folder_that_cannot_be_had_is_done_without(cache, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert run(blocked / "below")[0] == cache[1][0]


TRY = """
import fcntl, os, sys
handle = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
try:
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    print("free")
except BlockingIOError:
    print("taken")
"""


def state(folder: Path) -> str:
    """Whether another process can take the lock of a cache folder."""
    command = [sys.executable, "-c", TRY, str(folder / "lock")]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="no flock")
def test_one_process_at_a_time_fills_the_cache(tmp_path):
    with alone(tmp_path):
        assert state(tmp_path) == "taken"
    assert state(tmp_path) == "free"


def test_a_cache_folder_without_locks_is_used_all_the_same(tmp_path):
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with alone(tmp_path):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_only_the_first_call_of_each_case_waits_for_others(monkeypatch):
    entered = []

    @contextmanager
    def spy(folder):
        entered.append(folder)
        yield

    monkeypatch.setattr(compiling, "CACHE_FOLDER", Path("somewhere"))
    monkeypatch.setattr(compiling, "alone", spy)
    monkeypatch.setattr(compiling, "_jit", lambda function, **options: function)
    monkeypatch.setattr(compiling.config, "DISABLE_JIT", 0)
    add = compiling.entry(lambda one, other: (one, other))
    assert [add(1, None), add(2, None), add(None, 3), add(4, None)] == [(1, None), (2, None), (None, 3), (4, None)]
    assert len(entered) == 2


def test_the_cache_is_looked_over_once_in_a_process(monkeypatch):
    simulate(compiled(), Settings(64, threads=1))
    looked: list[Path] = []
    monkeypatch.setattr(core, "remove_damaged", lambda folder: looked.append(folder) or [])
    simulate(compiled(), Settings(64, threads=1))
    assert looked == []
