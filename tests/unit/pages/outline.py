"""What a page is without its texts: elements and the names of their attributes, in their order."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}
OWN_VALUES = {"id", "href", "class", "role", "type", "scope", "http-equiv", "src", "style"}
"""Attributes whose values no run may change; others may hold a name."""
MOVES = {"style"}
"""Those that a place or a length may change."""


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[object, ...]] = []
        self.depth = 0
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = tuple((name, value if name in OWN_VALUES - MOVES else "") for name, value in attrs)
        self.elements.append((self.depth, tag, *own))
        self.depth += tag not in VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.depth -= tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1
        self.elements.append((self.depth, f"/{tag}"))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append((self.depth, "comment"))


def outline(page: str) -> list[tuple[object, ...]]:
    """Return the elements of a page with their depth, their attributes and the values of those that are ours."""
    parser = _Outline()
    parser.feed(page)
    parser.close()
    return parser.elements


def texts(page: str) -> str:
    """Return all that a page says."""
    parser = _Outline()
    parser.feed(page)
    parser.close()
    return "".join(parser.texts)
