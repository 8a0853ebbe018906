"""Chromium opens the page on desk and phone, in light and dark: nothing is logged or asked for, and all of it works."""

import re
from pathlib import Path

import pytest

from riskengine.pages.blocks import Cell, Column, Row, Table
from riskengine.pages.language import ENDS, read_language
from riskengine.pages.page import environment, render_page
from riskengine.pages.section import PageInput
from riskengine.report.reading import percentiles, rows
from tests.support.browser import SIZES, Opened, chromium
from tests.unit.pages.payloads import PLAIN
from tests.unit.pages.runs import full_run, run_of_names, run_of_teams

ENGLISH = read_language("en")


TASKS = [Row([Cell(f"wall {number}"), Cell(str(-number), -number)]) for number in range(40)]


def with_block(page: str, block: Table) -> str:
    """A page whose first section holds this block, too."""
    macros = environment().get_template("blocks.html").make_module({"page": PageInput(full_run(), ENGLISH)})
    return page.replace("</section>", f"{macros.block(block)}</section>", 1)


PAPER_WIDTH = 695
"""What A4 leaves beside the margins of the page [px]."""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def made():
    return full_run()


@pytest.fixture(scope="module")
def place(made, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render_page(made, "results/x"), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, place):
    """The page on a desk."""
    one = Opened(browser, place.as_uri())
    yield one
    one.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_page_logs_nothing_asks_for_nothing_and_fits(browser, place, size, scheme):
    one = Opened(browser, place.as_uri(), size, scheme)
    width = one.page.evaluate("document.documentElement.scrollWidth")
    paper = one.page.evaluate("getComputedStyle(document.body).backgroundColor")
    drawn = one.page.evaluate("[...document.querySelectorAll('svg')].filter(s => s.getClientRects().length).length")
    one.close()
    assert (one.logged, one.requests) == ([], [place.as_uri()])
    assert width == SIZES[size][0]
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 28)"}[scheme]
    assert drawn == 6  # one size of each picture


def test_a_request_and_a_fault_are_seen_and_the_policy_of_the_page_stops_both(browser, place, tmp_path):
    own = place.read_text(encoding="utf-8").replace(
        "</main>", "<img src=a.png><script>console.log('ran')</script></main>"
    )
    (tmp_path / "own.html").write_text(own, encoding="utf-8")
    free = re.sub(r"<meta http-equiv[^>]*>", "", own)
    assert len(free) < len(own)
    (tmp_path / "free.html").write_text(free, encoding="utf-8")
    bound, unbound = (Opened(browser, (tmp_path / name).as_uri()) for name in ("own.html", "free.html"))
    bound.close()
    unbound.close()
    assert len(bound.requests) == len(unbound.requests) == 2
    assert "ran" in unbound.logged and "ran" not in bound.logged
    assert sum("Content Security Policy" in text for text in bound.logged) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(browser, place, size, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    one = Opened(browser, place.as_uri(), size, scheme)
    one.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    found = axe.Axe().run(one.page).response["violations"]
    one.close()
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []


def test_axe_finds_what_is_wrong(browser, tmp_path, place):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    bad = tmp_path / "bad.html"
    page = place.read_text(encoding="utf-8")
    bad.write_text(page.replace("--muted: light-dark(#546072", "--muted: light-dark(#c4c8ce"), encoding="utf-8")
    assert bad.read_bytes() != place.read_bytes()
    one = Opened(browser, bad.as_uri())
    found = axe.Axe().run(one.page).response["violations"]
    one.close()
    assert "color-contrast" in [fault["id"] for fault in found]


def test_arrow_keys_read_the_curve_from_its_table(opened, made):
    picture = opened.page.locator("[role=slider]").first
    picture.focus()
    points = percentiles(made, "project", "finish")
    said = []
    for key in ("Home", "ArrowRight", "ArrowUp", "ArrowLeft", "End", "ArrowRight"):
        opened.page.keyboard.press(key)
        said.append((picture.get_attribute("aria-valuenow"), picture.get_attribute("aria-valuetext")))
    assert [now for now, _ in said] == ["0", "1", "2", "1", "20", "20"]
    for now, text in said:
        point = points[int(now)]
        assert text.startswith(f"P{point['percentile']:g} · {ENGLISH.day(point['instant'])} · ")
        assert ENGLISH.days(point["value"]) in text
    assert opened.page.locator("figure output").first.text_content() == said[-1][1]
    assert opened.logged == []


def test_the_pointer_reads_the_percentile_below_it_where_its_mark_is_drawn(opened, made):
    svg = opened.page.locator("[role=slider] svg").first
    svg.scroll_into_view_if_needed()
    for name in ("P10", "P80"):
        label = svg.locator("text", has_text=re.compile(f"^{name}$"))
        x = float(label.get_attribute("x")) + 8
        box, view = svg.bounding_box(), svg.get_attribute("viewBox").split()
        opened.page.mouse.move(box["x"] + x / float(view[2]) * box["width"], box["y"] + box["height"] / 2)
        assert opened.page.locator("figure output").first.text_content().startswith(f"{name} · ")
        cursor = svg.locator(".cursor circle").bounding_box()
        dots = [dot.bounding_box() for dot in svg.locator("circle.dot").all()]
        middle = (cursor["x"] + cursor["width"] / 2, cursor["y"] + cursor["height"] / 2)
        near = [(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2) for dot in dots]
        assert min(abs(middle[0] - x) + abs(middle[1] - y) for x, y in near) < 1.0


def test_a_heading_sorts_its_table_by_the_numbers_both_ways(opened, made):
    table = opened.page.locator("#risks table")
    heading = table.locator("thead button", has_text="Adds to the finish")
    expected = sorted(rows(made, "risks"), key=lambda row: row["days_p80"])
    heading.focus()
    opened.page.keyboard.press("Enter")
    assert heading.locator("..").get_attribute("aria-sort") == "ascending"
    names = [re.match(r"[\w-]+", text).group() for text in table.locator("tbody th").all_text_contents()]
    assert names == [row["risk"] for row in expected]
    heading.click()
    assert heading.locator("..").get_attribute("aria-sort") == "descending"
    names = [re.match(r"[\w-]+", text).group() for text in table.locator("tbody th").all_text_contents()]
    assert names == [row["risk"] for row in reversed(expected)]


def test_every_number_on_the_page_equals_its_table(browser, place, made):
    """What a reader sees of gates and percentiles, read from the rendered page, against the tables."""
    for size in SIZES:
        one = Opened(browser, place.as_uri(), size)
        seen = one.page.locator("#gates tbody tr").all_inner_texts()
        for text, gate in zip(seen, rows(made, "gates"), strict=True):
            wish = gate["confidence"]
            shown = [ENGLISH.chance(gate["probability"], wish)]
            shown += [ENGLISH.chance(gate[f"ci_{end}"], wish, end) for end in ENDS]
            for number in (*shown, ENGLISH.confidence(wish), gate["gate"]):
                assert number in text
        one.page.locator("summary").first.click()
        body = one.page.locator("figure details tbody").first.locator("tr")
        for text, point in zip(body.all_inner_texts(), percentiles(made, "project", "finish"), strict=True):
            ends = ENGLISH.span(point["instant_ci_low"], point["instant_ci_high"])
            cells = [f"P{point['percentile']:g}", ENGLISH.day(point["instant"]), ends, ENGLISH.days(point["value"])]
            assert text.split("\t")[:4] == cells
        one.close()


def test_bars_are_as_long_as_their_numbers(browser, place, made):
    one = Opened(browser, place.as_uri(), "phone")
    bars = one.page.locator("#gates .bar")
    for bar, gate in zip(bars.all(), rows(made, "gates"), strict=True):
        whole, length = bar.bounding_box(), bar.locator(".length").bounding_box()
        wish = bar.locator(".wish").bounding_box()
        assert length["width"] / whole["width"] == pytest.approx(gate["probability"], abs=0.01)
        middle = wish["x"] + wish["width"] / 2 - whole["x"]
        assert middle / whole["width"] == pytest.approx(gate["confidence"], abs=0.01)
    one.close()


def test_a_picture_is_zoomed_by_buttons_and_moved_by_the_pointer(opened):
    figure = opened.page.locator("figure").first
    svg = figure.locator("svg").first
    svg.scroll_into_view_if_needed()

    def view() -> list[float]:
        return [float(number) for number in svg.get_attribute("viewBox").split()]

    whole = view()
    bigger, smaller, all_of_it = figure.locator("[data-zoom]").all()
    bigger.click()
    bigger.click()
    closer = view()
    assert closer[2] == pytest.approx(whole[2] / 1.6**2, abs=0.2) and closer[2] / closer[3] == pytest.approx(
        whole[2] / whole[3], rel=0.01
    )
    assert closer[0] + closer[2] / 2 == pytest.approx(whole[2] / 2, abs=0.5)
    box = svg.bounding_box()
    opened.page.mouse.move(box["x"] + 300, box["y"] + 60)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 200, box["y"] + 60, steps=5)
    opened.page.mouse.up()
    assert view()[0] > closer[0] + 10 and view()[2] == closer[2]
    smaller.click()
    assert view()[2] == pytest.approx(whole[2] / 1.6, abs=0.2)
    all_of_it.focus()
    opened.page.keyboard.press("Enter")
    assert view() == whole
    smaller.click()
    assert view() == whole
    assert opened.logged == []


def test_a_field_picks_rows_and_says_how_many(browser, tmp_path, place):
    table = Table("Tasks", [Column("Task"), Column("Days", is_number=True)], TASKS, is_sortable=True, has_filter=True)
    path = tmp_path / "filter.html"
    path.write_text(with_block(place.read_text(encoding="utf-8"), table), encoding="utf-8")
    one = Opened(browser, path.as_uri())
    rows = one.page.locator("#decision tbody tr")

    def names() -> list[str]:
        return [row.locator("th").text_content() for row in rows.all() if row.is_visible()]

    assert len(names()) == 40
    one.page.locator("#decision input").fill("WALL 7")
    assert names() == [f"wall {number}" for number in (7, 17, 27, 37)]
    assert one.page.locator("#decision .filter output").text_content() == "4 of 40 rows"
    one.page.locator("#decision thead button", has_text="Days").click()
    assert names() == [f"wall {number}" for number in (37, 27, 17, 7)]
    one.page.locator("#decision input").fill("")
    assert names() == [f"wall {number}" for number in range(39, -1, -1)]
    one.page.emulate_media(media="print")
    assert len([row for row in rows.all() if row.is_visible()]) == 40
    assert one.logged == []
    one.close()


def test_rows_beyond_those_for_paper_are_left_out_there_and_that_is_said(browser, tmp_path, place):
    table = Table("Tasks", [Column("Task"), Column("Days", is_number=True)], TASKS, most_printed=15)
    path = tmp_path / "paper.html"
    path.write_text(with_block(place.read_text(encoding="utf-8"), table), encoding="utf-8")
    one = Opened(browser, path.as_uri())
    rows, note = one.page.locator("#decision tbody tr"), one.page.locator("#decision .paper")
    assert not note.is_visible()
    one.page.emulate_media(media="print")
    assert note.is_visible() and note.text_content() == "On paper only the first 15 of 40 rows."
    assert len([row for row in rows.all() if row.is_visible()]) == 15
    one.close()


def test_a_page_prints_in_light_without_what_needs_a_screen(browser, place):
    one = Opened(browser, place.as_uri(), scheme="dark")
    printed = one.page.pdf(prefer_css_page_size=True)
    one.page.emulate_media(media="print")
    paper = one.page.evaluate("getComputedStyle(document.body).backgroundColor")
    for hidden in ("nav", "summary", ".reading", ".skip"):
        assert not one.page.locator(hidden).first.is_visible()
    one.close()
    assert paper == "rgb(255, 255, 255)"
    assert printed.startswith(b"%PDF") and len(printed) < 1_000_000
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 12


def test_no_column_is_cut_off_on_paper(browser, place):
    one = Opened(browser, place.as_uri())
    one.page.emulate_media(media="print")
    one.page.set_viewport_size({"width": PAPER_WIDTH, "height": 900})
    too_wide = one.page.evaluate(
        "w => [...document.querySelectorAll('table')].filter(t => t.checkVisibility())"
        ".filter(t => t.getBoundingClientRect().right > w).map(t => t.closest('section').id)",
        PAPER_WIDTH,
    )
    one.close()
    assert too_wide == []


def test_names_act_on_nothing_in_a_browser(browser, tmp_path):
    left = list(PLAIN)
    counts = set()
    while left:
        run = run_of_names(lambda: left.pop() if left else "name")
        path = tmp_path / f"{len(left)}.html"
        path.write_text(render_page(run, left.pop() if left else "name"), encoding="utf-8")
        one = Opened(browser, path.as_uri())
        counts.add(one.page.evaluate("document.querySelectorAll('*').length"))
        assert (one.logged, one.requests) == ([], [path.as_uri()])
        one.close()
    assert len(counts) == 1


def test_tasks_are_sorted_by_their_plan_and_picked_by_words(made, opened):
    table = opened.page.locator("#tasks table")
    names = "[...document.querySelectorAll('#tasks tbody tr:not([hidden]) th')].map(c => c.firstChild.data.trim())"
    by_float = {task["task"]: task["float_mean"] for task in rows(made, "tasks")}
    table.locator("th button").nth(4).click()
    shown = [by_float[name] for name in opened.page.evaluate(names)]
    assert len(shown) == 3 and shown == sorted(shown)
    opened.page.locator("#tasks input").fill("systems")
    assert opened.page.evaluate(names) == ["design"]
    assert opened.page.evaluate("getComputedStyle(document.querySelector('#tasks td[style]'), '::after').width") > "0"


@pytest.fixture(scope="module")
def tied(tmp_path_factory):
    """A run whose tasks follow each other."""
    made = run_of_teams()
    path = tmp_path_factory.mktemp("tied") / "report.html"
    path.write_text(render_page(made, "results/x"), encoding="utf-8")
    return made, path


def test_relationships_are_drawn_between_bars_when_somebody_asks(browser, tied):
    made, path = tied
    opened = Opened(browser, path.as_uri())
    page, button = opened.page, opened.page.locator("[data-arrows]")
    drawn = "[...document.querySelectorAll('svg.arrows path')].length"
    ties = rows(made, "relationships")
    assert page.evaluate(drawn) == 0
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate(drawn) == len(ties) == 2
    assert "Arrow keys" in page.locator("[data-arrows] + output").inner_text()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        name = page.evaluate("document.querySelector('#tasks tr.now th').firstChild.data.trim()")
        before = [f"{tie['successor']} {tie['type']}" for tie in ties if tie["predecessor"] == name]
        after = [f"{tie['predecessor']} {tie['type']}" for tie in ties if tie["successor"] == name]
        said = page.locator("[data-arrows] + output").inner_text()
        lists = [f"{word} {', '.join(some)}" for word, some in (("after", after), ("before", before)) if some]
        assert said == " · ".join([name, *lists])
        assert page.evaluate("document.querySelectorAll('svg.arrows .on').length") == len(after) + len(before)
    page.keyboard.press("Enter")
    assert page.evaluate(drawn) == 0 and page.evaluate("document.querySelectorAll('tr.now').length") == 0
    opened.close()
    assert opened.logged == []


@pytest.mark.parametrize("size", SIZES)
def test_arrows_stand_at_the_ends_of_bars_and_follow_sorting_and_filters(browser, tied, size):
    one = Opened(browser, tied[1].as_uri(), size)
    one.page.locator("[data-arrows]").click()
    ends = """() => {
      const box = document.querySelector("svg.arrows").getBoundingClientRect();
      const find = name => [...document.querySelectorAll("#tasks tbody tr")]
        .find(row => row.cells[0].firstChild.data.trim() === name).querySelector("[style]");
      const bar = (name, end) => {
        const cell = find(name), of = key => cell.style.getPropertyValue(key) / 1000;
        const { left, top, width } = cell.getBoundingClientRect();
        return [left - box.left + width * (of("--a") + end * of("--b")), top - box.top + 14];
      };
      const bars = [["design", "build"], ["build", "done"]].map(([from, to]) => [...bar(from, 1), ...bar(to, 0)]);
      const arrows = [...document.querySelectorAll("svg.arrows path")].map(path => {
        const way = path.getAttribute("d"), start = way.match(/^M([\\d.]+) ([\\d.]+)/);
        const end = way.match(/V([\\d.]+)H([\\d.]+)m/);
        return [+start[1], +start[2], +end[2], +end[1]];
      });
      return [arrows, bars];
    }"""
    for action in (lambda: None, lambda: one.page.locator("#tasks th button").first.click()):
        action()
        one.page.wait_for_timeout(100)
        arrows, bars = map(sorted, one.page.evaluate(ends))
        assert len(arrows) == len(bars) == 2
        for arrow, bar in zip(arrows, bars, strict=True):
            assert arrow == pytest.approx(bar, abs=1)
    one.page.locator("#tasks input").fill("design")
    one.page.wait_for_timeout(100)
    assert one.page.evaluate("document.querySelectorAll('svg.arrows path').length") == 0
    one.close()
    assert one.logged == []
