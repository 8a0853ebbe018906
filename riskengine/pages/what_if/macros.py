"""The markup of what is redrawn of the what-if page."""

from typing import Any

from riskengine.pages.page import environment
from riskengine.pages.speaker import Speaker


def macros(page: Speaker) -> Any:
    """Return the macros of what is redrawn, which say the texts of a page and escape every value."""
    return environment().get_template("what_if_answer.html").make_module({"page": page})
