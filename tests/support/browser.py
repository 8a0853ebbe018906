"""Chromium without a window, for the tests that open pages; where it is absent they skip and say so."""

import contextlib
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)
"""A browser of a test asks for nothing by itself."""
SIZES = {"desk": (1280, 900), "phone": (390, 844)}


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser of the system; skip the test where it, or what drives it, is not installed."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    place = shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        pytest.skip("Chromium is not installed")
    with driver.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=place, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Opened:
    """A page in the browser, with all that it logged and asked for."""

    def __init__(
        self, browser: Any, address: str, size: str = "desk", scheme: str = "light", zone: str = "UTC"
    ) -> None:
        width, height = SIZES[size]
        viewport = {"width": width, "height": height}
        self.context = browser.new_context(viewport=viewport, color_scheme=scheme, timezone_id=zone)
        self.page = self.context.new_page()
        self.logged: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.logged.append(message.text))
        self.page.on("pageerror", lambda error: self.logged.append(str(error)))
        self.page.on("dialog", lambda dialog: self.logged.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)

    def close(self) -> None:
        """Close the page and what belongs to it."""
        self.context.close()
