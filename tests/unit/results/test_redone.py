"""What the documents say of results folders: estimates that a reviewer can redo, and libraries that read the files."""

import json
import math

import pytest
from pyarrow import feather, ipc, memory_map

import riskengine

PLAN = """schema = 1
name = "redone"
start = 2027-03-01
targets = ["build"]
[tasks.design]
duration = [5, 8, 15]
[tasks.build]
duration = [10, 12, 20]
after = ["design"]
cost = { fixed = [3000, 4000, 9000], rate = 900 }
[risks.printer]
probability = 0.25
impacts.build = { delay = [2, 3, 8], cost_factor = 1.2 }
[gates.both]
finish = 2027-04-01
cost = 18000
confidence = 0.5
[gates.built]
target = "build"
finish = 2027-03-30
confidence = 0.5
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run on disk."""
    place = tmp_path_factory.mktemp("redone")
    (place / "plan.toml").write_text(PLAN, encoding="utf-8")
    riskengine.simulate(riskengine.read(place / "plan.toml"), iterations=700).write(place / "run")
    return place / "run"


def table(folder, name):
    with memory_map(str(folder / f"{name}.arrow")) as source:
        return ipc.open_file(source).read_all()


def column_of(row):
    name = "cost" if row["measure"] == "cost" else "finish_days"
    return name if row["target"] == "project" else f"{name}:{row['target']}"


def test_percentiles_means_and_chances_can_be_redone_from_the_iterations(folder):
    iterations = table(folder, "iterations").to_pydict()
    for row in table(folder, "percentiles").to_pylist():
        values = sorted(iterations[column_of(row)])
        assert row["value"] == values[math.ceil(len(values) * row["percentile"] / 100) - 1]
    for row in table(folder, "summary").to_pylist():
        values = iterations[column_of(row)]
        assert row["mean"] == pytest.approx(sum(values) / len(values), rel=1e-12)
        assert (row["minimum"], row["maximum"]) == (min(values), max(values))
        assert row["chance"] == pytest.approx(sum(value <= row["deterministic"] for value in values) / len(values))


def test_the_count_of_a_gate_can_be_redone_from_the_iterations(folder):
    iterations = table(folder, "iterations").to_pydict()
    for row in table(folder, "gates").to_pylist():
        finish = iterations["finish" if row["target"] == "project" else f"finish:{row['target']}"]
        holds = [
            (row["finish"] is None or moment <= row["finish"]) and (row["cost"] is None or cost <= row["cost"])
            for moment, cost in zip(finish, iterations["cost"], strict=True)
        ]
        assert 0 < sum(holds) < len(holds)
        assert row["count"] == sum(holds)


def test_all_else_can_be_computed_again_from_the_scenario_and_the_settings_in_the_folder(folder, tmp_path):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    scenario = riskengine.read(folder / "scenario.json")
    run = riskengine.simulate(
        scenario, iterations=manifest["iterations"], seed=manifest["seed"], method=manifest["method"]
    )
    run.write(tmp_path / "again")
    for part in folder.iterdir():
        assert (tmp_path / "again" / part.name).read_bytes() == part.read_bytes()


def test_the_files_are_those_that_pandas_and_polars_read(folder):
    """Both read Feather version 2, which is the format of Arrow's own reader here."""
    for part in folder.glob("*.arrow"):
        assert feather.read_table(part).equals(table(folder, part.stem))
