"""Faults of an imported file, collected so that all are told at once; of a file with hundreds, the first."""

from typing import Final

from riskengine.errors import Issue, ScenarioError

MOST_FAULTS: Final = 500
"""Faults after which a file is given up."""


class CollectedFaults:
    """Faults of one file.

    Parameters
    ----------
    file : str
        What the file is called in messages.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Issue] = []

    def collect(self, issue: Issue) -> None:
        """Add a fault; past the first few hundred the file is given up."""
        self.faults.append(issue)
        if len(self.faults) >= MOST_FAULTS:
            self.raise_faults()

    def raise_faults(self) -> None:
        """Raise what was collected, in the order of the lines; nothing where nothing was.

        Raises
        ------
        ScenarioError
            With every fault that was collected.
        """
        if self.faults:
            raise ScenarioError(sorted(self.faults, key=lambda issue: issue.line or 0))
