"""Draw `report.png`, the picture of the report page, from a run: `python docs/images/draw_report.py`.

It runs `riskengine simulate` and `riskengine report` on the shipped ground station and takes a picture of the top of
the page in the Chromium that the system has.
"""

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SCENARIO = "scenarios/ground-station.toml"
WIDTH, HEIGHT = 1180, 1180


def page(folder: Path) -> Path:
    """Write the page of the ground station into a folder."""
    target = folder / "page.html"
    for words in (["simulate", SCENARIO, "-o", f"{folder}/run"], ["report", f"{folder}/run", "-o", str(target)]):
        command = [sys.executable, "-m", "riskengine", *words]
        subprocess.run(command, cwd=HERE.parents[1], check=True, capture_output=True)
    return target


def draw(address: str, target: Path) -> None:
    """Take a picture of the top of a page, in light."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light").new_page()
        shown.goto(address)
        shown.screenshot(path=str(target))
        browser.close()
    with contextlib.suppress(ImportError):  # a third of the bytes, where Pillow is there
        from PIL import Image

        Image.open(target).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        draw(page(Path(folder)).as_uri(), HERE / "report.png")
