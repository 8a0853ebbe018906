"""Reading the projects of a programme, once their plans have been put together."""

from collections.abc import Collection, Mapping
from typing import Any

from riskengine.model import Project
from riskengine.model.format import FORMAT
from riskengine.model.project import BETWEEN, project_of
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.sections import entities


def read_project_names(tables: Mapping[str, Any], tasks: Collection[str], faults: Faults) -> dict[str, Project]:
    """Return the sound projects, sorted by id; `tasks` are the ids of all tasks."""
    projects = {}
    plain = PlainFields(FORMAT["projects"])
    with_tasks = {project_of(id, tables) for id in tasks if id not in tables}
    for key, fields in entities("projects", tables, FORMAT["projects"], faults):
        if BETWEEN in key:
            faults.add("RE440", fields.place, key)
        elif key not in with_tasks:
            faults.add("RE441", fields.place)
        projects[key] = Project.model_construct(id=key, **plain.values(fields))
    return projects
