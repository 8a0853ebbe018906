"""The dashboards in Superset itself: what their charts show is what SQL says of the exported runs.

They run with ``pytest -m superset``, a minute or two, where ``RISKENGINE_SUPERSET`` names a Superset.
"""

import contextlib
from datetime import UTC, datetime

import pytest

from riskengine.cli import main
from tests.support import postgresql_server, superset_server
from tests.support.browser import chromium
from tests.support.exports import FORMATS, query_postgresql
from tests.support.shipped_runs import write_shipped

pytestmark = pytest.mark.superset

SCENARIOS = ["building-extension", "ground-station", "minimal"]
CHOSEN = "building-extension"
"""The first by name, which the dashboards of one scenario open with."""
LATEST = "R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)"
PERCENTILE = "(SELECT {column} FROM fact_percentile AS P WHERE P.run_key = R.run_key AND P.target = 'project' AND P.measure = '{measure}' AND P.percentile = {percentile})"  # noqa: E501


def of_run(column, measure, percentile):
    """SQL for a percentile of a run."""
    return PERCENTILE.format(column=column, measure=measure, percentile=percentile)


EXPECTED = {
    "Decisions": (
        f"SELECT decision, COUNT(*) AS scenarios FROM dim_run AS R WHERE {LATEST} GROUP BY decision",
        "decision:VARCHAR scenarios:DOUBLE",
    ),
    "What adds most days to P80, over all scenarios": (
        f"""SELECT R.scenario_key || ': ' || F.risk AS risk_of_scenario, F.days_p80 AS "days at P80" FROM dim_run AS R
            JOIN fact_risk AS F USING (run_key) WHERE {LATEST} AND F.days_p80 IS NOT NULL
            ORDER BY F.days_p80 DESC LIMIT 15""",
        "risk_of_scenario:VARCHAR days at P80:DOUBLE",
    ),
    "Scenarios at their last status": (
        f"""SELECT R.scenario_key, R.status_date, R.decision, {of_run("date", "finish", 50)} AS finish_p50,
            {of_run("date", "finish", 80)} AS finish_p80, {of_run("value", "cost", 80)} AS cost_p80
            FROM dim_run AS R WHERE {LATEST}""",
        "scenario_key:VARCHAR status_date:DATE decision:VARCHAR finish_p50:DATE finish_p80:DATE cost_p80:DOUBLE",
    ),
    "Gates, the farthest from what is asked first": (
        f"""SELECT R.scenario_key, F.gate, F.probability, F.ci_low, F.ci_high, F.answer FROM dim_run AS R
            JOIN fact_gate AS F USING (run_key) WHERE {LATEST}""",
        "scenario_key:VARCHAR gate:VARCHAR probability:DOUBLE ci_low:DOUBLE ci_high:DOUBLE answer:VARCHAR",
    ),
    "Chance of finishing by a day": (
        f"""SELECT P.date, MAX(P.percentile) / 100 AS chance FROM dim_run AS R JOIN fact_percentile AS P USING (run_key)
            WHERE {LATEST} AND R.scenario_key = '{CHOSEN}' AND P.target = 'project' AND P.measure = 'finish'
            AND P.value IS NOT NULL GROUP BY P.date""",
        "date:DATE chance:DOUBLE",
    ),
    "Spent until the end of each month": (
        f"""SELECT F.month_start, F.cumulative_p10 AS "P10", F.cumulative_p50 AS "P50", F.cumulative_p80 AS "P80",
            F.deterministic_cumulative AS plan FROM dim_run AS R JOIN fact_cost_period AS F USING (run_key)
            WHERE {LATEST} AND R.scenario_key = '{CHOSEN}' AND F.scope = 'project'""",
        "month_start:DATE P10:DOUBLE P50:DOUBLE P80:DOUBLE plan:DOUBLE",
    ),
    "Tasks, the most critical first": (
        f"""SELECT F.task, F.finish_p50_date AS finish_p50, F.finish_p80_date AS finish_p80, F.criticality, F.float_p10
            FROM dim_run AS R JOIN fact_task AS F USING (run_key) WHERE {LATEST} AND R.scenario_key = '{CHOSEN}'""",
        "task:VARCHAR finish_p50:DATE finish_p80:DATE criticality:DOUBLE float_p10:DOUBLE",
    ),
    "Register": (
        f"""SELECT F.risk, F.occurrence, F.days_p80, F.days_p80_ci_low, F.cost_p80, F.cost_p80_ci_high
            FROM dim_run AS R JOIN fact_risk AS F USING (run_key) WHERE {LATEST} AND R.scenario_key = '{CHOSEN}'""",
        "risk:VARCHAR occurrence:DOUBLE days_p80:DOUBLE days_p80_ci_low:DOUBLE cost_p80:DOUBLE cost_p80_ci_high:DOUBLE",
    ),
    "Finish, in working days from the start": (
        f"""SELECT R.status_date, {of_run("value", "finish", 10)} AS "P10", {of_run("value", "finish", 50)} AS "P50",
            {of_run("value", "finish", 80)} AS "P80", {of_run("value", "finish", 90)} AS "P90"
            FROM dim_run AS R WHERE R.scenario_key = '{CHOSEN}'""",
        "status_date:DATE P10:DOUBLE P50:DOUBLE P80:DOUBLE P90:DOUBLE",
    ),
    "Chance of each gate": (
        f"""SELECT R.status_date,
            (SELECT probability FROM fact_gate AS F WHERE F.run_key = R.run_key AND F.gate = 'term') AS term,
            (SELECT probability FROM fact_gate AS F WHERE F.run_key = R.run_key AND F.gate = 'budget') AS budget
            FROM dim_run AS R WHERE R.scenario_key = '{CHOSEN}'""",
        "status_date:DATE term:DOUBLE budget:DOUBLE",
    ),
}
"""The heading of a chart, a statement over the tables themselves, and the columns that both must agree in."""
BOARDS = {
    "portfolio": 4,
    "project": 5,
    "risks": 3,
    "history": 4,
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A database with runs of shipped scenarios at two status dates."""
    folder = tmp_path_factory.mktemp("database")
    results = write_shipped(tmp_path_factory.mktemp("results"), SCENARIOS)
    assert main(["export", str(results), "--to", FORMATS["postgresql"].address(folder), "-q"]) == 0
    return FORMATS["postgresql"].place(folder)


@pytest.fixture(scope="module")
def shown(place, tmp_path_factory):
    """What the charts of all dashboards show, by heading, after a browser opened them."""
    database = postgresql_server.address(place).replace("postgresql://", "postgresql+psycopg2://")
    with (
        superset_server.serving(tmp_path_factory.mktemp("superset"), database) as superset,
        chromium() as browser,
        contextlib.closing(browser.new_context(viewport={"width": 1400, "height": 2400})) as context,
    ):
        page = context.new_page()
        page.set_default_timeout(120_000)
        sign_in(page, superset)
        return {name: open_board(page, superset, name, count) for name, count in BOARDS.items()}


def sign_in(page, superset):
    page.goto(f"{superset.address}/login/")
    page.fill("#username", superset_server.USER)
    page.fill("#password", superset_server.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/welcome/**")


def open_board(page, superset, name, count):
    """Return the rows of each chart of a dashboard by its heading, and the text of the page."""
    answers = []
    page.on("response", lambda answer: answers.append(answer) if "/api/v1/chart/data" in answer.url else None)
    page.goto(f"{superset.address}/superset/dashboard/riskengine-{name}/")
    page.wait_for_function(
        "count => document.querySelectorAll('.slice_container table tbody tr, .slice_container canvas').length > 0 &&"
        " document.querySelectorAll('[data-test=\"chart-container\"], .chart-container').length >= count &&"
        " document.querySelectorAll('.loading, [data-test=\"loading-indicator\"]').length === 0",
        arg=count,
    )
    page.wait_for_load_state("networkidle")
    names = page.request.get(f"{superset.address}/api/v1/dashboard/riskengine-{name}/charts").json()["result"]
    headings = {chart["id"]: chart["slice_name"] for chart in names}
    rows = {}
    for answer in answers:
        number = answer.request.post_data_json["form_data"].get("slice_id")
        if number in headings:
            assert answer.status == 200, (headings[number], answer.text()[:500])
            (result,) = answer.json()["result"]
            rows[headings[number]] = result["data"]
    return rows, page.inner_text("body")


@pytest.mark.parametrize("name", BOARDS)
def test_every_chart_of_a_dashboard_has_rows(shown, name):
    rows, text = shown[name]
    assert len(rows) == BOARDS[name]
    assert [heading for heading, data in rows.items() if not data] == []
    assert "No results were returned" not in text and "Unexpected error" not in text


@pytest.mark.parametrize("heading", EXPECTED)
def test_what_a_chart_shows_is_what_sql_says(shown, place, heading):
    statement, columns = EXPECTED[heading]
    types = dict(pair.rsplit(":", 1) for pair in columns_of(columns))
    expected = query_postgresql(place, statement, types)
    (data,) = (rows[heading] for rows, _ in shown.values() if heading in rows)
    assert sorted(tuple(value_of(row[name], types[name]) for name in types) for row in data) == sorted(expected)


def columns_of(text):
    """Split columns at the spaces that follow a type."""
    words, pairs = "", []
    for word in text.split():
        words = f"{words} {word}".strip()
        if ":" in word:
            pairs.append(words)
            words = ""
    return pairs


def value_of(value, type_):
    """A value as SQL has it: Superset answers with days in milliseconds."""
    return datetime.fromtimestamp(value / 1000, UTC).date() if type_ == "DATE" and value is not None else value


def test_the_page_shows_the_numbers_that_it_was_sent(shown):
    rows, text = shown["portfolio"]
    for row in rows["Scenarios at their last status"]:
        assert row["scenario_key"] in text
        assert value_of(row["finish_p80"], "DATE").isoformat() in text
        assert f"{row['cost_p80']:,.0f}" in text
