"""Apache Superset for the tests behind the marker ``superset``: a home of its own, gone when they are over.

Superset pins versions that this package does not want, so it lives in an environment of its own; the variable
``RISKENGINE_SUPERSET`` names its program, such as ``~/superset/bin/superset``.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.places import ROOT

PROGRAM = "RISKENGINE_SUPERSET"
BUNDLE = ROOT / "docs/bi/superset/riskengine"
ADDRESS = "postgresql+psycopg2://USER@HOST/DATABASE"
USER = "ann"
PASSWORD = "for-the-test"
CONFIGURATION = """
SECRET_KEY = "a key of a test, which no other installation has"
SQLALCHEMY_DATABASE_URI = "sqlite:///{home}/superset.db?check_same_thread=false"
TALISMAN_ENABLED = False
"""


@dataclass(frozen=True)
class Superset:
    """An installation: its program, its folder, and the port at which it answers."""

    program: str
    home: Path
    port: int

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        configuration = self.home / "superset_config.py"
        configuration.write_text(CONFIGURATION.format(home=self.home), encoding="utf-8")
        said = {"SUPERSET_HOME": str(self.home), "SUPERSET_CONFIG_PATH": str(configuration), "FLASK_APP": "superset"}
        return {**os.environ, **said}

    def call(self, *words: object) -> None:
        """Run a command of it to its end."""
        command = [self.program, *map(str, words)]
        done = subprocess.run(command, env=self.environment(), cwd=self.home, capture_output=True, timeout=600)
        assert done.returncode == 0, (words, done.stderr.decode(errors="replace")[-3000:])


@contextlib.contextmanager
def serving(home: Path, database: str) -> Iterator[Superset]:
    """Set Superset up, import the bundle for a database, and serve it."""
    program = os.environ.get(PROGRAM) or shutil.which("superset")
    if program is None:
        pytest.skip(f"{PROGRAM} names no Superset")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        installation = Superset(program, home, free.getsockname()[1])
    installation.call("db", "upgrade")
    names = ("--username", USER, "--firstname", "Ann", "--lastname", "Analyst", "--email", "ann@example.org")
    installation.call("fab", "create-admin", *names, "--password", PASSWORD)
    installation.call("init")
    installation.call("import-dashboards", "-p", zipped(home, database), "-u", USER)
    with (home / "log").open("wb") as log:
        command = [program, "run", "-p", str(installation.port), "--with-threads"]
        process = subprocess.Popen(command, env=installation.environment(), cwd=home, stdout=log, stderr=log)
        try:
            wait_until_it_answers(installation, process)
            yield installation
        finally:
            process.terminate()
            process.wait(timeout=60)


def zipped(home: Path, database: str) -> Path:
    """Return the bundle as one file, with the address of a database."""
    file = home / "riskengine.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(BUNDLE.rglob("*.yaml")):
            text = path.read_text(encoding="utf-8").replace(ADDRESS, database)
            archive.writestr(path.relative_to(BUNDLE.parent).as_posix(), text)
    return file


def wait_until_it_answers(installation: Superset, process: subprocess.Popen[bytes]) -> None:
    """Return once the server is up."""
    end = time.monotonic() + 300
    while True:
        assert process.poll() is None, (installation.home / "log").read_text(errors="replace")[-3000:]
        assert time.monotonic() < end, "Superset does not answer"
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{installation.address}/health", timeout=5) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.5)
