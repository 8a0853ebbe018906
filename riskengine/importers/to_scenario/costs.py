"""What imported tasks cost and who works on them, as the scenario format writes it."""

from collections.abc import Mapping
from typing import Any, Final

from riskengine.importers.neutral import ImportedResource, ImportedTask

CENTS: Final = 6
"""Decimals kept of money and units."""


class Costs:
    """Costs and resources of tasks.

    A resource whose assignments carry their own cost gets no rate in the scenario, for that would count it twice.

    Parameters
    ----------
    resources : mapping
        Resources by the schedule's own keys.
    ids : mapping
        Their ids in the scenario.
    tasks : list of ImportedTask
        All tasks.
    """

    def __init__(
        self, resources: Mapping[str, ImportedResource], ids: Mapping[str, str], tasks: list[ImportedTask]
    ) -> None:
        self.resources = resources
        self.ids = ids
        self.costed = {item.resource for task in tasks for item in task.assignments if item.cost is not None}
        self.prepaid = 0

    def units(self, task: ImportedTask) -> dict[str, float]:
        """Return the units of each resource that works on a task; materials do not work."""
        units_by_id: dict[str, float] = {}
        for item in task.assignments:
            resource = self.resources.get(item.resource)
            if resource is None or resource.is_material or not item.units > 0:
                continue
            id = self.ids[item.resource]
            units_by_id[id] = round(units_by_id.get(id, 0.0) + item.units, CENTS)
        return {id: units for id, units in units_by_id.items() if units > 0}

    def table(self, task: ImportedTask, hours: float, hours_per_day: float) -> dict[str, Any]:
        """Return the ``cost`` of a task.

        Parameters
        ----------
        task : ImportedTask
            The task.
        hours : float
            Working hours that are left of it, over which what its people cost is spread.
        hours_per_day : float
            Of its calendar.
        """
        fixed, working = task.fixed_cost or 0.0, 0.0
        for item in task.assignments:
            if item.cost is None:
                continue
            resource = self.resources.get(item.resource)
            if hours > 0 and not (resource is not None and resource.is_material):
                working += item.cost
            else:
                fixed += item.cost
        table: dict[str, Any] = {}
        if task.actual_finish is not None:
            # What is still to be spent on a finished task is for nobody: P6 shows it as zero.
            if task.actual_cost or fixed or working:
                table["actual"] = round((task.actual_cost or 0.0) + fixed + working, CENTS)
            return table
        if task.actual_start is None and task.actual_cost:
            fixed += task.actual_cost
            self.prepaid += 1
        elif task.actual_cost:
            table["actual"] = round(task.actual_cost, CENTS)
        if fixed:
            table["fixed"] = round(fixed, CENTS)
        if working:
            table["rate"] = round(working / hours * hours_per_day, CENTS)
        return table
