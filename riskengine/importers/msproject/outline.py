"""The outline of a Microsoft Project file: what is a summary, its code, what its relationships mean for tasks below."""

from collections.abc import Sequence

from riskengine.importers.msproject.records import MOST_RELATIONSHIPS, RelationshipRecord, TaskRecord
from riskengine.importers.neutral import ImportedRelationship
from riskengine.importers.notes import counted_note
from riskengine.importers.xml.fields import Fields


def number_outline(tasks: Sequence[TaskRecord]) -> None:
    """Set code, parent and summary flag of every task from the levels, in the order of the file."""
    open_rows: list[tuple[int, int]] = []
    counts = [0]
    for row, task in enumerate(tasks):
        while open_rows and open_rows[-1][0] >= task.level:
            open_rows.pop()
            counts.pop()
        counts[-1] += 1
        if open_rows:
            task.parent = open_rows[-1][1]
            parent = tasks[task.parent]
            parent.is_summary = True
            task.wbs = f"{parent.wbs}.{counts[-1]}"
        else:
            task.wbs = str(counts[-1])
        open_rows.append((task.level, row))
        counts.append(0)


def drop_inactive(tasks: Sequence[TaskRecord]) -> tuple[list[TaskRecord], list[TaskRecord]]:
    """Return the tasks that take part and those that do not: inactive ones, and summaries with nothing left below."""
    is_out = [not task.is_active for task in tasks]
    for row, task in enumerate(tasks):
        is_out[row] = is_out[row] or (task.parent >= 0 and is_out[task.parent])
    has_child = [False] * len(tasks)
    for row in range(len(tasks) - 1, -1, -1):
        task = tasks[row]
        is_out[row] = is_out[row] or (task.is_summary and not has_child[row])
        if not is_out[row] and task.parent >= 0:
            has_child[task.parent] = True
    active_tasks = [task for task, out in zip(tasks, is_out, strict=True) if not out]
    return active_tasks, [task for task, out in zip(tasks, is_out, strict=True) if out]


class OutlineRelationships:
    """Turn relationships, those of summaries too, into relationships of tasks.

    One from a summary means all tasks below it (FS, FF) or the one that starts first (SS, SF); one into a summary acts
    on each task below it.

    Parameters
    ----------
    tasks : sequence of TaskRecord
        The tasks that take part, in the order of the file, summaries among them.
    all_tasks : sequence of TaskRecord
        All of them, which ``parent`` counts in.
    fields : Fields
        Takes the faults.
    notes : list of str
        Takes what was left out.

    Attributes
    ----------
    from_elsewhere : dict of str to list of (TaskRecord, RelationshipRecord)
        Relationships from other projects by the task that they act on, each with the task or summary that has it.
    from_placed : dict of str to list of (TaskRecord, RelationshipRecord)
        Relationships from summaries scheduled by hand by the task that they act on, each with that summary.
    """

    def __init__(
        self, tasks: Sequence[TaskRecord], all_tasks: Sequence[TaskRecord], fields: Fields, notes: list[str]
    ) -> None:
        self.tasks, self.fields, self.notes = tasks, fields, notes
        self.tasks_by_uid = {task.uid: task for task in tasks}
        self.all_uids = {task.uid for task in all_tasks}
        self.leaves: dict[str, list[TaskRecord]] = {}
        self.from_elsewhere: dict[str, list[tuple[TaskRecord, RelationshipRecord]]] = {}
        self.from_placed: dict[str, list[tuple[TaskRecord, RelationshipRecord]]] = {}
        for task in tasks:
            if task.is_summary:
                self.leaves.setdefault(task.uid, [])
                continue
            parent = task.parent
            while parent >= 0:
                self.leaves.setdefault(all_tasks[parent].uid, []).append(task)
                parent = all_tasks[parent].parent

    def resolve(self) -> dict[str, list[ImportedRelationship]]:
        """Return the relationships into every task that is no summary, by its uid."""
        relationships: dict[str, list[ImportedRelationship]] = {}
        lost: list[str] = []
        to_own_summary: list[str] = []
        count = 0
        for task in self.tasks:
            for relationship in task.relationships:
                predecessor = self.tasks_by_uid.get(relationship.predecessor)
                if relationship.project and (predecessor is None or not predecessor.is_external):
                    for target in self.leaves[task.uid] if task.is_summary else [task]:
                        self.from_elsewhere.setdefault(target.uid, []).append((task, relationship))
                elif predecessor is None:
                    if relationship.predecessor not in self.all_uids:
                        lost.append(f"{relationship.predecessor} -> {task.uid}")
                else:
                    sources = self._sources(predecessor, relationship)
                    targets = self.leaves[task.uid] if task.is_summary else [task]
                    if predecessor.is_summary and predecessor.is_manual:
                        for target in targets:
                            self.from_placed.setdefault(target.uid, []).append((predecessor, relationship))
                    count += len(sources) * len(targets)
                    if count > MOST_RELATIONSHIPS:
                        self.fields.fault(
                            "RE848", f"{predecessor.uid} -> {task.uid}", relationship.line, "PredecessorLink"
                        )
                        self.fields.raise_faults()
                    for target in targets:
                        for source in sources:
                            if source is target:
                                to_own_summary.append(f"{relationship.predecessor} -> {task.uid}")
                                continue
                            made = ImportedRelationship(
                                source.uid, relationship.type, relationship.lag, relationship.unit
                            )
                            relationships.setdefault(target.uid, []).append(made)
        self._tell("relationship|relationships to tasks that are not in the file left out", lost)
        self._tell("relationship|relationships of a task with itself or with its own summary left out", to_own_summary)
        return relationships

    def _sources(self, predecessor: TaskRecord, relationship: RelationshipRecord) -> list[TaskRecord]:
        if not predecessor.is_summary:
            return [predecessor]
        leaves = self.leaves[predecessor.uid]
        if relationship.type in ("FS", "FF"):
            return leaves
        dated = [leaf for leaf in leaves if leaf.early_start or leaf.start]
        return [min(dated, key=lambda leaf: leaf.early_start or leaf.start)] if dated else leaves[:1]  # type: ignore[arg-type, return-value]

    def _tell(self, remark: str, what: list[str]) -> None:
        if what:
            self.notes.append(counted_note(remark, what))
