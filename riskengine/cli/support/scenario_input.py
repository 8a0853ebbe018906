"""A scenario that a command is called with, and where its gates are written."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskengine.scenario.read import Reading


def read_input(path: Path, hints: list[str]) -> "Reading":
    """Read the scenario of a command.

    Parameters
    ----------
    path : path
    hints : list of str
        Takes what was assumed.

    Raises
    ------
    ScenarioError
    """
    from riskengine.reading import read_placed

    return read_placed(path, hints)


def gate_places(reading: "Reading", path: Path) -> Mapping[str, tuple[str, int | None]]:
    """Return file and line of each gate of a scenario."""
    return {name: reading.document.locate(("gates", name), None, str(path)) for name in reading.scenario.gates}
