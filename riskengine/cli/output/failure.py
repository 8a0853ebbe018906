"""From an exception to the lines on stderr and the exit status; never a traceback."""

import errno
import os
import traceback

import click

from riskengine.cli.output import console, exits, json_outcome

DEBUG = "RISKENGINE_DEBUG"


def report(error: Exception) -> int:
    """Say what went wrong, on stderr and for ``--json`` also as the object on stdout, and return the exit status.

    Notes
    -----
    With ``RISKENGINE_DEBUG=1`` in the environment the traceback is shown as well.
    """
    status, lines = explain(error)
    for line in lines:
        console.message(line)
    outcome = json_outcome.CURRENT.get()
    if outcome is not None and outcome.is_wanted:
        try:
            console.document(json_outcome.document_of(error, status, lines))
        except console.StreamError as lost:
            console.message(f"error: cannot write to standard output: {lost}")
    return status


def explain(error: Exception) -> tuple[int, list[str]]:
    """Return the exit status of an exception and the lines that say what went wrong, at least one."""
    from riskengine.errors import RiskengineError, ScenarioError
    from riskengine.errors.counting import counted

    before = []
    if os.environ.get(DEBUG, "") not in ("", "0"):
        before = "".join(traceback.format_exception(error)).rstrip("\n").split("\n")
    match error:
        case click.ClickException():
            status, lines = _usage(error)
        case ScenarioError():
            count = counted(len(error.issues), "fault")
            more = f"riskengine explain {error.issues[0].code} tells more"
            status, lines = exits.REFUSED, [*error.lines(), f"{count}; nothing was written; {more}"]
        case RiskengineError():
            status, lines = error.exit_code, [f"error: {error}"]
        case _ if library := loading(error):
            status, lines = exits.STORAGE, [f"error: RE912 {library} cannot be loaded: {_first_line(error)}"]
        case console.StreamError():
            status, lines = exits.STORAGE, [f"error: cannot write to standard output: {error}"]
        case MemoryError():
            cure = "fewer iterations (-n) or fewer threads need less"
            status, lines = exits.STORAGE, [f"error: not enough memory; {cure}"]
        case OSError():
            status, lines = exits.STORAGE, [f"error: {storage(error)}"]
        case _:
            what = f"internal error: {type(error).__name__}: {_first_line(error)}"
            status, lines = exits.CRASHED, [f"{what}; please report it (with {DEBUG}=1 for the details)"]
    return status, [*before, *lines]


def loading(error: Exception) -> str:
    """Return the library that was being loaded when it failed; empty where that was not the cause.

    Notes
    -----
    A library that fails while its modules run is told by a frame of a module that is not ours, whatever it raises:
    numba a ValueError over a variable of the environment, numpy an ImportError without memory.
    """
    for frame, _ in traceback.walk_tb(error.__traceback__):
        name = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if frame.f_code.co_name == "<module>" and name not in ("__main__", "riskengine"):
            return name
    if isinstance(error, ImportError):
        name = (error.name or "").partition(".")[0]
        return name if name != "riskengine" else ""
    return ""


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def storage(error: OSError) -> str:
    """Return what a disk or a file would not do, in words."""
    cause = "no space left on the device" if error.errno == errno.ENOSPC else error.strerror or str(error)
    name = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else ""
    return f"{name}: {cause}" if name else cause


def _usage(error: click.ClickException) -> tuple[int, list[str]]:
    # Click 8.1 prints the help by itself, and has no such error.
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        return exits.USAGE, error.format_message().split("\n")
    lines = []
    context = getattr(error, "ctx", None)
    if context is not None:
        lines += context.get_usage().split("\n")
        lines.append(f"Try '{context.command_path} --help' for help.")
    return exits.USAGE, [*lines, f"error: {error.format_message()}"]
