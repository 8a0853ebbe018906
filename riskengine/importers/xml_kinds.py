"""XML of any tool: the reader is told from the root element."""

from pathlib import Path

from riskengine.errors import ScenarioError
from riskengine.importers.neutral import ImportedSchedule
from riskengine.importers.xml.stream import Stream, fault, root_tag

MICROSOFT, PRIMAVERA = "Project", ("APIBusinessObjects", "BusinessObjects")
OTHERS = frozenset(("project", "Gantt", "Document"))
"""Roots of GNOME Planner, Phoenix and GanttProject; of GanttDesigner; of ConceptDraw."""


def read_xml(path: Path, file: str, with_user_fields: bool = False) -> list[ImportedSchedule]:
    """Return the projects of an XML file; kinds that have no reader here go through MPXJ.

    Parameters
    ----------
    path : Path
        The file to read.
    file : str
        What it is called in messages.
    with_user_fields : bool
        Whether the user fields of tasks are read, too.

    Raises
    ------
    ScenarioError
        With every fault found, each with its line.
    """
    root = root_tag(path, file)
    if root == MICROSOFT:
        from riskengine.importers.msproject.project import read_mspdi

        return [read_mspdi(path, file, with_user_fields=with_user_fields)]
    if root in PRIMAVERA:
        from riskengine.importers.p6.pmxml import read_pmxml

        return read_pmxml(path, file, with_user_fields)
    # Tells what is wrong with it, where it is no XML at all.
    line = Stream(path, file, {}, {}, frozenset()).read().line
    if root not in OTHERS:
        raise ScenarioError([fault("RE834", f"<{root}>", file, line)])
    from riskengine.importers.mpxj.convert import read_with_mpxj

    return read_with_mpxj(path, file, is_xml=True, with_user_fields=with_user_fields)
