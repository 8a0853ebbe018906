"""Primavera P6: XER files, and its XML, which holds the same tables."""

from pathlib import Path
from typing import Final

from riskengine.importers.importer import Importer, ImportOptions
from riskengine.importers.neutral import ImportedSchedule


def _read_xer(path: Path, _: str, options: ImportOptions) -> list[ImportedSchedule]:
    from riskengine.importers.p6.projects import read_xer

    return read_xer(path, options.encoding, options.with_user_fields)


def _read_pmxml(path: Path, file: str, options: ImportOptions) -> list[ImportedSchedule]:
    from riskengine.importers.p6.pmxml import read_pmxml

    return read_pmxml(path, file, options.with_user_fields)


XER: Final = Importer("Primavera P6 XER", _read_xer, signatures=(b"ERMHDR", b"%T\t"))
PMXML: Final = Importer("Primavera P6 XML", _read_pmxml, roots=("APIBusinessObjects", "BusinessObjects"))
