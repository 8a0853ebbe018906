"""Printing by WeasyPrint, without a browser."""

import importlib.util
import logging
from typing import Any

from riskengine.errors import MachineError


def has_weasyprint() -> bool:
    """Whether WeasyPrint is installed."""
    return importlib.util.find_spec("weasyprint") is not None


def print_by_weasyprint(html: str) -> bytes:
    """Return a page printed as PDF; what the page calls its generator is the PDF's creator.

    Raises
    ------
    MachineError
        When the libraries of the system that WeasyPrint draws with are missing.
    """
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of each rule of style that it does not know
    try:
        import weasyprint
    except OSError as error:
        reason = f"WeasyPrint does not load: {str(error).partition(chr(10))[0]}"
        raise MachineError(reason, "RE945", "install Pango, or Chromium") from None
    # Streams stay as they are, so that anybody can find in the file who made it.
    data: bytes = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing).write_pdf(uncompressed_pdf=True)
    return data


def _fetch_nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a page asks for nothing from elsewhere, got {url!r}")
