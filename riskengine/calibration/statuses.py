"""Words by which tools say that an item is done."""

from collections.abc import Mapping
from typing import Final

from riskengine.importers.items.spelling import key_of
from riskengine.scenario.tables.spelling import plain

DONE: Final = frozenset(
    {
        *("done", "closed", "resolved", "complete", "completed", "finished", "released", "shipped", "deployed"),
        *("accepted", "verified", "fertig", "erledigt", "abgeschlossen", "geschlossen", "beendet"),
        *("termine", "terminee", "ferme", "resolu", "hecho", "cerrado", "resuelto", "finalizado", "concluido"),
    }
)
OPEN: Final = frozenset(
    {
        *("open", "to do", "todo", "new", "backlog", "in progress", "doing", "active", "in review", "blocked"),
        *("selected for development", "ready", "reopened", "testing", "in test", "offen", "in arbeit", "neu"),
        *("a faire", "en cours", "por hacer", "en curso", "waiting", "on hold", "planned", "proposed", "committed"),
        *("won't do", "wont do", "won't fix", "duplicate", "cancelled", "canceled", "rejected", "removed", "abandoned"),
        *("dropped", "abgebrochen", "verworfen", "annule", "cancelado"),
    }
)
"""Not begun, begun, or dropped: none of them is done."""


def done_status(text: str, states: Mapping[str, str]) -> bool | None:
    """Return whether a status says that an item is done, by a map or in its own words; None where neither knows it."""
    state = states.get(key_of(text))
    if state:
        return state == "done"
    word = plain(text).strip()
    return True if word in DONE else False if word in OPEN else None
