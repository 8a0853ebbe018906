"""The entry point: runs one command and turns whatever happens into lines and an exit status."""

import errno
import gc
import os
import sys
import warnings
from collections.abc import Sequence

import click

from riskengine.cli.group import group
from riskengine.cli.input.shell_variable import COMPLETION
from riskengine.cli.output import console, exits, failure, interrupt, json_outcome, stream_options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the program's name; those of the process by default.

    Returns
    -------
    int
        Exit status: 0 done or GO, 1 internal error, 2 usage, 3 scenario refused, 4 results or disk, 10 NO-GO,
        11 UNDECIDED. An interrupt ends the process with 130.

    Notes
    -----
    A process that answers one question keeps nearly all that it makes until it ends. Looking for cyclic garbage, while
    libraries load and once more at the end, would take a sixth of its time and find none to speak of.
    """
    if arguments is None:
        gc.disable()
        warnings.showwarning = console.show_warning
    console.prepare()
    command_line = list(sys.argv[1:] if arguments is None else arguments)
    token = json_outcome.CURRENT.set(json_outcome.JsonOutcome(json_outcome.wants_json(command_line)))
    stream_token = stream_options.CURRENT.set(stream_options.StreamOptions())
    with interrupt.guarded() as came:
        try:
            status = _run(command_line)
        except (KeyboardInterrupt, click.Abort):
            interrupt.leave()
        except Exception as error:
            if came.is_set():  # an interrupt inside a library may arrive as another exception
                interrupt.leave()
            status = failure.report(error)
        console.flush()
    json_outcome.CURRENT.reset(token)
    stream_options.CURRENT.reset(stream_token)
    if arguments is None:
        gc.freeze()
    return status


def _run(arguments: list[str]) -> int:
    instruction = os.environ.get(COMPLETION)
    if instruction:
        return _complete(instruction)
    try:
        # Not group.main(): it ends the process by itself when a pipe closes.
        with group.make_context("riskengine", arguments) as context:
            status = group.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except OSError as error:
        if error.errno != errno.EPIPE:
            raise
        console.discard(sys.stdout)
        return exits.DONE
    return status if isinstance(status, int) else exits.DONE


def _complete(instruction: str) -> int:
    """Print the completion script of a shell, or what completes the words that it hands over in its variables."""
    from click.shell_completion import get_completion_class, shell_complete

    from riskengine.cli.input.shell_files import add_shells
    from riskengine.errors import UsageError

    add_shells()

    shell, _, action = instruction.partition("_")
    if action in ("source", "complete") and get_completion_class(shell) is not None:
        try:
            return shell_complete(group, {}, "riskengine", COMPLETION, instruction)
        except (KeyError, ValueError, RuntimeError) as error:
            problem = f"{COMPLETION}={instruction} cannot be carried out: {error}"
            raise UsageError(problem, "RE911", "it is for the completion script of a shell") from error
    shells = "bash_source, zsh_source or fish_source"
    raise UsageError(f"{COMPLETION} must be {shells}, got {instruction[:100]}", "RE911", "unset it")
