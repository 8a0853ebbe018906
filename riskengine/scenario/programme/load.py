"""Reading the files of the projects of a programme."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from riskengine.errors import ScenarioError
from riskengine.model import Scenario
from riskengine.scenario.document.layers import project_files
from riskengine.scenario.document.loader import UNREAD_PROJECT, Loader
from riskengine.scenario.programme.combine import PlanOfProject, Programme, sound_name
from riskengine.scenario.sections.projects import is_project_id
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

ReadProject = Callable[[Path], tuple[Scenario, Sequence[Path]]]
"""Reads the file of one project: its scenario, and the files that it names."""


def read_projects(
    loader: Loader, data: Mapping[str, Any], path: Path, *, read_project: ReadProject
) -> dict[str, Any] | None:
    """Return what the projects of a file say together, None where one of them has a fault, after reporting all.

    Parameters
    ----------
    loader : Loader
        Of the file: it knows which folder its files may stand in.
    data : mapping
        What the file says.
    path : Path
        The file.
    read_project : function
        Reads one project.
    """
    plans = []
    files = project_files(data)
    for place, name in files.items():
        id = str(place[1])
        if not is_project_id(id, Faults()):  # which is told once for the project, not for everything in it
            loader.faults.mute(UNREAD_PROJECT)
            continue
        scenario = project_scenario(loader, name, place, path, read_project=read_project)
        if scenario is None:
            loader.faults.silence(place[:2])
            loader.faults.mute(UNREAD_PROJECT)
        else:
            plans.append(PlanOfProject.of(id, sound_name(data["projects"][id].get("name")), scenario))
    return Programme(plans, data, loader.faults, str(path)).document() if len(plans) == len(files) else None


def project_scenario(
    loader: Loader, name: object, place: Place, path: Path, *, read_project: ReadProject
) -> Scenario | None:
    """Return the scenario of a file that is a project of another, or None after reporting why there is none."""
    file = loader.inside(name, path, place)
    if file is None:
        return None
    if not file.is_file():
        loader.faults.add("RE101", place, name, file=str(path))
        return None
    try:
        scenario, files = read_project(file)
    except ScenarioError as error:
        loader.faults.take(error.issues)
        return None
    loader.document.files += files
    return scenario
