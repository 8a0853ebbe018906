"""What is wrong around the program is said in one line, with a status that the page documents."""

import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from tests.support.command_line import command, environment, riskengine
from tests.support.slow_parameters import with_slow
from tests.unit.cli.output.test_interrupt import PATIENCE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals and sets limits")


def one_line(done, status):
    """The only line on stderr of a process that ended with a status."""
    words = done.stderr.decode()
    assert done.returncode == status, words
    assert words.count("\n") == 1, words
    assert "internal error" not in words
    return words


@pytest.mark.parametrize("value", ["nonsense", "bash_nonsense", "nonsense_source", "_", "bash_source_more", "0"])
def test_a_wrong_instruction_for_completion_is_a_usage_error(folder, value):
    done = riskengine("explain", cwd=folder, _RISKENGINE_COMPLETE=value)
    assert "RE911 _RISKENGINE_COMPLETE must be bash_source" in one_line(done, 2)
    assert done.stdout == b""


@pytest.mark.parametrize("variables", [{}, {"COMP_WORDS": "riskengine che", "COMP_CWORD": "x"}])
def test_an_instruction_that_lacks_its_words_is_a_usage_error(folder, variables):
    done = riskengine(cwd=folder, _RISKENGINE_COMPLETE="bash_complete", **variables)
    assert "RE911" in one_line(done, 2)


def test_completion_completes(folder):
    variables = {"COMP_WORDS": "riskengine che", "COMP_CWORD": "1"}
    done = riskengine(cwd=folder, _RISKENGINE_COMPLETE="bash_complete", **variables)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"plain,check\n", b"")


def test_a_variable_that_a_library_refuses_is_named_with_the_library(folder):
    done = riskengine("simulate", "plan.toml", "-n", "256", "--no-write", cwd=folder, NUMBA_NUM_THREADS="0")
    assert "RE912 numba cannot be loaded: Number of threads specified must be > 0" in one_line(done, 4)


def test_a_variable_that_a_library_ignores_is_a_warning_of_one_line(folder):
    done = riskengine("simulate", "plan.toml", "-n", "256", "--no-write", cwd=folder, NUMBA_NUM_THREADS="many")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"warning: Environment variable 'NUMBA_NUM_THREADS'" in done.stderr


def test_a_library_that_is_missing_is_said(folder):
    (folder / "own").mkdir()
    (folder / "own/pyarrow.py").write_text("raise ImportError('no such library here')")
    path = os.pathsep.join((str(folder / "own"), environment()["PYTHONPATH"]))
    done = riskengine("simulate", "plan.toml", "-n", "256", cwd=folder, PYTHONPATH=path)
    assert "RE912 pyarrow cannot be loaded: no such library here" in one_line(done, 4)
    assert not (folder / "results").exists()


def test_a_fault_of_ours_while_a_module_of_ours_loads_stays_an_internal_error(folder):
    code = "import sys; sys.modules['riskengine.model'] = None; from riskengine.cli import main; sys.exit(main())"
    words = [sys.executable, "-c", code, "check", "plan.toml"]
    done = subprocess.run(words, cwd=folder, env=environment(), capture_output=True, check=False)
    assert done.returncode == 1
    assert b"internal error" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not limit address space")
@pytest.mark.parametrize("mebibytes", [20, 29, 36, 60, 95, 100, 200, 400, 600])
@pytest.mark.parametrize(
    "words", [("simulate", "-n", "256", "--no-write"), ("batch", "-o", "out"), ("check", "--health")]
)
def test_too_little_address_space_is_said_in_one_line(folder, mebibytes, words):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))

    line = command(words[0], "plan.toml", *words[1:])
    done = subprocess.run(
        line, cwd=folder, env=environment(), preexec_fn=limit, capture_output=True, check=False, timeout=120
    )
    words = one_line(done, 4)
    assert "memory" in words or "RE913" in words
    assert done.stdout == b""


def started(code, folder, *words, **changes):
    """Start a process and return it as soon as there is a file ``ready``."""
    path = os.pathsep.join((str(folder / "own"), environment()["PYTHONPATH"]))
    process = subprocess.Popen(
        command(*words) if code is None else [sys.executable, "-c", code, *words],
        cwd=folder,
        env=environment(PYTHONPATH=path, **changes),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + PATIENCE
    while not (folder / "ready").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None, process.communicate()[1]
    return process


SLOW = "import pathlib, time; pathlib.Path('ready').touch(); time.sleep(60)"
DEAF = """
import pathlib, time
pathlib.Path("ready").touch()
try:
    time.sleep(60)
except BaseException as error:
    raise SystemError("a library hides what came") from error
"""


@pytest.mark.parametrize("library", ["click", "numba", "pydantic", "pyarrow", "scipy", "difflib"])
@pytest.mark.parametrize("code", [SLOW, DEAF], ids=["slow", "hides it"])
def test_an_interrupt_while_a_library_loads_is_one_line(folder, library, code):
    (folder / "own").mkdir()
    (folder / f"own/{library}.py").write_text(code)
    process = started(None, folder, "simulate", "plan.toml", "-n", "256", "-o", "out")
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=PATIENCE)[1]
    assert (process.returncode, err) == (130, b"interrupted\n")
    assert not (folder / "out").exists()


def test_interrupts_that_keep_coming_are_one_line(folder):
    (folder / "own").mkdir()
    (folder / "own/numba.py").write_text(SLOW)
    process = started(None, folder, "simulate", "plan.toml", "-n", "256", "-o", "out")
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.001)
    assert (process.returncode, process.communicate()[1]) == (130, b"interrupted\n")


def test_an_interrupt_after_the_answer_changes_nothing(folder):
    code = (
        "import atexit, pathlib, sys, time\n"
        "atexit.register(lambda: (pathlib.Path('ready').touch(), time.sleep(1)))\n"
        "from riskengine.cli import main\n"
        "sys.exit(main())\n"
    )
    process = started(code, folder, "explain", "RE202")
    process.send_signal(signal.SIGINT)
    assert (process.communicate(timeout=PATIENCE)[1], process.returncode) == (b"", 0)


def test_closed_streams_never_lend_their_numbers_to_a_file(folder):
    code = (
        "import os, sys\n"
        "from riskengine.cli.output import console\n"
        "console.prepare()\n"
        "open('number', 'w').write(str(os.open('plan.toml', os.O_RDONLY)))\n"
    )

    def close():
        for number in (0, 1, 2):
            os.close(number)

    subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment(), preexec_fn=close, check=True)
    assert int((folder / "number").read_text()) > 2


@pytest.mark.parametrize("home", with_slow(["/dev/null", "relative", "/dev/null/home", ""], ["relative", ""]))
def test_a_broken_home_is_no_hindrance(folder, home):
    done = riskengine("check", "plan.toml", "--health", cwd=folder, HOME=home, RISKENGINE_CACHE_DIR="")
    assert done.returncode == 0, done.stderr
    assert b"internal error" not in done.stderr
