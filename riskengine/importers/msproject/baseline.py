"""Baselines of a Microsoft Project file: a project has eleven, of which one is compared with what is planned now."""

from collections.abc import Sequence

from riskengine.errors.counting import share_of
from riskengine.importers.msproject.records import Baseline, TaskRecord
from riskengine.importers.neutral import ImportedTask
from riskengine.importers.xml.fields import Fields
from riskengine.importers.xml.stream import Element

BASELINES = range(11)


def set_baselines(
    records: Sequence[TaskRecord], tasks: Sequence[ImportedTask], root: Element, fields: Fields
) -> list[str]:
    """Give tasks their dates in the baseline that the project compares itself with; return a note of it.

    Parameters
    ----------
    records : sequence of TaskRecord
        As the file has them.
    tasks : sequence of ImportedTask
        The same tasks, in the same order; they get the dates.
    root : Element
        Whose ``BaselineForEarnedValue`` says which baseline it is; where no task has that one, the first that any has.
    fields : Fields
        Takes the faults.
    """
    wanted = fields.integer(root, "BaselineForEarnedValue")
    if wanted not in BASELINES:
        line = root.first["BaselineForEarnedValue"].line
        fields.fault("RE837", root.get("BaselineForEarnedValue"), line, "Project.BaselineForEarnedValue")
        return []
    # A baseline that was cleared leaves records without dates behind.
    numbers = {number for record in records for number, baseline in record.baselines.items() if any(baseline)}
    if not numbers:
        return []
    number = wanted if wanted in numbers else min(numbers)
    work = [(record, task) for record, task in zip(records, tasks, strict=True) if not record.is_summary]
    for record, task in work:
        task.baseline_start, task.baseline_finish = record.baselines.get(number, Baseline(None, None))
    count = sum(task.baseline_finish is not None for _, task in work)
    name = f"baseline {number}" if number else "the baseline"
    among = f" of {len(numbers)}" if len(numbers) > 1 else ""
    return [f"{name}{among}: planned dates of {share_of(count, len(work), ('task', 'tasks'), ('were', 'were'))} read"]
