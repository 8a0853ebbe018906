"""The slides, read back by python-pptx and held against the tables of the run."""

import io
import zipfile
from datetime import datetime
from itertools import combinations

import pytest

from riskengine.errors import MachineError
from riskengine.pages import slides
from riskengine.pages.language import read_language
from riskengine.report import reading
from riskengine.report.summary.words import sentences
from riskengine.report.text.notation import clean
from tests.support.report_runs import run, sample, without_cost
from tests.unit.pages.payloads import PAYLOADS, PLAIN
from tests.unit.pages.runs import full_run, many_gates, run_named, run_of_names

pptx = pytest.importorskip("pptx", reason="python-pptx is not installed")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
ENGLISH = read_language("en")


def opened(data):
    return list(pptx.Presentation(io.BytesIO(data)).slides)


def rows(slide, number=0):
    """The rows of one of the slide's tables."""
    table = [shape.table for shape in slide.shapes if shape.has_table][number]
    return [[cell.text_frame.text.split("\n") for cell in row.cells] for row in table.rows]


def chart(slide, number=0):
    return [shape.chart for shape in slide.shapes if shape.has_chart][number]


def outline(data):
    """Kinds of all shapes, slide by slide."""
    return [[shape.shape_type for shape in slide.shapes] for slide in opened(data)]


def serial(instant):
    """An instant as charts count it."""
    return (instant - datetime(1899, 12, 30)).total_seconds() / 86_400


def across(series):
    """The values of a series on the axis across."""
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    return [float(one.text) for one in series._element.find(f"{space}xVal").iter(f"{space}v")]


def test_the_slides_are_those_of_the_room():
    deck = opened(slides.render_slides(full_run()))
    titles = [slide.shapes.title.text_frame.text for slide in deck]
    assert titles == [
        *("Decision: Ground station", "Gates", "Finish of the project", "Cost of the project", "Risks"),
    ]
    assert deck[0].shapes[1].text_frame.text == "NO-GO"
    assert len(opened(slides.render_slides(run(without_cost(sample()))))) == 4


def test_gates_are_those_of_the_table():
    made = full_run()
    slide, gates = opened(slides.render_slides(made))[1], reading.rows(made, "gates")
    for line, gate in zip(rows(slide)[1:], gates, strict=True):
        chance, ends = ENGLISH.chance_estimate(gate["probability"], gate["ci_low"], gate["ci_high"], gate["confidence"])
        assert line[0][0] == gate["gate"] and line[2][0] == chance and line[2][1].startswith(ends)
    reached, needed = chart(slide).plots[0].series
    assert list(reached.values) == [gate["probability"] for gate in gates]
    assert list(needed.values) == [gate["confidence"] for gate in gates]


def test_finish_and_cost_are_those_of_the_table():
    made = full_run()
    deck = opened(slides.render_slides(made))
    for slide, measure in ((deck[2], "finish"), (deck[3], "cost")):
        every = reading.percentiles(made, "project", measure)
        told = {line[0][0]: line[1:] for line in rows(slide)[1:]}
        assert told.keys() == {"P50", "P80", "P90"}
        for row in every:
            if row["percentile"] not in (50, 80, 90):
                continue
            if measure == "finish":
                pair = ENGLISH.day(row["instant"]), ENGLISH.span(row["instant_ci_low"], row["instant_ci_high"])
            else:
                pair = ENGLISH.money_estimate(row["value"], row["ci_low"], row["ci_high"], "EUR")
            assert told[f"P{row['percentile']:g}"] == [[pair[0]], [pair[1]]]
        curve, *lines = chart(slide).plots[0].series
        assert list(curve.values) == [row["percentile"] / 100 for row in every]
        places = [serial(row["instant"]) if measure == "finish" else row["value"] for row in every]
        assert across(curve) == pytest.approx(places)
        plan = reading.summary(made, "project", measure)
        at = serial(plan["deterministic_instant"]) if measure == "finish" else plan["deterministic"]
        gates = {
            gate["gate"]: serial(gate["finish"]) if measure == "finish" else gate["cost"]
            for gate in reading.rows(made, "gates")
            if gate[measure] is not None and (measure == "cost" or gate["target"] == "project")
        }
        assert {line.name: across(line) for line in lines} == {
            name: pytest.approx([value, value]) for name, value in ({"Plan": at} | gates).items()
        }
        assert len(gates) > 1


def test_risks_are_those_of_the_table():
    made = full_run()
    slide, risks = opened(slides.render_slides(made))[4], reading.leading_risks(made, 5)
    assert list(chart(slide).plots[0].series[0].values) == [risk["days"] for risk in risks]
    assert list(chart(slide, 1).plots[0].series[0].values) == [risk["cost"] for risk in risks]
    for line, risk in zip(rows(slide)[1:], risks, strict=True):
        pair = ENGLISH.days_estimate(risk["days"], risk["days_ci_low"], risk["days_ci_high"], signed=True)
        assert line[0][0] == risk["risk"] and line[2] == list(pair)


LONG = "Übergabe der vollständig geprüften Anlage an den Betreiber nach Abnahme " * 5
HARD = {
    "plain": full_run,
    "long": lambda: run_named(LONG),
    "wide": lambda: run_named("W" * 300),
    "japanese": lambda: run_named("配管工事と試運転の完了" * 20),
    "gates": lambda: many_gates(12),
    "bare": lambda: run(without_cost(sample(gates=()))),
}


def font(size):
    """Letters that riskengine does not measure by."""
    return pytest.importorskip("PIL.ImageFont").load_default(size)


def lines_of(text, size, width):
    """How many lines words take in a width, by real letters; signs that the font lacks count as wide."""
    letters, lines, used = font(size), 1, 0.0
    for word in text.split(" "):
        length = sum(letters.getlength(sign) if sign.isascii() else size for sign in f"{word} ")
        if used and used + length > width:
            lines, used = lines + 1, 0.0
        lines += int((used + length) // width)
        used = (used + length) % width
    return lines


def height_of(frame, width):
    """The height of a text frame by real letters, in points."""
    inside = (width - frame.margin_left - frame.margin_right) / 12700
    return sum(
        1.2 * run.font.size.pt * lines_of(run.text, run.font.size.pt, inside)
        for paragraph in frame.paragraphs
        for run in paragraph.runs
    )


@pytest.mark.parametrize("made", HARD.values(), ids=HARD)
@pytest.mark.parametrize("code", ["en", "de"])
def test_nothing_leaves_a_slide_and_nothing_covers_another(made, code):
    deck = pptx.Presentation(io.BytesIO(slides.render_slides(made(), language=code)))
    for slide in deck.slides:
        boxes = []
        for shape in slide.shapes:
            height = shape.height
            if shape.has_table:
                for row in shape.table.rows:
                    widths = [column.width for column in shape.table.columns]
                    cells = zip(row.cells, widths, strict=True)
                    assert row.height / 12700 >= max(height_of(cell.text_frame, width) for cell, width in cells)
                height = sum(row.height for row in shape.table.rows)
            elif shape.has_text_frame:
                height = max(height, int(12700 * height_of(shape.text_frame, shape.width)))
            boxes.append((shape.left, shape.top, shape.left + shape.width, shape.top + height, shape.name))
        for left, top, right, bottom, name in boxes:
            assert left >= 0 and top >= 0 and right <= deck.slide_width and bottom <= deck.slide_height, name
        for one, other in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one[4], other[4])


def test_of_many_gates_those_that_fail_come_first_and_the_others_are_counted():
    deck = opened(slides.render_slides(many_gates(12)))
    assert [line[0][0] for line in rows(deck[1])[1:4]] == ["late", "open", "gate 0"]
    assert deck[1].shapes[2].text_frame.text == "and 6 more: 6 passes"
    assert [line[0][0] for line in rows(deck[2], 1)[1:]] == ["Plan", "late", "open", "gate 0"]
    assert [series.name for series in chart(deck[2]).plots[0].series][1:] == ["Plan", "late", "open", "gate 0"]


def test_no_number_is_cut_where_names_are():
    made = run_named(LONG)
    text = "\n".join(
        shape.text_frame.text
        for slide in opened(slides.render_slides(made))
        for shape in slide.shapes
        if shape.has_text_frame
    )
    told = "\n".join(" ".join(cell) for line in rows(opened(slides.render_slides(made))[1]) for cell in line)
    for gate in reading.rows(made, "gates"):
        if gate["finish"]:
            assert ENGLISH.say("gates.by", date=ENGLISH.moment(gate["finish"])) in told
        if gate["cost"]:
            assert ENGLISH.limit(gate["cost"], "").strip() in told
        chance, ends = ENGLISH.chance_estimate(gate["probability"], gate["ci_low"], gate["ci_high"], gate["confidence"])
        assert chance in told and ends in told
        low, high = ends.split(" to ")
        assert f"{low} and {high}" in text


def test_pictures_and_tables_are_told_to_who_does_not_see_them():
    for slide in opened(slides.render_slides(full_run())):
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 10
        assert "riskengine verify" in slide.notes_slide.notes_text_frame.text


def test_the_notes_have_every_sentence():
    made = many_gates(12)
    notes = opened(slides.render_slides(made))[0].notes_slide.notes_text_frame.text
    assert [one for one in sentences(made) if clean(one) not in notes] == []


def luminance(colour):
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_what_is_behind_them():
    checked = 0
    for slide in opened(slides.render_slides(full_run())):
        for shape in slide.shapes:
            cells = [cell for row in shape.table.rows for cell in row.cells] if shape.has_table else [shape]
            for cell in cells:
                if not (shape.has_table or shape.has_text_frame):
                    continue
                is_filled = shape.has_table or shape.fill.type == 1
                behind = cell.fill.fore_color.rgb if is_filled else (255, 255, 255)
                for paragraph in cell.text_frame.paragraphs:
                    for one in paragraph.runs:
                        pair = sorted((luminance(one.font.color.rgb), luminance(behind)))
                        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, one.text
                        checked += 1
    assert checked > 60


def test_the_same_run_gives_the_same_slides(monkeypatch):
    first = slides.render_slides(full_run())
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert slides.render_slides(full_run()) == first


def test_only_slides_that_nobody_saved_since_are_ours(tmp_path):
    place = tmp_path / "plan.pptx"
    place.write_bytes(slides.render_slides(full_run()))
    assert slides.is_presentation(place)
    deck = pptx.Presentation(str(place))
    deck.core_properties.last_modified_by = "somebody"
    deck.save(str(place))
    assert not slides.is_presentation(place)
    place.write_bytes(b"PK")
    assert not slides.is_presentation(place)


def workbook_cells(data):
    """The cells of the workbooks behind all charts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xlsx"):
                book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
                yield from (cell for line in book.active.iter_rows() for cell in line)


@pytest.mark.parametrize("payload", PLAIN, ids=ascii)
def test_no_name_changes_the_slides(payload):
    data = slides.render_slides(run_named(payload), payload)
    assert outline(data) == outline(slides.render_slides(run_named("name"), "name"))
    assert [cell for cell in workbook_cells(data) if cell.data_type == "f" or cell.hyperlink] == []
    assert clean(payload).strip()[:20] in opened(data)[0].shapes.title.text_frame.text


def test_no_two_thousand_names_change_the_slides():
    left, plain = list(PAYLOADS), outline(slides.render_slides(run_named("name"), "name"))
    while left:
        data = slides.render_slides(run_of_names(lambda: left.pop() if left else "name"))
        assert outline(data) == plain
        assert [cell for cell in workbook_cells(data) if cell.data_type == "f" or cell.hyperlink] == []


def test_without_its_library_the_command_that_brings_it_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MachineError, match=r"RE946"):
        slides.render_slides(full_run())
