"""The page of a run says what the tables say, and asks for nothing."""

import re
from dataclasses import replace
from itertools import pairwise

import pyarrow as pa
import pytest
from jinja2 import UndefinedError

from riskengine.pages.language import ENDS, read_language
from riskengine.pages.page import environment, is_page, render_page
from riskengine.report.summary.words import sentences
from riskengine.results.tables.build import build
from tests.support.report_runs import constant, run, sample, without_cost
from tests.support.report_runs import gate as gate_on
from tests.unit.pages.outline import texts
from tests.unit.pages.runs import full_run, full_run_of, guesses, large_run, links

ENGLISH = read_language("en")


@pytest.fixture(scope="module")
def made():
    return full_run()


@pytest.fixture(scope="module")
def page(made):
    return render_page(made, "results/x")


def test_the_decision_stands_first_in_words(made, page):
    said = sentences(made)
    assert len(said) == 6
    places = [texts(page).index(sentence) for sentence in said]
    assert places == sorted(places)
    assert page.index("NO-GO</p>") < page.index('id="gates"')
    assert "<title>NO-GO: Ground station</title>" in page


def test_every_gate_has_its_chance_interval_and_answer(made, page):
    for gate in made.tables["gates"].to_pylist():
        wish = gate["confidence"]
        low, high = (ENGLISH.chance(gate[f"ci_{end}"], wish, end) for end in ENDS)
        assert f"that chance between {low} and {high} (95% interval)" in texts(page)
        row = page[page.index(f"scope=row>{gate['gate']}<") :].partition("</tr>")[0]
        assert f"{ENGLISH.chance(gate['probability'], wish)} <small>{low} to {high}</small>" in row
        assert f">{ENGLISH.confidence(wish)}</td>" in row
        width = re.search(r'class="length \w+" style="left:0.00%;width:([\d.]+)%"', row).group(1)
        whisker = re.search(r'class="whisker" style="left:([\d.]+)%;width:([\d.]+)%"', row).groups()
        assert float(width) == pytest.approx(100 * gate["probability"], abs=0.006)
        assert float(whisker[0]) == pytest.approx(100 * gate["ci_low"], abs=0.006)
        assert sum(map(float, whisker)) == pytest.approx(100 * gate["ci_high"], abs=0.011)
        assert {"pass": "passes", "fail": "fails", "undecided": "undecided"}[gate["answer"]] in row


@pytest.mark.parametrize(("target", "measure"), [("project", "finish"), ("project", "cost"), ("done", "finish")])
def test_every_percentile_stands_behind_its_picture(made, page, target, measure):
    title = {"project finish": "Finish of the project", "project cost": "Cost of the project"}
    figure = page[page.index(f"<h3>{title.get(f'{target} {measure}', f'Finish of {target}')}</h3>") :].partition(
        "</figure>"
    )[0]
    rows = [
        row for row in made.tables["percentiles"].to_pylist() if (row["target"], row["measure"]) == (target, measure)
    ]
    assert len(rows) == 21
    for row in rows:
        line = re.search(rf'scope=row data-v="[\d.]+">P{row["percentile"]:g}</th>.*', figure).group()
        if measure == "finish":
            cells = [ENGLISH.day(row["instant"]), ENGLISH.span(row["instant_ci_low"], row["instant_ci_high"])]
            cells += [ENGLISH.days(row["value"])]
        else:
            cells = [ENGLISH.money(row["value"], "EUR")]
        for cell in cells:
            assert f">{cell}</td>" in line


def test_a_page_without_gates_says_so():
    page = render_page(run(sample()))
    assert "nothing to decide" in page and 'id="gates"' not in page


def test_a_page_without_cost_has_no_picture_of_it():
    assert "Cost of the project" not in render_page(run(without_cost(sample())))


def test_a_finish_that_never_varies_has_a_page():
    assert render_page(run(constant(sample()))).count("<figure>") == 2


def test_a_value_that_a_template_lacks_is_a_fault():
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()


def test_a_template_cleans_and_escapes_whatever_it_prints():
    assert environment().from_string("{{ x }}").render(x="<b>\x1b\u202e") == "&lt;b&gt;\\x1b\\u202e"


def test_a_page_of_ours_is_known(tmp_path, page):
    (tmp_path / "ours.html").write_text(page, encoding="utf-8")
    (tmp_path / "other.html").write_text("<!doctype html><title>riskengine</title>", encoding="utf-8")
    assert is_page(tmp_path / "ours.html") and not is_page(tmp_path / "other.html")


def test_a_page_names_nothing_that_a_browser_would_fetch(page):
    assert re.findall(r'(?:src|href)="(?!#|data:,")[^"]*', page) == []
    assert "http://" not in page and "https://" not in page and "@import" not in page and "url(" not in page


def test_a_german_page_says_in_german_what_the_english_one_says(made, page):
    german = render_page(made, "results/x", "de")
    assert '<html lang="de">' in german
    said = texts(german)
    for gate in made.tables["gates"].to_pylist():
        if gate["answer"] == "fail" and gate["cost"] is None:
            share, asked = f"{100 * gate['probability']:.0f}", f"{100 * gate['confidence']:.0f}"
            sentence = f"Von 100 Verläufen dieses Projekts gilt für {share}: Ende bis "
            assert sentence in said and f"; verlangt sind {asked}. NO-GO." in said
    assert len(re.findall("<t[dh][ >]", german)) == len(re.findall("<t[dh][ >]", page))
    english = {text for key, text in ENGLISH.words.items() if "{" not in text and len(text) > 12}
    assert [text for text in english if text in said] == []


def test_a_page_of_two_thousand_tasks_stays_small():
    page = render_page(large_run(), "results/large")
    assert page.count("<figure>") == 3 + 1 + 2  # of forty targets one has a picture, and the table has all
    assert len(re.findall("<th scope=row>milestone-", page)) == 40
    assert "Targets with a picture below: 1" in page
    assert "Finish of milestone-039" in page and "Finish of milestone-000" not in page  # the one with a gate
    assert len(page.encode("utf-8")) < 500_000


def test_two_thousand_tasks_with_teams_hand_overs_and_estimates_stay_small():
    made = large_run()
    tasks = made.tables["tasks"]
    ids = tasks["task"].to_pylist()
    place = tasks.schema.get_field_index("team")
    teams = pa.array([f"Team {number % 12}" for number in range(2000)])
    tables = {
        "tasks": tasks.set_column(place, tasks.schema.field("team"), teams),
        "relationships": build("relationships", links(list(pairwise(ids)))),
        "estimates": build(
            "estimates", guesses(*((task, "pert: low 3, most likely 5, high 9 days", "") for task in ids))
        ),
    }
    page = render_page(replace(made, tables={**made.tables, **tables}))
    assert "1,979 more hand-overs" in page and "1,975 more estimates" in page
    assert len(page.encode("utf-8")) < 500_000


def test_names_of_targets_stand_beside_their_ids(made, page):
    names = {row["task"]: row["name"] for row in made.tables["tasks"].to_pylist()}
    assert names["build"] == "Build"  # says no more than its id
    target = full_run_of((gate_on("g", 0.5, target=1),), targets=("t1",))
    tasks = target.tables["tasks"]
    renamed = tasks.set_column(0, tasks.schema.field(0), pa.array(["t1", "build", "done"]))
    shown = render_page(replace(target, tables={**target.tables, "tasks": renamed}))
    assert "<h3>Finish of t1 <small>Design</small></h3>" in shown
    assert "t1 by 19 Apr 2027 <small>Design</small>" in shown
    assert "<small>Build</small>" not in page
