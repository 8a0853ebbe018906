"""Projects of a programme: several plans in one scenario."""

from collections.abc import Collection, Mapping
from typing import Annotated, Final

from riskengine.model.fields import Text
from riskengine.model.frozen import Frozen
from riskengine.model.task import Task

BETWEEN: Final = "."
"""What stands between the id of a project and that of a task of it, so that no project has it in its id."""


class Project(Frozen):
    """One project of a programme. Its tasks have ids that begin with its own; the task of its id is its finish."""

    id: str
    name: Annotated[str, Text("Name of the project.", is_written=True, example='"North line"')] = ""


def id_in_programme(project: str, id: str) -> str:
    """Return the id that something of a project has in a programme."""
    return f"{project}{BETWEEN}{id}"


def project_of(id: str, projects: Collection[str]) -> str:
    """Return the project that something of a programme belongs to by its id, nothing where it is of none.

    Parameters
    ----------
    id : str
        Of a task, a risk, a cost line; that of the finish of a project belongs to the project.
    projects : collection of str
        Ids of the projects.
    """
    first = id.split(BETWEEN, 1)[0]
    return first if first in projects else ""


def is_finish_of(project: str, tasks: Mapping[str, Task]) -> bool:
    """Return whether the task of the id of a project follows all tasks of it that are not over, as its finish does."""
    whole = {id for id, task in tasks.items() if not task.is_span and project_of(id, (project,)) and id != project}
    left = {id for id in whole if not tasks[id].is_finished}
    return left <= {r.task for r in tasks[project].after if r.type == "FS"} <= whole
