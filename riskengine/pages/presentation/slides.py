"""The slides: words as text, numbers as tables and native charts that people can change in their own program."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Inches, Length, Pt

from riskengine.pages.blocks import Cell, Table, Verdict
from riskengine.pages.excerpt import MOST, gate_tables, percentile_table, risk_tables
from riskengine.pages.presentation.archive import without_hour
from riskengine.pages.section import PageInput
from riskengine.pages.sections import decision
from riskengine.report import reading
from riskengine.report.notation import clean, short_name

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.6)
TITLE_ONLY = 5
"""The layout of the standard template that has a title and nothing else."""
MOST_GATES = 8
MOST_SENTENCES = 9
LONGEST = 48
"""Columns of a name on a slide."""

Slide = Any
NAMED: Any = CategoryChartData
POINTS: Any = XyChartData


def presentation(page: PageInput, creator: str) -> bytes:
    """Return the slides as a file of PowerPoint.

    Parameters
    ----------
    page : PageInput
    creator : str
        Who is told to have made it.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    about = deck.core_properties
    about.author = about.last_modified_by = creator
    about.title = short_name(page.run.manifest["name"], 200)
    fills: list[tuple[str, Callable[[PageInput, Slide], None]]] = [
        (f"{page.say('decision.title')}: {page.run.manifest['name']}", _decision),
        (page.say("gates.title"), _gates),
        (page.say("outcomes.finish"), _finish),
        *([(page.say("outcomes.cost"), _cost)] if page.has_cost else []),
        (page.say("risks.title"), _risks),
    ]
    for title, fill in fills:
        slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
        heading = slide.shapes.title
        heading.left, heading.top, heading.width, heading.height = MARGIN, Inches(0.3), WIDTH - 2 * MARGIN, Inches(0.9)
        heading.text_frame.text = short_name(title, 70)
        heading.text_frame.paragraphs[0].font.size = Pt(32)
        fill(page, slide)
    made = io.BytesIO()
    deck.save(made)
    return without_hour(made.getvalue())


def _decision(page: PageInput, slide: Slide) -> None:
    for block in decision.blocks(page):
        if isinstance(block, Verdict):
            said = block.paragraphs[:MOST_SENTENCES]
            _text(slide, [block.word, *said], Inches(1.3), first=Pt(44), others=Pt(18 if len(said) < 6 else 14))
    facts = {"iterations": page.language.count(page.run.manifest["iterations"]), "run": page.run.manifest["run"][:12]}
    _text(slide, [page.say("page.facts", start=page.start, **facts)], Inches(6.8), first=Pt(12), others=Pt(12))


def _gates(page: PageInput, slide: Slide) -> None:
    gates = reading.rows(page.run, "gates")
    if not gates:
        _text(slide, [page.say("decision.no_gates")], Inches(1.4), first=Pt(20), others=Pt(20))
        return
    for table in gate_tables(page):
        _table(slide, table, MOST_GATES)
    data = NAMED(number_format="0.0%")
    data.categories = [_category(gate["gate"]) for gate in gates[:MOST_GATES]]
    data.add_series(page.say("outcomes.legend_reached"), [gate["probability"] for gate in gates[:MOST_GATES]])
    data.add_series(page.say("gates.needed"), [gate["confidence"] for gate in gates[:MOST_GATES]])
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0.0, 1.0
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "0%", False
    chart.category_axis.reverse_order = True


def _finish(page: PageInput, slide: Slide) -> None:
    _outcome(page, slide, "finish", page.say("column.days"))


def _cost(page: PageInput, slide: Slide) -> None:
    _outcome(page, slide, "cost", page.currency)


def _outcome(page: PageInput, slide: Slide, measure: str, unit: str) -> None:
    """P50, P80 and P90 as a table, and the curve through every percentile of the run."""
    _table(slide, percentile_table(page, measure), MOST)
    data = POINTS()
    curve = data.add_series(page.say("outcomes.legend_curve"))
    for row in reading.percentiles(page.run, reading.PROJECT, measure):
        curve.add_data_point(row["value"], row["percentile"] / 100)
    chart = _chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0.0, 1.0
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "0%", False
    chart.category_axis.has_title = True
    chart.category_axis.axis_title.text_frame.text = short_name(unit, LONGEST)
    chart.category_axis.tick_labels.number_format = "#,##0"
    chart.category_axis.tick_labels.number_format_is_linked = False


def _risks(page: PageInput, slide: Slide) -> None:
    risks = reading.leading_risks(page.run, MOST)
    tables = risk_tables(page)
    if not (risks and tables):
        has_none = reading.has_contributions(page.run)
        said = page.say("slides.no_risks" if has_none else "risks.not_measured")
        _text(slide, [said], Inches(1.4), first=Pt(20), others=Pt(20))
        return
    _table(slide, tables[0], MOST)
    data = NAMED(number_format="0.0")
    data.categories = [_category(risk["risk"]) for risk in risks]
    data.add_series(f"{page.say('risks.days')}, {page.say('column.days')}", [risk["days"] for risk in risks])
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data)
    chart.category_axis.reverse_order = True


def _text(slide: Slide, texts: Sequence[str], top: Length, first: Length, others: Length) -> None:
    """Write paragraphs, the first one in larger letters."""
    frame = slide.shapes.add_textbox(MARGIN, top, WIDTH - 2 * MARGIN, Inches(0.5)).text_frame
    frame.word_wrap = True
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = clean(text), first if number == 0 else others, number == 0
        paragraph.space_after = Pt(6)


def _table(slide: Slide, block: Table, most: int) -> None:
    """Set a table on the left half of a slide."""
    rows = block.rows[:most]
    width = Inches(7.0)
    size = {"width": width, "height": Inches(0.4) * (1 + len(rows))}
    shape = slide.shapes.add_table(1 + len(rows), len(block.columns), MARGIN, Inches(1.4), **size)
    _row(shape.table, 0, [Cell(column.heading) for column in block.columns])
    for number, row in enumerate(rows, 1):
        _row(shape.table, number, row.cells)


def _row(table: Any, number: int, cells: Sequence[Cell]) -> None:
    for column, cell in enumerate(cells):
        frame = table.cell(number, column).text_frame
        texts = [cell.text, *([cell.detail] if cell.detail and cell.detail != cell.text else [])]
        for place, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size = short_name(text, LONGEST), Pt(12 if place == 0 else 9)


def _chart(slide: Slide, kind: Any, data: Any) -> Any:
    """Draw a native chart on the right half of a slide."""
    left = Inches(7.9)
    chart = slide.shapes.add_chart(
        kind, left, Inches(1.4), WIDTH - left - MARGIN // 2, cy=Inches(5.2), chart_data=data
    ).chart
    chart.has_legend, chart.has_title = True, False
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size = Pt(11)
    return chart


def _category(name: str) -> str:
    """Return a name for the workbook behind a chart, which must not take it for a formula or an address.

    Notes
    -----
    XlsxWriter makes a formula or a link of a text by how it begins; one that begins with a blank stays a text.
    """
    shown = short_name(name, LONGEST)
    return shown if shown[:1].isalnum() and ":" not in shown else f" {shown}"
