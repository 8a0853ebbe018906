"""The slides, read back by python-pptx and held against the tables of the run."""

import io
import zipfile

import pytest

from riskengine.errors import MachineError
from riskengine.pages import slides
from riskengine.pages.language import read_language
from riskengine.report import reading
from riskengine.report.notation import clean
from tests.support.report_runs import run, sample, without_cost
from tests.unit.pages.payloads import PAYLOADS, PLAIN
from tests.unit.pages.runs import full_run, run_named, run_of_names

pptx = pytest.importorskip("pptx", reason="python-pptx is not installed")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
ENGLISH = read_language("en")


def opened(data):
    return list(pptx.Presentation(io.BytesIO(data)).slides)


def rows(slide):
    """The rows of the slide's table."""
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text_frame.text.split("\n") for cell in row.cells] for row in table.rows]


def chart(slide):
    (found,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    return found


def outline(data):
    """Kinds of all shapes, slide by slide."""
    return [[shape.shape_type for shape in slide.shapes] for slide in opened(data)]


def test_the_slides_are_those_of_the_room():
    deck = opened(slides.render_slides(full_run()))
    titles = [slide.shapes.title.text_frame.text for slide in deck]
    assert titles == [
        *("Decision: Ground station", "Gates", "Finish of the project", "Cost of the project", "Risks"),
    ]
    assert deck[0].shapes[1].text_frame.paragraphs[0].text == "NO-GO"
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
        (curve,) = chart(slide).plots[0].series
        assert list(curve.values) == [row["percentile"] / 100 for row in every]


def test_risks_are_those_of_the_table():
    made = full_run()
    slide, risks = opened(slides.render_slides(made))[4], reading.leading_risks(made, 5)
    assert list(chart(slide).plots[0].series[0].values) == [risk["days"] for risk in risks]
    for line, risk in zip(rows(slide)[1:], risks, strict=True):
        pair = ENGLISH.days_estimate(risk["days"], risk["days_ci_low"], risk["days_ci_high"], signed=True)
        assert line[0][0] == risk["risk"] and line[2] == list(pair)


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
