"""What a process has begun on the disk and not finished: whoever ends the process removes it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Final

PATIENCE: Final = 5.0
"""Seconds that removing waits for two renames that are under way."""

TRIES, PAUSE = 20, 0.01
"""How often something is removed that grows while it is, and seconds between."""


class Unfinished:
    """What is to be removed when the process ends before its time.

    Notes
    -----
    An interrupt may come while the main thread is in a library, which it leaves late or never. The thread that ends the
    process then removes what is unfinished. It takes the gate and never gives it back: what is not published by then
    never is, and no lock on a folder is given back before everything beside the folder is removed.
    """

    def __init__(self) -> None:
        self.gate = threading.Lock()
        self.removals: list[Callable[[], object]] = []

    def remove_all(self) -> None:
        """Remove everything that is unfinished; the process must end afterwards."""
        self.gate.acquire(timeout=PATIENCE)
        for removal in reversed(self.removals.copy()):
            for _ in range(TRIES):
                try:
                    removal()
                except Exception:  # the main thread may be writing, or removing the same
                    time.sleep(PAUSE)
                else:
                    break


CURRENT: Final[ContextVar[Unfinished | None]] = ContextVar("unfinished", default=None)


@contextlib.contextmanager
def unfinished(removal: Callable[[], object], *, by_last_resort: bool = False) -> Iterator[None]:
    """Have something removed if the body fails, or if the process is ended while it runs.

    Parameters
    ----------
    removal : callable
        It may be called at any moment and several times, while the body runs in another thread.
    by_last_resort : bool
        Whether it is called only where the process ends, since the body puts itself right.
    """
    current = CURRENT.get() or Unfinished()
    current.removals.append(removal)
    try:
        yield
    except BaseException:
        with current.gate:
            if not by_last_resort:
                with contextlib.suppress(Exception):
                    removal()
            _forget(current, removal)
        raise
    with current.gate:
        _forget(current, removal)


@contextlib.contextmanager
def publishing() -> Iterator[None]:
    """Keep whoever ends the process from removing what the body is just giving its name."""
    with (CURRENT.get() or Unfinished()).gate:
        yield


def _forget(current: Unfinished, removal: Callable[[], object]) -> None:
    with contextlib.suppress(ValueError):
        current.removals.remove(removal)
