"""The health of a plan in results, on the page and in the star schema: what the check says, to the letter."""

import json
import re

import pyarrow as pa
import pytest

import riskengine
from riskengine.cli import main
from riskengine.pages.page import render_page
from riskengine.results.folder.store import open_run, verify
from riskengine.star.folders import find_runs
from riskengine.star.run_tables import run_tables

PLAN = """
schema = 1
name = "Yard"
start = 2027-03-01
[tasks]
dig = { name = "Dig", duration = [3, 5, 9] }
pour = { duration = [4, 6, 8], after = ["dig"] }
cure = { duration = 50, after = ["pour FS-1d"] }
paint = { duration = [2, 3, 4] }
hand_over = { type = "milestone", after = ["cure"] }
[gates.open]
finish = 2027-06-30
confidence = 0.8
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("health")
    (folder / "yard.toml").write_text(PLAN, encoding="utf-8")
    assert main(["simulate", str(folder / "yard.toml"), "-n", "256", "-o", str(folder / "yard")]) == 0
    return folder


@pytest.fixture(scope="module")
def checked(place):
    """What the check of the file says, as it prints it."""
    from riskengine.cli.check.health import report_document
    from riskengine.reading import read_placed
    from riskengine.schedule.check import check

    return report_document(check(read_placed(place / "yard.toml").scenario))


def rows(record, name):
    return record.tables[name].to_pylist()


def test_a_folder_has_the_fourteen_points_and_the_findings_of_the_check(place, checked):
    assert verify(place / "yard") == []
    record = open_run(place / "yard")
    points = rows(record, "health")
    assert [point["number"] for point in points] == list(range(1, 16))
    same = ("number", "code", "name", "numerator", "denominator", "value", "threshold", "result", "remark")
    assert [{key: point[key] for key in same} for point in points[:14]] == [
        {key: measure[key] for key in same} for measure in checked["health"]["measures"]
    ]
    assert [json.loads(point["behind"]) for point in points[:14]] == [
        measure["behind"] for measure in checked["health"]["measures"]
    ]
    findings = rows(record, "health_findings")
    assert [(one["code"], one["level"], one["title"], one["words"], json.loads(one["behind"])) for one in findings] == [
        tuple(finding[key] for key in ("code", "level", "title", "words", "behind")) for finding in checked["findings"]
    ]
    assert {"RE551", "RE552", "RE576"} <= {finding["code"] for finding in findings}


def test_the_shock_test_is_the_fifteenth_point(place, checked):
    shock = rows(open_run(place / "yard"), "health")[14]
    document = checked["health"]["shock"]
    assert document["cut_off"] == json.loads(shock["behind"]) == ["paint"]
    assert (shock["numerator"], shock["denominator"], shock["result"]) == (1, document["tested"], "fail")


def test_a_levelled_plan_is_examined_without_its_resources(place):
    levelled = PLAN.replace("[gates.open]", "[levelling]\n[resources.crew]\ncapacity = 1\n[gates.open]")
    levelled = levelled.replace("4, 6, 8]", "4, 6, 8], resources = { crew = 1 }").replace(
        "2, 3, 4]", "2, 3, 4], resources = { crew = 1 }"
    )
    (place / "levelled.toml").write_text(levelled, encoding="utf-8")
    run = riskengine.simulate(place / "levelled.toml", iterations=256)
    assert run.table("levelling").to_arrow().num_rows > 0
    points = run.tables["health"].to_pylist()
    assert json.loads(points[14]["behind"]) == ["paint"]
    assert points[9]["numerator"] < rows(open_run(place / "yard"), "health")[9]["numerator"]


def test_nobody_waits_for_the_health_of_a_run_that_is_not_written(place, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("examined")

    monkeypatch.setattr("riskengine.schedule.as_columns.check", refuse)
    run = riskengine.decide(place / "yard.toml", iterations=256)
    assert run.gate("open") is not None
    with pytest.raises(AssertionError, match="examined"):
        run.tables["health"]


@pytest.mark.parametrize(
    ("code", "title", "asked"),
    [("en", "Schedule health", "at most 5%"), ("de", "Zustand des Terminplans", "höchstens 5\xa0%")],
)
def test_the_page_shows_every_point_and_finding_in_its_language(place, code, title, asked):
    record = open_run(place / "yard")
    page = render_page(record, "yard", code)
    part = page[page.index('<section id="health"') :].partition("</section>")[0]
    assert title in part and asked in part.replace("&nbsp;", "\xa0")
    assert len(re.findall(r"<tr[^>]*><th scope=", part)) == 15 + record.tables["health_findings"].num_rows
    fails = sum(point["result"] == "fail" for point in rows(record, "health"))
    warnings = sum(finding["level"] == "warning" for finding in rows(record, "health_findings"))
    assert part.count('class="fail"') + part.count("fail") >= fails + warnings > 4
    if code == "de":
        assert (
            re.search(r"at (most|least)|relationship|warning|\btasks?\b(?!\.arrow)", re.sub(r"<[^>]+>", " ", part))
            is None
        )


def test_a_run_that_nobody_examined_has_no_such_section(place):
    record = open_run(place / "yard")
    bare = {name: table.slice(0, 0) if name.startswith("health") else table for name, table in record.tables.items()}
    assert 'id="health"' not in render_page(type(record)(record.manifest, record.scenario_json, bare))


def test_the_star_schema_has_it_under_the_key_of_the_run(place):
    star = run_tables(find_runs([place / "yard"]).runs[0].read(), ("fact_health", "fact_health_finding"))
    record = open_run(place / "yard")
    assert star["fact_health"]["run_key"].to_pylist() == ["yard@2027-03-01"] * 15
    assert star["fact_health"]["value"].to_pylist() == record.tables["health"]["value"].to_pylist()
    assert star["fact_health_finding"].num_rows == record.tables["health_findings"].num_rows > 0
    assert star["fact_health"].schema.field("number").type == pa.int32()
