"""Ctrl-C, in processes of their own."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.support.command_line import command, environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")

ENDLESS = "100000000"
"""Iterations that take far longer than any of these tests, and fit into the memory that the program is told it has."""
PATIENCE = 30.0
"""Seconds that a busy machine may take to start what is then interrupted; the answer itself takes half of one."""


def interrupted(words, folder, is_ready, delay=0.0):
    """Start a process, interrupt it when it is ready, and return its status, its words and how long it took to go."""
    with (folder / "err.txt").open("wb") as err:
        plenty = environment(RISKENGINE_MEMORY_GB="1000")
        process = subprocess.Popen(words, cwd=folder, env=plenty, stdout=subprocess.DEVNULL, stderr=err)
        deadline = time.monotonic() + PATIENCE
        while not is_ready() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(delay)
        assert process.poll() is None, "it ended by itself"
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        status = process.wait(PATIENCE)
    return status, (folder / "err.txt").read_text(), time.monotonic() - sent


def has_claimed(folder):
    return lambda: any(path.name.endswith(".lock") for path in folder.rglob(".*"))


@pytest.mark.parametrize("delay", [0.0, 0.3, 1.5])
def test_an_interrupted_simulation_leaves_with_130_and_nothing_half_written(folder, delay):
    words = command("simulate", "plan.toml", "-n", ENDLESS, "-o", "out")
    status, err, _ = interrupted(words, folder, has_claimed(folder), delay)
    assert status == 130
    assert err.splitlines()[-1] == "interrupted"
    assert "Traceback" not in err
    assert not (folder / "out").exists()
    assert not (folder / ".out.new").exists()


def test_an_interrupted_batch_leaves_whole_results_only(folder):
    words = command("batch", "plan.toml", "open.toml", "-n", ENDLESS, "-o", "out")
    status, err, _ = interrupted(words, folder, has_claimed(folder), 0.5)
    assert status == 130
    assert "Traceback" not in err
    assert not (folder / "out/plan").exists()
    assert not (folder / "out/portfolio.arrow").exists()


def test_an_interrupt_during_the_start_leaves_with_130(folder):
    before = time.monotonic()
    words = command("simulate", "plan.toml", "-n", ENDLESS, "-o", "out")
    status, err, _ = interrupted(words, folder, lambda: time.monotonic() > before + 0.25)
    assert status in (130, -signal.SIGINT)  # before the program is loaded, Python itself answers
    assert status == -signal.SIGINT or "Traceback" not in err


SLOW_DISK = """
import sys, time
from riskengine.cli import main
from riskengine.results.folder import store
def slow(path, table):
    path.write_bytes(b"half")
    open("ready", "w").close()
    time.sleep(60)
store.write_table = slow
sys.exit(main(["simulate", "plan.toml", "-n", "256", "-o", "out"]))
"""


def test_an_interrupt_while_results_are_written_leaves_no_half_of_them(folder):
    status, err, _ = interrupted([sys.executable, "-c", SLOW_DISK], folder, (folder / "ready").exists)
    assert status == 130
    assert err.splitlines()[-1] == "interrupted"
    assert {path.name for path in folder.iterdir()} & {"out", ".out.new", ".out.old"} == set()


STUCK_DISK = """
import hashlib, sys
from riskengine.cli import main
from riskengine.results.folder import store
def stuck(path, table):
    path.write_bytes(b"half")
    open("ready", "w").close()
    hashlib.pbkdf2_hmac("sha256", b"x", b"y", 400_000_000)  # minutes in which the main thread takes nothing away
store.write_table = stuck
sys.exit(main(["simulate", "plan.toml", "-n", "256", "-o", "deep/out"]))
"""

STUCK_FILE = """
import hashlib, sys
from riskengine.cli import main
from riskengine.cli.output import atomic_write
def stuck(handle):
    open("ready", "w").close()
    hashlib.pbkdf2_hmac("sha256", b"x", b"y", 400_000_000)
atomic_write.os.fsync = stuck
sys.exit(main(["new", "fresh.toml"]))
"""


@pytest.mark.parametrize("script", [STUCK_DISK, STUCK_FILE], ids=["results", "new"])
def test_what_the_main_thread_cannot_take_away_is_taken_away_for_it(folder, script):
    before = {path.relative_to(folder) for path in folder.rglob("*")}
    status, err, _ = interrupted([sys.executable, "-c", script], folder, (folder / "ready").exists)
    assert status == 130
    assert err.splitlines()[-1] == "interrupted"
    left = {str(path.relative_to(folder)) for path in folder.rglob("*")} - {str(path) for path in before}
    assert left == {"ready", "err.txt"}


@pytest.mark.parametrize("moment", range(12))
def test_whenever_an_interrupt_comes_results_are_whole_or_not_there(folder, moment):
    from riskengine.results.folder.store import verify

    script = (
        "import sys, time\n"
        "from riskengine.cli import main\n"
        "from riskengine.results.folder import part, store\n"
        "write = store.write_table\n"
        "def slowly(path, table):\n"
        "    open('ready', 'w').close()\n"
        "    time.sleep(0.02)\n"
        "    return write(path, table)\n"
        "store.write_table = slowly\n"
        "sys.exit(main(['simulate', 'plan.toml', '-n', '256', '-o', 'out']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + PATIENCE
    while not (folder / "ready").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.03 * moment)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    is_done = process.returncode in (0, -signal.SIGINT)  # the command was over, and Python itself answered
    assert is_done or (process.returncode == 130 and b"Traceback" not in err)
    hidden = [path.name for path in folder.iterdir() if path.name.startswith(".out")]
    assert hidden == []
    assert (folder / "out").exists() or not is_done
    assert not (folder / "out").exists() or verify(folder / "out") == []


STUCK = """
import hashlib, sys
from riskengine.cli import entry
def stuck(words):
    open("ready", "w").close()
    hashlib.pbkdf2_hmac("sha256", b"x", b"y", 400_000_000)  # minutes in C, which Python's own handler cannot enter
entry._run = stuck
sys.exit(entry.main([]))
"""

SWALLOWED = """
import sys, time
from riskengine.cli import entry
def deaf(words):
    open("ready", "w").close()
    while True:
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            pass
entry._run = deaf
sys.exit(entry.main([]))
"""

TURNED = """
import sys, time
from riskengine.cli import entry
def turn(words):
    open("ready", "w").close()
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        raise ImportError("a library turns every exception into its own")
entry._run = turn
sys.exit(entry.main([]))
"""


@pytest.mark.parametrize("script", [STUCK, SWALLOWED, TURNED], ids=["in C", "swallowed", "turned into another"])
def test_an_interrupt_ends_the_process_whatever_the_main_thread_does(folder, script):
    words = [sys.executable, "-c", script]
    status, err, took = interrupted(words, folder, (folder / "ready").exists)
    assert status == 130
    assert err == "interrupted\n"
    assert took < 5.0  # half a second on an idle machine


def test_a_process_that_was_told_to_ignore_interrupts_goes_on(folder):
    script = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from riskengine.cli import entry\n"
        "def run(words):\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "    return 0\n"
        "entry._run = run\n"
        "sys.exit(entry.main([]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_run_that_is_done_is_not_disturbed_by_the_watch(folder):
    script = "from riskengine.cli import main; print(main(['explain', 'RE202']), main(['explain', 'RE202']))"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=False, timeout=60
    )
    assert done.stdout.endswith(b"0 0\n")
    assert done.returncode == 0


def test_an_interrupt_inside_a_callback_of_a_library_is_no_traceback(folder):
    # ctypes cannot hand an exception on from a callback: Python prints it, unless somebody takes it
    code = (
        "import ctypes, os, signal\n"
        "from riskengine.cli.output import interrupt\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "call = ctypes.CFUNCTYPE(None)(lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "fault = ctypes.CFUNCTYPE(None)(lambda: 1 / 0)\n"
        "with interrupt.guarded() as came:\n"
        "    fault()\n"
        "    call()\n"
        "    came.wait()\n"
        "    interrupt.leave()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert "KeyboardInterrupt" not in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.splitlines()[-1] == "interrupted"
