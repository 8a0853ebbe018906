"""DuckDB: one file with every table, which SQL reads in place."""

from contextlib import AbstractContextManager
from typing import Final

from riskengine.export.exporter import Destination, Exporter, ExportOptions


def open_duckdb(place: str, options: ExportOptions) -> AbstractContextManager[Destination]:
    """Open a DuckDB file."""
    from riskengine.export.duckdb.destination import duckdb_file
    from riskengine.export.extras import require

    require("duckdb")
    return duckdb_file(place, options)


DUCKDB: Final = Exporter(scheme="duckdb", place="FILE", open=open_duckdb)
