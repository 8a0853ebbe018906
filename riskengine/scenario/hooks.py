"""What reading a scenario can ask of rooms that it must not know: dates, and registers in spreadsheets."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from riskengine.errors import Issue
from riskengine.model import Scenario
from riskengine.scenario.tables.sheets import Sheet


@dataclass(frozen=True, slots=True)
class RiskTable:
    """The risks of a register: tables of the document by id, the row of each, and what was assumed."""

    risks: Mapping[str, dict[str, Any]]
    lines: Mapping[str, int]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class KnownTargets:
    """What the impacts of a register may name: parts of a scenario document, sound or not.

    Attributes
    ----------
    tasks, costs : mapping
        Tasks and cost lines by id.
    team : str
        Team of a task that names none.
    wbs_names : mapping
        Names of WBS elements by their codes.
    currency : str
        What the document calls its currency.
    """

    tasks: Mapping[str, Any]
    costs: Mapping[str, Any]
    team: str
    wbs_names: Mapping[str, str]
    currency: str = ""


def known_targets(document: Mapping[str, Any]) -> KnownTargets:
    """Return what impacts may name of a document; what is no table or no text there is left out."""

    def table(name: str) -> Mapping[str, Any]:
        content = document.get(name)
        return content if isinstance(content, Mapping) else {}

    defaults = table("defaults").get("task")
    team = defaults.get("team") if isinstance(defaults, Mapping) else None
    names = {code: name for code, name in table("wbs").items() if isinstance(name, str)}
    team, currency = (text if isinstance(text, str) else "" for text in (team, document.get("currency")))
    return KnownTargets(
        {**table("backlogs"), **table("tasks")}, table("costs"), team, wbs_names=names, currency=currency
    )


@dataclass(frozen=True, slots=True)
class Hooks:
    """Functions that are called only if a scenario asks for what they give.

    Attributes
    ----------
    critical : callable or None
        Returns the ids of the tasks on the longest path of a scenario without its templates.
    register : callable or None
        Reads a register: its path, the path of the mapping file or None, ``pre`` or ``post``, and what its impacts may
        name, None where that is not known as a whole. Raises ScenarioError.
    workbook : callable or None
        Returns the visible worksheets of a workbook. Raises ScenarioError.
    correlations : callable or None
        Yields where a correlation asks for what cannot be had, below ``correlations``, with what is wrong with it;
        takes the list of hints, too.
    """

    critical: Callable[[Scenario], Collection[str]] | None = None
    register: Callable[[Path, Path | None, str, KnownTargets | None], RiskTable] | None = None
    workbook: Callable[[Path], list[Sheet]] | None = None
    correlations: Callable[[Scenario, list[str]], Iterable[tuple[tuple[str, ...], Issue]]] | None = None


NO_HOOKS: Final = Hooks()
