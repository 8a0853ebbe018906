"""Scenarios for the tests of the command line, and ways to run it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.places import ROOT

GATE = """
[gates.delivery]
finish = {finish}
confidence = {confidence}
"""

PLAN = """schema = 1
name = "{name}"
start = 2027-03-01
currency = "EUR"

[tasks.design]
duration = [20, 25, 40]
cost = {{ fixed = [10000, 12000, 18000], rate = 1500 }}

[tasks.build]
duration = [30, 35, 60]
after = ["design"]

[risks.late]
name = "Antenna late"
probability = 0.3
[risks.late.impacts.build]
delay = [5, 10, 25]
"""

FAULTY = """schema = 1
name = "Faulty"
start = 2027-03-01

[tasks.design]
duration = [20, 25, 4]

[tasks.build]
duration = 10
after = ["desing"]

[risks.late]
probability = 1.3
[risks.late.impacts.build]
delay = 5
"""


def plan(name="Tiny", finish="2027-06-14", confidence=0.5, gate=True) -> str:
    """A scenario of two tasks and a risk, whose P80 is 14 June 2027."""
    return PLAN.format(name=name) + (GATE.format(finish=finish, confidence=confidence) if gate else "")


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with changes, and without what would colour the output."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("RISKENGINE")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **changes}


def command(*arguments: object) -> list[str]:
    """The command line as a list of words."""
    return [sys.executable, "-m", "riskengine", *map(str, arguments)]


def riskengine(*arguments: object, cwd: Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        command(*arguments), cwd=cwd, env=environment(**changes), capture_output=True, check=False, timeout=120
    )
