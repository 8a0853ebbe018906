"""The slides: words as text, numbers as tables and native charts that people can change in their own program."""

import io
import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_LINE
from pptx.util import Emu, Inches, Pt

from riskengine.pages.blocks import Row, Verdict
from riskengine.pages.excerpt import (
    MOST,
    percentile_table,
    risk_tables,
    short_cell,
    short_gates,
    with_short_currency,
    with_short_gates,
    worst_gates,
    worst_target,
)
from riskengine.pages.presentation import shapes
from riskengine.pages.presentation.archive import without_hour
from riskengine.pages.presentation.shapes import Area, Slide
from riskengine.pages.section import PageInput
from riskengine.pages.sections import decision, outcomes
from riskengine.report import reading
from riskengine.report.text.notation import clean, short_name

TITLE_ONLY = 5
"""The layout of the standard template that has a title and nothing else."""
MOST_GATES, MOST_MARKS = 6, 3
"""Gates in a table, and in a curve."""
LONGEST_TITLE, LONGEST_NAME, LONGEST_LABEL, LONGEST_CURRENCY = 48, 28, 22, 6
"""Columns of names; numbers are never cut."""
SIZES = (18, 16, 14, 12)
"""Sizes of letters of the decision, tried until it has room."""
MANY_DAYS, MILLIONS = 120, 4e6
"""Above which an axis has months for days, and millions."""
FIRST_DAY = datetime(1899, 12, 30)
"""Day 0 of the dates of charts."""

INSIDE = Emu(shapes.WIDTH - 2 * shapes.MARGIN)
LEFT = Inches(7.6)
"""Width of tables beside a chart."""
BESIDE = Area(Emu(shapes.MARGIN + LEFT + Inches(0.3)), shapes.TOP, Emu(INSIDE - LEFT - Inches(0.3)), Inches(5.6))
"""Where charts stand."""


def presentation(page: PageInput, creator: str) -> bytes:
    """Return the slides as a file of PowerPoint.

    Parameters
    ----------
    page : PageInput
    creator : str
        Who is told to have made it.
    """
    page = with_short_currency(page, LONGEST_CURRENCY)
    deck = Presentation()
    deck.slide_width, deck.slide_height = shapes.WIDTH, shapes.HEIGHT
    about = deck.core_properties
    about.author = about.last_modified_by = creator
    about.title = short_name(page.run.manifest["name"], 200)
    target = worst_target(page)
    finish = page.say("outcomes.finish" if target == reading.PROJECT else "outcomes.target", target=target)
    fills: list[tuple[str, Callable[[PageInput, Slide], None]]] = [
        (f"{page.say('decision.title')}: {page.run.manifest['name']}", _decision),
        (page.say("gates.title"), _gates),
        (finish, _finish),
        *([(page.say("outcomes.cost"), _cost)] if page.has_cost else []),
        (page.say("risks.title"), _risks),
    ]
    for title, fill in fills:
        slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
        _title(slide, title)
        fill(page, slide)
    made = io.BytesIO()
    deck.save(made)
    return without_hour(made.getvalue())


def _title(slide: Slide, title: str) -> None:
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = shapes.MARGIN, Inches(0.35), INSIDE, Inches(0.7)
    frame = heading.text_frame
    frame.margin_left, frame.word_wrap = 0, True
    paragraph = frame.paragraphs[0]
    paragraph.alignment = 1
    run = paragraph.add_run()
    heading_text = short_name(title, LONGEST_TITLE)
    is_wide = 2 * sum(sign.isupper() for sign in heading_text) > len(heading_text)
    run.text, run.font.size, run.font.bold = heading_text, Pt(18 if is_wide else 24), True
    run.font.color.rgb = shapes.INK


def _notes(page: PageInput, slide: Slide, texts: Sequence[str]) -> None:
    """Write below the slide what it is from, for who speaks to it."""
    verify = f"riskengine verify {shlex.quote(page.folder or 'results')}"
    facts = f"{page.say('method.run')} {page.run.manifest['run']}. {page.say('method.verify')} {verify}"
    slide.notes_slide.notes_text_frame.text = "\n".join(clean(text) for text in (*texts, facts))


def _decision(page: PageInput, slide: Slide) -> None:
    """The word, and as many sentences as have room; the notes have them all."""
    (verdict,) = [block for block in decision.blocks(page) if isinstance(block, Verdict)]
    short = [
        block
        for block in decision.blocks(replace(page, run=with_short_gates(page.run, LONGEST_NAME)))
        if isinstance(block, Verdict)
    ]
    area = Area(shapes.MARGIN, shapes.TOP, Inches(3.6), Inches(0.8))
    shapes.add_badge(slide, verdict.word, verdict.answer, area)
    sentences, size = _with_room(page, short[0].paragraphs)
    shapes.add_text(slide, sentences, Area(shapes.MARGIN, Inches(2.3), INSIDE, SENTENCES), size)
    below = Area(shapes.MARGIN, Inches(6.95), INSIDE, Inches(0.3))
    shapes.add_text(slide, [page.facts], below, 12, colour=shapes.MUTED)
    _notes(page, slide, verdict.paragraphs)


SENTENCES = Inches(4.5)
"""Height of the room for sentences."""
LONGEST_SENTENCE = 420
"""Columns of the sentence on all gates, the only one that may have that many."""


def _with_room(page: PageInput, sentences: Sequence[str]) -> tuple[list[str], int]:
    """Return as many sentences as have room, with how many there are more, and the size of their letters."""
    texts = [short_name(text, LONGEST_SENTENCE) for text in sentences]
    for size in SIZES:
        if shapes.text_height(texts, size, INSIDE) <= SENTENCES:
            return texts, size
    for count in range(len(texts) - 1, 0, -1):
        cut = [*texts[:count], page.say("brief.more", count=len(texts) - count)]
        if shapes.text_height(cut, SIZES[-1], INSIDE) <= SENTENCES:
            return cut, SIZES[-1]
    return texts[:1], SIZES[-1]


def _gates(page: PageInput, slide: Slide) -> None:
    gate_rows = short_gates(page, MOST_GATES, LONGEST_NAME)
    _notes(page, slide, [page.say("gates.chance_meaning")])
    if gate_rows is None:
        area = Area(shapes.MARGIN, shapes.TOP, INSIDE, Inches(0.5))
        shapes.add_text(slide, [page.say("decision.no_gates")], area, 20)
        return
    end = shapes.add_table(slide, gate_rows.table, _left_area(), (2.0, 2.1, 1.5, 0.9, 1.3))
    if gate_rows.more:
        _below(slide, end, gate_rows.more)
    data = shapes.NAMED(number_format="0.0%")
    data.categories = [shapes.category(gate["gate"], LONGEST_LABEL) for gate in gate_rows.gates]
    data.add_series(page.say("outcomes.legend_reached"), [gate["probability"] for gate in gate_rows.gates])
    data.add_series(page.say("gates.needed"), [gate["confidence"] for gate in gate_rows.gates])
    chart = shapes.add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, BESIDE, gate_rows.table.caption)
    shapes.as_percent(chart.value_axis)
    chart.category_axis.reverse_order = True
    for series, colour in zip(chart.plots[0].series, (shapes.FILL, shapes.INK), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour


def _left_area() -> Area:
    return Area(shapes.MARGIN, shapes.TOP, LEFT, Inches(1.0))


def _below(slide: Slide, end: int, texts: Sequence[str]) -> None:
    area = Area(shapes.MARGIN, Emu(end + Inches(0.1)), LEFT, Inches(0.3))
    shapes.add_text(slide, texts, area, 12, colour=shapes.MUTED)


def _finish(page: PageInput, slide: Slide) -> None:
    _outcome(page, slide, "finish", worst_target(page))


def _cost(page: PageInput, slide: Slide) -> None:
    _outcome(page, slide, "cost", reading.PROJECT)


def _outcome(page: PageInput, slide: Slide, measure: str, target: str) -> None:
    """P50, P80 and P90, plan and gates as tables; the curve through every percentile of the run, with them marked."""
    end = shapes.add_table(slide, percentile_table(page, measure, target), _left_area(), (1, 1.4, 2.2))
    gates, left = worst_gates(page, target, measure, MOST_MARKS)
    marks = outcomes.marks_table(page, target, measure, gates)
    rows = [Row([short_cell(row.cells[0], LONGEST_NAME), *row.cells[1:]]) for row in marks.rows]
    area = replace(_left_area(), top=Emu(end + Inches(0.3)))
    end = shapes.add_table(slide, replace(marks, rows=rows), area, (1.7, 1.6, 1.1, 1.5, 0.9))
    if left:
        _below(slide, end, [page.say("brief.more", count=left)])
    is_finish = measure == "finish"
    data = shapes.POINTS()
    curve = data.add_series(page.say("outcomes.legend_curve"))
    values = []
    for row in reading.percentiles(page.run, target, measure):
        values.append(_place(row, is_finish))
        curve.add_data_point(values[-1], row["percentile"] / 100)
    plan = reading.summary(page.run, target, measure)
    lines = [
        (page.say("outcomes.plan"), _serial(plan["deterministic_instant"]) if is_finish else plan["deterministic"])
    ]
    lines += [
        (short_name(gate["gate"], LONGEST_LABEL), _serial(gate["finish"]) if is_finish else gate["cost"])
        for gate in gates
    ]
    for name, value in lines:
        upright = data.add_series(shapes.category(name, LONGEST_LABEL))
        upright.add_data_point(value, 0.0)
        upright.add_data_point(value, 1.0)
    label = page.say("outcomes.label", title=page.say(f"outcomes.{measure}"))
    _draw(slide, data, label, _axis_format(values, is_finish), unit="" if is_finish else page.currency)
    _notes(page, slide, [page.say("outcomes.percentile_meaning"), page.say("table.source", source=marks.source)])


def _draw(slide: Slide, data: Any, label: str, number_format: str, *, unit: str) -> None:
    """Draw the curve, the plan in dashes and the gates upright."""
    chart = shapes.add_chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, BESIDE, label)
    shapes.as_percent(chart.value_axis)
    axis = chart.category_axis
    axis.has_major_gridlines = False
    shapes.write_numbers(axis, number_format)
    if unit:
        axis.has_title = True
        axis.axis_title.text_frame.text = clean(unit)
    for number, series in enumerate(chart.plots[0].series):
        line = series.format.line
        series.smooth = False
        line.width = Pt(2.5 if number == 0 else 1.75)
        line.color.rgb = shapes.ACCENT if number == 0 else shapes.INK if number == 1 else shapes.MARK
        if number:
            line.dash_style = MSO_LINE.DASH if number == 1 else MSO_LINE.SOLID


def _axis_format(values: Sequence[float], is_finish: bool) -> str:
    """Return how the axis of values writes them: short, since there is little room."""
    if is_finish:
        return "mmm yy" if max(values) - min(values) > MANY_DAYS else "d mmm"
    return '0.0,,"M"' if max(values) >= MILLIONS else "#,##0"


def _place(row: reading.Row, is_finish: bool) -> float:
    return _serial(row["instant"]) if is_finish else row["value"]


def _serial(instant: datetime) -> float:
    """Return an instant as charts count it."""
    return (instant - FIRST_DAY).total_seconds() / 86_400


def _risks(page: PageInput, slide: Slide) -> None:
    risks = reading.leading_risks(page.run, MOST)
    tables = risk_tables(page)
    if not (risks and tables):
        has_none = reading.has_contributions(page.run)
        sentence = page.say("slides.no_risks" if has_none else "risks.not_measured")
        shapes.add_text(slide, [sentence], Area(shapes.MARGIN, shapes.TOP, INSIDE, Inches(0.5)), 20)
        _notes(page, slide, [])
        return
    rows = [Row([short_cell(row.cells[0], LONGEST_NAME), *row.cells[1:]]) for row in tables[0].rows]
    shapes.add_table(slide, replace(tables[0], rows=rows), _left_area(), (2.4, 0.9, 1.7, 2.0)[: len(tables[0].columns)])
    _notes(page, slide, [page.say("risks.effect_meaning")])
    effects = [("days", page.say("risks.days"), page.say("column.days"))]
    if page.has_cost:
        effects.append(("cost", page.say("risks.cost"), page.currency))
    height = Emu(BESIDE.height // len(effects))
    for number, (measure, title, unit) in enumerate(effects):
        data = shapes.NAMED(number_format="#,##0.0" if measure == "days" else "#,##0")
        data.categories = [shapes.category(risk["risk"], LONGEST_LABEL) for risk in risks]
        data.add_series(f"{title}, {clean(unit)}", [risk[measure] for risk in risks])
        area = replace(BESIDE, top=Emu(BESIDE.top + number * height), height=height)
        chart = shapes.add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, area, f"{tables[0].caption}: {title}")
        chart.category_axis.reverse_order = True
        series = chart.plots[0].series[0]
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = shapes.FILL
