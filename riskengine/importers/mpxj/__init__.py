"""Files of other tools: MPXJ converts them to XML of Project or P6, which is read like any other."""

from pathlib import Path
from typing import Final

from riskengine.importers.importer import Importer, ImportOptions
from riskengine.importers.neutral import ImportedSchedule


def _read_xml(path: Path, file: str, options: ImportOptions) -> list[ImportedSchedule]:
    from riskengine.importers.mpxj.convert import read_with_mpxj
    from riskengine.importers.xml.stream import Stream

    # Tells what is wrong with it, where it is no XML at all: MPXJ would not.
    Stream(path, file, {}, {}, frozenset()).read()
    return read_with_mpxj(path, file, is_xml=True, with_user_fields=options.with_user_fields)


def _read_any(path: Path, file: str, options: ImportOptions) -> list[ImportedSchedule]:
    from riskengine.importers.mpxj.convert import read_with_mpxj

    return read_with_mpxj(path, file, with_user_fields=options.with_user_fields)


OTHER_XML: Final = Importer("XML by MPXJ", _read_xml, roots=("project", "Gantt", "Document"))
"""Roots of GNOME Planner, Phoenix and GanttProject; of GanttDesigner; of ConceptDraw."""

ANY: Final = Importer("other files by MPXJ", _read_any, signatures=(b"MPX",))
"""What no other importer knows; MPX files are told apart from tables with a wrong ending."""
