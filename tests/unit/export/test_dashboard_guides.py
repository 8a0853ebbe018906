"""Guides to tools that were not tried: what they name is there, and what they say in SQL runs."""

import re
from pathlib import Path

import duckdb
import pytest

import riskengine
from riskengine.star.dictionary import STAR
from tests.support import postgresql_server
from tests.support.exports import FORMATS, export_to

FOLDER = Path(__file__).parents[3] / "docs" / "bi"
GUIDES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
UNTRIED = ("grafana", "power-bi", "tableau")
COLUMNS = {table: set(one.schema().names) for table, one in STAR.items()}
STATEMENTS = re.findall(r"```sql\n(.*?)```", GUIDES["grafana"], re.DOTALL)
PLAN = {
    "schema": 1,
    "name": "Harbour",
    "start": "2027-03-01",
    "currency": "EUR",
    "tasks": {
        "dredge": {"duration": [20, 30, 60], "cost": {"rate": 1000}},
        "quay": {"duration": 20, "after": ["dredge"]},
    },
    "risks": {"storm": {"probability": 0.4, "impacts": {"dredge": {"delay": [3, 5, 9]}}}},
    "gates": {"even": {"finish": "2027-04-30", "confidence": 0.9}},
}


@pytest.mark.parametrize("guide", UNTRIED)
def test_a_guide_to_a_tool_that_was_not_tried_says_so_first(guide):
    assert GUIDES[guide].split("\n\n")[1].startswith("**Not tested here.**")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_table_that_a_guide_names_is_in_the_dictionary(guide):
    names = set(re.findall(r"\b(?:dim|fact|bridge)_[a-z_]*[a-z]\b", GUIDES[guide]))
    assert names <= set(STAR)


@pytest.mark.parametrize("guide", UNTRIED)
def test_every_column_that_a_guide_names_is_there(guide):
    for table, column in re.findall(r"\b((?:dim|fact|bridge)_[a-z_]+)\[([a-z_0-9]+)\]", GUIDES[guide]):
        assert column in COLUMNS[table], f"{table}[{column}]"
    everywhere = set().union(*COLUMNS.values()) | {"scenario", "project"}
    prose = re.sub(r"```.*?```", "", GUIDES[guide], flags=re.DOTALL)
    for name in re.findall(r"`([a-z]+(?:_[a-z0-9]+)*)`", prose):
        assert name in everywhere or name in STAR, name
    if guide == "tableau":
        for name in re.findall(r"\[([a-z_0-9]+)\]", "".join(re.findall(r"```.*?```", GUIDES[guide], re.DOTALL))):
            assert name in everywhere, name


@pytest.mark.parametrize("guide", GUIDES)
def test_links_of_a_guide_lead_somewhere(guide):
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDES[guide]):
        assert target.startswith("https://") or (FOLDER / target).exists(), target


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    root = tmp_path_factory.mktemp("results")
    riskengine.decide(riskengine.read(PLAN), iterations=512).write(root / "harbour")
    return root


@pytest.mark.parametrize("number", range(len(STATEMENTS)))
@pytest.mark.parametrize("database", ["duckdb", "postgresql"])
def test_every_statement_for_a_panel_answers(results, tmp_path, database, number):
    statement = STATEMENTS[number].replace("$scenario", "harbour")
    assert "$" not in statement
    export_to(database, results, tmp_path)
    place = FORMATS[database].place(tmp_path)
    if database == "duckdb":
        with duckdb.connect(str(place), read_only=True) as connection:
            count = len(connection.execute(statement).fetchall())
    else:
        file = postgresql_server.psql_csv(statement, postgresql_server.schema_of(place), tmp_path / "rows.csv")
        count = len(file.read_text(encoding="utf-8").splitlines()) - 1  # without the heading
    assert count >= 1
