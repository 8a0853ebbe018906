"""The brief: one sheet whatever the run, which says what the tables say."""

import io
import itertools
import re
from dataclasses import replace

import pytest

from riskengine.pages import pdf
from riskengine.pages.brief import ROOMS, Room, brief_page, render_brief
from riskengine.pages.language import language_codes, read_language
from riskengine.pages.printing import chromium
from riskengine.pages.printing.weasy import with_drawn_styles
from riskengine.pages.section import PageInput
from riskengine.report import reading
from riskengine.report.text.notation import short_name
from riskengine.results.folder.store import open_run
from tests.support.command_line import riskengine
from tests.support.places import ROOT
from tests.support.report_runs import gate, run, sample, without_cost
from tests.unit.pages.outline import outline
from tests.unit.pages.payloads import PAYLOADS, PLAIN
from tests.unit.pages.runs import full_run, many_gates, run_named, run_of_names
from tests.unit.pages.test_pdf import ACTIVE, need_weasyprint

pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
ENGLISH = read_language("en")
SHIPPED = sorted((ROOT / "scenarios").glob("*.toml"))


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
    return request.param


def sheet(data):
    """The letters of the only sheet, without blanks."""
    (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
    width, height = (round(float(side) / 72 * 25.4) for side in (page.mediabox.width, page.mediabox.height))
    assert (width, height) == (210, 297)
    return re.sub(r"\s", "", page.extract_text())


def told_of(made):
    """What must stand on the sheet, from the tables."""
    told = [made.manifest["run"], made.manifest["digest"], str(made.manifest["seed"])]
    for row in reading.rows(made, "gates"):
        told += ENGLISH.chance_estimate(row["probability"], row["ci_low"], row["ci_high"], row["confidence"])
        told += [row["gate"], ENGLISH.confidence(row["confidence"]), ENGLISH.say(f"gates.{row['answer']}")]
    for row in reading.percentiles(made, "project", "finish"):
        if row["percentile"] in (50, 80):
            told += [ENGLISH.day(row["instant"]), ENGLISH.span(row["instant_ci_low"], row["instant_ci_high"])]
    for risk in reading.leading_risks(made, 5):
        told += [short_name(risk["risk"], 24), *ENGLISH.days_estimate(*effect(risk, "days"), signed=True)]
        told += ENGLISH.money_estimate(*effect(risk, "cost"), currency=made.manifest["currency"], signed=True)
    return told


def effect(risk, measure):
    return [risk[f"{measure}{end}"] for end in ("", "_ci_low", "_ci_high")]


def test_the_sheet_says_what_the_tables_say(printer):
    made = full_run()
    text = sheet(render_brief(made, "results/plan"))
    told = told_of(made)
    assert len(told) > 30
    assert [one for one in told if re.sub(r"\s", "", one) not in text] == []
    assert "riskengineverifyresults/plan" in text


def test_of_many_gates_those_that_fail_come_first_and_the_others_are_counted(printer):
    text = sheet(render_brief(many_gates(12)))
    shown = re.search(r"Gate(?:Asksfor).*?and(\d+)more:(\d+)passes", text)
    assert shown is not None
    left = int(shown.group(1))
    assert left == int(shown.group(2)) >= 6
    gates = text[text.index("Asksfor") : shown.end()]
    assert gates.index("late") < gates.index("open") < gates.index("gate0")
    assert len(re.findall(r"gate\d", gates)) == 10 - left


LONG = "Übergabe der vollständig geprüften Anlage an den Betreiber nach Abnahme " * 5


@pytest.mark.parametrize("name", ["W" * 300, LONG, "配管工事と試運転の完了 " * 20, LONG.replace(" ", ""), *PLAIN[:1]])
def test_long_names_leave_it_one_sheet(printer, name):
    """WeasyPrint, which takes long, prints the widest and the longest names alone."""
    if printer == "weasyprint" and name not in (LONG, "W" * 300):
        pytest.skip("printed by Chromium alone")
    assert sheet(render_brief(run_named(name), name))


def test_thirty_gates_with_long_names_leave_it_one_sheet(printer):
    gates = tuple(replace(gate(f"{LONG[:60]} {number}", 0.3, 0.8, 0.4, target=1), name=LONG) for number in range(30))
    made = run(sample(gates=gates, iterations=600, targets=(LONG[:70],), name=LONG, currency="KWD" * 6))
    text = sheet(render_brief(made, LONG))
    assert re.search(r"and(26|27)more:\1fails?", text)


def test_no_number_is_cut_where_names_are(printer):
    made = run_named(LONG)
    text = sheet(render_brief(made, LONG))
    told = []
    for row in reading.percentiles(made, "project", "finish"):
        if row["percentile"] in (50, 80):
            told += [ENGLISH.day(row["instant"]), ENGLISH.span(row["instant_ci_low"], row["instant_ci_high"])]
    for row in reading.rows(made, "gates"):
        told += ENGLISH.chance_estimate(row["probability"], row["ci_low"], row["ci_high"], row["confidence"])
        told += [ENGLISH.moment(row["finish"])] if row["finish"] else []
        told += [ENGLISH.limit(row["cost"], "")] if row["cost"] else []
    assert len(told) > 12
    assert [one for one in told if re.sub(r"\s", "", one) not in text] == []


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_gate_asks_for_is_whole_where_its_target_is_cut(room):
    html = brief_page(PageInput(run_named(LONG), ENGLISH), room)
    table = html[html.index('<section class="gates">') : html.index('<section class="pictures">')]
    gates = reading.rows(run_named(LONG), "gates")[: room.gates]
    assert {gate["answer"] for gate in gates} == {"fail"}
    dates = {ENGLISH.say("gates.by", date=ENGLISH.moment(gate["finish"])) for gate in gates if gate["finish"]}
    amounts = {ENGLISH.limit(gate["cost"], "") for gate in gates if gate["cost"]}
    assert sum(table.count(one) for one in dates) == sum(gate["finish"] is not None for gate in gates)
    assert sum(table.count(one) for one in amounts) == sum(gate["cost"] is not None for gate in gates)


def test_no_two_thousand_names_change_the_elements_of_the_sheet():
    left = list(PAYLOADS)
    rooms = itertools.cycle(ROOMS)
    plain = {
        room: outline(brief_page(PageInput(run_named("name"), ENGLISH, "name"), room)) for room in dict.fromkeys(ROOMS)
    }
    while left:
        room = next(rooms)
        made = run_of_names(lambda: left.pop() if left else "name")
        html = brief_page(PageInput(made, ENGLISH, left.pop() if left else "name"), room)
        assert outline(html) == plain[room]


@pytest.mark.slow
def test_two_thousand_names_leave_it_one_sheet_that_runs_and_opens_nothing(printer):
    left = list(PAYLOADS)
    while left:
        data = render_brief(run_of_names(lambda: left.pop() if left else "name"))
        assert sheet(data)
        assert not re.search(ACTIVE, data)


@pytest.mark.parametrize("code", language_codes())
def test_without_cost_gates_and_risks_it_is_one_sheet_too(printer, code):
    bare = run(without_cost(sample(gates=())))
    text = sheet(render_brief(bare, language=code))
    assert re.sub(r"\s", "", read_language(code).say("decision.no_gates")) in text


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """Short runs of all shipped scenarios."""
    folder = tmp_path_factory.mktemp("shipped")
    done = riskengine("batch", str(ROOT / "scenarios"), "-o", "results", "--iterations", "256", cwd=folder)
    assert done.returncode in (0, 10, 11), done.stderr.decode()
    return folder / "results"


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=pytest.mark.slow if place % 4 else ()) for place, path in enumerate(SHIPPED)],
    ids=lambda path: path.stem,
)
def test_every_shipped_scenario_is_one_sheet(shipped, path):
    if chromium.find_chromium() is None:
        need_weasyprint()
    assert sheet(render_brief(open_run(shipped / path.stem)))


def test_the_command_writes_a_brief_and_replaces_its_own(shipped, tmp_path):
    if chromium.find_chromium() is None:
        need_weasyprint()
    for _ in range(2):
        done = riskengine("report", str(shipped / "minimal"), "-o", "brief.pdf", "--brief", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    assert sheet((tmp_path / "brief.pdf").read_bytes())


@pytest.mark.parametrize("name", ["brief.html", "brief.md", "brief", "brief.pptx"])
def test_a_brief_is_a_pdf_of_one_run(shipped, tmp_path, name):
    done = riskengine("report", str(shipped / "minimal"), "-o", name, "--brief", cwd=tmp_path)
    assert done.returncode == 2 and b"RE947" in done.stderr
    batch = riskengine("report", str(shipped), "-o", "brief.pdf", "--brief", cwd=tmp_path)
    assert batch.returncode == 2 and b"RE947" in batch.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_curve_is_that_of_the_worst_gate_with_a_date():
    gates = (gate("good", share=0.9, confidence=0.5), gate("bad", share=0.2, confidence=0.9, target=1))
    made = run(sample(gates=gates, targets=("done",)))
    html = brief_page(PageInput(made, ENGLISH), ROOMS[0])
    assert "<h2>Finish of done</h2>" in html
    assert "bad: 20.0%" in html and "good: 90" not in html


def test_no_room_shows_more_than_it_says():
    html = brief_page(PageInput(many_gates(9), ENGLISH), Room(3, 2, 24))
    assert html.count('<span class="tag ') == 3
    assert html.count("and 6 more: 6 passes") == 1


def test_pictures_by_weasyprint_have_colours():
    """WeasyPrint takes the rules of a picture from the picture alone: all of it was black."""
    need_weasyprint()
    import weasyprint

    html = brief_page(PageInput(full_run(), ENGLISH), ROOMS[0])
    drawn = with_drawn_styles(html)
    data = weasyprint.HTML(string=drawn).write_pdf(uncompressed_pdf=True)
    colours = {tuple(round(255 * float(part)) for part in one.split()) for one in re.findall(rb"([\d. ]+) rg", data)}
    strokes = {tuple(round(255 * float(part)) for part in one.split()) for one in re.findall(rb"([\d. ]+) RG", data)}
    bars, curve, mark = (0x5D, 0x8B, 0xBE), (0x1A, 0x4F, 0x8C), (0xB2, 0x4A, 0x00)
    assert bars in colours and mark in colours | strokes and curve in strokes
    assert "var(" not in re.search(r"<svg[^>]*>\s*<style>(.*?)</style>", drawn, re.DOTALL).group(1)
