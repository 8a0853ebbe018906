"""Printing by a Chromium of the system, in a process of its own with a limit on its time."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from riskengine.disk.unfinished import unfinished
from riskengine.errors import MachineError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 120.0
"""How long printing may take."""
PATIENCE = 5.0
"""Seconds that are waited for a browser that was killed."""
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name of the network leads anywhere
    "--proxy-server=http://127.0.0.1:9",  # nor does any number
)
CREATOR = re.compile(rb"/Creator \((?:[^()\\]|\\.)*\)")
"""The program that made the page, as Skia writes it in the first object of the file."""
DATES = re.compile(rb"/(?:CreationDate|ModDate) \([^()\\]*\)")
FIRST_BYTES = 4096
"""Within which both stand."""


def find_chromium() -> str | None:
    """Return the first Chromium on PATH, None where there is none."""
    return next((place for name in NAMES if (place := shutil.which(name)) is not None), None)


def print_by_chromium(browser: str, html: str, creator: bytes, seconds: float = SECONDS) -> bytes:
    """Return a page printed as PDF.

    Parameters
    ----------
    browser : str
        The program.
    html : str
        A page that asks for nothing from elsewhere.
    creator : bytes
        Stands in the file as the program that made the page; ASCII without brackets.
    seconds : float
        After which the browser is killed.

    Raises
    ------
    MachineError
        When the browser does not start, takes too long or writes no PDF.
    """
    folder = Path(tempfile.mkdtemp(prefix="riskengine-"))

    def remove() -> None:
        shutil.rmtree(folder)

    with unfinished(remove):
        source, target = folder / "page.html", folder / "page.pdf"
        source.write_text(html, encoding="utf-8", newline="\n")
        try:
            _run([browser, *_options(folder, target), source.as_uri()], folder, seconds)
            data = target.read_bytes() if target.is_file() else b""
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    if not (data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")):
        raise _refusal("it wrote no PDF")
    return _marked(data, creator)


def _options(folder: Path, target: Path) -> list[str]:
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    sandbox = ["--no-sandbox"] if is_root else []  # Chromium does not start as root with one
    return [*OPTIONS, *sandbox, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"]


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run the browser until it ends, and end every process that it started, whatever happens."""
    environment = {**os.environ, "TMPDIR": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise _refusal(error.strerror or str(error)) from None

    def end() -> None:
        _end(process)

    with unfinished(end):
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise _refusal(f"it was not done after {seconds:g} s") from None
        finally:
            end()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the group of a process, of which some may be left where it has ended itself."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return


def _marked(data: bytes, creator: bytes) -> bytes:
    """Say who made the page, and nothing of the hour, in as many bytes as before: places in a PDF are counted.

    Notes
    -----
    The same page gives the same file, since nothing else in it depends on the hour.
    """
    head, rest = data[:FIRST_BYTES], data[FIRST_BYTES:]
    mark = b"/Creator (" + creator + b")"
    head, made = CREATOR.subn(lambda match: mark.ljust(len(match.group())), head, count=1)
    head = DATES.sub(lambda match: b" " * len(match.group()), head)
    if made != 1 or len(head) != min(len(data), FIRST_BYTES):
        raise _refusal("its PDF does not say what made it")
    return head + rest


def _refusal(reason: str) -> MachineError:
    return MachineError(
        f"Chromium cannot print the page: {reason}",
        "RE945",
        "print the page (.html) from a browser, or run pip install '.[report]' in riskengine's own folder",
    )
