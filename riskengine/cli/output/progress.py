"""Progress on stderr: a bar on a terminal, a line now and then elsewhere, nothing for what takes under a second."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from riskengine.cli.output import console, stream_options

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE = 1.0
"""Seconds before anything is shown."""

PAUSE = 5.0
"""Seconds between two lines where there is no terminal; doubled after each."""


class Progress:
    """Takes ``(done, total, message)`` and shows it; a context manager that leaves the terminal clean.

    Notes
    -----
    A total of zero is an announcement, as of a compilation: its message is shown at once, only once.
    """

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._next = self._started + PATIENCE
        self._pause = PAUSE
        self._announced = ""
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._is_terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def __call__(self, done: int, total: int, message: str) -> None:
        """Note how far the work is.

        Parameters
        ----------
        done, total : int [steps of the work]
        message : str
            What is being done.
        """
        if stream_options.current().is_quiet:
            return
        if total <= 0:
            self._announce(message)
        elif self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total, description=_plain(message))
        elif time.monotonic() >= self._next and done < total:
            if self._is_terminal:
                self._open(done, total, message)
            else:
                console.note(f"{message}: {done:,} of {total:,}")
                self._next = time.monotonic() + self._pause
                self._pause *= 2

    def _announce(self, message: str) -> None:
        if not message or message == self._announced:
            return
        self._announced = message
        if self._bar is not None:
            self._bar.console.print(_plain(message))
        else:
            console.note(message)

    def _open(self, done: int, total: int, message: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        # Markup off everywhere: the message may hold names from a file.
        terminal = Console(stderr=True, markup=False, highlight=False, emoji=False)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=terminal,
            transient=True,
        )
        self._task = self._bar.add_task(_plain(message), completed=done, total=total)
        self._bar.start()


def _plain(message: str) -> str:
    from riskengine.report.text.notation import clean

    # The column formats its text with str.format, after which braces of a name would be fields no more.
    return clean(message)
