"""Parquet: a folder for each table, and in it one for each project and run."""

from contextlib import AbstractContextManager
from typing import Final

from riskengine.export.exporter import Destination, Exporter, ExportOptions


def open_parquet(place: str, options: ExportOptions) -> AbstractContextManager[Destination]:
    """Open a folder of Parquet files."""
    from riskengine.export.parquet.destination import parquet_folder

    return parquet_folder(place, options)


PARQUET: Final = Exporter(scheme="parquet", place="FOLDER", open=open_parquet)
