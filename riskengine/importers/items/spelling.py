"""Headings and words in the form in which they are compared."""

from riskengine.scenario.tables.spelling import plain


def key_of(text: str) -> str:
    """Return a heading or a word without capitals, accents and doubled blanks."""
    return " ".join(plain(text[:500]).split())
