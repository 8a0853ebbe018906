"""Runs on the workers of a cluster of Dask: real processes, and the bytes of one machine."""

import filecmp
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import nullcontext

import pytest

import riskengine
from riskengine import analysis, engine, plan
from riskengine.api.simulating import SimulationOptions
from riskengine.cli import main
from riskengine.cluster import connection as connections
from riskengine.cluster.address import cluster_address
from riskengine.cluster.connection import connected
from riskengine.cluster.remote import refuse_other_versions
from riskengine.cluster.simulating import run_of_worker, simulate_on_cluster
from riskengine.errors import MachineError, ScenarioError, UsageError
from riskengine.results.provenance import versions
from riskengine.scenario import dumps
from tests.support.command_line import plan as plan_text
from tests.support.places import ROOT

ITERATIONS = 1_500
"""Six blocks, the last one cut."""


@pytest.fixture(scope="module")
def workers():
    """Two worker processes of this machine, for all tests here."""
    with connected(cluster_address("local:2")) as connection:
        yield connection


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working directory with a plan."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.toml").write_text(plan_text(), encoding="utf-8")
    return tmp_path


def plan_and_text(scenario):
    return plan.compile(scenario), dumps(scenario)


def tables_of(sample):
    tables = analysis.tables(sample)
    return {name: tables[name] for name in tables}


@pytest.mark.parametrize(
    ("name", "method"), [("ground-station", "lhs"), ("building-extension-one-gang", "sobol"), ("viaduct", "random")]
)
def test_a_run_on_workers_is_that_of_one_thread(workers, monkeypatch, name, method):
    """One is levelled, one has lost days."""
    monkeypatch.setattr("riskengine.engine.shards.SHARD_SECONDS", 0.0)  # a shard for each block
    made, text = plan_and_text(riskengine.read(ROOT / f"scenarios/{name}.toml"))
    settings = engine.Settings(ITERATIONS, 0, method, 1)
    told = []
    apart = simulate_on_cluster(workers, made, text, settings, lambda *words: told.append(words))
    assert tables_of(apart) == tables_of(engine.simulate(made, settings))
    done = [count for count, of, words in told if words == "Simulating on local:2"]
    assert done == sorted(done)
    assert len(done) == 6
    assert done[-1] == ITERATIONS


def test_a_worker_that_is_killed_costs_time_alone(workers, monkeypatch):
    monkeypatch.setattr("riskengine.engine.shards.SHARD_SECONDS", 0.0005)
    made, text = plan_and_text(riskengine.read(plan_text()))
    settings = engine.Settings(300_000, 1, "sobol", 1, False)
    first = sorted(workers.client.run(os.getpid).values())[0]
    killed = []

    def kill_once(done, of, words):
        if not killed and words.startswith("Simulating on") and 0 < done < of // 2:
            os.kill(first, signal.SIGKILL)
            killed.append(done)

    apart = simulate_on_cluster(workers, made, text, settings, kill_once)
    assert killed
    assert tables_of(apart) == tables_of(engine.simulate(made, settings))
    workers.client.wait_for_workers(2, timeout=60)
    assert first not in workers.client.run(os.getpid).values()


def test_a_whole_run_of_a_worker_is_that_of_this_process(workers):
    scenario = riskengine.read(ROOT / "scenarios/ground-station.toml")
    options = SimulationOptions(iterations=512, seed=3, until=2_000)
    apart = run_of_worker(workers, scenario, options)
    run = riskengine.decide(scenario, iterations=512, seed=3, until=2_000)
    assert apart.manifest == run.manifest
    assert apart.scenario_json == run.scenario_json
    assert all(apart.tables[name].equals(run.tables[name]) for name in run.tables)


def test_what_a_worker_refuses_is_refused_here(workers):
    made, text = plan_and_text(riskengine.read(plan_text()))
    broken = json.loads(text)
    broken["tasks"]["build"]["duration"] = {"shape": "fixed", "value": -1}
    with pytest.raises(ScenarioError):
        simulate_on_cluster(workers, made, json.dumps(broken), engine.Settings(256, 1, "sobol", 1), None)


def test_a_batch_on_workers_writes_the_same_folders(folder, workers, monkeypatch, capsys):
    monkeypatch.setattr("riskengine.cluster.connection.connected", lambda address: nullcontext(workers))
    for name in ("one", "two", "three"):
        (folder / f"{name}.toml").write_text(plan_text(name=name), encoding="utf-8")
    (folder / "faulty.toml").write_text(plan_text().replace("after", "affter"), encoding="utf-8")
    paths = [f"{name}.toml" for name in ("faulty", "one", "three", "two")]
    here = main(["batch", *paths, "-n", "512", "-o", "here"])
    said = capsys.readouterr().out
    there = main(["batch", *paths, "-n", "512", "-o", "there", "--cluster", "local:2"])
    assert capsys.readouterr().out == said
    assert here == there != 0
    compared = filecmp.dircmp(folder / "here", folder / "there")
    assert compared.common_dirs == ["one", "three", "two"]
    for sub in (compared, *compared.subdirs.values()):
        names = sub.left_list
        assert names == sub.right_list
        files = [name for name in names if name not in sub.common_dirs]
        assert filecmp.cmpfiles(sub.left, sub.right, files, shallow=False)[0] == files


def test_the_command_and_python_compute_on_a_cluster(folder, workers, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(
        "riskengine.cluster.simulating.connected", lambda address: nullcontext(asked.append(address.text) or workers)
    )
    assert main(["simulate", "plan.toml", "-n", "1500", "-o", "here"]) == 0
    said = capsys.readouterr().out
    assert main(["simulate", "plan.toml", "-n", "1500", "-o", "there", "--cluster", "local:2"]) == 0
    assert capsys.readouterr().out == said
    names = sorted(path.name for path in (folder / "here").iterdir())
    assert filecmp.cmpfiles(folder / "here", folder / "there", names, shallow=False)[0] == names
    run = riskengine.simulate("plan.toml", iterations=1_500, cluster="tcp://scheduler:8786")
    assert run.tables["iterations"].equals(riskengine.open_run("here").tables["iterations"])
    assert asked == ["local:2", "tcp://scheduler:8786"]


@pytest.mark.parametrize("text", ["", "local", "local:0", "local:9999", "scheduler", "http://a:1", "tcp://:1", 3])
def test_what_is_no_cluster_is_refused(text):
    with pytest.raises(UsageError, match="RE760"):
        cluster_address(text)


@pytest.mark.parametrize(
    ("text", "local_workers"),
    [("local:4", 4), (" tcp://10.0.0.1:8786 ", 0), ("tls://[::1]:8786", 0), ("ws://a-b.c:80", 0)],
)
def test_addresses_are_read(text, local_workers):
    assert cluster_address(text).local_workers == local_workers


@pytest.mark.parametrize(
    "words",
    [
        ["simulate", "plan.toml", "--shard", "1/2"],
        ["simulate", "plan.toml", "--rho", "0,0.3"],
        ["simulate", "plan.toml", "--until", "20000"],
        ["decide", "plan.toml", "--until", "20000"],
    ],
)
def test_what_a_cluster_does_not_do_is_refused(folder, capsys, words):
    assert main([*words, "--cluster", "local:2"]) == 2
    assert "cluster" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["plan.toml"]


def test_a_missing_library_is_named_with_what_brings_it(folder, monkeypatch, capsys):
    monkeypatch.setattr(connections.importlib.util, "find_spec", lambda name: None)
    assert main(["simulate", "plan.toml", "--cluster", "local:2", "-o", "out"]) == 4
    assert "RE761" in (err := capsys.readouterr().err)
    assert "pip install '.[cluster]'" in err
    assert not (folder / "out").exists()


def test_workers_of_other_versions_are_refused():
    refuse_other_versions(versions())
    with pytest.raises(MachineError, match=r"RE764.*numpy .* and not 0\.1"):
        refuse_other_versions(versions() | {"numpy": "0.1"})


def test_other_users_of_the_machine_stay_out(workers):
    """Whoever reaches a scheduler can run code: without its certificate nobody does."""
    import distributed

    place = workers.client.scheduler.address
    assert place.startswith("tls://127.0.0.1:")
    foreign = distributed.Security.temporary()
    for address, security in ((place.replace("tls://", "tcp://"), None), (place, foreign)):
        with pytest.raises(OSError, match=r"Connection reset|CERTIFICATE|certificate|Timed out"):
            distributed.Client(address, security=security, timeout=2, set_as_default=False)


@pytest.fixture
def scheduler():
    """A scheduler of its own, in a process that can be killed, and its address."""
    command = [sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stderr.readline, "")
            address = next(line for line in lines if "Scheduler at:" in line).split()[-1]
            yield process, address
        finally:
            process.kill()


def test_a_scheduler_without_workers_is_said(scheduler, folder, monkeypatch, capsys):
    process, address = scheduler
    monkeypatch.setattr(connections, "CONNECT_SECONDS", 1)
    words = ["simulate", "plan.toml", "-o", "out", "--cluster", address]
    assert main(words) == 4
    assert "RE762" in capsys.readouterr().err
    process.kill()
    process.wait()
    assert main(words) == 4
    assert "RE762" in capsys.readouterr().err
    assert not (folder / "out").exists()


@pytest.mark.slow
def test_a_scheduler_that_is_gone_ends_the_run(scheduler):
    """The library tries for as long as it may take to connect before it gives up."""
    process, address = scheduler
    command = [sys.executable, "-m", "dask", "worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as worker:
        try:
            with connected(cluster_address(address)) as there:
                threading.Timer(1, process.kill).start()
                with pytest.raises(MachineError, match="RE763"):
                    list(there.answers([(time.sleep, 60)], 1))
        finally:
            worker.kill()
