"""Constraints of imported tasks: one for each side that can be bound, and the tighter of two dates on one side."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from riskengine.importers.neutral import ImportedTask

SIDES: Final = MappingProxyType(
    {
        "SO": ("SNET", "SNLT"),
        "FO": ("FNET", "FNLT"),
        "MSO": ("mandatory", "SNET", "SNLT"),
        "MFO": ("mandatory", "FNET", "FNLT"),
    }
)
"""What a constraint binds; a task can have one of each."""


def add_constraint(task: ImportedTask, name: str, date: datetime | None) -> bool:
    """Add a constraint where nothing binds the same side yet; return whether it was added."""
    bound_sides = {side for kind, _ in task.constraints for side in SIDES.get(kind, (kind,))}
    if bound_sides & set(SIDES.get(name, (name,))):
        return False
    task.constraints.append((name, date))
    return True


def tighten(task: ImportedTask, name: str, date: datetime) -> None:
    """Bind a task from below (SNET, FNET) or above (SNLT, FNLT), beside what binds it already."""
    for position, (kind, bound) in enumerate(task.constraints):
        if bound is None or name not in SIDES.get(kind, (kind,)):
            continue
        # Mandatory dates hold anyway; a date on which to start holds from both sides until it is passed.
        if kind == name:
            tighter = max(bound, date) if name.endswith("NET") else min(bound, date)
            task.constraints[position] = (name, tighter)
        elif kind in ("SO", "FO") and (date > bound if name.endswith("NET") else date < bound):
            other = next(side for side in SIDES[kind] if side != name)
            task.constraints[position] = (other, bound)
            task.constraints.append((name, date))
        return
    task.constraints.append((name, date))
