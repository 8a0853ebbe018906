"""Chromium opens the page of a portfolio: it fits, sorts, filters, prints, and stays quick with 500 scenarios."""

import re

import pytest

from riskengine.pages.language import read_language
from riskengine.pages.portfolio_input import PortfolioInput
from riskengine.pages.portfolio_page import render_portfolio
from riskengine.report.answers.portfolio_order import sorted_rows
from tests.support.browser import SIZES, Opened, chromium
from tests.unit.pages.portfolios import example_portfolio, large_portfolio

ENGLISH = read_language("en")
MOST_MILLISECONDS = 2_000
"""Many times what sorting 500 rows takes."""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("portfolio")
    links = {"late": "./runs/late.html"}
    (folder / "small.html").write_text(
        render_portfolio(PortfolioInput(example_portfolio(), ENGLISH, links)), encoding="utf-8"
    )
    (folder / "large.html").write_text(render_portfolio(PortfolioInput(large_portfolio(), ENGLISH)), encoding="utf-8")
    (folder / "runs").mkdir()
    (folder / "runs/late.html").write_text("<title>the report</title>", encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser, place):
    one = Opened(browser, (place / "small.html").as_uri())
    yield one
    one.close()


KEYS = "[...document.querySelectorAll('#scenarios tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].dataset.v)"


def button_of(one, heading):
    """The button in a heading of the table of scenarios."""
    return one.page.locator("#scenarios thead button").filter(has_text=re.compile(f"^{heading}$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_page_logs_nothing_asks_for_nothing_and_fits(browser, place, size, scheme):
    address = (place / "small.html").as_uri()
    one = Opened(browser, address, size, scheme)
    width = one.page.evaluate("document.documentElement.scrollWidth")
    table = one.page.evaluate("document.querySelector('#scenarios table').scrollWidth")
    one.close()
    assert (one.logged, one.requests) == ([], [address])
    assert width == SIZES[size][0]
    assert table <= width, "no column has to be pushed into sight"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(browser, place, size, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    one = Opened(browser, (place / "small.html").as_uri(), size, scheme)
    found = axe.Axe().run(one.page).response["violations"]
    one.close()
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []


@pytest.mark.parametrize(
    ("heading", "up", "down"),
    [
        ("Scenario", "bad disk free good late open", "open late good free disk bad"),
        ("Decision", "disk bad late free good open", "open good free late bad disk"),
        ("Chance of each gate", "late free good", "good free late"),
        ("P80 slack", "late free good", "good free late"),
        ("P80 since the run before", "late", "late"),
    ],
)
def test_a_heading_sorts_by_values_and_leaves_what_has_none_at_the_end(opened, heading, up, down):
    button = button_of(opened, heading)
    for expected, way in ((up, "ascending"), (down, "descending")):
        button.focus()
        opened.page.keyboard.press("Enter")
        keys = opened.page.evaluate(KEYS)
        valued = expected.split()
        assert keys[: len(valued)] == valued
        assert sorted(keys) == ["bad", "disk", "free", "good", "late", "open"]
        assert opened.page.locator("#scenarios th[aria-sort]").get_attribute("aria-sort") == way
    assert opened.logged == []


def test_the_list_picks_a_decision_and_the_field_words(opened):
    choice = opened.page.locator("#scenarios select")
    assert choice.evaluate("s => [...s.options].map(o => o.text)") == [
        "all",
        "failed",
        "refused",
        "NO-GO",
        "UNDECIDED",
        "GO",
        "no gates",
    ]
    choice.select_option("GO")
    assert opened.page.evaluate(KEYS) == ["good"], "GO is not NO-GO"
    choice.select_option("")
    opened.page.locator("#scenarios input").fill("antenna har")
    assert opened.page.evaluate(KEYS) == ["good"]
    assert opened.page.locator("#scenarios output").inner_text() == "1 of 6 rows"
    choice.select_option("NO-GO")
    assert opened.page.evaluate(KEYS) == []


def test_a_name_leads_to_its_report(opened, place):
    opened.page.get_by_role("link", name="late").click()
    assert opened.page.title() == "the report"
    assert opened.page.url == (place / "runs/late.html").as_uri()


def test_five_hundred_scenarios_sort_and_filter_at_once(browser, place):
    one = Opened(browser, (place / "large.html").as_uri())
    rows = large_portfolio()
    timed = """button => {
        const start = performance.now();
        button.click();
        document.body.offsetHeight;
        return performance.now() - start;
    }"""
    for heading, key in (("P80 finish", "p80"), ("P80 slack", "slack"), ("Scenario", "name")):
        button = button_of(one, heading)
        assert button.evaluate(timed) < MOST_MILLISECONDS
        expected = [row["scenario_key"] for row in sorted_rows(rows, key)]
        order = one.page.evaluate(KEYS)
        assert sorted(order) == sorted(expected)
        value = {row["scenario_key"]: row for row in rows}
        column = {"p80": "finish_p80", "slack": "slack_p80", "name": "scenario_key"}[key]
        assert [value[found][column] for found in order] == [value[found][column] for found in expected]
    one.page.locator("#scenarios input").fill("plan-49")
    assert len(one.page.evaluate(KEYS)) == 10
    one.close()
    assert one.logged == []


def test_paper_has_the_table_across_and_no_controls(browser, place):
    one = Opened(browser, (place / "small.html").as_uri())
    printed = one.page.pdf(prefer_css_page_size=True)
    one.page.emulate_media(media="print")
    assert not one.page.locator("nav").is_visible()
    assert not one.page.locator("#scenarios input").is_visible()
    one.close()
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    assert any(float(width) > float(height) for width, height in boxes)
    assert len(printed) < 1_000_000
