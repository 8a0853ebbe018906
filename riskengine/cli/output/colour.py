"""Colour for the words of a decision, where somebody looks at a terminal that can show it."""

import os
import re
from typing import TextIO

import click

from riskengine.cli.output import stream_options

DECISION = re.compile(r"(?<![-\w])(?:NO-GO|GO|UNDECIDED)(?![-\w])")
TITLE = re.compile(r"^(?! )(?:Finish|Cost|Targets|Levelling|Gates|.*\bmatters? most.*)$", re.MULTILINE)
"""Titles of the parts of a summary, which stand alone on a line that is not indented."""

COLOURS = {"GO": "green", "NO-GO": "red", "UNDECIDED": "yellow"}


def shows_colour(stream: TextIO) -> bool:
    """Return whether to colour what is written to a stream.

    Notes
    -----
    ``--color`` goes before everything else. ``NO_COLOR`` with any value turns colour off, whatever else is set;
    ``FORCE_COLOR`` turns it on, but for ``0``.
    Otherwise a terminal gets it, unless ``TERM`` says that it is a dumb one or that of Windows does not know the codes.

    References
    ----------
    https://no-color.org and https://force-color.org
    """
    choice = stream_options.current().colour
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return os.environ["FORCE_COLOR"] != "0"
    if os.name == "nt" and not (os.environ.get("WT_SESSION") or os.environ.get("ANSICON")):
        return False
    return os.environ.get("TERM", "") != "dumb" and stream.isatty()


def coloured(text: str) -> str:
    """Return a text with its decisions in bold colours and its titles in bold, as a terminal shows them.

    Parameters
    ----------
    text : str
        Without control characters but line breaks.
    """
    text = TITLE.sub(lambda title: click.style(title.group(), bold=True), text)
    return DECISION.sub(lambda word: click.style(word.group(), fg=COLOURS[word.group()], bold=True), text)
