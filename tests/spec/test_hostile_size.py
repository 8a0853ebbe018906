"""The worst files that fit into the limits on size take little memory and time, or are refused at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.support.process_cost import cost_of

MIB = 2**20
MOST_MEGABYTES = 600
SECONDS_A_MIB = 3
WBS = ".".join("1" * 62)
HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\n'
TASK = "[tasks.a]\nduration = 5\n"

TOML = {
    "one text": lambda: HEAD + 'description = "' + "x" * (15 * MIB) + '"\n' + TASK,
    "one text of lines": lambda: HEAD + 'description = """' + "x\n" * (7 * MIB) + '"""\n' + TASK,
    "one text of escapes": lambda: HEAD + 'description = "' + "\\n" * (7 * MIB) + '"\n' + TASK,
    "a text that does not end": lambda: HEAD + 'description = """' + '" ' * (7 * MIB),
    "one key": lambda: HEAD + "x" * (15 * MIB) + " = 1\n" + TASK,
    "tasks": lambda: HEAD + "".join(f"[tasks.t{at}]\nduration=5\n" for at in range(400_000)),
    "as many tasks as may be": lambda: HEAD + "".join(f"[tasks.t{at}]\nduration=5\n" for at in range(99_999)),
    "dotted lines": lambda: HEAD + "".join(f"tasks.t{at}.duration = 5\n" for at in range(60_000)),
    "dotted lines for nothing": lambda: HEAD + "".join(f"a{at}.b.c.d.e.f=1\n" for at in range(500_000)),
    "tasks in braces": lambda: HEAD + "[tasks]\n" + "".join(f"t{at}={{duration=1}}\n" for at in range(290_000)),
    "numbers": lambda: HEAD + "x = [" + "1," * 1_990_000 + "]\n" + TASK,
    "keys": lambda: HEAD + "".join(f"k{at}=1\n" for at in range(1_000_000)),
}
JSON = {
    "one text": lambda: '{"x": "' + "x" * (60 * MIB) + '"}',
    "empty lists": lambda: '{"x": [' + "[]," * (20 * MIB) + "[]]}",
    "tasks": lambda: '{"tasks": {' + ",".join(f'"t{at}":{{"duration":5}}' for at in range(490_000)) + "}}",
    "one key again": lambda: '{"x":{' + '"a":1,' * 900_000 + '"a":1}}',
}
CSV = {
    "columns": lambda: "id," + ",".join(f"c{at}" for at in range(1_000_000)) + "\n",
    "rows": lambda: "id,duration\n" + "".join(f"t{at},5\n" for at in range(1_000_000)),
    "as many rows as may be": lambda: "id,duration\n" + "".join(f"t{at},5\n" for at in range(99_000)),
    "names of nothing": lambda: "id,duration,after\n" + "".join(f"t{at},5,u{at}\n" for at in range(99_000)),
    "levels of the WBS": lambda: "id,duration,wbs\n" + "".join(f"t{at},5,{at}.{WBS}\n" for at in range(99_000)),
    "one cell": lambda: 'id,duration\n"' + "x" * (60 * MIB) + '",5\n',
    "empty lines": lambda: "id,duration\n" + "\n" * (60 * MIB),
}
SLOW = pytest.mark.slow
FILES = (
    [pytest.param("toml", name, marks=SLOW if name in ("keys", "numbers") else ()) for name in TOML]
    + [("json", name) for name in JSON]
    + [("csv", name) for name in CSV]
)


@pytest.mark.skipif(os.name != "posix", reason="the system does not tell what a process took")
@pytest.mark.parametrize(("kind", "name"), FILES)
def test_no_file_takes_much_memory_or_time_for_its_size(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / f"file.{kind}"
    path.write_text({"toml": TOML, "json": JSON, "csv": CSV}[kind][name](), encoding="utf-8")
    scenario = path
    if kind == "csv":
        scenario = tmp_path / "plan.toml"
        scenario.write_text(HEAD + 'tasks = "file.csv"\n', encoding="utf-8")
    refuse_dear_reading(scenario, path, tmp_path / "err")


def refuse_dear_reading(scenario: Path, path: Path, err: Path) -> None:
    """Read a scenario in a process of its own, which must not take too much for the size of a file."""
    words = "import sys; from riskengine.reading import read; read(sys.argv[1])"
    cost = cost_of([sys.executable, "-c", words, str(scenario)], err)
    said = err.read_text(encoding="utf-8")
    assert cost.status == 0 or "ScenarioError" in said, said[-500:]
    assert cost.peak_bytes // MIB <= MOST_MEGABYTES
    assert cost.cpu_seconds <= 1 + SECONDS_A_MIB * max(1.0, path.stat().st_size / MIB)


def tasks(count: int, more: str = "") -> str:
    """A plan of so many tasks."""
    return HEAD + "".join(f"[tasks.t{at}]\nduration = 5\n{more}" for at in range(count))


PLANS = {
    "correlations of all tasks": lambda: (
        tasks(2500) + "".join(f'[correlations.c{at}]\nbetween = ["*"]\nrank = 0.5\n' for at in range(2500))
    ),
    "risks on the cost of all tasks": lambda: (
        tasks(3000) + "".join(f'[risks.r{at}]\nprobability = 0.5\nimpacts."*".cost_factor = 2\n' for at in range(3000))
    ),
    "actions with a task each": lambda: (
        tasks(4000, 'wbs = "1.2"\n') + "".join(f'[actions.a{at}]\ncost = 1\ntask = "t{at}"\n' for at in range(3000))
    ),
}
"""What is read fast, and asks for what goes with the square of its size."""


@pytest.mark.skipif(os.name != "posix", reason="the system does not tell what a process took")
@pytest.mark.parametrize("name", PLANS)
def test_no_plan_takes_much_memory_or_time_for_what_it_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLANS[name](), encoding="utf-8")
    refuse_dear_reading(path, path, tmp_path / "err")


def test_points_in_texts_do_not_count() -> None:
    """An imported schedule of 30,000 activities has a WBS code of several levels in each."""
    from riskengine.scenario.grammar.syntax import parse_toml
    from riskengine.scenario.text.faults import Faults

    tasks = "".join(
        f'[tasks.t{at}]\nwbs = "P.1.2.3.4.5.6.7.8.9"\nimported.early_start = 2027-03-01\n' for at in range(40_000)
    )
    faults = Faults()
    assert len((parse_toml(tasks, "plan.toml", faults) or {})["tasks"]) == 40_000
    assert not faults.all
    assert parse_toml('x = "a"  # a.b\n' + "a.b = 1\n" * 410_000, "plan.toml", faults) is None
    assert faults.all
