"""The report page as PDF."""

import re
from pathlib import Path

from riskengine.errors import MachineError
from riskengine.history.trend import Trend
from riskengine.pages.language import ENGLISH
from riskengine.pages.page import render_page
from riskengine.pages.printing.chromium import find_chromium, print_by_chromium
from riskengine.pages.printing.weasy import has_weasyprint, print_by_weasyprint
from riskengine.results.run import RunRecord

CREATOR = b"riskengine"
MARK = re.compile(rb"/Creator\s*\(riskengine\)")
MOST_BYTES = 64 * 2**20
"""A PDF of ours is smaller by far."""


def render_pdf(run: RunRecord, folder: str = "", language: str = ENGLISH, trend: Trend | None = None) -> bytes:
    """Return the page of a run, printed by a Chromium that is there, else by WeasyPrint.

    Parameters
    ----------
    run : RunRecord
    folder : str
        The results folder, as the user named it.
    language : str
        Code of the language.
    trend : Trend or None
        What earlier runs of the scenario said.

    Raises
    ------
    UsageError
        When there is no such language.
    MachineError
        When neither is installed, or what is installed does not print.
    """
    return print_page(render_page(run, folder, language, trend))


def print_page(html: str) -> bytes:
    """Return a page as PDF, printed by a Chromium that is there, else by WeasyPrint.

    Raises
    ------
    MachineError
        When neither is installed, or what is installed does not print.
    """
    browser = find_chromium()
    if browser is None and not has_weasyprint():
        cure = "install Chromium, or run pip install '.[report]' in riskengine's own folder"
        raise MachineError("a PDF needs Chromium or WeasyPrint; neither is installed", "RE944", cure)
    if browser is None:
        return print_by_weasyprint(html)
    try:
        return print_by_chromium(browser, html, CREATOR)
    except MachineError:
        if not has_weasyprint():
            raise
        return print_by_weasyprint(html)


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF that riskengine made, and that nobody has saved anew from another program.

    Raises
    ------
    OSError
        When it cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        return False
    data = path.read_bytes()
    return data.startswith(b"%PDF-") and data.count(b"%%EOF") == 1 and MARK.search(data) is not None
