"""What does not fit into memory or onto the disk is refused before anything is computed."""

import re
import shutil
import subprocess
import sys
from collections import namedtuple

import pytest

import riskengine
from riskengine.cli import main
from riskengine.engine.blocks import needs
from riskengine.errors import MachineError, UsageError
from riskengine.plan import compile
from riskengine.results.folder import memory
from tests.support.command_line import environment
from tests.support.slow_parameters import with_slow

GIB = 2**30


@pytest.fixture
def eight_gib(monkeypatch):
    """A machine with 8 GiB to spare."""
    monkeypatch.setattr(memory, "free_bytes", lambda: 8 * GIB)
    monkeypatch.setattr(memory, "group_bytes", lambda: None)
    monkeypatch.setattr(memory, "address_bytes", lambda: None)
    monkeypatch.delenv(memory.MEMORY_LIMIT, raising=False)


LARGE = [
    ["simulate", "plan.toml", "-n", "1000000000"],
    ["simulate", "plan.toml", "-n", "1000000000", "--no-write"],
    ["decide", "plan.toml", "--until", "1000000000"],
    ["batch", "plan.toml", "-n", "1000000000", "-o", "results"],
    ["batch", "plan.toml", "--until", "1000000000", "-o", "results"],
]


@pytest.mark.parametrize("words", LARGE)
def test_a_run_that_does_not_fit_into_memory_is_refused_at_once(folder, eight_gib, monkeypatch, capsys, words):
    monkeypatch.setattr(sys.modules["riskengine.engine.simulate"], "run_blocks", lambda *_: pytest.fail("it computes"))
    assert main(words) == 4
    err = capsys.readouterr().err
    assert "RE914 1,000,000,000 iterations need about 1" in err and "GB on the disk" in err
    assert "8.6 GB of memory are free" in err
    assert not (folder / "results/plan").exists()


def test_the_user_can_raise_the_limit_and_lower_it(folder, eight_gib, monkeypatch):
    scenario = riskengine.read("plan.toml")
    monkeypatch.setenv(memory.MEMORY_LIMIT, "0.25")
    with pytest.raises(MachineError, match="RISKENGINE_MEMORY_GB"):
        riskengine.simulate(scenario, iterations=256)
    monkeypatch.setenv(memory.MEMORY_LIMIT, "500")
    needs.check_memory(compile(scenario), 10**9, 2, None)


@pytest.mark.parametrize("said", ["much", "0", "-1", "nan", "inf", "1e999", "8 GB"])
def test_a_limit_that_is_no_number_is_refused(folder, monkeypatch, capsys, said):
    monkeypatch.setenv(memory.MEMORY_LIMIT, said)
    with pytest.raises(UsageError, match="RE911"):
        memory.memory_limit()
    assert main(["simulate", "plan.toml", "-n", "256", "--no-write"]) == 2


def test_runs_beside_one_another_share_the_memory(folder, eight_gib, capsys):
    for name in ("a", "b"):
        shutil.copy("plan.toml", f"{name}.toml")
    # 5.5 GB: one fits, two beside one another do not
    assert main(["batch", "a.toml", "b.toml", "-n", "50000000", "--threads", "2", "-o", "out"]) == 4
    assert "2 runs beside one another" in capsys.readouterr().err


def test_results_that_do_not_fit_onto_the_disk_are_refused_at_once(folder, monkeypatch, capsys):
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**6, 10**6 - 1000, 1000))
    monkeypatch.setattr(sys.modules["riskengine.engine.simulate"], "run_blocks", lambda *_: pytest.fail("it computes"))
    for words in (["simulate", "plan.toml"], ["batch", "plan.toml", "-o", "results"]):
        assert main([*words, "-n", "10240"]) == 4
        err = capsys.readouterr().err
        assert re.search(r"RE914 the results of 10,240 iterations take \d+\.\d MB, and 0\.0 MB are free", err), err


def test_a_large_run_says_what_it_will_take(folder, eight_gib):
    said = []
    needs.check_memory(compile(riskengine.read("plan.toml")), 30_000_000, 2, lambda *words: said.append(words[2]))
    assert said == ["30,000,000 iterations take about 3.4 GB of memory, and 1.0 GB on the disk where they are written"]


MEASURE = """
import sys, tomllib
import riskengine
from riskengine.engine.blocks.needs import memory_bytes, disk_bytes
from riskengine.plan import compile
from riskengine.reading import parse
document = tomllib.loads(open("plan.toml").read())
for at in range(int(sys.argv[1])):
    document["tasks"][f"t{at}"] = {"duration": [1, 2, 3], "after": ["build"]}
    document.setdefault("targets", []).append(f"t{at}")
scenario = parse(document)
run = riskengine.simulate(scenario, iterations=1_000_000, threads=2)
plan = compile(scenario)
status = open("/proc/self/status").read()  # of this program alone; what the parent held does not count
peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
stored = sum(table.nbytes for table in run.tables.values())
print(peak / memory_bytes(plan, 1_000_000, 2), stored / disk_bytes(len(plan.task), len(plan.target), 1_000_000))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory in kilobytes")
@pytest.mark.parametrize("targets", with_slow([0, 6], [0]))
def test_a_run_takes_about_what_is_said(folder, targets):
    script = [sys.executable, "-c", MEASURE, str(targets)]
    done = subprocess.run(script, cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    memory, disk = map(float, done.stdout.split())
    assert 0.6 < memory < 1.1
    assert 0.6 < disk < 1.1
