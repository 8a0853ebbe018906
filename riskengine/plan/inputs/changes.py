"""What a scenario says of the changes that were made to its plan."""

from collections.abc import Sequence
from typing import Any

from riskengine.model import Change, Scenario


def change_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the changes, in the order in which they were made."""
    changes = in_order(scenario)
    return {
        "change": [change.id for change in changes],
        "name": [change.name for change in changes],
        "who": [change.who for change in changes],
        "when": [change.when for change in changes],
        "why": [change.why for change in changes],
        "approved": [change.approved for change in changes],
    }


def changes_in_words(scenario: Scenario) -> str:
    """Return all changes on one line: which there are, and which of them are approved."""
    return "; ".join(
        f"{change.id} {'approved' if change.approved else 'not approved'}" for change in in_order(scenario)
    )


def in_order(scenario: Scenario) -> list[Change]:
    """Return the changes by when they were made, then by id."""
    return sorted(scenario.changes.values(), key=lambda change: (change.when, change.id))
