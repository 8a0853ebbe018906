"""Markdown as others read it: what stands in its cells, and whether a name became markup."""

from markdown_it import MarkdownIt

INLINE = {"inline", "text", "softbreak", "html_inline"}
"""What text that is only text is made of; the tags are those that keep two signs apart."""


def tokens(text):
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def shown(children):
    """What people read of a line; the only tags in it are those that keep two signs apart."""
    tags = [token.content for token in children if token.type == "html_inline"]
    assert set(tags) <= {"<span>", "</span>"}
    return "".join(token.content for token in children if token.type != "html_inline")


def cells(text):
    """The cells of every row of every table, as people read them."""
    found, row = [], None
    for token in tokens(text):
        if token.type == "tr_open":
            row = []
            found.append(row)
        elif token.type == "tr_close":
            row = None
        elif token.type == "inline" and row is not None:
            row.append(shown(token.children))
    return found
