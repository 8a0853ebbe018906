"""The plan that a status is laid over: what imports have said of it, and what people have said besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.importers.items.options import ItemsBefore
from riskengine.model import Scenario
from riskengine.scenario.document.layers import merged
from riskengine.scenario.document.loader import Loader
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.source import Folder

IMPORTED: Final = "imported"


@dataclass(frozen=True, slots=True)
class PlanBefore:
    """A plan before its next status.

    Attributes
    ----------
    path : Path
    scenario : Scenario
    imported : dict
        What the imports among its files say together: the files with a table ``imported``.
    whole : dict
        What all its files say together.
    """

    path: Path
    scenario: Scenario
    imported: dict[str, Any]
    whole: dict[str, Any]

    @property
    def imported_tasks(self) -> dict[str, dict[str, Any]]:
        """Return the tables of the tasks that were imported, without those that were taken out by hand."""
        return {id: table for id, table in self.imported.get("tasks", {}).items() if id in self.whole["tasks"]}

    @property
    def imported_backlogs(self) -> dict[str, dict[str, Any]]:
        """Return the tables of the backlogs that were imported, those that were taken out by hand among them."""
        return {id: table for id, table in self.imported.get("backlogs", {}).items() if "name" in table}

    @property
    def is_levelled(self) -> bool:
        """Return whether the import made resources of people."""
        return bool(self.imported.get("levelling"))

    def items(self) -> ItemsBefore:
        """Return what the reader of the next export has to know."""
        tasks = {id: self.scenario.tasks[id] for id in self.imported_tasks if id in self.scenario.tasks}
        return ItemsBefore(
            date=self.scenario.start,
            ids=frozenset(tasks),
            started={id: task.actual_start for id, task in tasks.items() if task.actual_start is not None},
            finished=frozenset(id for id, task in tasks.items() if task.actual_finish is not None),
        )


def read_plan_before(path: Path, scenario: Scenario, data_date: datetime, *, counts_items: bool = False) -> PlanBefore:
    """Return a plan with what its imports say.

    Parameters
    ----------
    counts_items : bool
        Whether its backlogs are to be compared, in place of its tasks.

    Raises
    ------
    ScenarioError
        When it was not imported, is a programme, has a later data date, or the other kind of work.
    """
    faults = Faults()
    loader = Loader(path, faults)
    loader.folder = Folder(path)
    chain = loader.chain() or []
    if not any(IMPORTED in layer.data and layer.data.keys() & {"tasks", "backlogs"} for layer in chain):
        raise _refusal("RE612", path, "the plan must have been imported from work items", path.name)
    whole = merged(chain, faults)
    if whole.get("projects") or any(layer.projects for layer in chain):
        raise _refusal("RE612", path, "the plan must be that of one project", "a programme")
    if scenario.start > data_date:
        value = f"{data_date.date()}, and the plan is of {scenario.start.date()}"
        raise _refusal("RE613", path, CATALOGUE["RE613"].rule, value)
    imported = merged([layer for layer in chain if IMPORTED in layer.data], Faults())
    refuse_other_work(path, imported, counts_items=counts_items)
    return PlanBefore(path, scenario, imported, whole)


def refuse_other_work(path: Path, imported: Mapping[str, Any], *, counts_items: bool) -> None:
    """Refuse to take counted items for new tasks, and tasks for items that are to be counted.

    Raises
    ------
    ScenarioError
    """
    has_backlogs, has_tasks = bool(imported.get("backlogs")), bool(imported.get("tasks"))
    if has_backlogs and has_tasks:
        rule = "a plan of near epics with backlogs behind them has no status"
        cure = "Import the export anew with --history and --near, under the same names."
    elif has_backlogs and not counts_items:
        rule = "items of a plan with backlogs are counted, not compared one by one"
        cure = "Give --history and --by as for the plan."
    elif has_tasks and counts_items:
        rule = "items of a plan without backlogs are compared one by one, not counted"
        cure = "Leave out --history."
    else:
        return
    raise ScenarioError([Issue("RE635", "", rule, path.name, str(path), line=1, cure=cure)])


def _refusal(code: str, path: Path, rule: str, value: str) -> ScenarioError:
    """Return why there is no status of a plan."""
    return ScenarioError([Issue(code, "", rule, value, str(path), line=1, cure=CATALOGUE[code].clause)])
