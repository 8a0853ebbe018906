"""Tables are made when they are read, each once, and let go of what they were made from."""

import copy
import gc
import tomllib
import weakref

import pyarrow as pa
import pytest

import riskengine
from riskengine.analysis import tables as analysing
from riskengine.results.tables.lazy_tables import LazyTables
from riskengine.results.tables.registry import RUN_TABLES
from riskengine.scenario import parse
from tests.unit.python_api.plans import STAND


class Source:
    """Something large that a table is made from."""


def lazy(made, source=None):
    def maker(name):
        return lambda: (made.append(name), pa.table({name: [len(str(source))]}))[1]

    return LazyTables({name: maker(name) for name in ("iterations", "tasks", "risks")})


def test_a_table_is_made_when_it_is_read_and_once():
    made: list[str] = []
    found = lazy(made)
    assert made == []
    assert found["tasks"] is found["tasks"]
    assert made == ["tasks"]
    assert {name: table.column_names for name, table in found.items()} == {
        "iterations": ["iterations"],
        "tasks": ["tasks"],
        "risks": ["risks"],
    }
    assert made == ["tasks", "iterations", "risks"]


def test_there_is_no_other_table():
    found = lazy([])
    assert len(found) == 3 and "gates" not in found
    with pytest.raises(KeyError, match="gates"):
        found["gates"]


def test_what_tables_are_made_from_is_let_go_when_all_are_made():
    source = Source()
    seen = weakref.ref(source)
    found = lazy([], source)
    del source
    gc.collect()
    assert seen() is not None
    dict(found)
    gc.collect()
    assert seen() is None


def test_copied_tables_are_all_there():
    assert copy.deepcopy(lazy([]))["risks"].to_pylist() == [{"risks": 4}]


def test_who_asks_for_a_date_does_not_wait_for_tasks_and_risks(monkeypatch):
    made: list[str] = []
    names = analysing.__globals__
    for name in ("tasks_table", "risks_table", "iterations_table"):
        original = names[name]
        monkeypatch.setitem(
            names, name, lambda *given, name=name, original=original: (made.append(name), original(*given))[1]
        )
    run = riskengine.simulate(parse(tomllib.loads(STAND), "stand.toml"), iterations=256)
    assert tuple(run.tables) == RUN_TABLES
    assert made == []
    assert run.finish(0.8) and run.decision
    assert made == ["iterations_table"]
    assert run.tables["tasks"].num_rows == 2
    assert made == ["iterations_table", "tasks_table"]
