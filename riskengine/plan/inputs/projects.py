"""What a scenario says of the projects that it is made of."""

from collections.abc import Sequence
from typing import Any

from riskengine.model import Scenario
from riskengine.model.cost_element import cost_elements
from riskengine.model.project import project_of


def project_of_programme_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the projects of a programme, by id; empty ones for any other scenario."""
    projects = sorted(scenario.projects)
    tasks = dict.fromkeys(projects, 0)
    elements: dict[str, set[str]] = {project: set() for project in projects}
    projects_of_element: dict[str, set[str]] = {}
    codes = cost_elements(tuple(scenario.tasks.values()), scenario.projects)
    for id, element in zip(scenario.tasks, codes, strict=True):
        project = project_of(id, scenario.projects)
        projects_of_element.setdefault(element, set()).add(project)
        if project:
            tasks[project] += id != project
            elements[project].add(element)

    def own_element(project: str) -> str:
        element = next(iter(elements[project])) if len(elements[project]) == 1 else ""
        return element if projects_of_element.get(element) == {project} else ""

    return {
        "project": projects,
        "name": [scenario.projects[project].name for project in projects],
        "tasks": [tasks[project] for project in projects],
        "element": [own_element(project) for project in projects],
    }
