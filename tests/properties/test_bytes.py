"""Nothing but scenario, seed, method and engine decides a byte of the results folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import riskengine.engine.blocks.run
from tests.properties.faults import seed_by_chunk
from tests.support.command_runs import contents, different, files_of, run
from tests.support.plans_of_all_features import FS_NETWORK, RICH, THREATS

PLANS = {"several calendars": RICH, "one calendar": FS_NETWORK + THREATS.format(active="true")}
SHARES = [(1, 0.05), (1, 0.0), (2, 0.0), (3, 0.0), (3, 4e-5), (7, 0.0)]
ITERATIONS = 2900


def bytes_by_share(monkeypatch, text: str, method: str = "sobol") -> list[dict[str, bytes]]:
    """Results for several numbers of threads and sizes of chunks, small jobs shared out too."""
    monkeypatch.setattr(riskengine.engine.blocks.run, "SMALL_SECONDS", 0.0)
    found = []
    for threads, chunk_seconds in SHARES:
        monkeypatch.setattr(riskengine.engine.blocks.run, "CHUNK_SECONDS", chunk_seconds)
        found.append(contents(run(text, ITERATIONS, method=method, threads=threads)))
    return found


@pytest.mark.parametrize("method", ["random", "lhs", "sobol"])
@pytest.mark.parametrize("text", PLANS.values(), ids=PLANS)
def test_threads_and_chunks_change_no_byte(monkeypatch, text, method):
    first, *others = bytes_by_share(monkeypatch, text, method)
    assert [different(first, other) for other in others] == [set()] * len(others)


def test_a_generator_of_its_own_for_each_chunk_would_be_found(monkeypatch):
    seed_by_chunk(monkeypatch)
    first, *others = bytes_by_share(monkeypatch, RICH)
    assert all("iterations.arrow" in different(first, other) for other in others)


SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"},
]
HASHED_KEYS = """
import numpy as np
import riskengine.plan
compile_plan = riskengine.plan.compile
def compile_with_hash(scenario):
    import dataclasses
    plan = compile_plan(scenario)
    keys = np.array([[hash(name) & 0xFFFFFFFF, 7] for name in plan.estimates.stream], np.uint32)
    return dataclasses.replace(plan, variables=plan.variables._replace(key=keys))
riskengine.plan.compile = compile_with_hash
"""


def bytes_by_surroundings(folder: Path, fault: str = "") -> list[dict[str, bytes]]:
    """Results of the command line in several environments, each a process of its own."""
    (folder / "plan.toml").write_text(RICH, encoding="utf-8")
    program = f"{fault}\nimport sys\nfrom riskengine.cli import main\nsys.exit(main())"
    found = []
    for number, surroundings in enumerate(SURROUNDINGS):
        words = [sys.executable, "-c", program, "simulate", "plan.toml", "-n", "512", "-o", f"run{number}"]
        environment = {**os.environ, **surroundings}
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found.append(files_of(folder / f"run{number}"))
    return found


def test_hash_seed_language_and_time_zone_change_no_byte(tmp_path):
    first, *others = bytes_by_surroundings(tmp_path)
    assert len(first) > 5
    assert [different(first, other) for other in others] == [set()] * len(others)


@pytest.mark.slow  # some more processes, to show that the test above can fail
def test_streams_named_by_the_hash_of_the_process_would_be_found(tmp_path):
    first, *others = bytes_by_surroundings(tmp_path, HASHED_KEYS)
    assert all("iterations.arrow" in different(first, other) for other in others)
