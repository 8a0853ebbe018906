"""The dictionary of the star schema."""

import pytest

from riskengine.results.tables.registry import RUN_TABLES, TABLES
from riskengine.star.dictionary import BY_ITERATION, RUN_STAR, STAR, schema_digest, select
from riskengine.star.page import tables_page
from riskengine.star.table import PLAIN, plain
from tests.unit.star.page import PAGE, written_anew


def all_columns():
    return [(name, column) for name, table in STAR.items() for column in table.columns]


@pytest.mark.parametrize(("table", "column"), all_columns(), ids=lambda value: getattr(value, "name", value))
def test_every_column_has_a_plain_type_a_unit_and_a_meaning(table, column):
    assert column.type in PLAIN
    assert column.unit
    assert len(column.meaning) > 1


@pytest.mark.parametrize("name", STAR)
def test_names_of_columns_are_unique_and_need_no_quotes(name):
    names = STAR[name].schema().names
    assert len(set(names)) == len(names)
    assert all(column.isidentifier() and column == column.lower() for column in names)


@pytest.mark.parametrize("name", STAR)
def test_a_key_is_of_columns_that_are_never_null(name):
    columns = {column.name: column for column in STAR[name].columns}
    assert STAR[name].key
    assert not any(columns[part].nullable for part in STAR[name].key)


def test_every_table_of_a_run_carries_the_run_key_first():
    assert {STAR[name].columns[0].name for name in RUN_STAR} == {"run_key"}
    assert set(STAR) - set(RUN_STAR) == {"dim_date"}
    assert set(BY_ITERATION) < set(RUN_STAR)


RENAMED = {"percentiles": {"value", "ci_low", "ci_high"}, "levelling": {"levelled", "unlevelled"}}
"""Columns that count from the start of the project here."""


def test_no_column_of_the_results_is_lost():
    here = {column.name for _, column in all_columns()}
    columns = [(name, column.name) for name in RUN_TABLES for column in TABLES[name].columns]
    assert len(columns) > 150
    assert [column for column in columns if column[1] not in here] == []


@pytest.mark.parametrize("pair", [("dim_task", "tasks"), ("fact_task", "tasks"), ("fact_risk", "risks")])
def test_what_is_taken_over_keeps_its_unit_and_meaning(pair):
    there = {column.name: plain(column) for column in TABLES[pair[1]].columns}
    shared = [column for column in STAR[pair[0]].columns if column.name in there]
    assert len(shared) > 4
    assert all(column == there[column.name] for column in shared)


def test_the_page_is_the_dictionary():
    text = PAGE.read_text(encoding="utf-8")
    assert written_anew(text) == text, "run python -m tests.unit.star.page"


def test_the_page_names_every_column():
    page = tables_page()
    assert [column.name for _, column in all_columns() if f"`{column.name}`" not in page] == []


def test_tables_are_selected_in_the_order_of_the_dictionary():
    assert [table.name for table in select(["fact_task", "dim_run"])] == ["dim_run", "fact_task"]


def test_other_tables_have_another_digest():
    assert schema_digest(["dim_run"]) != schema_digest(["dim_run", "dim_task"])
    assert schema_digest(["dim_run", "dim_task"]) == schema_digest(["dim_task", "dim_run"])
