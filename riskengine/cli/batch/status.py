"""What the exit status of a batch says, so that a refused file hides no decision and a decision no refused file."""

from collections.abc import Iterable

from riskengine.cli.output import exits

WITHOUT_RESULTS = (exits.STORAGE, exits.REFUSED)
"""The worst first."""
DECISIONS = ((exits.NO_GO, exits.NO_GO_BESIDE_OTHERS), (exits.UNDECIDED, exits.UNDECIDED_BESIDE_OTHERS))
"""The worst first, each with what it becomes while other scenarios have no results."""


def exit_status(statuses: Iterable[int]) -> int:
    """Return the exit status of a batch from those of its scenarios.

    Notes
    -----
    A fault of the program comes before everything: it may be in every other answer, too.
    """
    present = set(statuses)
    if exits.CRASHED in present:
        return exits.CRASHED
    missing = next((status for status in WITHOUT_RESULTS if status in present), None)
    for alone, beside_others in DECISIONS:
        if alone in present:
            return alone if missing is None else beside_others
    return exits.DONE if missing is None else missing
