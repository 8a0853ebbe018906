"""What a status says of one task that the plan has: only what the tracker says otherwise than before."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from riskengine.importers.status.plan_before import PlanBefore
from riskengine.importers.to_scenario.toml_text import key
from riskengine.scenario.text.relationship_text import taken_apart

HOURS: Final = re.compile(r"(\d+(?:\.\d+)?)h")
PROGRESS: Final = frozenset({"actual_start", "remaining"})
OWN: Final = frozenset({"after", "actual_finish", *PROGRESS, "percent_complete", "resume"})
"""Fields that have rules of their own."""

ANEW: Final = "task|tasks estimated anew"
Table = dict[str, Any]
Note = Callable[[str, str], None]


@dataclass(slots=True)
class TaskChanges:
    """Compares tasks with what the plan says of them.

    Attributes
    ----------
    before : PlanBefore
    data_date : datetime
    note : callable
        Takes a statement and the task that it is about.
    removals : list of str
        What has to be taken out of the plan, as ``remove`` names it.
    """

    before: PlanBefore
    data_date: Any
    note: Note
    removals: list[str] = field(default_factory=list)

    def open_task(self, id: str, now: Table, *, is_begun: bool) -> Table:
        """Return what is to be said of a task that is not done."""
        imported, whole = self.before.imported_tasks[id], self.before.whole["tasks"][id]
        change: Table = {}
        if "actual_finish" in whole:
            self.remove(id, "actual_finish")
            self.note("task|tasks that was|were done is|are open again", id)
        for name in sorted((imported.keys() | now.keys()) - OWN):
            self.compare(id, name, now.get(name), change)
        if "duration" in change and "duration" in imported:
            statement = "task|tasks under way, of which less or more is left" if is_begun else ANEW
            self.note(statement, f"{id}{_movement(imported['duration'], now['duration'])}")
        self.progress(id, whole, now, change, is_begun=is_begun)
        return change

    def compare(self, id: str, name: str, now: Any, change: Table) -> None:
        """Take a field of the export where it differs from the last import and nobody has changed it by hand."""
        imported, whole = self.before.imported_tasks[id].get(name), self.before.whole["tasks"][id].get(name)
        if imported == now or whole == now:
            return
        if whole != imported or (name == "duration" and is_own_range(imported) and isinstance(now, str)):
            statement = "task|tasks with a duration of the plan's own, which stays"
            if name != "duration":
                statement = f"task|tasks with a {name} of the plan's own, which stays"
            self.note(f"{statement}, though the export has another", id)
        elif now is None and "type" not in change:
            self.remove(id, name)
            self.note_field(id, name)
        elif now is not None:
            change[name] = now
            self.note_field(id, name)

    def note_field(self, id: str, name: str) -> None:
        """Note that a field has changed."""
        if name in ("imported", "duration"):  # dates are compared by check; a duration has a note of its own
            return
        label = {"wbs": "place in the tree", "resources": "people", "type": "kind"}.get(name, name)
        self.note(f"task|tasks with another {label}", id)

    def progress(self, id: str, whole: Table, now: Table, change: Table, *, is_begun: bool) -> None:
        """Take what the export says of a begun task; ranges of the plan's own are left as far as they are not done."""
        duration, left = self.before.imported_tasks[id].get("duration"), now.get("remaining", now.get("duration"))
        has_range = whole.get("duration") != duration or is_own_range(duration)
        start = now.get("actual_start")
        if is_begun and has_range and isinstance(duration, str) and (start or left != duration):
            share = done_share(duration, left)
            if share is not None:
                begin = start or whole.get("actual_start") or self.data_date
                parts = {"actual_start": begin, "percent_complete": share}
                change |= {name: value for name, value in parts.items() if whole.get(name) != value}
                if change.keys() & parts.keys():
                    self.note("task|tasks under way: the share that is left of the plan's own range is left", id)
                return
        for name in ("actual_start", "remaining", "percent_complete", "resume"):
            if name in now and whole.get(name) != now[name]:
                change[name] = now[name]
            elif name in whole and name not in now and not (name == "percent_complete" and "remaining" in change):
                self.remove(id, name)
        if "actual_start" in change:
            self.note("task|tasks that has|have begun", id)
        elif change.keys() & {"remaining"}:
            self.note("task|tasks of which something else remains", f"{id} ({whole.get('remaining')} -> {left})")
        elif "actual_start" in whole and start is None:
            self.note("task|tasks that had begun and is|are not begun by the export", id)

    def done_task(self, id: str, start: Any, finish: Any) -> Table:
        """Return what is to be said of a task that is done; a plan that has it done already stays."""
        whole = self.before.whole["tasks"][id]
        if "actual_finish" in whole:
            return {}
        self.note("task|tasks done", id)
        if "milestone" in str(whole.get("type", "")) or whole.get("milestone"):
            return {"actual_finish": finish}
        begin = {} if whole.get("actual_start") == start else {"actual_start": start}
        return {**begin, "actual_finish": finish}

    def relationships(self, id: str, now: list[Any], removed: set[str], is_in_export: Callable[[str], bool]) -> Table:
        """Return how the list of what a task waits for changes.

        Parameters
        ----------
        id : str
        now : list
            As the export has them.
        removed : set of str
            Tasks that are taken out.
        is_in_export : callable
            Whether the export has a task that is not done: of others it says nothing.
        """
        whole = self.before.whole["tasks"][id].get("after", [])
        imported = self.before.imported_tasks.get(id, {}).get("after", [])
        added = [each for each in now if each not in whole and each not in imported]
        gone = [each for each in whole if predecessor(each) in removed]
        gone += [
            each
            for each in imported
            if each in whole and each not in now and each not in gone and is_in_export(predecessor(each))
        ]
        for each in added:
            self.note("relationship|relationships added", f"{predecessor(each)} -> {id}")
        for each in gone:
            if predecessor(each) not in removed:
                self.note("relationship|relationships taken out", f"{predecessor(each)} -> {id}")
        changes = {"add": added or None, "remove": gone or None}
        return {name: value for name, value in changes.items() if value}

    def remove(self, id: str, name: str) -> None:
        """Take a field of a task out of the plan."""
        if name in self.before.whole["tasks"][id]:
            self.removals.append(f"tasks.{key(id)}.{name}")


def predecessor(relationship: Any) -> str:
    """Return the task that a relationship comes from, as a text or a table."""
    if isinstance(relationship, Mapping):
        return str(relationship.get("task", ""))
    parts = taken_apart(str(relationship).strip())
    return parts.task if parts is not None else str(relationship)


def _movement(before: Any, now: Any) -> str:
    """Return how a duration has moved, empty where it is a range."""
    return f" ({before} -> {now})" if isinstance(before, str) and isinstance(now, str) else ""


def is_own_range(duration: Any) -> bool:
    """Return whether a duration is a range that nobody imported."""
    return isinstance(duration, list) or (isinstance(duration, Mapping) and "source" not in duration)


def done_share(duration: str, left: Any) -> float | None:
    """Return the percentage of a duration that is done, None where that cannot be told from two lengths."""
    whole = HOURS.fullmatch(duration)
    rest = HOURS.fullmatch(left) if isinstance(left, str) else None
    if whole is None or rest is None or not float(whole[1]):
        return None
    return round(100 * max(0.0, 1 - float(rest[1]) / float(whole[1])), 6)
