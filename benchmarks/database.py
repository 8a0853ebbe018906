"""Exporting runs to PostgreSQL, against what PostgreSQL's own client takes to copy the same rows in."""

import tempfile
import time
from pathlib import Path
from typing import Final

import pytest

from benchmarks.exporting import SCENARIOS, copies
from benchmarks.figure import Figure, at_least
from benchmarks.process import riskengine
from tests.support import postgresql_server

PLAN: Final = "tram"
ITERATIONS: Final = 40_960
RUNS: Final = 4
"""Of a plan with eight targets and five gates: 1.3 million rows of iterations, 0.8 million of gates."""
LONG_TABLES: Final = ("fact_iteration", "fact_gate_iteration")
LEAST_RATIO: Final = 0.7


def export_postgresql(rounds: int = 3, runs: int = RUNS, iterations: int = ITERATIONS) -> list[Figure]:
    """Measure a first export to an empty schema, and ``\\copy ... (FORMAT binary)`` of its two long tables, in turn.

    Nothing where PostgreSQL is not installed. The export is a whole process, with its start, the checksums of what it
    reads and the count of what it wrote; psql copies from files of its own, written before, into tables without rows.
    """
    try:
        postgresql_server.sockets()
    except pytest.skip.Exception:
        return []
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        riskengine(["simulate", SCENARIOS / f"{PLAN}.toml", "-o", place / "results" / PLAN, "-n", str(iterations)])
        many = copies(place / "results", place / "many", runs)
        exports, copied, count = [], [], 0
        for number in range(rounds):
            schema = place / f"export-{number}"
            exports.append(riskengine(["export", many, "--to", postgresql_server.address(schema)]))
            count, seconds = copy_again(postgresql_server.schema_of(schema), place)
            copied.append(seconds)
    ratio = min(copied) / min(one.wall_s for one in exports)
    words = f"export of {count:,} rows to PostgreSQL over \\copy of the same in binary, speed".replace(",", " ")
    details = {"export_s": min(one.wall_s for one in exports), "copy_s": min(copied), "runs": float(rounds)}
    details["export_cpu_s"] = min(one.cpu_s for one in exports)
    return [Figure(words, ratio, "", at_least(LEAST_RATIO), details)]


def copy_again(schema: str, place: Path) -> tuple[int, float]:
    """Copy the long tables of a schema into empty ones like them; return the rows, and what copying them in took."""
    files = {table: place / f"{table}.bin" for table in LONG_TABLES}
    count = 0
    for table, file in files.items():
        postgresql_server.psql(f"\\copy {schema}.{table} TO '{file}' (FORMAT binary)")
        postgresql_server.psql(f"CREATE TABLE {schema}.copy_of_{table} (LIKE {schema}.{table} INCLUDING ALL)")
        count += int(postgresql_server.psql(f"SELECT count(*) FROM {schema}.{table}"))
    began = time.perf_counter()
    postgresql_server.psql(
        *(f"\\copy {schema}.copy_of_{table} FROM '{file}' (FORMAT binary)" for table, file in files.items())
    )
    return count, time.perf_counter() - began
