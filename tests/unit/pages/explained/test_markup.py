"""Names of others are text on the page and in Markdown, whatever they hold."""

import pytest

from riskengine.pages.explained.audiences import AUDIENCES, explain
from riskengine.pages.explained.source import Source
from riskengine.pages.page import GENERATOR
from riskengine.report.text.markdown_text import MARK
from tests.support.markdown_reader import INLINE, tokens
from tests.unit.pages.outline import outline
from tests.unit.pages.payloads import PAYLOADS, PLAIN
from tests.unit.pages.runs import run_of_names


def pages(made, audience):
    """An explanation as a page and as Markdown; the name of its folder is a name of others, too."""
    explanation = explain(made, audience, source=Source(made.manifest["name"], is_folder=True))
    return explanation.html, explanation.markdown


def shape(made, audience):
    """What both are without their texts."""
    page, text = pages(made, audience)
    return outline(page), [token.type for token in tokens(text)]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_name_becomes_markup(audience):
    plain, left = shape(run_of_names(lambda: "name"), audience), list(PAYLOADS[::7])
    while left:
        made = run_of_names(lambda: left.pop() if left else "name")
        assert shape(made, audience) == plain


@pytest.mark.parametrize("payload", PLAIN[::5], ids=ascii)
def test_markdown_holds_nothing_but_text(payload):
    _, text = pages(run_of_names(lambda: payload), "board")
    html = [token.content.strip() for token in tokens(text) if token.type == "html_block"]
    assert html == [MARK]
    for token in tokens(text):
        if token.type == "inline":
            kinds = {child.type for child in token.children}
            assert kinds <= INLINE | {"html_inline"}
            assert {c.content for c in token.children if c.type == "html_inline"} <= {"<br>", "<span>", "</span>"}


def test_a_page_is_one_of_ours_and_its_language_is_told():
    page, text = pages(run_of_names(lambda: "name"), "board")
    assert GENERATOR in page and '<html lang="en">' in page and text.startswith(MARK)


def test_a_name_cannot_act_on_a_terminal():
    made = run_of_names(lambda: "\x1b[2J\u202e")
    said = explain(made).text(80)
    assert "\x1b" not in said and "\u202e" not in said and "\\x1b[2J" in said
