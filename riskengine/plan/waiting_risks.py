"""Risks that wait for a date: what they act on, and where in the order of tasks their factors are drawn."""

from collections.abc import Sequence

from riskengine.model import Risk
from riskengine.model.risk_condition import date_conditions
from riskengine.plan.network.structure import Structure
from riskengine.plan.variables.draws import RISKS


class WaitingRisks:
    """The risks of a plan that may occur only where a task is late.

    Parameters
    ----------
    structure : Structure

    Notes
    -----
    Whether one occurs is known behind the task that is asked, so that it acts on what logic puts behind that. A task
    that started out of sequence waits for it no more, and is left alone.
    """

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.asked_tasks = {
            name: frozenset(condition.task for condition in conditions)
            for name, conditions in date_conditions(structure.scenario).items()
        }
        self._followers: dict[str, set[str]] = {}

    def acts_on(self, risk: Risk, task: str) -> bool:
        """Return whether a risk acts on a task of its impacts: on each of them where it waits for no date."""
        return all(task in self._after(before) for before in self.asked_tasks.get(risk.id, ()))

    def stage(self, risk: Risk, rows: Sequence[int]) -> int:
        """Return the stage in which a factor on the tasks of some rows is drawn: with the risks, or with the first."""
        return 1 + min(rows) if risk.id in self.asked_tasks else RISKS

    def _after(self, task: str) -> set[str]:
        """Return what waits for a task, in the order of logic."""
        if task not in self._followers:
            followers = {task}
            for name in self.structure.logic.order:
                if any(one.task in followers for one in self.structure.logic.after[name]):
                    followers.add(name)
            self._followers[task] = followers - {task}
        return self._followers[task]
