"""The page of two plans: every number is the comparison's, bars lead from the one P80 to the other, names are names."""

import html
import json
import re
from pathlib import Path

import pytest

import riskengine
from riskengine.cli import main
from riskengine.pages.comparing.page import render_comparison, render_comparison_memo
from riskengine.pages.language import language_codes, read_language
from tests.support.browser import Opened, chromium
from tests.unit.pages.outline import outline
from tests.unit.pages.payloads import PAYLOADS
from tests.unit.pages.test_memo import kinds, only_text

ENGLISH = read_language("en")
PAPER_WIDTH = 695
"""What A4 leaves beside the margins of the page [px]."""
BEFORE = """
schema = 1
name = "Quay"
start = 2027-03-01
currency = "EUR"
[tasks]
dredge = { name = "Dredging", duration = [20, 30, 60], cost.rate = 1000 }
wall = { name = "Wall", duration = [30, 40, 65], after = ["dredge"], cost.fixed = 5000 }
[risks.storm]
name = "Storm"
probability = 0.4
impacts.wall.delay = [5, 8, 20]
[gates.open]
name = "Open in summer"
finish = 2027-06-30
confidence = 0.8
[gates.budget]
cost = 40000
confidence = 0.5
"""
AFTER = """
extends = "before.toml"
targets = ["wall"]
[tasks.dredge]
duration = [15, 20, 30]
cost.rate = 1900
[risks.storm]
probability = 0.8
"""
UPDATE = """
extends = "before.toml"
data_date = 2027-04-05
[tasks.dredge]
actual_start = 2027-03-01
remaining = [5, 10, 20]
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    for name, text in (("before", BEFORE), ("after", AFTER), ("june", UPDATE)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def compared(place):
    return riskengine.compare(place / "before.toml", place / "after.toml", iterations=512, bridge=True)


def cells(page, key):
    """The texts of every row of the tables in a section."""
    part = page[page.index(f'<section id="{key}"') :].partition("</section>")[0]
    rows = re.findall(r"<tr[^>]*><th scope=row.*?</tr>", part, re.DOTALL)
    return [
        [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in re.split(r"<t[hd][^>]*>", row)[1:]]
        for row in rows
    ]


def test_every_number_is_that_of_the_comparison(compared):
    document = compared.document
    page = render_comparison(document, compared.changes)
    rows = cells(page, "movements")
    finish, cost = rows[:5], rows[5:10]
    for row, statistic in zip(finish, ("plan", "p50", "p80", "p90", "mean"), strict=True):
        movement = compared.finish(statistic)
        ends = (movement["difference"], movement["ci_low"], movement["ci_high"])
        value, interval = ENGLISH.days_estimate(*ends, True)
        assert value in row[3] and (statistic == "plan" or interval in row[3])
    for row, statistic in zip(cost, ("plan", "p50", "p80", "p90", "mean"), strict=True):
        movement = compared.cost(statistic)
        assert [
            ENGLISH.money(movement[when], "EUR") in text for when, text in (("before", row[1]), ("after", row[2]))
        ] == [True] * 2
    for row, gate in zip(cells(page, "gates"), document["gates"], strict=True):
        for when, text in (("before", row[1]), ("after", row[2])):
            assert ENGLISH.chance(gate[when]["probability"], gate[when]["confidence"]) in text
            assert ENGLISH.say(f"gates.{gate[when]['answer']}") in text
        assert f"{100 * gate['difference']:+.1f} points" in row[3]
    changed = cells(page, "differences")
    assert len(changed) == len(compared.changes) > 3
    assert [row[3] for row in changed if row[2] == "probability"] == ["40%"]


def test_the_answers_stand_first_in_words(compared):
    page = render_comparison(compared.document, compared.changes)
    verdict = page[page.index('<div class="verdict') :].partition("</div>\n</div>")[0]
    answers = [gate["after"]["answer"] for gate in compared.document["gates"]]
    expected = "NO-GO" if "fail" in answers else "GO"
    assert f"</span>{expected}</p>" in verdict
    assert f"plans have goes from UNDECIDED to {expected}." in verdict
    (first,) = re.findall(r"The P80 of the finish moves from .*?\.</p>", verdict)
    finish = compared.finish("p80")
    assert f"{finish['difference']:+.1f} working days" in first
    assert page.index('<section id="bridge"') > page.index("The P80 of the finish moves")


def test_bars_lead_from_one_p80_to_the_other_and_add_up(compared):
    page = render_comparison(compared.document, compared.changes)
    for table, measure in zip(re.findall(r"<table.*?</table>", page, re.DOTALL), ("finish", "cost"), strict=False):
        bars = [
            tuple(map(float, one))
            for one in re.findall(r'class="length \w*" style="left:([\d.]+)%;width:([\d.]+)', table)
        ]
        parts = compared.document["bridge"][measure]
        assert len(bars) == len(parts) + 2 - bars.count(None)
        at = bars[0][0]
        for (left, width), part in zip(bars[1:-1], parts, strict=True):
            begin, end = (left + width, left) if part["difference"] < 0 else (left, left + width)
            assert begin == pytest.approx(at, abs=0.03)
            at = end
        assert at == pytest.approx(bars[-1][0], abs=0.03)


def test_status_dates_are_told_apart_in_calendar_days(place, compared):
    later = riskengine.compare(place / "before.toml", place / "june.toml", iterations=256, bridge=True)
    page = render_comparison(later.document, later.changes)
    assert later.finish("p80")["unit"] == "calendar days"
    assert f"{later.finish('p80')['difference']:+.1f} calendar days" in page
    assert "working days" not in page
    assert [row[0] for row in cells(page, "bridge")][1] == "progress"


@pytest.mark.parametrize("code", [code for code in language_codes() if code != "en"])
def test_no_english_is_left_on_the_page_of_another_language(compared, code):
    page = render_comparison(compared.document, compared.changes, code)
    part = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index('<section id="differences"')])
    assert (
        re.search(
            r"\b(before|after|working|days|moves|gate|points|difference|of the)\b",
            part.replace("before gegen", "").lower().replace(compared.before, "").replace(compared.after, ""),
        )
        is None
    )


def test_plans_that_are_computed_alike_are_said_to_be(place):
    (place / "same.toml").write_text('extends = "before.toml"\nname = "The same"\n', encoding="utf-8")
    same = riskengine.compare(place / "before.toml", place / "same.toml", iterations=256, bridge=True)
    page = render_comparison(same.document, same.changes)
    assert "are computed alike: no date and no cost differs" in page and "There is nothing to share out" in page


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_the_command_writes_a_page_and_replaces_nothing_that_is_not_ours(place, capsys, ending, monkeypatch):
    monkeypatch.chdir(place)
    words = ["compare", "before.toml", "after.toml", "-n", "256", "-o", f"bridge{ending}"]
    assert main(words) == 0
    text = Path(f"bridge{ending}").read_text(encoding="utf-8")
    assert "after against before" in text and f"page in bridge{ending}" in capsys.readouterr().err
    assert main([*words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["bridge"]["finish"]
    Path(f"bridge{ending}").write_text("mine", encoding="utf-8")
    assert main(words) == 2
    assert "RE942" in capsys.readouterr().err and Path(f"bridge{ending}").read_text(encoding="utf-8") == "mine"
    assert main([*words, "--force"]) == 0
    assert Path(f"bridge{ending}").read_text(encoding="utf-8") == text


def test_another_ending_or_language_is_refused_before_anything_is_simulated(place, capsys, monkeypatch):
    monkeypatch.chdir(place)
    monkeypatch.setattr("riskengine.api.comparing.compare_sides", None)
    assert main(["compare", "before.toml", "after.toml", "-o", "bridge.pptx"]) == 2
    assert "RE941" in capsys.readouterr().err
    assert main(["compare", "before.toml", "after.toml", "-o", "bridge.html", "--language", "xx"]) == 2
    assert "RE943" in capsys.readouterr().err
    assert not Path("bridge.html.new").exists()


def named(document, changes, names):
    """The same comparison with other names wherever somebody chose one."""
    document = json.loads(json.dumps(document))
    for key in ("before", "after", "project", "currency"):
        document[key] = names()
    for gate in document["gates"]:
        gate["gate"], gate["name"] = names(), names()
        for when in ("before", "after"):
            gate[when]["target"] = names()
    for row in document["differences"]:
        if row["target"] != "project":
            row["target"] = names()
    document["gates_before"], document["gates_after"] = [names()], [names()]
    told = ("id", "name", "field", "before_text", "after_text")
    return document, [{**change, **{key: names() for key in told}} for change in changes]


def test_no_two_thousand_names_change_the_elements_of_the_page(compared):
    plain = outline(render_comparison(*named(compared.document, compared.changes, lambda: "name")))
    left = list(PAYLOADS)
    while left:
        document, changes = named(compared.document, compared.changes, lambda: left.pop() if left else "name")
        assert outline(render_comparison(document, changes)) == plain


def test_no_name_is_markup_in_the_memo(compared):
    left = list(PAYLOADS)
    plain = kinds(render_comparison_memo(*named(compared.document, compared.changes, lambda: "name")))
    while left:
        memo = render_comparison_memo(
            *named(compared.document, compared.changes, lambda: left.pop() if left else "name")
        )
        assert kinds(memo) == plain
        only_text(memo)


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_chromium_logs_nothing_asks_for_nothing_and_axe_finds_nothing(browser, compared, tmp_path, size, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    place = tmp_path / "bridge.html"
    place.write_text(render_comparison(compared.document, compared.changes), encoding="utf-8")
    one = Opened(browser, place.as_uri(), size, scheme)
    width = one.page.evaluate("document.documentElement.scrollWidth")
    window = one.page.evaluate("window.innerWidth")
    faults = axe.Axe().run(one.page).response["violations"]
    one.page.set_viewport_size({"width": PAPER_WIDTH, "height": 900})
    one.page.emulate_media(media="print")
    printed = one.page.evaluate("document.documentElement.scrollWidth")
    one.close()
    assert (one.logged, one.requests) == ([], [place.as_uri()])
    assert width == window and printed <= PAPER_WIDTH
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults] == []
