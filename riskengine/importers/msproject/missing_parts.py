"""What a file of Microsoft Project shows that it should hold, and does not: parts that were cut away."""

from collections.abc import Collection, Sequence

from riskengine.importers.msproject.conversion import LostParts
from riskengine.importers.msproject.records import TaskRecord
from riskengine.importers.notes import NO_RELATIONSHIPS, counted_note


def missing_parts(tasks: Sequence[TaskRecord], assigned: Collection[str], nameless: Sequence[str]) -> list[str]:
    """Return notes on what is missing in a file.

    Parameters
    ----------
    tasks : sequence of TaskRecord
        Those that take part.
    assigned : collection of str
        Numbers of tasks that have an assignment, be it of nobody.
    nameless : sequence of str
        Tasks of assignments that say nothing of whose they are.

    Notes
    -----
    Microsoft Project keeps work that nobody is assigned to as an assignment of nobody. So a task with work and no
    assignment is one whose assignments were left out. A file without relationships may be a list of tasks, and only a
    person can tell.
    """
    notes = []
    leaves = [task for task in tasks if not task.is_summary]
    if len(leaves) > 1 and not any(task.relationships for task in tasks):
        notes.append(NO_RELATIONSHIPS)
    working = [task.uid for task in leaves if task.work and task.uid not in assigned]
    if working:
        notes.append(
            counted_note("task|tasks has|have work and no assignment in the file: what it costs is missing", working)
        )
    if nameless:
        notes.append(counted_note("task|tasks with assignments that name no resource, which are left out", nameless))
    return notes


def loose_relationships(lost: LostParts | None, uids: Collection[str]) -> list[str]:
    """Return a note on relationships that a conversion lost and that act on tasks that are not in the file.

    Parameters
    ----------
    lost : LostParts or None
        What the conversion lost.
    uids : collection of str
        Of the tasks that are there.
    """
    relationships = {} if lost is None else lost.relationships
    pairs = [
        f"{record.predecessor} -> {successor}"
        for successor, records in relationships.items()
        if successor not in uids
        for record in records
    ]
    return (
        [counted_note("relationship|relationships to tasks that are not in the file left out", pairs)] if pairs else []
    )
