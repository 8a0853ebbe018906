"""CSV: a folder with one file for each table."""

from contextlib import AbstractContextManager
from typing import Final

from riskengine.export.exporter import Destination, Exporter, ExportOptions


def open_csv(place: str, options: ExportOptions) -> AbstractContextManager[Destination]:
    """Open a folder of CSV files."""
    from riskengine.export.csv.destination import csv_folder

    return csv_folder(place, options)


CSV: Final = Exporter(scheme="csv", place="FOLDER", open=open_csv)
