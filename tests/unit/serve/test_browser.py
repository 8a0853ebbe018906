"""Chromium moves what the page offers: everything is redrawn, taken back, told where it is wrong, and saved."""

import asyncio
import contextlib
import threading

import pytest

import riskengine
from riskengine.serve.server import serve
from tests.support.browser import SIZES, Opened, chromium
from tests.unit.serve.plans import CHANCE, DESIGN, LATE

pytest.importorskip("uvicorn", reason="uvicorn is not installed")


@pytest.fixture(scope="module")
def address(page):
    """Where the page of the plan is, as long as the tests of this file run."""
    told, loops = [], []
    is_told = threading.Event()

    def tell(text):
        loops.append(asyncio.get_running_loop())
        told.append(text)
        is_told.set()

    def run():
        with contextlib.suppress(RuntimeError, asyncio.CancelledError):  # its loop is stopped
            serve(page, 0, tell)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert is_told.wait(60)
    yield told[0]
    loops[0].call_soon_threadsafe(loops[0].stop)
    thread.join(10)


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


def opened(browser, address, *look):
    """The page, once it is drawn."""
    one = Opened(browser, address, *look)
    one.page.locator("body[data-drawn='1']").wait_for()
    return one


def box(one, key):
    """A control of the page."""
    return one.page.locator(f"[data-control='{key}']")


def change(one, field, text):
    """Write into a field, leave it, and wait for what is redrawn."""
    field.fill(text)
    field.press("Tab")
    settle(one)


def settle(one):
    """Wait until nothing is computed any more."""
    one.page.wait_for_timeout(150)
    one.page.locator("main[aria-busy='false']").wait_for()


def test_a_change_is_redrawn_taken_back_and_made_again(browser, address):
    one, other = opened(browser, address), opened(browser, address)
    planned = one.page.locator("#gates").inner_text()
    change(one, box(one, CHANCE).locator("[type=number]"), "95")
    changed = one.page.locator("#gates").inner_text()
    assert changed != planned
    assert one.page.locator("#changes").inner_text() == "risks late probability: 30% \u2192 95%"
    assert box(one, CHANCE).locator("[type=range]").input_value() == "95"
    one.page.locator("#drivers tbody th", has_text="late occurs").wait_for()
    one.page.keyboard.press("Control+z")
    settle(one)
    assert one.page.locator("#gates").inner_text() == planned
    assert box(one, CHANCE).locator("[type=number]").input_value() == "30"
    one.page.locator("#redo").click()
    settle(one)
    assert one.page.locator("#gates").inner_text() == changed
    assert other.page.locator("#gates").inner_text() == planned
    one.page.reload()
    one.page.locator("body[data-drawn='1']").wait_for()
    assert one.page.locator("#gates").inner_text() == changed
    asked = {request.rsplit("/", 1)[0] for request in one.requests}
    assert (one.logged, other.logged, asked) == ([], [], {address.rstrip("/")})
    one.close()
    other.close()


def test_a_slider_that_moves_is_redrawn_and_a_fault_stands_beside_it(browser, address):
    one = opened(browser, address)
    slider = box(one, CHANCE).locator("[type=range]")
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    settle(one)
    assert box(one, CHANCE).locator("[type=number]").input_value() == "32.5"
    assert "30% \u2192 32.5%" in one.page.locator("#changes").inner_text()
    low = box(one, DESIGN).locator("[type=number]").first
    one.page.locator("summary", has_text="Ranges").click()
    change(one, low, "70")
    fault = one.page.locator(f"#fault-{DESIGN}")
    assert fault.is_visible() and fault.inner_text().startswith("RE202 tasks.design.duration: ")
    assert low.get_attribute("aria-describedby") == f"fault-{DESIGN}"
    change(one, low, "20")
    assert not fault.is_visible() and one.logged == []
    one.close()


def test_what_is_saved_simulates_as_it_was_shown(browser, address, plan_file, asked):
    one = opened(browser, address)
    box(one, LATE).locator("input").uncheck()
    settle(one)
    one.page.locator("summary", has_text="Absences").click()
    one.page.locator("#who").select_option("ana")
    one.page.locator("#first").fill("2027-03-15")
    one.page.locator("#last").fill("2027-04-02")
    one.page.locator("#add").click()
    settle(one)
    shown = one.page.locator("#answer .value").first.inner_text()
    with one.page.expect_download() as waiting:
        one.page.locator("#save").click()
    saved = plan_file.with_name(waiting.value.suggested_filename)
    waiting.value.save_as(saved)
    run = riskengine.simulate(riskengine.read(saved), iterations=512, threads=1, contributions=False)
    saved.unlink()
    assert saved.name == "plan-what-if.toml" and one.logged == []
    assert f"{run.finish(0.5).date():%d %b %Y}".lstrip("0") == shown
    one.close()


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_axe_finds_nothing_and_the_page_fits(browser, address, size, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    one = opened(browser, address, size, scheme)
    one.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    found = axe.Axe().run(one.page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
    assert one.page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    one.close()
