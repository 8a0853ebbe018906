"""The command line as whoever types it meets it: wall time and peak memory of whole processes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, at_most

ROOT: Final = Path(__file__).resolve().parents[1]
WATCH: Final = ROOT / "benchmarks" / "watch.py"
GROUND_STATION: Final = ROOT / "scenarios" / "ground-station.toml"
HEAVY: Final = ("numpy", "scipy", "numba", "pyarrow")
FOLDER: Final = "RISKENGINE_CACHE_DIR"
NOT_INHERITED: Final = ("NUMBA_CACHE_DIR", "PYTHONDONTWRITEBYTECODE")
"""What would keep machine code or byte code from being kept, as it is for a user."""
COMPILING: Final = "Compiling"


class FailedError(Exception):
    """A command did not do what it was measured at."""


@dataclass(frozen=True)
class Measured:
    """What a process took, and what it said on stderr."""

    wall_s: float
    cpu_s: float
    peak_bytes: int
    words: str


DONE: Final = (0, 10, 11)
"""Exit statuses of commands that did all they were asked to: no decision or GO, NO-GO, UNDECIDED."""


def riskengine(arguments: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Measured:
    """Run the command line in a process of its own and measure it.

    Parameters
    ----------
    arguments : sequence
        Of ``riskengine``.
    environment : mapping, optional
        Variables to set.

    Raises
    ------
    FailedError
        When it exits with anything but 0, or what a decision of NO-GO or UNDECIDED exits with.
    """
    return python(["-m", "riskengine", *arguments], environment)


def python(arguments: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Measured:
    """Run Python in a process of its own and measure it; otherwise as ``riskengine``."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "stderr"
        command = [sys.executable, "-I", str(WATCH), str(words), sys.executable, *map(str, arguments)]
        told = subprocess.run(
            command, env={**inherited, "PYTHONPATH": path, **(environment or {})}, capture_output=True, check=True
        )
        found = json.loads(told.stdout)
        text = words.read_text(encoding="utf-8", errors="replace")
    if found["code"] not in DONE:
        raise FailedError(f"{' '.join(map(str, arguments))}: exit {found['code']}: {text[-2000:]}")
    return Measured(found["wall_s"], found["cpu_s"], found["peak_bytes"], text)


def least(measured: Sequence[Measured]) -> Measured:
    """Return the fastest of several, by the clock on the wall."""
    return min(measured, key=lambda one: one.wall_s)


def seconds(name: str, measured: Sequence[Measured], limit: float) -> Figure:
    """Return the least wall time of several as a figure."""
    best = least(measured)
    details = {"cpu_s": min(one.cpu_s for one in measured), "peak_mb": best.peak_bytes / 1e6, "runs": len(measured)}
    return Figure(name, best.wall_s, "s", at_most(limit), details)


def start_up(rounds: int = 7, first_rounds: int = 2) -> list[Figure]:
    """Measure the first run ever, as installed and compiling, later runs, the help, and what a check loads."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        simulate: list[str | Path] = ["simulate", GROUND_STATION, "-o", place / "results"]
        own = install(place / "site")
        installed = [riskengine(simulate, {**own, FOLDER: str(place / f"new-{k}")}) for k in range(rounds)]
        first = [riskengine(simulate, {FOLDER: str(place / f"cache-{k}")}) for k in range(first_rounds)]
        warm = [riskengine(simulate, {FOLDER: str(place / "cache-0")}) for _ in range(rounds)]
    told = sum(COMPILING in one.words for one in first) / first_rounds
    if any(COMPILING in one.words for one in (*warm, *installed)):
        raise FailedError("a run compiled the core again")
    return [
        seconds("simulate ground-station, warm", warm, 1.5),
        seconds("simulate ground-station, first run ever, as installed", installed, 5),
        seconds("simulate ground-station, first run ever, compiling", first, 10),
        Figure("first runs that did not say what takes so long", 1 - told, "", at_most(0)),
        seconds("--help", [riskengine(["--help"]) for _ in range(rounds)], 0.5),
        heavy_imports(GROUND_STATION),
    ]


def install(site: Path) -> dict[str, str]:
    """Put the package into a folder as its wheel would, with machine code; return the environment that takes it there.

    The first run there writes byte code, which pip would have written.
    """
    shutil.copytree(ROOT / "riskengine", site / "riskengine", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    made = site.parent / "made"
    python(["-m", "riskengine.kernel.ahead"], {"NUMBA_CACHE_DIR": str(made)})
    code = site / "riskengine" / "kernel" / "machine_code"
    code.mkdir()
    for path in made.rglob("*.nb[ci]"):
        shutil.copy(path, code)
    return {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}


def heavy_imports(scenario: Path) -> Figure:
    """Count the heavy libraries that a check loads."""
    log = python(["-X", "importtime", "-m", "riskengine", "check", scenario]).words
    loaded = imported(log)
    if "riskengine" not in loaded:
        raise FailedError("the log of imports does not show riskengine itself")
    found = [library for library in HEAVY if library in loaded]
    return Figure(
        f"heavy libraries that check loads, of {len(HEAVY)}",
        len(found),
        "",
        at_most(0),
        {library: float(library in found) for library in HEAVY},
    )


def imported(log: str) -> set[str]:
    """Return the modules in what ``-X importtime`` prints."""
    return {line.rpartition("|")[2].strip() for line in log.splitlines() if line.startswith("import time:")}
