"""The tables of runs that the engine made: every key that one table names is a key of another."""

import pytest

import riskengine
from riskengine.star.answer_tables import FACTS_OF_ANSWERS
from riskengine.star.dictionary import RUN_STAR, STAR
from riskengine.star.folders import find_runs
from riskengine.star.run_tables import run_tables
from tests.support.places import ROOT

REFERENCES = {
    "task_key": ("dim_task", "task_key"),
    "predecessor_key": ("dim_task", "task_key"),
    "successor_key": ("dim_task", "task_key"),
    "risk_key": ("dim_risk", "risk_key"),
    "gate_key": ("dim_gate", "gate_key"),
    "run_key": ("dim_run", "run_key"),
}


@pytest.fixture(scope="module", params=["ground-station", "building-extension-one-gang", "pumping-station"])
def star(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / request.param
    riskengine.simulate(ROOT / "scenarios" / f"{request.param}.toml", iterations=300).write(folder)
    (run,) = find_runs([folder]).runs
    return run_tables(run.read())


def values(star, table, column):
    return [value for value in star[table][column].to_pylist() if value is not None]


@pytest.mark.parametrize("name", RUN_STAR)
def test_every_key_that_is_named_is_there(star, name):
    for column in set(star[name].column_names) & set(REFERENCES):
        table, key = REFERENCES[column]
        assert set(values(star, name, column)) <= set(values(star, table, key)), column


@pytest.mark.parametrize("name", RUN_STAR)
def test_keys_are_unique(star, name):
    rows = list(zip(*(star[name][column].to_pylist() for column in STAR[name].key), strict=True))
    assert len(set(rows)) == len(rows)


def test_no_table_of_the_run_is_left_empty_without_reason(star):
    empty = {name for name, table in star.items() if table.num_rows == 0}
    may_be_empty = {"fact_levelling", "fact_resource", "bridge_task_resource", "fact_resource_period", "dim_cost_line"}
    may_be_empty |= {"fact_correlation", "fact_clause", "fact_lost_day"}
    may_be_empty |= {table.name for table in FACTS_OF_ANSWERS}  # nobody asked
    assert empty <= may_be_empty | {"dim_project", "dim_change", "dim_action", "bridge_action_risk"}


def test_days_of_the_summary_are_those_of_the_iterations(star):
    finish = [row["days_from_data_date"] for row in star["fact_iteration"].to_pylist() if row["target"] == "project"]
    p80 = [
        row
        for row in star["fact_percentile"].to_pylist()
        if (row["target"], row["measure"], row["percentile"]) == ("project", "finish", 80)
    ]
    assert p80[0]["days_from_data_date"] == sorted(finish)[239]
