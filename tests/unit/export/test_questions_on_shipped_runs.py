"""The questions on runs of every shipped scenario at two status dates: both databases answer, and alike."""

import duckdb
import pytest

from tests.support.exports import FORMATS, export_to, query_postgresql
from tests.support.shipped_runs import write_shipped
from tests.unit.export.test_questions import STATEMENTS

pytestmark = pytest.mark.slow

OF_ANSWERS = {
    "top-drivers-of-the-portfolio",
    "what-p80-is-made-of",
    "whose-the-contingency-is",
    "which-teams-must-not-slip",
}
"""Questions about answers that nobody asked these runs to keep."""
AT_EITHER_DATE = {"p80-by-project-and-month", "trend-of-p80"}
"""Questions about every status, not only the last one."""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return write_shipped(tmp_path_factory.mktemp("results"), iterations=256)


@pytest.fixture(scope="module")
def folder(results, tmp_path_factory):
    """Where both databases have the runs."""
    folder = tmp_path_factory.mktemp("databases")
    for scheme in ("duckdb", "postgresql"):
        export_to(scheme, results, folder)
    return folder


@pytest.mark.parametrize("name", STATEMENTS)
def test_both_databases_answer_alike(results, folder, name):
    statement = STATEMENTS[name]
    with duckdb.connect(str(FORMATS["duckdb"].place(folder)), read_only=True) as connection:
        relation = connection.sql(statement)
        types = dict(zip(relation.columns, map(str, relation.types), strict=True))
        rows = relation.fetchall()
    others = query_postgresql(FORMATS["postgresql"].place(folder), statement, types)
    assert len(rows) == len(others)
    assert (len(rows) > 0) == (name not in OF_ANSWERS)
    for row, other in zip(sorted(rows, key=repr), sorted(others, key=repr), strict=True):
        for column, value, another in zip(types, row, other, strict=True):
            assert value == (pytest.approx(another, rel=1e-12) if isinstance(value, float) else another), column
    scenarios = {path.name for path in (results / "first").iterdir()}
    if "scenario_key" in types and name in AT_EITHER_DATE:
        assert {row[list(types).index("scenario_key")] for row in rows} == scenarios
        assert len(rows) == 2 * len(scenarios)
