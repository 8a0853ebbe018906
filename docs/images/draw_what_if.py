"""Draw `what-if.png`, the picture of the what-if page: `python docs/images/draw_what_if.py`.

It runs `riskengine serve` on the shipped ground station, switches a risk off in the Chromium that the system has, and
takes a picture of the top of the page.
"""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SCENARIO = "scenarios/ground-station.toml"
RISK = "bearing-late: on"
WIDTH, HEIGHT = 1180, 1280


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve the ground station, and yield the address of its page."""
    words = [sys.executable, "-m", "riskengine", "serve", SCENARIO]
    with subprocess.Popen(words, cwd=HERE.parents[1], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def draw(address: str, target: Path) -> None:
    """Take a picture of the top of the page once a risk is off, in light."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light").new_page()
        shown.goto(address)
        shown.locator("body[data-drawn]").wait_for()
        shown.get_by_label(RISK).uncheck()
        shown.locator("#changes li").wait_for()
        shown.locator("#drivers svg").wait_for()
        shown.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        shown.screenshot(path=str(target))
        browser.close()
    with contextlib.suppress(ImportError):  # a third of the bytes, where Pillow is there
        from PIL import Image

        Image.open(target).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    with served() as address:
        draw(address, HERE / "what-if.png")
