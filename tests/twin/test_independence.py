"""The twin proves nothing where it uses what it checks."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TWIN = [
    "cpm/calendar",
    "cpm/critical_path",
    "cpm/network",
    "cpm/passes",
    "cpm/scenario",
    "draws/correlated",
    "draws/philox",
    "draws/quantiles",
    "draws/streams",
    "draws/values",
    "simulator/actions",
    "simulator/backlogs",
    "simulator/behaviour",
    "simulator/branching",
    "simulator/conditions",
    "simulator/existence",
    "simulator/learning",
    "simulator/network",
    "simulator/prices",
    "simulator/pace",
    "simulator/risks",
    "simulator/simulator",
    "simulator/waiting_risks",
    "simulator/working_time",
]
STANDARD = {
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "fractions",
    "functools",
    "hashlib",
    "itertools",
    "math",
    "random",
    "statistics",
    "types",
    "typing",
}


def imported(text: str) -> set[str]:
    """Modules that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def foreign(text: str) -> set[str]:
    """Imports other than the model of a scenario, the twin itself and the standard library."""
    own = {"riskengine.model", *(f"tests.twin.{name.replace('/', '.')}" for name in TWIN)}
    return {name for name in imported(text) if name not in own and name.partition(".")[0] not in STANDARD}


@pytest.mark.parametrize("name", TWIN)
def test_the_twin_shares_no_code_with_the_engine(name):
    assert foreign((HERE / f"{name}.py").read_text(encoding="utf-8")) == set()


def test_foreign_imports_are_seen_wherever_they_stand():
    text = "import math\ndef f():\n    from riskengine.plan.time.calendar import cells\n    import numpy as np\n"
    assert foreign(text) == {"riskengine.plan.time.calendar", "numpy"}
