"""Text of others in Markdown, and tables of it.

It is written so that no dialect can take it for markup: what is punctuation to one becomes a character reference, which
is read as text and never as structure.
"""

import re
from collections.abc import Sequence

from riskengine.report.text.notation import clean

MARK = "<!-- riskengine -->"
"""What tells a file of ours."""

MARKUP = re.compile(r"[^\w \-,()%/';?+]|_|(?<!\w)[-+](?!\d)|^\d+(?=\))|/(?=/)", re.ASCII)
"""What may be markup: all but letters, digits and signs that mean nothing amid a line."""

APART = frozenset("@#")
"""Signs that make a mention or a reference of the word behind them after Markdown was read: tags keep the two apart."""


def escaped(text: object) -> str:
    """Return text on one line that Markdown, HTML and a table's cell show as it is.

    Parameters
    ----------
    text : object
        Anything; names from scenario files are not to be trusted.
    """
    return re.sub(r"[^\x00-\x7f]+|[\x00-\x7f]+", _escaped_part, clean(text).strip())


def _escaped_part(part: re.Match[str]) -> str:
    return MARKUP.sub(_reference, part.group()) if part.group().isascii() else part.group()


def _reference(sign: re.Match[str]) -> str:
    text = "".join(f"&#{ord(character)};" for character in sign.group())
    return f"<span>{text}</span>" if sign.group() in APART else text


def table(lines: Sequence[Sequence[str]]) -> str:
    """Lay out rows of cells that are escaped already; the first one names the columns."""
    heading, *body = lines
    rule = ["---"] * len(heading)
    return "\n".join("| " + " | ".join(line) + " |" for line in (heading, rule, *body))
