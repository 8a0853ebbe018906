"""XLSX: one workbook with a sheet for each table, for people rather than programs."""

from contextlib import AbstractContextManager
from typing import Final

from riskengine.export.exporter import Destination, Exporter, ExportOptions
from riskengine.star.dictionary import BY_ITERATION


def open_xlsx(place: str, options: ExportOptions) -> AbstractContextManager[Destination]:
    """Open a workbook."""
    from riskengine.export.extras import require
    from riskengine.export.xlsx.destination import workbook_file

    require("xlsxwriter")
    return workbook_file(place, options)


XLSX: Final = Exporter(scheme="xlsx", place="FILE", open=open_xlsx, left_out=BY_ITERATION, is_rewritten=True)
