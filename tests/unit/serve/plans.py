"""A small plan with all that the what-if page can move, and the page of it."""

import functools
from pathlib import Path

from riskengine import read
from riskengine.api.simulating import SimulationOptions
from riskengine.pages.language import read_language
from riskengine.serve.page import ServedPlan
from riskengine.serve.what_if import WhatIf

ITERATIONS = 512
TEXT = """schema = 1
name = "Stand <b>"
start = 2027-03-01
currency = "EUR"

[tasks.design]
duration = [20, 25, 40]
owner = "ana"
cost = { fixed = [10000, 12000, 18000], rate = 1500 }

[tasks.build]
duration = [30, 35, 60]
after = ["design"]
team = "site"

[tasks.paint]
duration = 4
after = ["build"]

[risks.late]
name = "Antenna late <script>alert(1)</script>"
probability = 0.3
impacts.build = { delay = [5, 10, 25], cost = 20000 }

[risks.over]
probability = 0.4
status = "closed"
impacts.build = { delay = 5 }

[actions.spare]
cost = 5000
effects.late = { probability = 0.05 }

[gates.delivery]
finish = 2027-06-14
confidence = 0.5

[gates.budget]
cost = 105000
confidence = 0.8
"""
LATE, CHANCE, SPARE, DESIGN, BUDGET = (
    *("risks-0-active", "risks-0-probability", "actions-0-active"),
    *("tasks-1-duration", "gates-0-cost"),
)
"""Keys of controls, by the order of the ids."""


def place(folder: Path) -> Path:
    """Write the plan into a folder."""
    path = folder / "plan.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@functools.cache
def what_if(path: Path) -> WhatIf:
    """The plan of a file, ready to be asked."""
    return WhatIf(read(path), SimulationOptions(iterations=ITERATIONS, threads=1))


def served(path: Path) -> ServedPlan:
    """The page of the plan of a file."""
    return ServedPlan(what_if(path), path, read_language("en"), "1.2.3")
