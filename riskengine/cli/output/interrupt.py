"""Ctrl-C: out within half a second, with exit status 130, from wherever the program is."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

from riskengine.cli import leave_at_once
from riskengine.cli.output import console, exits, json_outcome
from riskengine.disk.unfinished import CURRENT, Unfinished

GRACE = 0.3
"""Seconds that the main thread has to take its half-written files away before the process ends."""


@contextlib.contextmanager
def guarded() -> Iterator[threading.Event]:
    """Watch for an interrupt while the body runs; yields the event that tells whether one came.

    Notes
    -----
    Python raises KeyboardInterrupt only between two bytecodes of the main thread, which may be compiling or importing
    for seconds. The operating system's handler, however, writes to the wakeup pipe at once, so a thread that waits
    there can end the process after the grace.
    """
    came = threading.Event()
    unfinished = Unfinished()
    outcome = json_outcome.CURRENT.get()
    if threading.current_thread() is not threading.main_thread():
        yield came
        return
    reader, writer = os.pipe()
    with contextlib.suppress(AttributeError, OSError):  # not every Windows has it for pipes, nor needs it
        os.set_blocking(writer, False)
    previous = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    left = threading.Event()
    watch = threading.Thread(
        target=_watch, args=(reader, came, left, unfinished, outcome), name="interrupt", daemon=True
    )
    try:
        watch.start()
    except RuntimeError:  # no thread to be had: Python's own handler must do
        os.close(reader)

    def raise_interrupt(number: int, frame: FrameType | None) -> None:
        if came.is_set():  # the first is being answered, and a second would only cut that off
            return
        came.set()  # before anybody can catch the exception, and turn it into another
        raise KeyboardInterrupt

    token = CURRENT.set(unfinished)
    unraisable = sys.unraisablehook

    def take_unraisable(unraised: "sys.UnraisableHookArgs") -> None:
        # raised in a callback from C, as while compiling, it goes no further; the watching thread ends the process
        if not issubclass(unraised.exc_type, KeyboardInterrupt):
            unraisable(unraised)

    sys.unraisablehook = take_unraisable
    handler = signal.getsignal(signal.SIGINT)
    is_ours = handler in (signal.default_int_handler, leave_at_once)
    if is_ours:  # a process in the background ignores interrupts, and goes on to
        signal.signal(signal.SIGINT, raise_interrupt)
    try:
        yield came
    finally:
        left.set()
        CURRENT.reset(token)
        sys.unraisablehook = unraisable
        if handler is leave_at_once:  # a process of our own: its answer is given, and nothing is left to interrupt
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        elif is_ours:
            signal.signal(signal.SIGINT, handler)
        signal.set_wakeup_fd(previous)
        os.close(writer)


def _watch(
    reader: int,
    came: threading.Event,
    left: threading.Event,
    unfinished: Unfinished,
    outcome: json_outcome.JsonOutcome | None,
) -> None:
    # An empty read says that the body ended and closed its side.
    while received := os.read(reader, 1):
        if received[0] != signal.SIGINT:
            continue
        came.set()
        if not left.wait(GRACE):
            leave(unfinished, outcome)
        break
    os.close(reader)


def leave(unfinished: Unfinished | None = None, outcome: json_outcome.JsonOutcome | None = None) -> NoReturn:
    """End the process now: worker threads in compiled code cannot be asked, and need not be waited for.

    What is unfinished on the disk, by default that of this thread, is removed first; for ``--json`` the object says so.
    """
    unfinished = unfinished or CURRENT.get()
    outcome = outcome or json_outcome.CURRENT.get()
    if unfinished is not None:
        unfinished.remove_all()
    console.show_cursor()
    console.message("interrupted")
    if outcome is not None and outcome.is_wanted and outcome.claim():
        with contextlib.suppress(console.StreamError):
            console.write_document(json_outcome.error_document(exits.INTERRUPTED, "interrupted"))
    console.flush()
    os._exit(exits.INTERRUPTED)
