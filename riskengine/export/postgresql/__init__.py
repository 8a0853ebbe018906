"""PostgreSQL: the tables in a schema of a database that others share, filled by COPY."""

from contextlib import AbstractContextManager
from typing import Final

from riskengine.export.exporter import Destination, Exporter, ExportOptions


def open_postgresql(place: str, options: ExportOptions) -> AbstractContextManager[Destination]:
    """Open a PostgreSQL database."""
    from riskengine.export.extras import require

    require("adbc_driver_postgresql")
    from riskengine.export.postgresql.destination import postgresql_database

    return postgresql_database(place, options)


POSTGRESQL: Final = Exporter(scheme="postgresql", place="//USER@HOST/DATABASE", open=open_postgresql, is_url=True)
