"""``--keep``: answers join the results folder that was asked, where its report and exports find them."""

import json
import re

import duckdb
import pyarrow.feather
import pytest

import riskengine
from riskengine.cli import main
from riskengine.errors import ResultsError, UsageError
from riskengine.pages.page import render_page
from riskengine.report.reading import rows
from riskengine.results.folder.store import open_run, verify, write
from riskengine.results.tables.registry import ON_REQUEST, RUN_TABLES
from riskengine.star.folders import find_runs
from riskengine.star.run_tables import run_tables

PLAN = {
    "schema": 1,
    "name": "Quay",
    "start": "2027-03-01",
    "currency": "EUR",
    "tasks": {
        "dredge": {"duration": [20, 30, 60], "team": "Sea", "cost": {"rate": 1000}},
        "wall": {"duration": [30, 40, 65], "after": ["dredge"], "team": "Land", "cost": {"fixed": 5000}},
    },
    "risks": {"storm": {"probability": 0.4, "impacts": {"wall": {"delay": [5, 8, 20]}}}},
    "targets": ["dredge"],
    "gates": {"open": {"finish": "2027-06-30", "confidence": 0.5}},
}
COMMANDS = (
    ["drivers"],
    ["contributions"],
    ["contingency"],
    ["outside-view", "--green-book", "standard-buildings"],
    ["teams"],
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder that was asked for everything, and the bytes that it had before."""
    place = tmp_path_factory.mktemp("kept") / "quay"
    riskengine.decide(riskengine.read(PLAN), iterations=512).write(place)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    for command in COMMANDS:
        assert main([*command, str(place), "--keep"]) == 0
    return place, before


def section(page, key):
    return page[page.index(f'<section id="{key}"') :].partition("</section>")[0]


def test_a_folder_that_keeps_answers_is_whole_and_its_own_numbers_are_what_they_were(kept):
    place, before = kept
    assert verify(place) == []
    now = {path.name: path.read_bytes() for path in place.iterdir()}
    assert now.keys() - before.keys() == {f"{name}.arrow" for name in ON_REQUEST}
    assert [name for name in before if name != "manifest.json" and now[name] != before[name]] == []
    ids = [json.loads(text["manifest.json"])["run"] for text in (before, now)]
    assert ids[0] == ids[1]


def test_tables_that_are_kept_are_those_of_the_answers(kept):
    record = open_run(kept[0])
    asked = riskengine.open_run(kept[0]).drivers()
    for name in ("drivers", "driver_gates", "driver_tasks", "driver_merges", "driver_predecessors", "driver_paths"):
        assert record.tables[name].equals(asked.table(name).to_arrow())
    answer = riskengine.contributions(kept[0])
    for measure, statistic in (("finish", "p80"), ("cost", "mean"), ("gate", "open")):
        steps = rows(record, "contributions", measure=measure, statistic=statistic)
        number = {"finish": answer.finish, "cost": answer.cost, "gate": answer.gate}[measure](statistic)
        assert (steps[0]["value"], steps[-1]["value"]) == (number["plan"], number["all"])
        assert sum(step["value"] for step in steps[:-1]) == pytest.approx(steps[-1]["value"], abs=1e-6)
    document = riskengine.open_run(kept[0]).teams().document
    months = rows(record, "team_months")
    told = [(one["key"], month["driving"]["value"]) for one in document["teams"] for month in one["months"]]
    assert [(month["key"], month["driving"]) for month in months] == told
    (hand_over,) = rows(record, "hand_overs")
    assert (hand_over["task"], json.loads(hand_over["to"])) == ("dredge", ["Land"])


def test_parts_of_the_contingency_are_kept_with_what_adding_them_up_comes_to(kept):
    record = open_run(kept[0])
    document = riskengine.open_run(kept[0]).contingency(0.8).document
    for measure, kinds in (("finish", ("risk", "together")), ("cost", ("element", "rest")), ("cost", ("task", "rest"))):
        parts = [row for row in rows(record, "contingency_parts", measure=measure) if row["kind"] in kinds]
        (whole,) = rows(record, "contingency", target="project", measure=measure, confidence=0.8)
        assert sum(row["value"] for row in parts) == pytest.approx(whole["from_plan"], abs=1e-6), kinds
    (excess,) = rows(record, "contingency_parts", kind="excess")
    assert excess["value"] == document["additive"]["excess"]["value"]
    part = section(render_page(record), "contingency")
    assert part.count("<table") == 2 + 3 and "aside for every part of the cost by itself would come to" in part


def test_the_page_shows_what_is_kept_and_nothing_of_it_otherwise(kept, tmp_path):
    record = open_run(kept[0])
    page = render_page(record)
    swing = next(row for row in rows(record, "drivers") if row["input"] == "risk/storm/occurs")["finish_swing"]
    assert f"+{swing:.1f} d" in section(page, "drivers")
    parts = rows(record, "contributions", measure="finish", statistic="p80")
    waterfall = section(page, "contributions")
    assert [name for name in ("storm", "estimates", "P80 of the run") if not re.search(f">{name} ?<", waterfall)] == []
    for part in parts:
        assert part["value"] == 0 or f"{part['value']:.1f} d" in waterfall
    teams = section(page, "teams")
    assert "How often the work of a month drives the finish" in teams
    fields = [row for row in rows(record, "team_months", kind="team") if row["driving"] is not None]
    assert teams.count('class="heat"') == 2 * len(fields) > 4  # wide, narrow
    assert re.search(r"<tr data-x[^>]*><th scope=row[^>]*>Mar 2027 ?<.*Sea: 100%", teams)
    bare = render_page(type(record)(record.manifest, record.scenario_json, {n: record.tables[n] for n in RUN_TABLES}))
    assert 'id="drivers"' not in bare and 'id="contributions"' not in bare and 'class="heat"' not in bare


def test_bars_of_the_waterfall_lead_from_the_plan_to_the_run(kept):
    waterfall = section(render_page(open_run(kept[0])), "contributions").split("<table")[1]
    bars = [
        tuple(map(float, one))
        for one in re.findall(r'class="length \w+" style="left:([\d.]+)%;width:([\d.]+)', waterfall)
    ]
    at = bars[0][0]
    for left, width in bars[1:-1]:
        assert left == pytest.approx(at, abs=0.02) or left + width == pytest.approx(at, abs=0.02)
        at = left + width if left == pytest.approx(at, abs=0.02) else left
    assert at == pytest.approx(bars[-1][0], abs=0.02)


def test_the_star_has_what_is_kept_and_empty_tables_otherwise(kept, tmp_path):
    plain = tmp_path / "plain"
    riskengine.simulate(riskengine.read(PLAN), iterations=256).write(plain)
    record, names = open_run(kept[0]), ("fact_driver", "fact_contribution", "fact_team_month", "fact_hand_over")
    sources = ("drivers", "contributions", "team_months", "hand_overs")
    with_answers, without = (run_tables(find_runs([place]).runs[0].read()) for place in (kept[0], plain))
    for name, source in zip(names, sources, strict=True):
        assert with_answers[name].num_rows == record.tables[source].num_rows > 0
        assert without[name].num_rows == 0


def test_predecessors_of_one_task_have_ranks_and_keys(tmp_path):
    tasks = {
        "dig": {"duration": [2, 3, 9]},
        "pour": {"duration": [2, 4, 5]},
        "frame": {"duration": [5, 6, 7], "after": ["dig", "pour SS+1d", "pour SS+2d"]},
    }
    plan = {key: PLAN[key] for key in ("schema", "name", "start")} | {"tasks": tasks}
    riskengine.simulate(riskengine.read(plan), iterations=256).write(tmp_path / "house")
    assert main(["drivers", str(tmp_path / "house"), "--keep"]) == 0
    table = run_tables(find_runs([tmp_path / "house"]).runs[0].read(), ("fact_driver_predecessor",))
    relationships = table["fact_driver_predecessor"].to_pylist()
    assert [(row["task"], row["rank"]) for row in relationships] == [("frame", 1), ("frame", 2), ("frame", 3)]
    assert {row["predecessor_key"] for row in relationships} == {"house@2027-03-01/dig", "house@2027-03-01/pour"}
    drives = [row["drives"] for row in relationships]
    assert drives == sorted(drives, reverse=True) and drives[0] > 0.5


def test_answers_added_after_an_export_are_exported_and_change_no_history(tmp_path, capsys):
    place = tmp_path / "quay"
    riskengine.simulate(riskengine.read(PLAN), iterations=256).write(place)
    export = ["export", str(place), "--to", f"duckdb:{tmp_path / 'all.duckdb'}"]
    append = ["history", str(place), "-o", str(tmp_path / "history.duckdb")]
    assert (main(export), main(append)) == (0, 0)
    assert main(["drivers", str(place), "--keep"]) == 0
    capsys.readouterr()
    assert main(export) == 0
    assert "1 replaced" in capsys.readouterr().out
    with duckdb.connect(str(tmp_path / "all.duckdb")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM fact_driver").fetchone()
    assert count == open_run(place).tables["drivers"].num_rows > 0
    assert main(export) == 0
    assert "1 unchanged" in capsys.readouterr().out
    for _ in range(2):
        assert main(append) == 0
        assert "0 new, 1 unchanged, 0 replaced" in capsys.readouterr().err


def test_a_run_takes_its_answers_along_to_another_folder(kept, tmp_path):
    record = open_run(kept[0])
    write(tmp_path / "copy", record)
    again = open_run(tmp_path / "copy")
    assert set(again.tables) == set(record.tables)
    assert again.manifest["checksum"] == record.manifest["checksum"]


def test_what_is_kept_is_checked_as_all_else(kept, tmp_path):
    write(tmp_path / "copy", open_run(kept[0]))
    place = tmp_path / "copy" / "drivers.arrow"
    table = pyarrow.feather.read_table(place)
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    assert table.num_rows and [text for text in verify(tmp_path / "copy") if "drivers.arrow is damaged" in text]
    place.unlink()
    with pytest.raises(ResultsError, match="RE703"):
        open_run(tmp_path / "copy")


def test_an_answer_is_kept_in_the_folder_of_its_run_alone(kept, tmp_path, capsys):
    other = tmp_path / "other"
    riskengine.simulate(riskengine.read(PLAN), iterations=256, seed=9).write(other)
    before = {path.name: path.read_bytes() for path in other.iterdir()}
    with pytest.raises(ResultsError, match="RE662"):
        riskengine.open_run(kept[0]).drivers().keep(other)
    with pytest.raises(UsageError, match="RE663"):
        riskengine.drivers(riskengine.read(PLAN), iterations=256).keep(other)
    with pytest.raises(UsageError, match="RE664"):
        riskengine.open_run(other).drivers(target="dredge").keep(other)
    assert {path.name: path.read_bytes() for path in other.iterdir()} == before
    (tmp_path / "plan.json").write_text(json.dumps(PLAN), encoding="utf-8")
    for command in COMMANDS:
        assert main([*command, str(tmp_path / "plan.json"), "--keep"]) == 2
        assert "RE663" in capsys.readouterr().err
