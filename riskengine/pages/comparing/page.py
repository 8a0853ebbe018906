"""Two plans as one page, as a memo or as a PDF."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from riskengine.pages.blocks import Block, FilledSection
from riskengine.pages.comparing import decision, movements, waterfall
from riskengine.pages.comparing.input import ComparisonInput
from riskengine.pages.kinds import ReportKind
from riskengine.pages.language import ENGLISH, read_language
from riskengine.pages.page import PageHead, set_page
from riskengine.results.provenance import engine_version

SECTIONS: Final[Mapping[str, Callable[[ComparisonInput], Sequence[Block]]]] = {
    "decision": decision.blocks,
    "bridge": waterfall.blocks,
    "movements": movements.movement_blocks,
    "gates": movements.gate_blocks,
    "differences": movements.change_blocks,
    "method": movements.method_blocks,
}
"""The sections in their order."""
TITLES: Final = {"decision": "decision.title", "gates": "gates.title", "method": "method.title"}
"""Titles that the report has, too."""


def render_comparison(
    document: Mapping[str, Any], changes: Sequence[Mapping[str, Any]], language: str = ENGLISH
) -> str:
    """Return the page of two plans: an HTML document that asks for nothing from elsewhere.

    Parameters
    ----------
    document : mapping
        What ``riskengine compare --bridge --json`` prints.
    changes : sequence of mapping
        ``differences`` of ``riskengine diff --json``.
    language : str
        Code of the language.

    Raises
    ------
    UsageError
        When there is no such language.
    """
    page = ComparisonInput(document, changes, read_language(language))
    return set_page(page, head_of(page), filled_sections(page))


def render_comparison_memo(
    document: Mapping[str, Any], changes: Sequence[Mapping[str, Any]], language: str = ENGLISH
) -> str:
    """Return the same as a memo in Markdown."""
    from riskengine.pages.memo import memo_of

    page = ComparisonInput(document, changes, read_language(language))
    head = head_of(page)
    return memo_of(head.name, head.facts, filled_sections(page), head.made_by)


def render_comparison_pdf(
    document: Mapping[str, Any], changes: Sequence[Mapping[str, Any]], language: str = ENGLISH
) -> bytes:
    """Return the page as PDF.

    Raises
    ------
    MachineError
        When nothing that prints is installed.
    """
    from riskengine.pages.pdf import print_page

    return print_page(render_comparison(document, changes, language))


def comparison_kinds() -> Mapping[str, ReportKind]:
    """What ``riskengine compare -o`` writes, by the ending of the file."""
    from riskengine.pages import memo, page, pdf

    return {
        ".html": ReportKind("page", render_comparison, page.is_page),
        ".md": ReportKind("memo", render_comparison_memo, memo.is_memo),
        ".pdf": ReportKind("PDF", render_comparison_pdf, pdf.is_pdf),
    }


def filled_sections(page: ComparisonInput) -> list[FilledSection]:
    """Return the sections that have something to say."""
    filled = []
    for key, blocks_of in SECTIONS.items():
        blocks = blocks_of(page)
        if blocks:
            filled.append(FilledSection(key, page.say(TITLES.get(key, f"compared.title_{key}")), blocks))
    return filled


def head_of(page: ComparisonInput) -> PageHead:
    """Return what the page says of itself."""
    document = page.document
    title = page.say("compared.title", before=document["before"], after=document["after"])
    iterations = page.language.count(document["iterations"])
    return PageHead(
        title=title,
        name=title,
        facts=page.say("compared.facts", project=document["project"], iterations=iterations),
        made_by=page.say("compared.made_by", version=engine_version()),
    )
