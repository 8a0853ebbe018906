"""Explore scenarios that nobody has seen: `python -m tests.twin --minutes 5 [--from SEED]`.

Every kind of scenario in turn, one seed after the other, through engine and twin, until the time is up; those of kind
`limits` through the engine alone, against what it says that no run can be beyond. What differs is printed with what
names it, and the command ends with 1. It is no test: what is new may fail by chance, and should.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, time

from tests.twin.simulator.sweep import KINDS, differences_of

ITERATIONS = 12
SEEDS = 2**31
"""Seeds that the clock gives are below it, short enough to be typed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Explore, and say where engine and twin, or run and limits, differ: 0 where nothing does, else 1."""
    options = _parser().parse_args(arguments)
    first = int(time()) % SEEDS if options.first is None else options.first
    kinds = list(KINDS) if options.kind is None else [options.kind]
    sys.stdout.write(f"from seed {first}: {', '.join(kinds)}\n")
    seeds = count(first) if options.seeds is None else range(first, first + options.seeds)
    deadline = monotonic() + 60 * options.minutes
    explored = differing = 0
    with TemporaryDirectory() as folder:
        for kind, seed in _until(deadline, ((kind, seed) for seed in seeds for kind in kinds)):
            lines = _explore(kind, seed, Path(folder))
            sys.stdout.write("".join(f"{kind} {seed}: {line}\n" for line in lines))
            sys.stdout.flush()
            explored += 1
            differing += bool(lines)
    sys.stdout.write(f"{explored} scenarios, {differing} with differences\n")
    return 1 if differing or not explored else 0


def _explore(kind: str, seed: int, folder: Path) -> list[str]:
    """Return the differences of one scenario; one that cannot be run is a difference, too."""
    try:
        return differences_of(kind, seed, folder, ITERATIONS)
    except Exception as reason:
        return [f"{type(reason).__name__}: {reason}"]


def _until(deadline: float, scenarios: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Pass scenarios on until the time is up, one at the least."""
    yield from islice(scenarios, 1)
    while monotonic() < deadline:
        following = next(scenarios, None)
        if following is None:
            return
        yield following


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.twin", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0, help="time to explore for (5)")
    parser.add_argument("--from", dest="first", type=int, metavar="SEED", help="first seed (one of the clock's)")
    parser.add_argument("--seeds", type=int, help="seeds to look at, at the most")
    parser.add_argument("--kind", choices=list(KINDS), help="one kind of scenario alone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
