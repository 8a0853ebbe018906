"""Late dates of Microsoft Project that rules of its own decide: those of tasks placed by hand, and of what leads there.

A task scheduled by hand is held at its dates here (MSO), late dates too. Microsoft Project gives it float: it counts
back through it from the end of the project. Where the file shows that, late dates before it are not comparable.
"""

from collections.abc import Sequence

from riskengine.importers.msproject.records import TaskRecord
from riskengine.importers.neutral import ImportedTask
from riskengine.importers.notes import counted_note


def drop_own_late_dates(records: Sequence[TaskRecord], tasks: Sequence[ImportedTask]) -> list[str]:
    """Take away the late dates that are not comparable, and return a note of them.

    Parameters
    ----------
    records : sequence of TaskRecord
        As the file has them.
    tasks : sequence of ImportedTask
        The same tasks, in the same order.
    """
    has_float = [
        task.id
        for record, task in zip(records, tasks, strict=True)
        if (record.is_manual or record.is_external or record.is_subproject)
        and task.type != "summary"
        and task.actual_finish is None
        and record.late_start is not None
        and record.late_start != record.start
    ]
    before = {task.id: [relationship.predecessor for relationship in task.relationships] for task in tasks}
    dropped, queue = set(has_float), list(has_float)
    while queue:
        for predecessor in before.get(queue.pop(), ()):
            if predecessor not in dropped:
                dropped.add(predecessor)
                queue.append(predecessor)
    named = []
    for task in tasks:
        if task.id in dropped and task.actual_finish is None and task.late_finish is not None:
            task.late_start = task.late_finish = None
            named.append(task.id)
    remark = (
        "task|tasks is|are, or leads|lead to what is, scheduled by hand, through which the tool counts float: "
        "late dates not compared"
    )
    return [counted_note(remark, named)] if named else []
