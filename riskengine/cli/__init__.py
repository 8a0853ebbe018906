"""The command line: one file a command, loaded when it is called."""

import errno
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
        if arguments is None:
            from riskengine.cli.support import machine

            lack = machine.lack_of_address_space(machine.LEAST_BYTES)
            if lack:
                os.write(2, f"error: RE913 {lack}; {machine.MORE_ADDRESS_SPACE}\n".encode())
                return NO_START
        from riskengine.cli import entry

        return entry.main(arguments)
    except Exception as error:  # what would say it in better words could not be loaded either
        if arguments is not None:
            raise
        os.write(2, f"error: the program cannot be loaded: {_reason(error)}; is there too little memory?\n".encode())
        return NO_START


def _reason(error: Exception) -> str:
    # Python's importer turns a lack of memory into an OSError where it lists a folder.
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return "not enough memory"
    return str(error).partition("\n")[0]


def leave_at_once(number: int, frame: FrameType | None) -> None:
    """End the process: nothing has begun that could be left half-done."""
    try:
        os.write(2, b"interrupted\n")
    finally:
        os._exit(INTERRUPTED)
