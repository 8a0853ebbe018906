"""The command line: one file a command, loaded when it is called."""

import errno
import os
import signal
import sys
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
            from riskengine.cli import machine

            lack = machine.lack_of_address_space(machine.LEAST_BYTES)
            if lack:
                os.write(2, f"error: RE913 {lack}; {machine.MORE_ADDRESS_SPACE}\n".encode())
                _write_object(NO_START, lack, "RE913", machine.MORE_ADDRESS_SPACE)
                return NO_START
        from riskengine.cli import entry

        return entry.main(arguments)
    except Exception as error:  # what would say it in better words could not be loaded either
        if arguments is not None:
            raise
        problem = f"the program cannot be loaded: {_reason(error)}; is there too little memory?"
        os.write(2, f"error: {problem}\n".encode())
        _write_object(NO_START, problem)
        return NO_START


def _write_object(status: int, message: str, code: str = "", cure: str = "") -> None:
    """Write what ``--json`` promises in every outcome, with nothing loaded that could fail.

    Notes
    -----
    These are the keys of :func:`riskengine.cli.output.json_outcome.error_document`.
    """
    if "--json" not in sys.argv[1:]:
        return
    pairs = (f'"{name}": "{_quotable(text)}"' for name, text in (("code", code), ("message", message), ("cure", cure)))
    os.write(1, f'{{"error": {{"exit_status": {status}, {", ".join(pairs)}, "issues": []}}}}\n'.encode())


def _quotable(text: str) -> str:
    """Return a text that may stand between the quotes of JSON as it is."""
    return "".join(sign if " " <= sign <= "~" and sign not in '"\\' else "?" for sign in text)


def _reason(error: Exception) -> str:
    # Python's importer turns a lack of memory into an OSError where it lists a folder.
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return "not enough memory"
    return str(error).partition("\n")[0]


def leave_at_once(number: int, frame: FrameType | None) -> None:
    """End the process: nothing has begun that could be left half-done."""
    try:
        os.write(2, b"interrupted\n")
        _write_object(INTERRUPTED, "interrupted")
    finally:
        os._exit(INTERRUPTED)
