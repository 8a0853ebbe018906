"""Microsoft Project: the XML that it saves (MSPDI)."""

from pathlib import Path
from typing import Final

from riskengine.importers.importer import Importer, ImportOptions
from riskengine.importers.neutral import ImportedSchedule


def _read_mspdi(path: Path, file: str, options: ImportOptions) -> list[ImportedSchedule]:
    from riskengine.importers.msproject.project import read_mspdi

    return [read_mspdi(path, file, with_user_fields=options.with_user_fields)]


MSPDI: Final = Importer("Microsoft Project XML", _read_mspdi, roots=("Project",))
