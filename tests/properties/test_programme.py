"""A programme computes what its projects do: without relationships between them, each as if it were alone.

Draws are keyed by ids, which are others in a programme. Here they are keyed by the project's own, so that not only the
distribution but every iteration has to be the same.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import riskengine
from riskengine.plan.variables import variable
from riskengine.scenario import parse, read, resolve
from tests.twin.simulator import generator

ITERATIONS = 60
SEEDS = (1, 3, 4, 5, 7, 9, 11, 19)
OF_THE_WHOLE = ("lag_calendar", "minimum_duration", "levelling", "schedule", "gates")


def project_document(seed: int) -> generator.Document:
    """A generated scenario, without what a project of a programme must not have."""
    document = generator.document(seed)
    for line in document.get("costs", {}).values():
        line.setdefault("fixed", 1000)
        line.pop("rate", None)
    for risk in document.get("risks", {}).values():
        impacts = {key: impact for key, impact in risk["impacts"].items() if key not in ("project", "cost:*")}
        risk["impacts"] = impacts or {"*": {"cost": 100}}
    for key in OF_THE_WHOLE:
        document.pop(key, None)
    start = document.pop("data_date", None) or document["start"]
    return {**document, "start": start}


def own_streams(project: str, names: Sequence[str]) -> np.ndarray:
    """Keys of streams as the projects alone have them: their ids without what the programme puts before them."""
    return KEYS(project, [name.replace("north.", "").replace("south.", "~") for name in names])


KEYS = variable.stream_keys


def columns(scenario: riskengine.Scenario, *names: str) -> list[np.ndarray]:
    """Columns of the iterations of a run."""
    table = riskengine.simulate(scenario, iterations=ITERATIONS, seed=5, method="random").tables["iterations"]
    return [table.column(name).to_numpy() for name in names]


def programme_of(folder: Path, documents: dict[str, generator.Document]) -> riskengine.Scenario:
    """The programme of some projects, each in a file of its own."""
    for name, document in documents.items():
        text = json.dumps(resolve(parse(document)))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    tables = "\n".join(f'[projects.{name}]\nfile = "{name}.json"' for name in documents)
    (folder / "programme.toml").write_text(f'schema = 1\nname = "P"\nproject = "P"\n{tables}\n', encoding="utf-8")
    return read(folder / "programme.toml")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_project_finishes_in_a_programme_as_it_does_alone(seed, tmp_path, monkeypatch):
    document = {**project_document(seed), "project": "P"}
    finish, cost = columns(parse(document), "finish", "cost")
    monkeypatch.setattr(variable, "stream_keys", own_streams)
    in_programme = programme_of(tmp_path, {"north": document})
    of_north, of_programme, total = columns(in_programme, "finish:north", "finish", "cost")
    np.testing.assert_array_equal(of_north, finish)
    np.testing.assert_array_equal(of_programme, finish)
    np.testing.assert_allclose(total, cost, rtol=1e-12, atol=1e-9)


def test_projects_of_a_programme_finish_and_cost_what_each_does_alone(tmp_path, monkeypatch):
    documents = {name: {**project_document(seed), "project": "P"} for name, seed in (("north", 7), ("south", 9))}
    documents["south"] |= {key: documents["north"][key] for key in ("start", "name")}
    renamed = json.loads(json.dumps(documents["south"], default=str))
    alone = {"north": columns(parse(documents["north"]), "finish", "cost")}
    monkeypatch.setattr(variable, "stream_keys", own_streams)
    alone["south"] = columns(programme_of(tmp_path, {"south": renamed}), "finish", "cost")
    of_north, of_south, total = columns(programme_of(tmp_path, documents), "finish:north", "finish:south", "cost")
    np.testing.assert_array_equal(of_north, alone["north"][0])
    np.testing.assert_array_equal(of_south, alone["south"][0])
    np.testing.assert_allclose(total, alone["north"][1] + alone["south"][1], rtol=1e-12, atol=1e-9)


PLANS = {
    "what is over, with logic behind it that is not": {
        "data_date": "2027-03-01",
        "tasks": {
            "late": {"duration": [3, 5, 10]},
            "seen": {"milestone": True, "after": ["late FS+20d"], "actual_start": "2027-02-01"},
            "short": {"duration": 1},
        },
    },
    "a loop whose first task is done again for longer than its last": {
        "start": "2027-03-01",
        "tasks": {"build": {"duration": [8, 10, 12]}, "look": {"duration": 1, "after": ["build SS"]}},
        "rework": {"again": {"tasks": ["build", "look"], "probability": 0.5, "most": 2}},
    },
}


@pytest.mark.parametrize("plan", PLANS)
def test_the_finish_of_a_project_waits_for_what_the_end_of_its_plan_waits_for(plan, tmp_path, monkeypatch):
    document = {"schema": 1, "name": "P", "project": "P", **PLANS[plan]}
    (finish,) = columns(parse(document), "finish")
    monkeypatch.setattr(variable, "stream_keys", own_streams)
    of_north, of_programme = columns(programme_of(tmp_path, {"north": document}), "finish:north", "finish")
    np.testing.assert_array_equal(of_north, finish)
    np.testing.assert_array_equal(of_programme, finish)
