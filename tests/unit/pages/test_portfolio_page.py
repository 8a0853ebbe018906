"""The page of a portfolio says what the tables of the batch say, and no name changes what it is made of."""

import itertools
import re
import unicodedata
from datetime import timedelta

import pytest

from riskengine.pages.address import relative_address
from riskengine.pages.language import language_codes, read_language
from riskengine.pages.portfolio_input import PortfolioInput, portfolio_rows
from riskengine.pages.portfolio_page import render_portfolio
from riskengine.report.answers.portfolio import outcome
from tests.unit.pages.outline import outline, texts
from tests.unit.pages.payloads import PAYLOADS, PLAIN
from tests.unit.pages.portfolios import example_portfolio, large_portfolio, portfolio_of_names

ENGLISH = read_language("en")
WORDS = {"go": "GO", "no-go": "NO-GO", "undecided": "UNDECIDED", "without gates": "no gates"}
DAY = timedelta(days=1)


def page_of(rows, links=None, folder="results"):
    return render_portfolio(PortfolioInput(rows, ENGLISH, links or {}, folder))


@pytest.fixture(scope="module")
def rows():
    return example_portfolio()


@pytest.fixture(scope="module")
def page(rows):
    return page_of(rows, {"late": "./runs/late.html"})


def line_of(page, key):
    """The row of a scenario, and the texts of its cells."""
    table = page[page.index('<section id="scenarios"') :]
    line = next(line for line in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL) if re.search(f">{key}[ <]", line))
    return line, [" ".join(texts(cell).split()) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line, re.DOTALL)]


def test_every_number_of_a_scenario_stands_in_its_row(rows, page):
    for row in rows[:4]:
        _, cells = line_of(page, row["scenario_key"])
        assert cells[0] == f"{row['scenario_key']} {row['name']}"
        assert cells[1] == WORDS[outcome(row)]
        for cell, percentile in ((cells[3], "p50"), (cells[4], "p80")):
            span = ENGLISH.span(row[f"finish_{percentile}_ci_low"], row[f"finish_{percentile}_ci_high"])
            assert cell == f"{ENGLISH.day(row[f'finish_{percentile}'])} {span}"
        days, interval = ENGLISH.days_estimate(
            row["driver_days"], row["driver_days_ci_low"], row["driver_days_ci_high"], signed=True
        )
        assert cells[7] == f"{row['driver_name']} risk, {days} ({interval})"


def test_every_gate_of_a_scenario_has_its_chance_and_interval(rows, page):
    for row in rows[:4]:
        line, cells = line_of(page, row["scenario_key"])
        assert line.count('class="length') == len(row["gates"])
        for gate in row["gates"]:
            chance, interval = ENGLISH.chance_estimate(
                gate["probability"], gate["ci_low"], gate["ci_high"], gate["confidence"]
            )
            assert f"{gate['name'] or gate['gate']} {chance} {interval}, needs 80%" in cells[2]
            assert f"width:{100 * gate['probability']:.2f}%" in line
            assert f'class="length {gate["answer"]}"' in line
    assert line_of(page, "late")[1][2].startswith("delivery"), "the weakest gate stands first"
    assert line_of(page, "open")[1][2] == "-"


def test_slack_cost_and_change_are_those_of_the_table(rows, page):
    late, cells = rows[0], line_of(page, "late")[1]
    slack = (late["commitment"] - late["finish_p80"]) / DAY
    assert cells[5].startswith(f"{round(slack):+} days ")
    assert f"promised {ENGLISH.moment(late['commitment'])}" in cells[5]
    amount, interval = ENGLISH.money_estimate(
        late["cost_p80"], late["cost_p80_ci_low"], late["cost_p80_ci_high"], "EUR"
    )
    assert cells[6] == f"{amount} {interval}; at most 90,000 EUR"
    assert cells[8] == f"+12 days was {ENGLISH.day(late['previous_finish_p80'])}; decision was GO"
    assert line_of(page, "good")[1][8] == "-"
    assert line_of(page, "free")[1][6] == "-"


def test_ends_of_slack_are_never_narrower_than_they_are(rows, page):
    late, cells = rows[0], line_of(page, "late")[1]
    low, high = map(int, re.search(r"([+-]\d+) to ([+-]\d+);", cells[5]).groups())
    assert low <= late["slack_p80_ci_low"] <= late["slack_p80_ci_high"] <= high


def test_what_has_no_results_says_why(page):
    assert line_of(page, "bad")[1][:2] == ["bad p/bad.toml:1: RE112 name: must be given", "refused"]
    assert line_of(page, "disk")[1][1] == "failed"


def test_the_worst_come_first_and_cells_sort_by_their_values(rows, page):
    table = page[page.index('<section id="scenarios"') : page.index('<section id="drivers"')]
    keys = re.findall(r'<th scope=row data-v="(\w+)"', table)
    assert keys == ["disk", "bad", "late", "free", "good", "open"]
    late = line_of(page, "late")[0]
    values = re.findall(r'data-v="([^"]*)"', late)
    assert values[:3] == ["late", "2", str(rows[0]["chance"])]
    assert float(values[5]) == rows[0]["slack_p80"]
    assert 'data-v=""' in line_of(page, "open")[0]


def test_totals_and_drivers(rows, page):
    tiles = re.findall(r"<dt>([^<]*)</dt><dd class=\"value\">([^<]*)</dd>", page)
    assert dict(tiles) == {
        "Scenarios": "6",
        "no gates": "1",
        "GO": "1",
        "UNDECIDED": "1",
        "NO-GO": "1",
        "refused": "1",
        "failed": "1",
    }
    drivers = page[page.index('<section id="drivers"') :]
    cells = [" ".join(texts(cell).split()) for cell in re.findall(r"<t[dh][ >].*?</t[dh]>", drivers, re.DOTALL)]
    assert cells[5:8] == ["antenna-late Antenna late", "risk", "4"]
    assert cells[9] == "free, good, late, open"


def drivers_of(page):
    """The rows of the drivers, each with the texts of its cells."""
    section = page[page.index('<section id="drivers"') : page.index('<section id="method"')]
    return [
        [" ".join(texts(cell).split()) for cell in re.findall(r"<t[dh][ >].*?</t[dh]>", line, re.DOTALL)]
        for line in re.findall(r"<tr[ >](.*?)</tr>", section.split("<tbody", 1)[1], re.DOTALL)
    ], section


def added(key, risk, days):
    """A risk that adds days to a scenario."""
    ends = {"driver_days_ci_low": days / 2, "driver_days_ci_high": 2 * days}
    return {"scenario_key": key, "driver": risk, "driver_kind": "risk", "driver_name": "", "driver_days": days, **ends}


def test_every_risk_that_adds_days_counts_not_the_first_of_each_scenario_alone(rows):
    contributions = {
        "late": [added("late", "strike", 9.0), added("late", "frost", 3.0)],
        "good": [added("good", "flood", 8.0), added("good", "frost", 4.0)],
        "free": [],
        "open": [added("open", "frost", 2.0)],
    }
    lines, section = drivers_of(render_portfolio(PortfolioInput(rows, ENGLISH, {}, "results", contributions)))
    assert [(line[0], line[2]) for line in lines] == [
        ("frost", "3"),
        ("antenna-late Antenna late", "1"),
        ("strike", "1"),
        ("flood", "1"),
    ]
    assert lines[0][3] == "+4.0 d +2.0 to +8.0, in good" and lines[0][4] == "good, late, open"
    assert lines[1][4] == "free", "where nothing adds days for certain its top driver counts"
    assert "could not be read" not in section


def test_scenarios_whose_results_could_not_be_read_are_counted(rows):
    page = render_portfolio(PortfolioInput(rows, ENGLISH, {}, "results", {"late": [added("late", "strike", 9.0)]}))
    assert "results could not be read: 3." in drivers_of(page)[1]


def test_a_driver_of_many_scenarios_names_those_to_which_it_adds_most():
    """Of 500 scenarios with one risk in common all stood in one cell, down three screens."""
    rows = large_portfolio(60)
    keys = [row["scenario_key"] for row in rows]
    contributions = {key: [added(key, "strike", 1.0 + n)] for n, key in enumerate(keys)}
    lines, _ = drivers_of(render_portfolio(PortfolioInput(rows, ENGLISH, {}, "results", contributions)))
    assert lines[0][4] == f"{', '.join(reversed(keys[-12:]))} and 48 more"


def test_of_thousands_of_drivers_five_hundred_have_a_row():
    rows = large_portfolio(60)
    contributions = {
        row["scenario_key"]: [added(row["scenario_key"], f"{row['scenario_key']}-{n}", 1.0 + n) for n in range(10)]
        for row in rows
    }
    lines, section = drivers_of(render_portfolio(PortfolioInput(rows, ENGLISH, {}, "results", contributions)))
    assert len(lines) == 500
    assert "100 more drivers have no row here" in section
    assert float(lines[-1][3].split()[0]) >= 2.0, "those with the least effect are left out"


def test_links_are_those_of_reports_that_there_are(page):
    assert re.findall(r'<a href="(\./[^"]*)">(\w+)</a>', page) == [("./runs/late.html", "late")]


@pytest.mark.parametrize("name", [payload for payload in PLAIN if payload not in ("", ".", "..")], ids=ascii)
def test_an_address_leads_to_one_file_beside_the_page(name):
    address = relative_address("runs", f"{name}.html")
    assert re.fullmatch(r"\./runs/(?:[\w.~-]|%[0-9A-F]{2})+", address)
    assert address.count("/") == 2


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_an_address_never_leads_upwards(name):
    with pytest.raises(ValueError):
        relative_address(name, "x.html")


def page_of_names(next_text):
    rows = portfolio_of_names(next_text)
    links = {row["scenario_key"]: relative_address("runs", f"{row['scenario_key']}.html") for row in rows[:2]}
    return page_of(rows, links, next_text())


def plain(page):
    """The outline of a page, whose addresses may hold an encoded name."""
    return outline(re.sub(r'href="\./runs/[\w.~%-]*"', 'href="./runs/x.html"', page))


@pytest.fixture(scope="module")
def plain_outline():
    names = iter(f"n{number}" for number in range(1000))
    return plain(page_of_names(lambda: next(names)))


def test_no_two_thousand_names_change_the_elements_of_the_page(plain_outline):
    left, numbers = list(PAYLOADS), itertools.count()
    while left:
        page = page_of_names(lambda: f"{left.pop() if left else 'name'}{next(numbers)}")
        assert plain(page) == plain_outline
        assert {c for c in page if unicodedata.category(c) in ("Cc", "Cf", "Cs")} <= {"\n"}


def test_a_name_that_is_not_escaped_is_seen(plain_outline):
    numbers = itertools.count()
    page = page_of_names(lambda: f"n{next(numbers)}")
    assert plain(page) == plain_outline
    assert plain(page.replace(" <small>n", " <small><b>n</b>", 1)) != plain_outline
    assert plain(page.replace("./runs/", "//example.org/", 1)) != plain_outline


def test_five_hundred_scenarios_make_a_page_of_modest_size():
    page = page_of(large_portfolio())
    assert page.count("<th scope=row") >= 500
    assert len(page.encode("utf-8")) < 1_200_000


def test_a_batch_without_any_result_has_a_page():
    page = page_of(example_portfolio()[4:])
    assert "refused" in page and 'id="drivers"' not in page


@pytest.mark.parametrize("code", language_codes())
def test_every_language_has_the_page(rows, code):
    language = read_language(code)
    page = render_portfolio(PortfolioInput(rows, language))
    assert f'<html lang="{code}">' in page
    assert f">{language.say('portfolio.outcome.refused')}<" in page
    assert language.day(rows[0]["finish_p80"]) in page


def test_gates_of_another_run_are_none_of_a_scenario(rows):
    late = rows[0]
    (joined,) = portfolio_rows([late], [gate | {"run": "another"} for gate in late["gates"]] + late["gates"][:1])
    assert joined["gates"] == late["gates"][:1]
