"""The command line: one file a command, loaded when it is called."""

import os
import signal
from collections.abc import Sequence
from types import FrameType

INTERRUPTED = 130
NO_START = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; see :func:`riskengine.cli.entry.main`.

    Notes
    -----
    While the rest of it loads nobody catches an interrupt, and Python would print a traceback. So a process of our own
    answers from its first line on.
    """
    if arguments is None and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave_at_once)
    try:
        from riskengine.cli import entry

        return entry.main(arguments)
    except (MemoryError, ImportError) as error:  # not even what would say so can be loaded
        if arguments is not None:
            raise
        reason = "not enough memory" if isinstance(error, MemoryError) else str(error).partition("\n")[0]
        os.write(2, f"error: the program cannot be loaded: {reason}; is there too little memory?\n".encode())
        return NO_START


def leave_at_once(number: int, frame: FrameType | None) -> None:
    """End the process: nothing has begun that could be left half-done."""
    try:
        os.write(2, b"interrupted\n")
    finally:
        os._exit(INTERRUPTED)
