"""What a process took, measured so that the tests' own memory does not count in it."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.places import ROOT

WATCH = ROOT / "benchmarks" / "watch.py"


class Cost(NamedTuple):
    """Exit status, processor seconds and peak resident memory of a process."""

    status: int
    cpu_seconds: float
    peak_bytes: int


def cost_of(command: Sequence[str], words: Path, limits: Callable[[], None] | None = None) -> Cost:
    """Run a command and return what it took.

    Parameters
    ----------
    command : sequence of str
    words : Path
        Where its standard error goes.
    limits : callable, optional
        Called in the new process before anything else, to set limits.

    Notes
    -----
    The system counts in the peak of a process what its parent held when it was started: after some thousands of tests,
    more than a GB. So a small process stands between.
    """
    watch = [sys.executable, str(WATCH), str(words), *command]
    done = subprocess.run(watch, stdout=subprocess.PIPE, check=True, preexec_fn=limits)
    took = json.loads(done.stdout)
    return Cost(took["code"], took["cpu_s"], took["peak_bytes"])
