"""Imported risks as the scenario format writes them."""

from collections.abc import Mapping
from typing import Any, Final

from riskengine.importers.neutral import ImportedRisk
from riskengine.importers.to_scenario.naming import Names, line, paragraphs

PAST: Final = frozenset({"rejected", "managed", "impacted", "closed"})
"""Statuses of risks that cannot occur any more."""


def risk_tables(risks: list[ImportedRisk], task_ids: Mapping[str, str], notes: list[str]) -> dict[str, Any]:
    """Return the table of every risk by its id.

    Parameters
    ----------
    risks : list of ImportedRisk
        The risks of a schedule.
    task_ids : mapping
        Ids in the scenario by the schedule's own ids of tasks.
    notes : list of str
        Where notes go.
    """
    names = Names()
    tables: dict[str, Any] = {}
    unknown: list[str] = []
    past: list[str] = []
    for risk in risks:
        id = names.add(risk.id, "risk")
        hit = [task_ids[task] for task in risk.tasks if task in task_ids]
        impacts = _impacts(risk, hit)
        description = paragraphs(risk.description)
        if hit and not impacts:
            description = f"{description}\nHits: {', '.join(hit)}".strip()
        is_active: bool | None = None
        if risk.probability is None:
            unknown.append(id)
            is_active = False
        if risk.status in PAST:
            past.append(f"{id} ({risk.status})")
            is_active = False
        tables[id] = {
            "name": line(risk.name) or None,
            "description": paragraphs(description) or None,
            "kind": "opportunity" if risk.is_opportunity else None,
            "probability": risk.probability if risk.probability is not None else 0.0,
            "active": is_active,
            "owner": line(risk.owner) or None,
            "impacts": impacts or None,
        }
    notes += names.notes("risks")
    if unknown:
        notes.append(f"risks without a probability are switched off: {', '.join(unknown[:5])} ({len(unknown)} in all)")
    if past:
        notes.append(f"risks that are past are switched off: {', '.join(past[:5])} ({len(past)} in all)")
    return tables


def _impacts(risk: ImportedRisk, hit: list[str]) -> dict[str, Any]:
    """Return what a risk does, where the source has numbers."""
    table: dict[str, Any] = {}
    for kind, numbers in (("delay", risk.delay_days), ("cost", risk.cost)):
        if numbers:
            table[kind] = numbers[0] if len(numbers) == 1 else list(numbers)
    return {id: dict(table) for id in hit or ["project"]} if table else {}
