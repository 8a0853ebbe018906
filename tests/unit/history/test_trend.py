"""Trends of a history against the results folders, and forecasts against the actual finish."""

from datetime import datetime

import duckdb
import pytest

import riskengine
from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions
from riskengine.export.exporting import export
from riskengine.export.formats import place_named
from riskengine.history.history_file import HISTORY_TABLES, append, require_history
from riskengine.history.score import Score, scores
from riskengine.history.trend import Estimate, move, read_trends
from riskengine.history.words import document, place, render
from riskengine.results.folder.store import open_run
from riskengine.star.folders import find_runs
from tests.support.bridge_runs import bridge, write_bridge
from tests.support.star_runs import write_run


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return write_bridge(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def history(results, tmp_path_factory):
    file = tmp_path_factory.mktemp("history") / "history.duckdb"
    append(find_runs([results]).runs, file)
    return file


@pytest.fixture(scope="module")
def trend(history):
    (trend,) = read_trends(history)
    return trend


def percentile(folder, measure, percent):
    rows = open_run(folder).tables["percentiles"].to_pylist()
    (row,) = (
        row for row in rows if (row["target"], row["measure"], row["percentile"]) == ("project", measure, percent)
    )
    return row


def test_every_status_says_what_its_results_folder_says(results, trend):
    assert (trend.scenario_key, trend.project) == ("bridge", "Bridge")
    assert [f"{status.status_date}" for status in trend.statuses] == ["2027-03-01", "2027-04-19", "2027-06-01"]
    for name, status in zip(("march", "april", "june"), trend.statuses, strict=True):
        folder = results / name / "bridge"
        for percent in (10, 50, 80, 90):
            row = percentile(folder, "finish", percent)
            assert status.instants[percent] == (row["instant"], row["instant_ci_low"], row["instant_ci_high"])
        cost = percentile(folder, "cost", 80)
        assert status.cost == Estimate(cost["value"], cost["ci_low"], cost["ci_high"])
        (gate,) = open_run(folder).tables["gates"].to_pylist()
        (mine,) = status.gates
        assert (mine.gate, mine.probability, mine.ci_low, mine.ci_high, mine.confidence, mine.answer) == (
            gate["gate"],
            gate["probability"],
            gate["ci_low"],
            gate["ci_high"],
            0.8,
            gate["answer"],
        )


@pytest.fixture(scope="module")
def looked_again(tmp_path_factory):
    """A run that may look at its gate six times, beside one that looks once."""
    root = write_bridge(tmp_path_factory.mktemp("looks"), ("march", "april"), iterations=256)
    riskengine.decide(bridge("april"), iterations=256, until=8_192).write(root / "april" / "bridge")
    file = root / "history.duckdb"
    append(find_runs([root]).runs, file)
    return read_trends(file)


def test_gates_of_a_run_that_looks_several_times_have_the_level_of_their_intervals(looked_again):
    (trend,) = looked_again
    levels = [status.gates[0].level for status in trend.statuses]
    assert levels == pytest.approx([0.95, 1 - 0.05 / 6])
    text = render(looked_again, (), 100)
    (heading,) = (line for line in text.splitlines() if "asked" in line)
    assert "95%" not in heading
    lines = [line for line in text.splitlines() if " open " in line]
    assert ["at 95%" in line for line in lines] == [True, False]
    assert ["at 99.167%" in line for line in lines] == [False, True]
    statuses = document(looked_again, ())["scenarios"][0]["statuses"]
    assert [status["gates"][0]["level"] for status in statuses] == levels


def test_gates_of_runs_that_look_once_have_intervals_of_95_percent(trend):
    text = render([trend], (), 100)
    (heading,) = (line for line in text.splitlines() if "asked" in line)
    assert "95% interval" in heading
    assert "at 95%" not in text


def test_the_move_is_the_calendar_days_between_percentiles_from_extreme_to_extreme(trend):
    first, second, third = trend.moves
    assert first is None
    earlier, later = trend.statuses[0].instants[80], trend.statuses[1].instants[80]
    assert second.value == (later[0] - earlier[0]).total_seconds() / 86_400
    assert second.ci_low == (later[1] - earlier[2]).total_seconds() / 86_400
    assert second.ci_high == (later[2] - earlier[1]).total_seconds() / 86_400
    assert second.ci_low < second.value < second.ci_high
    assert third.value is not None


def test_a_move_from_an_open_interval_is_open():
    day = datetime(2027, 3, 1)
    assert move((day, None, day), (day, day, None)) == Estimate(0.0, 0.0, None)


def test_the_actual_finish_is_known_once_all_work_is_over(trend):
    finishes = [status.actual_finish for status in trend.statuses]
    assert finishes == [None, None, datetime(2027, 5, 29)]  # at the end of the 28th


def test_forecasts_are_scored_against_the_actual_finish(results, trend):
    march, april = scores([trend])
    for score, name in ((march, "march"), (april, "april")):
        rows = open_run(results / name / "bridge").tables["percentiles"].to_pylist()
        instants = {
            row["percentile"]: row["instant"]
            for row in rows
            if row["target"] == "project" and row["measure"] == "finish"
        }
        assert score.above == max(percent for percent, instant in instants.items() if instant < datetime(2027, 5, 29))
        assert score.at_most == min(
            percent for percent, instant in instants.items() if instant >= datetime(2027, 5, 29)
        )
        assert score.days_after_p50 == (datetime(2027, 5, 29) - instants[50]).total_seconds() / 86_400
        assert score.came_by(score.at_most) and not score.came_by(score.above)


def test_a_project_that_goes_on_is_not_scored(trend):
    from dataclasses import replace

    assert scores([replace(trend, statuses=trend.statuses[:2])]) == ()


@pytest.mark.parametrize(
    ("above", "at_most", "words"),
    [(None, 1, "by P1"), (99, None, "after P99"), (75, 80, "P75 to P80")],
)
def test_a_finish_beyond_all_percentiles_is_said_so(above, at_most, words):
    day = datetime(2027, 3, 1)
    score = Score("x", day.date(), day, above=above, at_most=at_most, days_after_p50=0.0)
    assert place(score) == words
    assert score.came_by(90) is (above != 99)


def test_a_run_stays_when_its_folder_is_replaced(tmp_path):
    file, folder = tmp_path / "history.duckdb", tmp_path / "results" / "plan"
    write_run(folder, seed=1)
    append(find_runs([folder]).runs, file)
    again = append(find_runs([folder]).runs, file)
    assert (again.new, again.unchanged, again.replaced) == ((), ("plan@2027-03-01",), ())
    write_run(folder, seed=2, days_later=31)
    assert append(find_runs([folder]).runs, file).new == ("plan@2027-04-01",)
    write_run(folder, seed=3, days_later=31)
    assert append(find_runs([folder]).runs, file).replaced == ("plan@2027-04-01",)
    (trend,) = read_trends(file)
    assert [f"{status.status_date}" for status in trend.statuses] == ["2027-03-01", "2027-04-01"]
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = {name for (name,) in connection.sql("SELECT table_name FROM information_schema.tables").fetchall()}
    assert tables == {*HISTORY_TABLES, "riskengine_export"}


def test_an_export_of_other_tables_is_no_history(results, tmp_path):
    place_text = f"duckdb:{tmp_path / 'runs.duckdb'}"
    runs = find_runs([results]).runs
    export(runs, place_named(place_text), ExportOptions(("dim_run", "fact_risk")))
    with pytest.raises(ResultsError, match="other tables"):
        append(runs, tmp_path / "runs.duckdb")
    with pytest.raises(ResultsError, match="no history"):
        require_history(tmp_path / "nothing.duckdb")


def test_names_cannot_act_on_the_terminal(tmp_path):
    write_run(tmp_path / "plan", name="\x1b[31mred\u202e", project="p\x07")
    file = tmp_path / "history.duckdb"
    append(find_runs([tmp_path / "plan"]).runs, file)
    words = render(read_trends(file), (), 100)
    assert "\\x1b[31mred\\u202e" in words
    assert all(character.isprintable() or character == "\n" for character in words)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_longer_than_the_terminal(trend, width):
    lines = render([trend], scores([trend]), width).splitlines()
    assert max(map(len, lines)) <= width


def test_the_document_has_types_that_json_has(trend):
    import json

    text = json.dumps(document([trend], scores([trend])), allow_nan=False)
    (scenario,) = json.loads(text)["scenarios"]
    assert [status["actual_finish"] for status in scenario["statuses"]] == [None, None, "2027-05-29T00:00:00"]
    assert scenario["statuses"][1]["p80_moved_calendar_days"]["value"] == trend.moves[1].value


def test_a_plan_whose_work_takes_no_time_is_not_finished_by_the_next_status(tmp_path):
    plan = {
        "schema": 1,
        "name": "Money",
        "calendar": "24h",
        "tasks": {"paid": {"milestone": True}},
        "costs": {"material": {"fixed": [5, 6, 9]}},
    }
    for folder, date in (("january", {"start": "2027-01-04"}), ("february", {"data_date": "2027-02-15"})):
        riskengine.simulate(riskengine.read({**plan, **date}), iterations=64).write(tmp_path / folder / "money")
    append(find_runs([tmp_path]).runs, tmp_path / "history.duckdb")
    (trend,) = read_trends(tmp_path / "history.duckdb")
    assert [status.actual_finish for status in trend.statuses] == [None, None]
    assert not scores([trend])
