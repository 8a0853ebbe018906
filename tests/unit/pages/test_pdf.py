"""The page as PDF: read by a reader of PDFs, the same each time, and refused where nothing prints."""

import io
import os
import re
import time
from pathlib import Path

import pytest

from riskengine.errors import MachineError
from riskengine.pages import pdf
from riskengine.pages.language import read_language
from riskengine.pages.page import render_page
from riskengine.pages.printing import chromium
from riskengine.report import reading
from tests.unit.pages.payloads import PAYLOADS, PLAIN
from tests.unit.pages.runs import full_run, run_named, run_of_names

pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")


ACTIVE = rb"/S\s*/JavaScript|/S\s*/Launch|/URI\s*\(|/EmbeddedFile|/AcroForm"
"""What a PDF could run or open."""


def need_weasyprint():
    """Skip the test where WeasyPrint, or what it draws with, is not installed."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        pytest.skip("WeasyPrint is not installed")


@pytest.fixture(params=["chromium", "weasyprint"])
def printer(request, monkeypatch):
    """Each of the two programs, by itself."""
    if request.param == "weasyprint":
        need_weasyprint()
        monkeypatch.setattr(pdf, "find_chromium", lambda: None)
    elif chromium.find_chromium() is None:
        pytest.skip("Chromium is not installed")
    else:
        monkeypatch.setattr(pdf, "has_weasyprint", lambda: False)


def written(data: bytes) -> str:
    """The letters of all pages, blanks left out, which every program sets in its own way."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))


def test_a_pdf_says_what_the_tables_say(printer, tmp_path):
    run, english = full_run(), read_language("en")
    data = pdf.render_pdf(run)
    text = written(data)
    told = [english.say("answer.no-go"), run.manifest["name"], run.manifest["run"]]
    for gate in reading.rows(run, "gates"):
        told += english.chance_estimate(gate["probability"], gate["ci_low"], gate["ci_high"], gate["confidence"])
    for row in reading.percentiles(run, "project", "finish"):
        if row["percentile"] in (50, 80):
            told += [english.day(row["instant"]), english.span(row["instant_ci_low"], row["instant_ci_high"])]
    assert len(told) > 15
    assert [one for one in told if re.sub(r"\s", "", one) not in text] == []
    made = pypdf.PdfReader(io.BytesIO(data)).metadata
    assert made.creator.strip() == "riskengine" and made.get("/CreationDate") is None
    assert made.title == f"NO-GO: {run.manifest['name']}"
    place = tmp_path / "plan.pdf"
    place.write_bytes(data)
    assert pdf.is_pdf(place)
    place.write_bytes(data.replace(b"(riskengine", b"(somebodyxx"))
    assert not pdf.is_pdf(place)


def test_the_same_run_gives_the_same_pdf(printer):
    first = pdf.render_pdf(full_run())
    time.sleep(1.1)
    assert pdf.render_pdf(full_run()) == first


def test_names_are_read_as_they_are(printer):
    name = "</title><script>document.body.remove()</script><b>(a) \\\\ {{ 7 }}"
    data = pdf.render_pdf(run_named(name))
    assert re.sub(r"\s", "", name) in written(data)
    assert not re.search(ACTIVE, data)
    assert pypdf.PdfReader(io.BytesIO(data)).metadata.creator.strip() == "riskengine"


def test_names_of_every_kind_print_as_they_are_and_run_nothing(printer):
    left = list(PLAIN)
    data = pdf.render_pdf(run_of_names(lambda: left.pop() if left else "name"))
    assert not re.search(ACTIVE, data)
    assert shape_of(data) == shape_of(pdf.render_pdf(run_named("name")))
    assert pypdf.PdfReader(io.BytesIO(data)).metadata.creator.strip() == "riskengine"


@pytest.mark.slow
def test_two_thousand_names_print_what_the_page_says_and_run_nothing(printer):
    """Each PDF has no more annotations, actions and forms than one with plain names."""
    left = list(PAYLOADS)
    plain = shape_of(pdf.render_pdf(run_named("name")))
    while left:
        run = run_of_names(lambda: left.pop() if left else "name")
        data = pdf.render_pdf(run)
        assert not re.search(ACTIVE, data), run.manifest["name"]
        assert shape_of(data) == plain
        assert data.count(b"%%EOF") == 1 and pdf.MARK.search(data)


def shape_of(data):
    """What a PDF may do: kinds of annotations, actions, attachments, forms."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    kinds = {str(one.get_object().get("/Subtype")) for page in reader.pages for one in page.get("/Annots", [])}
    actions = {
        str(one.get_object().get("/A", {}).get("/S")) for page in reader.pages for one in page.get("/Annots", [])
    }
    return sorted(kinds), sorted(actions), sorted(key for key in root if key in ("/OpenAction", "/AA", "/AcroForm"))


def test_a_saved_pdf_is_somebody_elses(printer, tmp_path):
    writer = pypdf.PdfWriter(io.BytesIO(pdf.render_pdf(full_run())), incremental=True)
    writer.add_metadata({"/Author": "somebody"})
    place = tmp_path / "plan.pdf"
    writer.write(place)
    assert not pdf.is_pdf(place)


def test_without_a_program_that_prints_the_way_to_one_is_named(monkeypatch):
    monkeypatch.setattr(pdf, "find_chromium", lambda: None)
    monkeypatch.setattr(pdf, "has_weasyprint", lambda: False)
    with pytest.raises(MachineError, match="RE944") as refused:
        pdf.render_pdf(full_run())
    assert "pip install '.[report]'" in str(refused.value)


def program(folder: Path, text: str) -> str:
    """A program that stands for a browser."""
    place = folder / "chromium"
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)
    return str(place)


@pytest.mark.parametrize(
    ("script", "reason"), [("exit 1", "it wrote no PDF"), ("sleep 60 & echo $! > {pid}; wait", "not done after 0.5 s")]
)
def test_a_browser_that_does_not_print_leaves_nothing_behind(tmp_path, monkeypatch, script, reason):
    temporary, pid = tmp_path / "temporary", tmp_path / "pid"
    temporary.mkdir()
    monkeypatch.setattr(chromium.tempfile, "tempdir", str(temporary))
    browser = program(tmp_path, script.format(pid=pid))
    with pytest.raises(MachineError, match=f"RE945.*{reason}"):
        chromium.print_by_chromium(browser, "<p>", b"riskengine", seconds=0.5)
    assert list(temporary.iterdir()) == []
    if pid.exists():
        assert not is_alive(int(pid.read_text()))


def is_alive(number: int) -> bool:
    """Whether a process runs; one that waits to be reaped does not."""
    for _ in range(50):
        try:
            os.kill(number, 0)
            if Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except (ProcessLookupError, FileNotFoundError):
            return False
        time.sleep(0.05)
    return True


def test_where_chromium_does_not_print_weasyprint_does(tmp_path, monkeypatch):
    need_weasyprint()
    monkeypatch.setattr(pdf, "find_chromium", lambda: program(tmp_path, "exit 1"))
    assert b"WeasyPrint" in pdf.render_pdf(full_run())


def test_a_printed_page_asks_for_nothing():
    assert "http" not in render_page(full_run()).replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
