"""A scenario that a command is called with, from a file or from standard input, and where its gates are written."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from riskengine.scenario.read import Reading

STDIN: Final = Path("-")
"""Stands for standard input."""

NAME, JSON_NAME = Path("<stdin>"), Path("<stdin>.json")
"""What faults call it; the end tells how it is read."""


def read_input(path: Path, hints: list[str], is_strict: bool = False) -> "Reading":
    """Read the scenario of a command.

    Parameters
    ----------
    path : path
        ``-`` is standard input; what that names lies in the working directory.
    hints : list of str
        Takes what was assumed.
    is_strict : bool
        Whether correlations that cannot all be had are refused.

    Raises
    ------
    ScenarioError
    """
    from riskengine.reading import read_placed

    if path != STDIN:
        return read_placed(path, hints, is_strict=is_strict)
    text = _standard_input()
    name = JSON_NAME if text.lstrip("\ufeff \t\r\n").startswith("{") else NAME
    return read_placed(name, hints, text, is_strict=is_strict)


def _standard_input() -> str:
    """Return the text of standard input, no more of it than a scenario may have."""
    from riskengine.errors import Issue, ScenarioError
    from riskengine.errors.catalogue import CATALOGUE
    from riskengine.scenario.text.source import LARGEST_RESOLVED

    raw = b"" if sys.stdin is None else sys.stdin.buffer.read(LARGEST_RESOLVED + 4)
    try:
        return bytes(raw).decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        value = f"byte 0x{raw[error.start]:02x}"
        raise ScenarioError([Issue("RE102", "", CATALOGUE["RE102"].rule, value, file=str(NAME), line=line)]) from error


def results_name(scenario: Path) -> str:
    """Return the name of the results folder of a scenario: never one that leads elsewhere, as ``..`` would."""
    return scenario.stem.lstrip(".") or "scenario"


def input_name(path: Path) -> str:
    """Return the name of the results folder of a scenario, ``stdin`` for one from there."""
    return "stdin" if path == STDIN else results_name(path)


def labels_of(before: Path, after: Path) -> tuple[str, str]:
    """Return what two plans are called: by the names of their files where these differ, else by their paths."""
    names = (input_name(before), input_name(after))
    return names if names[0] != names[1] else (str(before), str(after))


def gate_places(reading: "Reading", path: Path) -> Mapping[str, tuple[str, int | None]]:
    """Return file and line of each gate of a scenario."""
    return {name: reading.document.locate(("gates", name), None, str(path)) for name in reading.scenario.gates}
