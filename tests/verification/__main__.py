"""Write `docs/verification.md`: `python -m tests.verification`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.verification.cases import CASES
from tests.verification.evaluate import rows
from tests.verification.page import PAGE, render
from tests.verification.published import ABSENT, PSPLIB, SCHEDULE, leaf_tasks, psplib, schedule
from tests.verification.test_published import different_dates, path_lengths


def exact_comparisons() -> list[tuple[str, str, int, int]]:
    """Published networks and schedules: how many numbers are equal, of how many."""
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        found = path_lengths(Path(first))
        equal = sum(found[instance["name"]] == instance["mpm_time"] for instance in psplib())
        dates = len(leaf_tasks(schedule()))
        return [
            ("PSPLIB j30 (Kolisch and Sprecher 1996)", "critical path length", equal, len(found)),
            (
                "a house move planned in Microsoft Project",
                "start and finish of every task, to the minute",
                dates - len(different_dates(Path(second))),
                dates,
            ),
        ]


def main() -> int:
    """Run every case and write the page."""
    if not (PSPLIB.exists() and SCHEDULE.exists()):
        sys.stderr.write(f"{ABSENT}: the page needs them\n")
        return 1
    results = []
    for case in CASES:
        sys.stderr.write(f"{case.id}\n")
        results += rows(case)
    PAGE.write_text(render(results, exact_comparisons()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
