"""The page that opens Arrow files in Perspective, in a browser: rows, a number, times, and names that are only text."""

import functools
import os
import shutil
import threading
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import riskengine
from riskengine.results.folder.store import open_run
from tests.support.browser import Opened, chromium
from tests.support.places import ROOT

PAGE = ROOT / "docs/bi/perspective"
LIBRARY = next(
    (
        Path(place)
        for place in os.environ.get("NODE_PATH", "").split(os.pathsep)
        if place and Path(place, "@perspective-dev/viewer-datagrid").is_dir()
    ),
    None,
)
EVIL = "<img src=x onerror=alert(1)>.arrow"

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="there is no @perspective-dev/viewer-datagrid in NODE_PATH")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "run"
    riskengine.simulate(ROOT / "scenarios/ground-station.toml", iterations=300).write(folder)
    return folder


@pytest.fixture
def opened(tmp_path):
    """The page in a browser whose clock is that of New York."""
    site = tmp_path / "site"
    shutil.copytree(PAGE, site, ignore=shutil.ignore_patterns("node_modules"))
    (site / "node_modules").symlink_to(LIBRARY, target_is_directory=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with chromium() as browser:
            page = Opened(browser, f"http://127.0.0.1:{server.server_port}/", zone="America/New_York")
            page.page.wait_for_selector("body[data-ready]")
            yield page
            page.close()
    finally:
        server.shutdown()
        server.server_close()


def choose(page, *files):
    page.set_input_files("input", [str(file) for file in files])


def status(page, beginning):
    page.wait_for_function(
        "text => document.querySelector('[role=status]').textContent.startsWith(text)", arg=beginning
    )
    return page.inner_text("[role=status]")


def rows_of(page):
    return page.evaluate("async () => await (await document.querySelector('perspective-viewer').getView()).to_json()")


def test_every_table_opens_with_its_rows_and_numbers(opened, results):
    page, tables = opened.page, open_run(results).tables
    choose(page, *results.glob("*.arrow"))
    assert f"{tables['percentiles'].num_rows} rows" in status(page, "percentiles")
    for name, table in tables.items():
        if name != "percentiles":
            page.select_option("select", name)
            assert f"{name}: {table.num_rows} rows, {table.num_columns} columns" == status(page, f"{name}:")
    page.select_option("select", "tasks")
    status(page, "tasks:")
    drawn = {row["name"]: row for row in rows_of(page)}
    for task in tables["tasks"].to_pylist():
        assert drawn[task["name"]]["criticality"] == task["criticality"]
        instant = task["finish_p80"].replace(tzinfo=UTC, microsecond=task["finish_p80"].microsecond // 1000 * 1000)
        assert datetime.fromtimestamp(drawn[task["name"]]["finish_p80"] / 1000, UTC) == instant
    assert all("deprecated" in line for line in opened.logged), opened.logged
    assert {address.split("/")[2] for address in opened.requests if address.startswith("http")} == {
        page.url.split("/")[2]
    }


def test_times_are_those_on_the_wall_of_the_project(opened, results):
    choose(opened.page, results / "tasks.arrow")
    status(opened.page, "tasks:")
    opened.page.get_by_text("3/1/27, 8:00:00 AM").first.wait_for()


def test_names_are_text_and_damaged_files_are_told(opened, results, tmp_path):
    (tmp_path / EVIL).write_bytes((results / "gates.arrow").read_bytes()[:100])
    choose(opened.page, tmp_path / EVIL)
    said = status(opened.page, "<img")
    assert "cannot be read as an Arrow file" in said
    assert opened.page.locator("img").count() == 0
    assert not any(line.startswith("dialog") for line in opened.logged)
