"""Texts that a spreadsheet would take for a formula."""

from typing import Any

import pyarrow as pa
import pyarrow.compute

SIGNS = "=+@＝＋－＠-"
"""What begins a formula, the full-width forms included."""
FORMULA = rf"(^|[;\t\r\n])([\s\p{{Z}}\p{{C}}'\"]*)([{SIGNS}])"
"""A sign at the beginning of a text, or where a cell begins for a program that takes a semicolon, a tab or a line break
for the end of one; blanks, invisible characters and quotes before it are not counted."""

compute: Any = pyarrow.compute


def without_formulas(texts: Any) -> Any:
    """Return texts with an apostrophe before every sign that could begin a formula; nulls stay null.

    Parameters
    ----------
    texts : pyarrow.Array or pyarrow.ChunkedArray of utf8
    """
    if not any(has_formula(compute.unique(texts)).to_pylist()):
        return texts
    return compute.replace_substring_regex(texts, pattern=FORMULA, replacement=r"\1\2'\3")


def has_formula(texts: Any) -> Any:
    """Return which texts a spreadsheet would take for a formula; null where there is no text."""
    return compute.match_substring_regex(texts, FORMULA)


def text_without_formulas(text: str) -> str:
    """Return one text with an apostrophe before every sign that could begin a formula."""
    return str(without_formulas(pa.array([text]))[0].as_py())
