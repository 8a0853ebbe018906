"""The schema of a database that the tables stand in: which one, whether it is ours, and its tables."""

import re
from dataclasses import dataclass, replace
from string import ascii_lowercase, ascii_uppercase

from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions
from riskengine.export.mark import MARK, wanted_version
from riskengine.export.migration import migrate
from riskengine.export.postgresql.connection import Connection
from riskengine.export.sql import create_statements, identifier, quoted
from riskengine.star.dictionary import STAR, select

NAME_IN_PATH = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,"]*))\s*(?:,|$)')
LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
LONGEST = 63
"""Bytes that PostgreSQL keeps of a name."""


@dataclass(frozen=True)
class Schema:
    """A schema by its name, and what its tables lacked until now."""

    name: str
    added: tuple[str, ...] = ()

    def table(self, name: str) -> str:
        """Return a table of it as SQL names it."""
        return f"{identifier(self.name)}.{identifier(name)}"


def open_schema(connection: Connection, options: ExportOptions, place: str) -> Schema:
    """Return the schema with the tables of an export, made where they are not there, and no other export at work.

    Parameters
    ----------
    connection : Connection
        In the transaction of the export.
    options : ExportOptions
    place : str
        The address as it may be printed.

    Raises
    ------
    ResultsError
        When tables of these names are there that no export made, or an export has other tables, columns that are
        unknown or of another type, or a newer version.
    """
    schema = Schema(schema_name(connection))
    connection.rows("SELECT pg_advisory_xact_lock(hashtext('riskengine export'), hashtext($1))", (schema.name,))
    if not connection.rows("SELECT 1 FROM pg_namespace WHERE nspname = $1", (schema.name,)):
        connection.execute(f"CREATE SCHEMA {identifier(schema.name)}")
    version = version_of(connection, schema, place)
    if version is None or (options.is_forced and version != wanted_version(options)):
        begin_anew(connection, schema, options)
    elif version != wanted_version(options):
        return replace(schema, added=migrate_schema(connection, schema, options, place, version))
    return schema


def migrate_schema(
    connection: Connection, schema: Schema, options: ExportOptions, place: str, mark: tuple[str, str]
) -> tuple[str, ...]:
    """Give the tables of an older version what they lack, and return its names."""
    query = (
        "SELECT relname::text, attname::text, format_type(atttypid, atttypmod), "
        "CASE WHEN attnotnull THEN 'NO' ELSE 'YES' END "
        "FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid "
        "JOIN pg_namespace ON relnamespace = pg_namespace.oid "
        "WHERE nspname = $1 AND relname = ANY($2) AND attnum > 0 AND NOT attisdropped ORDER BY relname, attnum"
    )
    added = migrate(
        mark,
        options,
        place,
        columns=lambda: connection.rows(query, (schema.name, list(options.tables))),
        execute=connection.execute,
        schema=schema.name,
    )
    connection.execute(f"UPDATE {schema.table(MARK)} SET tables = $1, version = $2", wanted_version(options))
    return added


def schema_name(connection: Connection) -> str:
    """Return the first schema of the search path, whether it is there or not; that of the user only if it is there."""
    query = "SELECT current_setting('search_path'), current_user, current_schema()"
    ((path, user, current),) = connection.rows(query)
    for name in names_of(path):
        if name != "$user":
            return name
        if current == user:
            return str(user)
    return current or "public"


def names_of(path: str) -> list[str]:
    """Return the schemas that a search path names."""
    names = [
        inner.replace('""', '"') if inner else plain.strip().translate(LOWER)
        for inner, plain in NAME_IN_PATH.findall(path)
    ]
    return [name.encode()[:LONGEST].decode(errors="ignore") for name in names if name]


def version_of(connection: Connection, schema: Schema, place: str) -> tuple[str, str] | None:
    """Return which tables an export has in a schema, in which version; None where nothing of these names is there."""
    relations = (
        "SELECT relname::text FROM pg_class JOIN pg_namespace ON relnamespace = pg_namespace.oid "
        "WHERE nspname = $1 AND relname = ANY($2) ORDER BY relname"
    )
    names = connection.column(relations, (schema.name, [*STAR, MARK]))
    if not names:
        return None
    if MARK in names:
        rows = connection.rows(f"SELECT tables, version FROM {schema.table(MARK)}")
        if len(rows) == 1:
            return str(rows[0][0]), str(rows[0][1])
    raise ResultsError(f"{place}: schema {schema.name!r} has {names[0]}, which no export made", "RE723")


def begin_anew(connection: Connection, schema: Schema, options: ExportOptions) -> None:
    """Drop the tables of the star schema, and make those that are asked for, empty."""
    for name in (*STAR, MARK):
        connection.execute(f"DROP TABLE IF EXISTS {schema.table(name)}")
    for table in select(options.tables):
        for statement in create_statements(table, schema.name):
            connection.execute(statement)
    mark = schema.table(MARK)
    connection.execute(f"CREATE TABLE {mark} (tables TEXT NOT NULL, version TEXT NOT NULL)")
    connection.execute(f"COMMENT ON TABLE {mark} IS {quoted('Tells which tables an export of riskengine made here.')}")
    connection.execute(f"INSERT INTO {mark} VALUES ($1, $2)", wanted_version(options))
