"""Reading the projects of a programme, once their plans have been put together."""

from collections.abc import Collection, Mapping
from typing import Any

from riskengine.model import Project
from riskengine.model.format import FORMAT
from riskengine.model.project import BETWEEN, project_of
from riskengine.model.selector import ALL, PROJECT, SELECTORS
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import is_id
from riskengine.scenario.values.sections import entities


def read_project_names(tables: Mapping[str, Any], tasks: Collection[str], faults: Faults) -> dict[str, Project]:
    """Return the sound projects, sorted by id; `tasks` are the ids of all tasks."""
    projects = {}
    plain = PlainFields(FORMAT["projects"])
    with_tasks = {project_of(id, tables) for id in tasks if id not in tables}
    for key, fields in entities("projects", tables, FORMAT["projects"], faults):
        if is_id(key, fields.place, Faults()) and is_project_id(key, faults) and key not in with_tasks:
            faults.add("RE441", fields.place)
        projects[key] = Project.model_construct(id=key, **plain.values(fields))
    return projects


def is_project_id(id: str, faults: Faults) -> bool:
    """Return whether everything of a project can have an id that begins with this one, and report it where not."""
    place = ("projects", id)
    if not is_id(id, place, faults):
        return False
    if BETWEEN in id:
        faults.add("RE440", place, id)
    elif id in (PROJECT, ALL) or id.startswith(SELECTORS):
        rule = 'a project must not be called "project" or "*", nor begin with team:, tag: or wbs:'
        faults.add("RE244", place, id, rule=rule)
    else:
        return True
    return False
