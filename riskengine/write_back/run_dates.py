"""What a run says of its tasks, as far as a scheduling tool is told it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from riskengine.errors import ResultsError
from riskengine.results.run import RunRecord


class DateField(NamedTuple):
    """A user field: what its users call it, and the column of the table of tasks that fills it."""

    label: str
    column: str
    is_finish: bool


DATE_FIELDS: Final = (
    DateField("Risk P50 start", "start_p50", False),
    DateField("Risk P50 finish", "finish_p50", True),
    DateField("Risk P80 start", "start_p80", False),
    DateField("Risk P80 finish", "finish_p80", True),
)
"""The fields in the order in which they are made. The labels tell them again when a file is written a second time."""


class TaskDates(NamedTuple):
    """The name of a task, and its date for each field; None where the run has none."""

    name: str
    dates: tuple[datetime | None, ...]


@dataclass(frozen=True)
class ImportedRun:
    """A run whose scenario was imported.

    Parameters
    ----------
    file, project : str
        The file that it came from, and the id of the project in it.
    data_date : datetime or None
        Data date of the import, or its start.
    tasks : mapping of str to TaskDates
        By the ids of the scenario.
    """

    file: str
    project: str
    data_date: datetime | None
    tasks: Mapping[str, TaskDates]


def imported_run(run: RunRecord, folder: str) -> ImportedRun:
    """Return what a run says of the file that its scenario came from.

    Raises
    ------
    ResultsError
        When the scenario was not imported, or a part of the folder is damaged.
    """
    project: dict[str, Any] = run.tables["project"].to_pylist()[0]
    if not project["source_tool"]:
        raise ResultsError(f"{folder}: the scenario was not imported from a file", "RE731")
    columns = ["task", "name", *(field.column for field in DATE_FIELDS)]
    tasks = {
        row["task"]: TaskDates(row["name"], tuple(row[field.column] for field in DATE_FIELDS))
        for row in run.tables["tasks"].select(columns).to_pylist()
    }
    return ImportedRun(project["source_file"], project["source_project"], project["source_data_date"], tasks)
