"""What a database of an older version lacks, and how it gets it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from riskengine.errors import ResultsError
from riskengine.errors.counting import first_names
from riskengine.export.exporter import ExportOptions
from riskengine.export.mark import check_mark
from riskengine.export.sql import SQL_TYPES, comment_on, create_statements, identifier, name_of
from riskengine.results.tables.column import Column
from riskengine.star.dictionary import select
from riskengine.star.table import StarTable

OTHER_NAMES: Mapping[str, str] = MappingProxyType({"double": "double precision", "varchar": "text"})
"""What DuckDB calls types of the standard."""

Present = Mapping[str, Mapping[str, tuple[str, bool]]]
"""Type, and whether it may be null, of every column of the tables that are in a database."""


@dataclass(frozen=True)
class Migration:
    """What an older database lacks.

    Parameters
    ----------
    tables : tuple of StarTable
        Those that are not there.
    columns : tuple of (StarTable, Column)
        Those that its tables lack.
    loosened : tuple of (StarTable, Column)
        Those that may be null by now.
    """

    tables: tuple[StarTable, ...]
    columns: tuple[tuple[StarTable, Column], ...]
    loosened: tuple[tuple[StarTable, Column], ...]

    @property
    def added(self) -> tuple[str, ...]:
        """Names of what is added."""
        columns = (f"{table.name}.{column.name}" for table, column in self.columns)
        return (*(table.name for table in self.tables), *columns)


def migrate(
    mark: tuple[str, str],
    options: ExportOptions,
    place: object,
    *,
    columns: Callable[[], Iterable[tuple[str, str, str, str]]],
    execute: Callable[[str], object],
    schema: str = "",
) -> tuple[str, ...]:
    """Give the tables of an older database what they lack, and return its names.

    Parameters
    ----------
    mark : tuple of str
        Tables and version that the database says it has.
    options : ExportOptions
    place : object
        As it may be printed.
    columns : callable
        Reads table, column, type and whether it may be null (``YES``, ``NO``) of every column there is.
    execute : callable
        Runs a statement, in the transaction of the export.
    schema : str
        Where the tables are, where that has a name.

    Raises
    ------
    ResultsError
        Before anything is changed: for other tables or columns, and a newer version.
    """
    check_mark(mark, options, place)
    migration = migration_of(mark, columns_present(columns()), options, place)
    for statement in migrate_statements(migration, schema):
        execute(statement)
    return migration.added


def migration_of(mark: tuple[str, str], present: Present, options: ExportOptions, place: object) -> Migration:
    """Return what an older database lacks.

    Parameters
    ----------
    mark : tuple of str
        Tables and version that the database says it has.
    present : mapping
    options : ExportOptions
    place : object
        As it may be printed.

    Raises
    ------
    ResultsError
        Where a table is gone, a column is unknown or of another type; all of them are named.
    """
    marked = set(mark[0].split())
    tables, columns, loosened, faults = [], [], [], []
    for table in select(options.tables):
        if table.name not in marked:
            tables.append(table)
        elif table.name not in present:
            faults.append(f"{table.name} is not there")
        else:
            there = present[table.name]
            faults += faults_of(table, there)
            columns += [(table, column) for column in table.columns if column.name not in there]
            loosened += [
                (table, column)
                for column in table.columns
                if column.nullable and column.name in there and not there[column.name][1]
            ]
    if faults:
        raise ResultsError(f"{place} is an export with other columns: {first_names(faults, 3)}", "RE724")
    return Migration(tuple(tables), tuple(columns), tuple(loosened))


def faults_of(table: StarTable, there: Mapping[str, tuple[str, bool]]) -> list[str]:
    """Return what columns of a table are none of the dictionary's."""
    types = {column.name: SQL_TYPES[column.type].lower() for column in table.columns}
    return [
        f"{table.name}.{name} is {type_}, not {types[name]}" if name in types else f"{table.name}.{name} is unknown"
        for name, (type_, _) in there.items()
        if type_ != types.get(name)
    ]


def columns_present(rows: Iterable[tuple[str, str, str, str]]) -> Present:
    """Return the columns of a database from what its ``information_schema`` says: table, column, type, nullable."""
    present: dict[str, dict[str, tuple[str, bool]]] = {}
    for table, column, type_, is_nullable in rows:
        plain = type_.lower().removesuffix(" without time zone")
        present.setdefault(table, {})[column] = (OTHER_NAMES.get(plain, plain), is_nullable == "YES")
    return present


def migrate_statements(migration: Migration, schema: str = "") -> Iterator[str]:
    """Yield what gives an older database the tables and columns that it lacks; rows that are there are null in them."""
    for table in migration.tables:
        yield from create_statements(table, schema)
    for table, column in migration.columns:
        name = name_of(table, schema)
        yield f"ALTER TABLE {name} ADD COLUMN {identifier(column.name)} {SQL_TYPES[column.type]}"
        yield comment_on(column, name)
    for table, column in migration.loosened:
        yield f"ALTER TABLE {name_of(table, schema)} ALTER COLUMN {identifier(column.name)} DROP NOT NULL"
