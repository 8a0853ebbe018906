"""The compiled core: its cache, and what is said while it compiles."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import sys
from riskengine import engine
from tests.engine.plans import compiled
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
        cwd=Path(__file__).parents[2],
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
