"""``-q`` and ``--color``: what every command understands about its two streams."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import click


@dataclass
class StreamOptions:
    """What was asked of the streams.

    Parameters
    ----------
    is_quiet : bool
        Whether stderr has only what went wrong, and warnings.
    colour : str
        ``auto``, ``always`` or ``never``.
    """

    is_quiet: bool = False
    colour: str = "auto"


CURRENT: ContextVar[StreamOptions | None] = ContextVar("stream_options", default=None)
"""Those of the command at work."""


def current() -> StreamOptions:
    """Return what was asked of the streams; nothing outside of a command."""
    return CURRENT.get() or StreamOptions()


def with_stream_options(command: click.Command) -> click.Command:
    """Return a command that understands them; each is declared here alone."""
    if not any(parameter.name == "is_quiet" for parameter in command.params):
        command.params += [
            click.Option(
                ["-q", "--quiet", "is_quiet"],
                is_flag=True,
                expose_value=False,
                callback=_note_quiet,
                help="Say on stderr only what went wrong: no progress, hints and places.",
            ),
            click.Option(
                ["--color", "colour"],
                type=click.Choice(("auto", "always", "never")),
                expose_value=False,
                callback=_note_colour,
                help="When to colour (default: auto, on a terminal).",
            ),
        ]
    return command


def _note_quiet(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    options = CURRENT.get()
    if options is not None and value:
        options.is_quiet = True


def _note_colour(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    options = CURRENT.get()
    if options is not None and value:
        options.colour = value
