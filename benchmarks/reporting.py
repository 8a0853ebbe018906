"""The report page of a large run: a whole process, and how soon Chromium answers on the page."""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, at_most
from benchmarks.network import network
from benchmarks.process import FailedError, riskengine
from benchmarks.size import write_sheets

PLAN: Final = "large"
ITERATIONS: Final = 10_240
MOST_CPU_SECONDS: Final = 2.0
MOST_KB: Final = 500.0
MOST_UNTIL_ANSWER: Final = 1.0
ANSWER: Final = "document.querySelector('summary, th button, input')"


def report(rounds: int = 3) -> list[Figure]:
    """Measure the report of 2,000 tasks, the size of the page, and the time to its first answer in Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        plan = network(PLAN)
        results, page = place / "results", place / "page.html"
        riskengine(["simulate", write_sheets(plan, place), "-o", results, "-n", str(ITERATIONS)])
        measured = []
        for _ in range(rounds):
            page.unlink(missing_ok=True)
            measured.append(riskengine(["report", results, "-o", page]))
        words = f"report of {len(plan.tasks)} tasks, {ITERATIONS} iterations"
        details = {"wall_s": min(one.wall_s for one in measured), "runs": float(rounds)}
        cpu = min(one.cpu_s for one in measured)
        return [
            Figure(f"{words}, CPU time", cpu, "s", at_most(MOST_CPU_SECONDS), details),
            Figure(f"{words}: size", page.stat().st_size / 1e3, "kB", at_most(MOST_KB)),
            *in_chromium(words, page, rounds),
        ]


def in_chromium(words: str, page: Path, rounds: int) -> list[Figure]:
    """Measure from the navigation to the answer to a first key; nothing where there is no Chromium.

    Raises
    ------
    FailedError
        When there is nothing on the page that takes a key.
    """
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return []
    if chromium is None:
        return []
    script = f"""() => new Promise((resolve) => {{
        const one = {ANSWER};
        if (!one) {{ resolve(-1); return; }}
        one.focus();
        one.click();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0));
    }})"""
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(rounds):
            tab = browser.new_page()
            tab.goto(page.as_uri(), wait_until="domcontentloaded")
            found.append(float(tab.evaluate(script)) / 1e3)
            tab.close()
        browser.close()
    if min(found) < 0:
        raise FailedError(f"nothing on the page answers: {ANSWER}")
    goal = at_most(MOST_UNTIL_ANSWER)
    return [Figure(f"{words}: first answer in Chromium", min(found), "s", goal, {"most_s": max(found)})]
