"""The replication study: `python -m tests.replication`, see `--help`."""

import argparse
import sys
from collections.abc import Callable

from tests.replication import page, study
from tests.replication.model import names
from tests.replication.pool import pools


def choices(known: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """A list with commas of some of these words."""

    def read(text: str) -> tuple[str, ...]:
        words = tuple(text.split(","))
        if unknown := sorted(set(words) - set(known)):
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: choose from {', '.join(known)}")
        return words

    return read


def numbers(text: str) -> tuple[int, ...]:
    """A list of whole numbers above 0, with commas."""
    words = text.split(",")
    if not all(word.isdecimal() and int(word) > 0 for word in words):
        raise argparse.ArgumentTypeError("whole numbers above 0, with commas")
    return tuple(map(int, words))


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="python -m tests.replication",
        description="How often the printed intervals hold the truth, on models whose truth is known.",
        epilog="Prints what fails, of single models and of all together, and exits 1 if anything does.",
    )
    made.add_argument("--models", type=choices(names()), default=names(), help="ids, with commas (default: all)")
    made.add_argument("--methods", type=choices(study.METHODS), default=study.METHODS, help="random,lhs,sobol")
    made.add_argument("--iterations", type=numbers, default=study.ITERATIONS, help="with commas (default: 16 to 40960)")
    made.add_argument("--no-until", action="store_true", help="leave out runs that go on until they are decided")
    made.add_argument("--replications", type=int, default=2_000, help="at most, of each setting (default: 2000)")
    made.add_argument("--minutes", type=float, default=55.0, help="at most, for everything (default: 55)")
    made.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    made.add_argument("--all-cells", action="store_true", help="print every cell, not only those that fail")
    made.add_argument("--list", action="store_true", help="list the models")
    made.add_argument("--write-doc", action="store_true", help="write the tables into docs/; of the whole study only")
    return made


def main(words: list[str] | None = None) -> int:
    """Run the study; return 1 if a cell fails."""
    made = parser()
    given = made.parse_args(words)
    if given.list:
        sys.stdout.write("\n".join(names()) + "\n")
        return 0
    whole = (names(), study.METHODS, study.ITERATIONS, False)
    if given.write_doc and (given.models, given.methods, given.iterations, given.no_until) != whole:
        made.error("--write-doc is for the whole study, without --models, --methods, --iterations, --no-until")
    plan = study.Plan(
        models=given.models,
        methods=given.methods,
        iterations=given.iterations,
        has_until=not given.no_until,
        replications=given.replications,
        minutes=given.minutes,
        jobs=given.jobs,
    )
    found = study.run(plan)
    for line in page.lines(found, has_all=given.all_cells):
        sys.stdout.write(line + "\n")
    if given.write_doc:
        page.write(found)
    failed = any(cell.is_failed for each in found for cell in each.cells)
    return 1 if failed or any(each.is_failed for each in pools(found)) else 0


if __name__ == "__main__":
    sys.exit(main())
