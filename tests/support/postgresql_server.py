"""A PostgreSQL server of the tests: no port, a socket in a folder of its own, gone when the process ends."""

import atexit
import hashlib
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

SOCKETS = "RISKENGINE_TEST_POSTGRESQL"
"""Variable of the environment: where processes that a test starts find its server."""
USER = "postgres"
ENVIRONMENT = {"PGCLIENTENCODING": "UTF8", "PGTZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}


@cache
def programs() -> Path:
    """The folder of PostgreSQL's programs; skip the test where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = shutil.which("initdb") or (debian[-1] if debian else None)
    if initdb is None:
        pytest.skip("PostgreSQL is not installed")
    return Path(initdb).resolve().parent


@cache
def sockets() -> str:
    """The folder in which the server listens; it is started for the first test that asks."""
    if SOCKETS in os.environ:
        return os.environ[SOCKETS]
    bin_ = programs()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # the path of a socket has 107 bytes at most
    prefix: list[str] = []
    if os.geteuid() == 0:  # it refuses to run as root
        shutil.chown(folder, owner(), None)
        prefix = ["runuser", "-u", owner(), "--"]
    data = folder / "data"
    call = {"check": True, "capture_output": True, "cwd": folder, "timeout": 120, "env": ENVIRONMENT}
    options = ["-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*prefix, bin_ / "initdb", "-D", data, *options], **call)
    settings = f"-c listen_addresses='' -k {folder} -F -c max_connections=30"
    control = [*prefix, bin_ / "pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-l", folder / "log", "-o", settings, "start"], **call)
    process = os.getpid()

    def stop() -> None:
        if os.getpid() == process:
            subprocess.run([*control, "-m", "immediate", "stop"], **{**call, "check": False})
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    os.environ[SOCKETS] = str(folder)
    return str(folder)


def owner() -> str:
    """An ordinary user of this machine."""
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    if shutil.which("runuser") is None or not names & {"postgres", "nobody"}:
        pytest.skip("PostgreSQL does not run as root, and there is no other user")
    return "postgres" if "postgres" in names else "nobody"


def schema_of(place: Path) -> str:
    """The schema that stands for a place of a test."""
    return f"s{hashlib.sha256(str(place).encode()).hexdigest()[:20]}"


def address(place: Path | None = None, user: str = USER, database: str = "postgres") -> str:
    """The address of the server, and in it of a place."""
    path = "" if place is None else f"&options=-csearch_path%3D{schema_of(place)}"
    return f"postgresql://{user}@/{database}?host={sockets()}{path}"


def psql(*statements: str, database: str = "postgres") -> str:
    """What psql prints for statements and commands of its own, one after the other in one process."""
    command = [programs() / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", sockets(), "-U", USER, "-d", database]
    words = [word for statement in statements for word in ("-c", statement)]
    done = subprocess.run([*command, *words], capture_output=True, timeout=60, check=False, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def is_there(place: Path) -> bool:
    """Whether a place of a test has anything in it."""
    return psql(f"SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace('{schema_of(place)}') LIMIT 1") != ""


def psql_csv(query: str, schema: str, file: Path) -> Path:
    """Write what psql answers to a query as CSV, with every text in quotes and nulls without."""
    file.write_text(
        psql(f"SET search_path = {schema}; COPY ({query}) TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE *)"),
        encoding="utf-8", newline="",
    )  # fmt: skip
    return file
