"""``python -m benchmarks.versions CHECKOUT``: the core of another checkout against this one, turn by turn.

Each version runs in a process of its own, with its own package and its own plans, and both are measured in short turns
one after the other, so that whatever else the machine does falls on both.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

HERE: Final = Path(__file__).resolve().parents[1]
CASES: Final = ("small", "medium", "large")
METHODS: Final = ("random", "lhs", "sobol")
TURNS: Final = 30
WORKER: Final = """
import sys, time
from pathlib import Path
import riskengine
from benchmarks.core import NANO, bound_run, compiled
from benchmarks.network import document, network

name, method = sys.argv[1:]
plan = compiled(document(network(name)))
iterations = max(256, 1_500_000 // len(plan.task) // 256 * 256)
run = bound_run(plan, iterations, method)
run()
print(Path(riskengine.__file__).parents[1], flush=True)
for _ in sys.stdin:
    least = float("inf")
    for _ in range(5):
        start = time.process_time()
        run()
        least = min(least, time.process_time() - start)
    print(least * NANO / iterations / len(plan.task), flush=True)
"""
"""Answers every line with the ns of CPU time that a task took in an iteration, the least of five runs of some
milliseconds: short enough for some to be left alone on a machine that does other things."""


def start(checkout: Path, case: str, method: str) -> "subprocess.Popen[str]":
    """Start a process that measures one checkout, and wait until its core is compiled."""
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, case, method],
        cwd=checkout,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if stream(process.stdout).readline().strip() != str(checkout):
        process.kill()
        process.wait()
        raise SystemExit(f"{checkout}: the core of this checkout could not be run")
    return process


def stream(one: IO[str] | None) -> IO[str]:
    """Return a pipe that was asked for."""
    assert one is not None
    return one


def turn(process: "subprocess.Popen[str]") -> float:
    """Return what one turn took [ns a task and iteration]."""
    stream(process.stdin).write("\n")
    stream(process.stdin).flush()
    return float(stream(process.stdout).readline())


def compare(other: Path, case: str, method: str, turns: int) -> tuple[float, float]:
    """Return the least time of the other checkout and of this one, of equally many turns each."""
    processes = [start(checkout, case, method) for checkout in (other, HERE)]
    try:
        times = [[turn(process) for process in processes] for _ in range(turns)]
    finally:
        for process in processes:
            stream(process.stdin).close()
            process.wait()
    before, after = (min(column) for column in zip(*times, strict=True))
    return before, after


def main(words: Sequence[str] | None = None) -> int:
    """Print a line for each plan and method."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.versions", description=__doc__)
    parser.add_argument("checkout", type=Path, help="another checkout of this repository")
    parser.add_argument("--turns", type=int, default=TURNS, help="turns of each version")
    parser.add_argument("--case", action="append", choices=CASES, help="plan (repeatable); all by default")
    order = parser.parse_args(words)
    sys.stdout.write("plan    method  other [ns]  this [ns]  change\n")
    for case in order.case or CASES:
        for method in METHODS:
            before, after = compare(order.checkout.resolve(), case, method, order.turns)
            sys.stdout.write(f"{case:7} {method:7} {before:10.3f} {after:10.3f} {after / before - 1:+7.1%}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
