"""A batch that is killed: what it had finished is its own, and the next one goes on from there."""

import json
import os
import signal
import subprocess
import time

import pytest

from riskengine.results.folder.store import verify
from tests.support.command_line import command, environment, plan

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")

PATIENCE = 60.0
"""Seconds that a busy machine may take for the first scenario."""


def folders(output):
    return set(json.loads((output / "batch.json").read_text())["folders"])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_batch_owns_what_it_finished_before_it_was_ended(folder, number):
    names = [f"plan-{letter}" for letter in "abcdefgh"]
    (folder / "plans").mkdir()
    for name in names:
        (folder / f"plans/{name}.toml").write_text(plan(), encoding="utf-8")
    words = command("batch", "plans", "-o", "out", "-n", "200000", "--threads", "1", "--json")
    process = subprocess.Popen(
        words, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + PATIENCE
    while not (folder / "out/batch.json").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.poll() is None, "it ended by itself"
    process.send_signal(number)
    process.wait(PATIENCE)
    finished = folders(folder / "out")
    assert finished and not finished >= set(names)
    assert all(verify(folder / "out" / name) == [] for name in finished)

    gone = min(finished)
    (folder / f"plans/{gone}.toml").unlink()
    again = subprocess.run(words, cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    assert f"{gone}: removed" in again.stderr
    assert not (folder / "out" / gone).exists()
    rows = {row["scenario_key"]: row for row in json.loads(again.stdout)["scenarios"]}
    assert folders(folder / "out") == set(rows) == set(names) - {gone}
