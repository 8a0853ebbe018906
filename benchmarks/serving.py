"""The what-if page: from a slider that moves to the picture that is redrawn, in Chromium and without it."""

import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.figure import Figure, Goal, at_most
from benchmarks.network import Network, network
from benchmarks.variants import written

PLAN: Final = "sliders"
ITERATIONS: Final = 10_240
MOVES: Final = 120
WARM_UP: Final = 20
MILLI: Final = 1e3
GOALS: Final = {"chance": (50.0, 120.0), "action": (50.0, 120.0), "range": (200.0, 200.0)}
"""Median and 95th percentile [ms] of a risk's chance, an action, and a range."""
GATES: Final = """
[gates.date]
finish = 2028-09-01
confidence = 0.8

[gates.money]
cost = 30000000
confidence = 0.8

[actions.spare]
cost = 50000
"""
CONTROLS: Final = {"chance": "risks-0-probability", "action": "actions-0-active", "range": "tasks-0-duration"}
MOVE: Final = """async ([key, step]) => {
  const box = document.querySelector(`[data-control="${key}"]`), input = box.querySelector("input");
  const drawn = new Promise(resolve => {
    const seen = new MutationObserver(() => { seen.disconnect(); resolve(performance.now()); });
    seen.observe(document.body, { attributeFilter: ["data-drawn"] });
  });
  const began = performance.now();
  if (input.type === "checkbox") input.checked = step % 2 === 0;
  else input.value = +input.min + (0.2 + 0.002 * step) * (input.max - input.min);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return await drawn - began;
}"""


def what_if() -> list[Figure]:
    """Measure the answers of a plan of 200 tasks, and what somebody waits for who moves a slider in Chromium."""
    plan = network(PLAN)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.toml"
        action = f"effects.{plan.risks[1].id}.probability_factor = 0.5\n"
        path.write_text(written(plan) + GATES + action, encoding="utf-8")
        return [*of_answers(plan, path), *in_chromium(plan, path)]


def of_answers(plan: Network, path: Path) -> list[Figure]:
    """Measure the answers themselves: read, changed, run, compared, drawn, without HTTP and browser."""
    import json

    import riskengine
    from riskengine.api.simulating import SimulationOptions
    from riskengine.pages.language import read_language
    from riskengine.serve.page import ServedPlan
    from riskengine.serve.what_if import WhatIf

    asked = WhatIf(riskengine.read(path), SimulationOptions(iterations=ITERATIONS))
    page = ServedPlan(asked, path, read_language("en"), riskengine.__version__)
    low, likely, high = (each + 0.0 for each in (plan.tasks[0].low, plan.tasks[0].likely, plan.tasks[0].high))
    values: dict[str, Callable[[int], object]] = {
        "chance": lambda step: 0.2 + 0.002 * step,
        "action": lambda step: step % 2 == 0,
        "range": lambda step: [low, likely, high + 0.01 * step],
    }
    figures = []
    for name, value in values.items():
        spent = []
        for step in range(WARM_UP + MOVES):
            body = json.dumps({"session": "benchmark", "number": step, "changes": {CONTROLS[name]: value(step)}})
            start = time.perf_counter()
            json.dumps(page.answer(page.wish(body.encode())))
            spent.append((time.perf_counter() - start) * MILLI)
        figures += of_times(f"what-if answer, {name}: {len(plan.tasks)} tasks, {ITERATIONS} iterations", spent)
    return figures


def of_times(words: str, spent: Sequence[float], goals: tuple[Goal | None, Goal | None] = (None, None)) -> list[Figure]:
    """Return the median and the 95th percentile of times [ms], the first ones left out."""
    median, late = np.percentile(spent[WARM_UP:], (50, 95)).tolist()
    details = {"moves": float(len(spent) - WARM_UP), "longest_ms": max(spent[WARM_UP:])}
    return [
        Figure(f"{words}, median", median, "ms", goals[0], details),
        Figure(f"{words}, 95th percentile", late, "ms", goals[1], details),
    ]


def in_chromium(plan: Network, path: Path) -> list[Figure]:
    """Measure from the event of a control to the picture; nothing where there is no Chromium."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return []
    if chromium is None:
        return []
    figures = []
    with served(path) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, key in CONTROLS.items():
            page = browser.new_page()
            page.goto(address)
            page.locator("body[data-drawn]").wait_for()
            spent = [float(page.evaluate(MOVE, [key, step])) for step in range(WARM_UP + MOVES)]
            iterations = page.locator("#count").inner_text().rpartition("·")[2].strip()
            page.close()
            median, late = GOALS[name]
            words = f"what-if in Chromium, {name} to redraw: {len(plan.tasks)} tasks, {iterations}"
            figures += of_times(words, spent, (at_most(median), at_most(late)))
        browser.close()
    return figures


@contextlib.contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve a plan, and yield the address of its page."""
    words = [sys.executable, "-m", "riskengine", "serve", str(path), "-n", str(ITERATIONS)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
