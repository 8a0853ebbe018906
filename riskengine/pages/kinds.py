"""What ``riskengine report`` can write of one run, by the ending of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ReportKind:
    """A kind of report.

    Parameters
    ----------
    noun : str
        What a file of ours is called.
    render : callable
        Makes the file from a run, its folder as the user named it, and the code of a language; where it has a trend,
        from that, too.
    is_ours : callable
        Whether a file is one that riskengine wrote.
    has_trend : bool
        Whether it shows how forecasts moved.
    """

    noun: str
    render: Callable[..., str | bytes]
    is_ours: Callable[[Path], bool]
    has_trend: bool = False


def brief_kind() -> ReportKind:
    """The page of paper that ``--brief`` asks for."""
    from riskengine.pages import brief, pdf

    return ReportKind("PDF", brief.render_brief, pdf.is_pdf)


def report_kinds() -> Mapping[str, ReportKind]:
    """The kinds by the ending of their files."""
    from riskengine.pages import memo, page, pdf, slides

    return {
        ".html": ReportKind("page", page.render_page, page.is_page, has_trend=True),
        ".md": ReportKind("memo", memo.render_memo, memo.is_memo),
        ".pdf": ReportKind("PDF", pdf.render_pdf, pdf.is_pdf, has_trend=True),
        ".pptx": ReportKind("presentation", slides.render_slides, slides.is_presentation),
    }
