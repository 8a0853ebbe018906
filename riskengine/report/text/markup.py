"""Untrusted text in HTML and SVG."""

import html

from riskengine.report.text.notation import clean


def escaped(text: object) -> str:
    """Return text as HTML and SVG show it: never markup, and no control character."""
    return html.escape(clean(text))
