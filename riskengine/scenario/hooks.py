"""What reading a scenario can ask of rooms that it must not know: dates, and registers in spreadsheets."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from riskengine.model import Scenario
from riskengine.scenario.text.sheets import Sheet


@dataclass(frozen=True, slots=True)
class RiskTable:
    """The risks of a register: tables of the document by id, the row of each, and what was assumed."""

    risks: Mapping[str, dict[str, Any]]
    lines: Mapping[str, int]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Hooks:
    """Functions that are called only if a scenario asks for what they give.

    Attributes
    ----------
    critical : callable or None
        Returns the ids of the tasks on the longest path of a scenario without its templates.
    register : callable or None
        Reads a register: its path, the path of the mapping file or None, ``pre`` or ``post``. Raises ScenarioError.
    workbook : callable or None
        Returns the visible worksheets of a workbook. Raises ScenarioError.
    """

    critical: Callable[[Scenario], Collection[str]] | None = None
    register: Callable[[Path, Path | None, str], RiskTable] | None = None
    workbook: Callable[[Path], list[Sheet]] | None = None


NO_HOOKS: Final = Hooks()
