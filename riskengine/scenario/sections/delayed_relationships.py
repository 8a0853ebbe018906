"""What impacts say of relationships: which one a key names, and whether a risk can delay it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.model import AnyEstimate, Constant, Relationship, Task
from riskengine.model.calendar import ELAPSED_UNITS
from riskengine.model.relationship import LagCalendar, lag_calendar
from riskengine.model.relationship_key import ARROW, RelationshipKey, named_pair
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

EFFECTS: Final = ("delay", "waiting_rate")
"""What a risk may do to a relationship."""


class DelayedRelationships:
    """The relationships that impacts may name.

    Parameters
    ----------
    tasks : mapping
        The sound tasks.
    sections : mapping of str to mapping
        Sections of the document, faulty entities too, so that one fault hides no other.
    rule : LagCalendar
        Whose working time lags are counted in.
    start_lag : str
        What lags from the start of a task under way count from.
    """

    def __init__(
        self,
        tasks: Mapping[str, Task],
        sections: Mapping[str, Mapping[str, Any]],
        *,
        rule: LagCalendar,
        start_lag: object,
    ) -> None:
        self.tasks, self.tables, self.rule, self.start_lag = tasks, sections["tasks"], rule, start_lag
        listed = [loop.get("tasks") for loop in sections["rework"].values() if isinstance(loop, dict)]
        self.repeated = {name for names in listed if isinstance(names, list) for name in names if isinstance(name, str)}

    def canonical(self, key: str) -> str:
        """Return a key with the type behind it where it names one relationship, and any other as it is."""
        pair = named_pair(key, self.tables)
        if pair is None:
            return key
        relationships = self.between(*pair)
        return str(self.key_of(relationships[0], pair[1])) if len(relationships) == 1 else key

    def is_relationship(self, key: str) -> bool:
        """Return whether a key stands for what is between two tasks."""
        return named_pair(key, self.tables) is not None

    def between(self, before: str, after: str, kind: str) -> Sequence[Relationship]:
        """Return the relationships between two tasks, of one type where that is said."""
        if after not in self.tasks:
            return ()
        return [one for one in self.tasks[after].after if one.task == before and kind in ("", one.type)]

    def key_of(self, relationship: Relationship, after: str) -> RelationshipKey:
        """Return the key of a relationship into a task."""
        return RelationshipKey(relationship.task, after, relationship.type)

    def check(self, key: str, place: Place, impact: Mapping[str, AnyEstimate | None], faults: Faults) -> None:
        """Report what is wrong with an impact on a relationship.

        Parameters
        ----------
        key : str
            Canonical.
        impact : mapping of effect to estimate
            Effects as far as they are sound.
        """
        pair = named_pair(key, self.tables)
        assert pair is not None
        for effect in impact:
            if effect not in EFFECTS:
                faults.add("RE314", (*place, effect))
        if "delay" not in impact:
            faults.add("RE314", place, rule="an impact on a relationship must have a delay")
        if any(name in self.tables and name not in self.tasks for name in pair[:2]):
            return  # the task has a fault of its own
        relationships = self.between(*pair)
        if not relationships:
            candidates = (str(self.key_of(one, name)) for name, task in self.tasks.items() for one in task.after)
            faults.add("RE312", place, key, cure=faults.near(key, candidates))
        elif len(relationships) > 1:
            types = sorted({one.type for one in relationships})
            rule = f"{pair[0]} and {pair[1]} have {counted(len(relationships), 'relationship')}: {', '.join(types)}"
            cure = "" if len(types) < len(relationships) else f'write "{pair[0]} {ARROW} {pair[1]} {types[0]}"'
            faults.add("RE313", place, key, rule=rule, cure=cure)
        else:
            self.check_delay(relationships[0], pair[1], impact.get("delay"), place, faults=faults)

    def check_delay(
        self, relationship: Relationship, after: str, delay: AnyEstimate | None, place: Place, *, faults: Faults
    ) -> None:
        """Report a relationship that no risk can delay, and a delay in another time than that of its lag."""
        both = (relationship.task, after)
        reason = ""
        if any(self.tasks[name].is_span for name in both):
            reason = "a level of effort or a summary follows dates and waits for none"
        elif not self.repeated.isdisjoint(both):
            reason = "one of its tasks may be done again"
        elif relationship.type in ("SS", "SF") and self.start_lag == "actual start":
            reason = "its lag counts from the actual start, with what has happened since"
        if reason:
            faults.add("RE315", place, rule=f"{CANNOT_WAIT}: {reason}")
        is_on_clock = lag_calendar(self.rule, relationship.lag) == "24h"
        if delay is not None and delay.unit in ELAPSED_UNITS and not is_on_clock:
            faults.add("RE316", (*place, "delay"))


CANNOT_WAIT: Final = "a relationship that a risk delays must be one that can wait"


def start_lag_of(document: Mapping[str, Any]) -> object:
    """Return what a document says that lags from the start of a task under way count from, sound or not."""
    schedule = document.get("schedule")
    return schedule.get("start_lag") if isinstance(schedule, dict) else None


def check_waiting_rate(rate: AnyEstimate | None, is_relationship: bool, place: Place, faults: Faults) -> None:
    """Report a rate of waiting that is not on a relationship, or not one amount."""
    if not is_relationship:
        faults.add("RE314", place, rule="a waiting_rate must stand on a relationship, beside its delay")
    elif rate is not None and (not isinstance(rate, Constant) or rate.value < 0):
        faults.add("RE314", place, rule="a waiting_rate must be one amount of money, not below 0")
