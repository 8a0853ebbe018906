"""The replication study: `python -m tests.replication`, see `--help`."""

import argparse
import sys

from tests.replication import page, study
from tests.replication.model import names


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.replication",
        description="How often the printed intervals hold the truth, on models whose truth is known.",
        epilog="Prints the cells that fail, and exits 1 if there is any.",
    )
    parser.add_argument("--models", default=",".join(names()), help="ids, with commas (default: all of them)")
    parser.add_argument("--methods", default=",".join(study.METHODS), help="random, lhs, sobol (default: all)")
    parser.add_argument("--iterations", default=",".join(map(str, study.ITERATIONS)), help="with commas")
    parser.add_argument("--no-until", action="store_true", help="leave out runs that go on until they are decided")
    parser.add_argument("--replications", type=int, default=2_000, help="at most, of each setting (default: 2000)")
    parser.add_argument("--minutes", type=float, default=55.0, help="at most, for everything (default: 55)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--all-cells", action="store_true", help="print every cell, not only those that fail")
    parser.add_argument("--list", action="store_true", help="list the models")
    parser.add_argument("--write-doc", action="store_true", help="write the tables into docs/; of the whole study only")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    """Run the study; return 1 if a cell fails."""
    given = arguments(words)
    if given.list:
        for name in names():
            sys.stdout.write(f"{name}\n")
        return 0
    plan = study.Plan(
        models=tuple(given.models.split(",")),
        methods=tuple(given.methods.split(",")),
        iterations=tuple(int(word) for word in given.iterations.split(",")),
        has_until=not given.no_until,
        replications=given.replications,
        minutes=given.minutes,
        jobs=given.jobs,
    )
    if unknown := sorted(set(plan.models) - set(names())):
        sys.stderr.write(f"no such model: {', '.join(unknown)}; there are {', '.join(names())}\n")
        return 2
    if given.write_doc and (plan.models, plan.methods, plan.iterations) != (names(), study.METHODS, study.ITERATIONS):
        sys.stderr.write("--write-doc is for the whole study: no --models, --methods, --iterations\n")
        return 2
    found = study.run(plan)
    for line in page.lines(found, has_all=given.all_cells):
        sys.stdout.write(line + "\n")
    if given.write_doc:
        page.write(found)
    return 1 if any(cell.is_failed for each in found for cell in each.cells) else 0


if __name__ == "__main__":
    sys.exit(main())
