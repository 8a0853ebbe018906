"""The two streams: data on stdout, words on stderr, whatever terminal or pipe is behind them."""

import contextlib
import errno
import io
import json
import os
import re
import shutil
import sys
from typing import Any, TextIO

from riskengine.cli.output import stream_options

RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Variables of the environment by which runners say that they are there."""

LEADING = re.compile(r"^(\s*)::", re.MULTILINE)
BRACKETED = re.compile(r"(##\w*)\[")


class StreamError(Exception):
    """Standard output would not take the data, for another reason than a reader who left."""


def prepare() -> None:
    """Make both streams take any text: a character the terminal lacks becomes ``?`` instead of a crash.

    Notes
    -----
    A process may be started with its streams closed. The next file that it opens would take their place, and what a
    library prints would go into a results file; so nothing takes their place first.
    """
    with contextlib.suppress(OSError):
        while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(handle)
    if sys.stdout is None:  # started without a console
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def show_warning(message: Warning | str, *_: object, **__: object) -> None:
    """Show a warning of a library as one line, without the place in its source or a traceback inside it."""
    _write_lines(f"warning: {str(message).strip().partition(chr(10))[0]}")


def data(text: str) -> None:
    """Write text to stdout; a reader who closed the pipe is no fault.

    Raises
    ------
    StreamError
        When stdout cannot take it, as on a full disk.
    """
    try:
        # Not click.echo: it writes UTF-8 to a stream that asked for ASCII.
        sys.stdout.write(without_commands(text) + "\n")
        sys.stdout.flush()
    except OSError as error:
        discard(sys.stdout)
        if error.errno not in (errno.EPIPE, errno.ESHUTDOWN):
            raise StreamError(error.strerror or str(error)) from error


def answer(text: str) -> None:
    """Write text that holds decisions to stdout, in colour where it is wanted; otherwise as :func:`data`."""
    from riskengine.cli.output.colour import coloured, shows_colour

    data(coloured(text) if shows_colour(sys.stdout) else text)


def document(value: Any) -> None:
    """Write one JSON document to stdout, valid in every encoding and free of control characters.

    Where ``--json`` was asked for there is one for each command: a second is not written.
    """
    from riskengine.cli.output.json_outcome import CURRENT

    outcome = CURRENT.get()
    if outcome is None or not outcome.is_wanted or outcome.claim():
        write_document(value)


def write_document(value: Any) -> None:
    """Write a JSON document to stdout for whoever has claimed its place; see :func:`document`."""
    data(portable_json(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)))


def portable_json(text: str) -> str:
    """JSON text whose characters the terminal cannot show, or must not act upon, are escaped as JSON escapes.

    Outside its strings JSON has only ASCII, so every other character may become ``\\uXXXX`` where it stands.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if has_runner():
        text = BRACKETED.sub(lambda match: f"{match.group(1)}\\u005b", text)
    return re.sub(r"[^\n -~]", lambda match: _escaped(match.group(), encoding), text)


def _escaped(character: str, encoding: str) -> str:
    if character.isprintable():
        try:
            character.encode(encoding)
        except UnicodeError:
            pass
        else:
            return character
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def has_runner() -> bool:
    """Whether a runner reads this output line by line, and takes some of it for commands."""
    return any(os.environ.get(name) for name in RUNNERS)


def without_commands(text: str) -> str:
    """Return text in which the runner of a pipeline finds no command; unchanged where none listens.

    Notes
    -----
    GitHub takes a line that begins with ``::`` for one, and what stands behind ``##[`` in any; Azure and TeamCity a
    word between the two. A name in a scenario could say that, also where a line happens to be broken before it.
    """
    if not has_runner():
        return text
    return BRACKETED.sub(r"\1\\x5b", LEADING.sub(r"\1\\x3a:", text))


def runner_command(line: str) -> None:
    """Write a command for the runner of a pipeline to stderr; what others wrote in it is escaped already."""
    try:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    except OSError:
        discard(sys.stderr)


def message(text: str) -> None:
    """Write a line of words to stderr, cleaned of control characters; if stderr is gone, say nothing."""
    _write_lines(text)


def note(text: str) -> None:
    """Write words to stderr that ``-q`` leaves out: where things are, what is going on, hints."""
    if not stream_options.current().is_quiet:
        message(text)


def _write_lines(text: str) -> None:
    from riskengine.report.text.notation import clean

    try:
        sys.stderr.write("".join(without_commands(clean(line)) + "\n" for line in text.split("\n")))
        sys.stderr.flush()
    except OSError:
        discard(sys.stderr)


def show_cursor() -> None:
    """Give a terminal its cursor back, which a progress bar that had no time to close keeps hidden."""
    with contextlib.suppress(OSError, ValueError):
        if sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb":
            sys.stderr.write("\r\x1b[?25h")


def discard(stream: TextIO) -> None:
    """Point a dead stream at nothing, so that neither we nor the interpreter's own flush stumble over it again."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def flush() -> None:
    """Flush both streams and keep quiet about those that are gone."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            discard(stream)


def width() -> int:
    """Columns of the terminal, 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def can_show(characters: str) -> bool:
    """Whether stdout's encoding has all these characters."""
    try:
        characters.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except UnicodeError:
        return False
    return True
