"""The forecast cone and the page of a history: numbers are those of the trend, and pictures stand where they should."""

import html
import re
from dataclasses import replace

import pytest

from riskengine.cli import main
from riskengine.history.history_file import append
from riskengine.history.trend import Estimate, read_trends
from riskengine.pages.history_page import render_history
from riskengine.pages.language import language_codes, read_language
from riskengine.pages.pictures.trend import WIDE, Cone, Forecast, draw
from riskengine.star.folders import find_runs
from tests.support.bridge_runs import write_bridge

NUMBERS = r"-?[0-9.]+"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return write_bridge(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def history(results, tmp_path_factory):
    file = tmp_path_factory.mktemp("history") / "history.duckdb"
    append(find_runs([results]).runs, file)
    return file


def cells(page, caption):
    """The rows of the table with a caption, each with the texts of its cells."""
    (table,) = re.findall(rf"<caption>{re.escape(caption)}</caption>.*?</table>", page, re.DOTALL)
    body = table.split("<tbody", 1)[1]
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def test_the_page_says_what_the_trend_says(history):
    trends = read_trends(history)
    page = render_history(trends)
    rows = cells(page, "Forecasts by status date")
    assert [row[0] for row in rows] == ["1 Mar 2027", "19 Apr 2027", "1 Jun 2027"]
    for row, status in zip(rows, trends[0].statuses, strict=True):
        for cell, percent in zip(row[1:5], (10, 50, 80, 90), strict=True):
            assert cell.startswith(read_language("en").day(status.instants[percent][0]))
        assert row[6].startswith(f"{status.cost.value:,.0f} EUR")
    decisions = [status.decision.upper() for status in trends[0].statuses[:2]]
    assert [row[7] for row in rows] == [*decisions, "finished"]
    assert rows[1][5].startswith("-4.0 calendar days")
    gates = cells(page, "Chances of the gates by status date")
    assert [row[1] for row in gates] == ["open"] * 3
    scores = cells(page, "Where the actual finish fell among what had been forecast")
    assert [(row[0], row[1]) for row in scores] == [("bridge", "1 Mar 2027"), ("bridge", "19 Apr 2027")]
    assert all(re.fullmatch(r"P\d+ to P\d+|by P\d+|after P\d+", row[3]) for row in scores)
    assert scores[0][2] == "28 May 2027"


def test_the_cone_stands_where_its_days_are():
    cone = Cone([Forecast(0, 100, 110, 120, 130), Forecast(50, 105, 110, 112, 115)], 111.0)
    low, high = cone.forecast_range
    assert low < 100 and high > 130
    assert cone.point(cone.forecasts[1]) == (1.0, (110 - low) / (high - low))
    svg = draw(cone, [], [], WIDE)
    (band,) = re.findall(r'class="band" d="([^"]+)"', svg)
    (actual,) = re.findall(rf'class="mark gate" d="M{NUMBERS} ({NUMBERS})H', svg)
    numbers = [float(value) for value in re.findall(NUMBERS, band)]
    top, bottom = numbers[1], sum(numbers[1::2])  # the way goes on from P90 of the first status, and ends at its P10
    share = (130 - 111) / (130 - 100)
    assert float(actual) == pytest.approx(top + share * (bottom - top), abs=0.3)


def test_a_forecast_without_spread_has_a_picture_too():
    cone = Cone([Forecast(0, 100, 100, 100, 100), Forecast(1, 100, 100, 100, 100)], None)
    low, high = cone.forecast_range
    assert high - low >= 2
    assert "nan" not in draw(cone, [], [], WIDE)


def test_the_cone_of_the_cost_says_what_the_trend_says(history):
    (trend,) = read_trends(history)
    page = render_history([trend])
    rows = cells(page, "Forecasts of the cost by status date")
    assert len(rows) == len(trend.statuses) == 3
    language = read_language("en")
    for row, status in zip(rows, trend.statuses, strict=True):
        for cell, percent in zip(row[1:], (10, 50, 80, 90), strict=True):
            cost = status.costs[percent]
            money, interval = language.money_estimate(cost.value, cost.ci_low, cost.ci_high, status.currency)
            assert cell == f"{money} {interval}".strip()
    assert page.count("<figure") == 2


def test_money_of_two_currencies_has_no_cone(history):
    (trend,) = read_trends(history)
    first, *others = trend.statuses
    page = render_history([replace(trend, statuses=(replace(first, currency="GBP"), *others))])
    assert "Forecasts of the cost" not in page
    none = {percent: Estimate(0.0, 0.0, 0.0) for percent in (10, 50, 80, 90)}
    page = render_history([replace(trend, statuses=tuple(replace(one, costs=none) for one in trend.statuses))])
    assert "Forecasts of the cost" not in page


def test_a_cost_that_is_known_has_a_picture_too(history):
    (trend,) = read_trends(history)
    same = {percent: Estimate(1e6, 1e6, 1e6) for percent in (10, 50, 80, 90)}
    page = render_history([replace(trend, statuses=tuple(replace(one, costs=same) for one in trend.statuses))])
    assert "Forecasts of the cost" in page and "nan" not in page


def test_one_status_is_a_table_without_a_cone(history):
    (trend,) = read_trends(history)
    page = render_history([replace(trend, statuses=trend.statuses[:1])])
    assert "<figure" not in page
    assert cells(page, "Forecasts by status date")[0][0] == "1 Mar 2027"


@pytest.mark.parametrize("code", language_codes())
def test_every_language_has_the_words(history, code):
    page = render_history(read_trends(history), code)
    assert "{" not in re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL)


def test_names_are_text_and_nothing_else(history):
    (trend,) = read_trends(history)
    evil = [replace(status, name="<script>alert(1)</script>") for status in trend.statuses]
    page = render_history([replace(trend, scenario_key="<b>", statuses=tuple(evil))])
    assert "<script>alert" not in page and "<b>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_report_of_a_run_shows_the_trend_until_it(results, history, tmp_path, capsys):
    page = tmp_path / "april.html"
    assert main(["report", str(results / "april/bridge"), "-o", str(page), "--history", str(history)]) == 0
    rows = cells(page.read_text(encoding="utf-8"), "Forecasts by status date")
    assert [row[0] for row in rows] == ["1 Mar 2027", "19 Apr 2027"]
    plain = tmp_path / "plain.html"
    assert main(["report", str(results / "april/bridge"), "-o", str(plain)]) == 0
    assert "Forecasts by status date" not in plain.read_text(encoding="utf-8")


def test_a_history_without_the_run_is_refused(results, tmp_path, capsys):
    file = tmp_path / "march.duckdb"
    append(find_runs([results / "march"]).runs, file)
    words = ["report", str(results / "april/bridge"), "-o", str(tmp_path / "x.html"), "--history", str(file)]
    assert main(words) == 4
    assert "RE739" in capsys.readouterr().err
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("name", ["x.md", "x.pptx"])
def test_forms_without_room_for_it_are_refused(results, history, tmp_path, capsys, name):
    words = ["report", str(results / "april/bridge"), "-o", str(tmp_path / name), "--history", str(history)]
    assert main(words) == 2
    assert "RE948" in capsys.readouterr().err


def test_the_command_writes_the_page_and_replaces_no_other_file(results, tmp_path, capsys):
    file, page = tmp_path / "h.duckdb", tmp_path / "h.html"
    assert main(["history", str(results), "-o", str(file), "--page", str(page)]) == 0
    assert "Forecasts by status date" in page.read_text(encoding="utf-8")
    assert main(["history", "-o", str(file), "--page", str(page)]) == 0
    mine = tmp_path / "mine.html"
    mine.write_text("<p>mine</p>")
    assert main(["history", "-o", str(file), "--page", str(mine)]) == 2
    assert mine.read_text() == "<p>mine</p>"
    assert "RE942" in capsys.readouterr().err
    assert main(["history", "-o", str(file), "--page", str(tmp_path / "h.pdf")]) == 2
