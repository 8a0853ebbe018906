"""Printing by WeasyPrint, without a browser."""

import importlib.util
import logging
import re
from typing import Any

from riskengine.errors import MachineError

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
RULE = re.compile(r"([^@{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"--([\w-]+): *light-dark\(([^,()]+),")
VARIABLE = re.compile(r"var\(--([\w-]+)\)")
DRAWN = re.compile(r"fill|stroke|font|opacity|visibility")
HALO = re.compile(r"paint-order: *stroke|stroke(?:-\w+)?: *[^;]+(?:;|$)")
"""An outline that is to be below its letters: WeasyPrint draws it above them."""
PICTURE = re.compile(r"(<svg\b[^>]*>)")


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
    data: bytes = weasyprint.HTML(string=with_drawn_styles(html), url_fetcher=_fetch_nothing).write_pdf(
        uncompressed_pdf=True
    )
    return data


def with_drawn_styles(html: str) -> str:
    """Return a page each of whose pictures has the rules in it that draw it.

    Notes
    -----
    WeasyPrint takes the rules of an SVG from the SVG alone, and knows no variables and no colours by scheme there:
    without this everything in it is filled with black.
    """
    style = STYLE.search(html)
    if style is None:
        return html
    top = re.split(r"^@media", style.group(1), maxsplit=1, flags=re.MULTILINE)[0]
    colours = {name: value.strip() for name, value in COLOUR.findall(top)}
    rules = []
    for selector, declarations in RULE.findall(top):
        if DRAWN.search(declarations) and ":" not in selector:
            drawn = HALO.sub("", declarations) if "paint-order" in declarations else declarations
            drawn = VARIABLE.sub(lambda match: colours.get(match.group(1), "currentColor"), drawn)
            rules.append(f"{selector.strip()}{{{drawn.strip()}}}")
    inside = f"<style>{' '.join(rules)}</style>"
    return PICTURE.sub(lambda match: match.group(1) + inside, html)


def _fetch_nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a page asks for nothing from elsewhere, got {url!r}")
