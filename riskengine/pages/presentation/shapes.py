"""What stands on a slide: paragraphs, tables and native charts, each where it has room."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Length, Pt

from riskengine.pages.blocks import Cell, Table
from riskengine.report.text.notation import cells, clean, short_name

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN, TOP = Inches(0.55), Inches(1.25)
COLOUR: Any = RGBColor
INK, MUTED, PANEL, PAPER = COLOUR(23, 32, 43), COLOUR(84, 96, 114), COLOUR(244, 246, 249), COLOUR(255, 255, 255)
ACCENT, FILL, MARK, GRID = COLOUR(26, 79, 140), COLOUR(93, 139, 190), COLOUR(178, 74, 0), COLOUR(216, 222, 230)
PASS, FAIL, OPEN = COLOUR(0, 99, 74), COLOUR(165, 49, 26), COLOUR(115, 85, 0)
"""Those of the page."""
LETTER, LINE = 0.6, 1.25
"""Width of a letter and height of a line, in sizes of the font; wider than most are, so that estimates hold."""
CHART_LETTERS = 11
NAMED: Any = CategoryChartData
POINTS: Any = XyChartData

Slide = Any


def answer_colour(answer: str) -> Any:
    """Return the colour of a decision or of the answer of a gate."""
    if answer in ("go", "pass"):
        return PASS
    if answer in ("no-go", "fail"):
        return FAIL
    return OPEN if answer == "undecided" else MUTED


@dataclass(frozen=True)
class Area:
    """Where something stands on a slide."""

    left: Length
    top: Length
    width: Length
    height: Length


def line_count(text: str, size: float, width: Length) -> int:
    """Return how many lines a text takes, rather too many than too few."""
    label = clean(text)
    letters = cells(label) + 0.3 * sum(sign.isupper() for sign in label) + 0.35 * sum(sign in "WM@" for sign in label)
    room = width / Pt(1) / (LETTER * size)
    return max(1, ceil(letters / max(room, 1.0)))


def text_height(texts: Sequence[str], size: float, width: Length) -> Length:
    """Return the height of paragraphs, with half a line between them."""
    lines = sum(line_count(text, size, width) + 0.4 for text in texts)
    return Emu(int(Pt(size) * LINE * lines))


def add_text(slide: Slide, texts: Sequence[str], area: Area, size: float, *, colour: Any = INK) -> Any:
    """Write paragraphs."""
    box = slide.shapes.add_textbox(area.left, area.top, area.width, area.height)
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.color.rgb = clean(text), Pt(size), colour
        paragraph.space_after = Pt(0.4 * size)
    return box


def add_badge(slide: Slide, word: str, answer: str, area: Area) -> None:
    """Write the word of the decision in its colour."""
    shape = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, area.left, area.top, area.width, area.height)
    shape.fill.solid()
    shape.fill.fore_color.rgb = answer_colour(answer)
    shape.line.fill.background()
    shape.shadow.inherit = False
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold, run.font.color.rgb = clean(word), Pt(30), True, PAPER


def add_table(slide: Slide, block: Table, area: Area, shares: Sequence[float]) -> Length:
    """Set a table, and return where it ends.

    Parameters
    ----------
    slide : Slide
    block : Table
    area : Area
        Its height is what the rows need.
    shares : sequence of float
        Of the width, one for each column.
    """
    widths = [Emu(int(area.width * share / sum(shares))) for share in shares]
    lines = [[Cell(column.heading) for column in block.columns], *(row.cells for row in block.rows)]
    heights = [_row_height(row, widths, TEXT if number else HEAD) for number, row in enumerate(lines)]
    size = {"width": area.width, "height": Emu(sum(heights))}
    frame = slide.shapes.add_table(len(lines), len(widths), area.left, area.top, **size)
    table = frame.table
    for position, width in enumerate(widths):
        table.columns[position].width = width
    for number, (row, height) in enumerate(zip(lines, heights, strict=True)):
        table.rows[number].height = height
        for position, cell in enumerate(row):
            _fill(table.cell(number, position), cell, is_head=number == 0, is_even=number % 2 == 0)
    describe(frame, block.caption)
    return Emu(area.top + sum(heights))


HEAD, TEXT, DETAIL = 11, 12, 9.5
"""Sizes of letters in a table."""
PADDING = Inches(0.08)


def _row_height(row: Sequence[Cell], widths: Sequence[Length], size: float) -> Length:
    tallest = 0
    for cell, width in zip(row, widths, strict=True):
        inside = Emu(width - 2 * PADDING)
        height = int(Pt(size) * LINE) * line_count(cell.text, size, inside)
        if _has_detail(cell):
            height += int(Pt(DETAIL) * LINE) * line_count(cell.detail, DETAIL, inside)
        tallest = max(tallest, height)
    return Emu(tallest + 2 * Inches(0.04))


def _has_detail(cell: Cell) -> bool:
    return bool(cell.detail) and cell.detail != cell.text


def _fill(place: Any, cell: Cell, *, is_head: bool, is_even: bool) -> None:
    place.margin_left = place.margin_right = PADDING
    place.margin_top = place.margin_bottom = Inches(0.04)
    place.fill.solid()
    place.fill.fore_color.rgb = INK if is_head else PANEL if is_even else PAPER
    frame = place.text_frame
    frame.word_wrap = True
    texts = [cell.text, *([cell.detail] if _has_detail(cell) else [])]
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = clean(text)
        run.font.size = Pt(HEAD if is_head else TEXT if number == 0 else DETAIL)
        run.font.bold = bool(cell.kind) or is_head
        run.font.color.rgb = PAPER if is_head else MUTED if number else answer_colour(cell.kind) if cell.kind else INK


def add_chart(slide: Slide, kind: Any, data: Any, area: Area, label: str) -> Any:
    """Draw a native chart, which a reader of screens calls by its label."""
    size = {"cx": area.width, "cy": area.height}
    frame = slide.shapes.add_chart(kind, area.left, area.top, chart_data=data, **size)
    describe(frame, label)
    chart = frame.chart
    chart.has_legend, chart.has_title = True, False
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size, chart.font.color.rgb = Pt(CHART_LETTERS), INK
    chart.value_axis.major_gridlines.format.line.color.rgb = GRID
    return chart


def describe(frame: Any, label: str) -> None:
    """Say in words what a table or a chart shows, for who does not see it."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(label))


def as_percent(axis: Any) -> None:
    """Let an axis go from 0 to 100 percent."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0.0, 1.0, 0.25
    write_numbers(axis, "0%")


def write_numbers(axis: Any, pattern: str) -> None:
    """Let an axis write its numbers by a pattern of its own, not by that of the workbook behind the chart."""
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = pattern, False


def category(name: str, longest: int) -> str:
    """Return a name for the workbook behind a chart, which must not take it for a formula or an address.

    Notes
    -----
    XlsxWriter makes a formula or a link of a text by how it begins; one that begins with a blank stays a text.
    """
    label = short_name(name, longest)
    return label if label[:1].isalnum() and ":" not in label else f" {label}"
