"""Which element of the WBS the money of each task belongs to, where costs are told by element."""

from collections.abc import Collection, Sequence

from riskengine.model.project import project_of
from riskengine.model.selector import parting_elements
from riskengine.model.task import Task


def cost_elements(tasks: Sequence[Task], projects: Collection[str]) -> tuple[str, ...]:
    """Return the element of each task at the highest level at which the tasks part; nothing where there is none.

    Parameters
    ----------
    tasks : sequence of Task
    projects : collection of str
        Ids of the projects of a programme.

    Notes
    -----
    What falls due at the finish of a project, such as a risk that hits the whole of it, is the project's: its finish,
    which no selector of an element selects, belongs to the element of the project's tasks where they are all of one.
    """
    elements = list(parting_elements([task.wbs for task in tasks]))
    of_project: dict[str, set[str]] = {}
    for task, element in zip(tasks, elements, strict=True):
        project = project_of(task.id, projects)
        if project and task.id != project:
            of_project.setdefault(project, set()).add(element)
    for row, task in enumerate(tasks):
        if not task.wbs and len(of_project.get(task.id, ())) == 1:
            elements[row] = next(iter(of_project[task.id]))
    return tuple(elements)
