"""``riskengine calibrate``: finished work against its estimates."""

import json

import numpy as np
import pytest

import riskengine
from riskengine.cli import main
from tests.support.places import ROOT
from tests.unit.calibration.finished import forecasts, table

CASE = ROOT.parent / "shared" / "cases" / "items" / "8-calibrate"


def written(folder, count=40, bias=1.3, widening=1.8, team="Hull"):
    sample = forecasts(np.random.default_rng(1), count, bias, widening)
    rows = zip(sample.p10, sample.p50, sample.p90, sample.actual, strict=True)
    cells = [(f"{team}-{at}", team, *(f"{value:.6f}" for value in row)) for at, row in enumerate(rows)]
    (folder / "done.csv").write_text(table([("id", "team", "p10 (d)", "p50 (d)", "p90 (d)", "actual (d)"), *cells]))


def document(capsys, *words):
    assert main(["calibrate", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_team_that_is_late_and_too_sure_is_told_by_how_much(folder, capsys):
    written(folder)
    (team,) = document(capsys, "done.csv", "--by", "team")["teams"]
    assert (team["team"], team["items"], team["items_with_range"]) == ("Hull", 40, 40)
    assert team["coverage_p10_p90"]["ci_high"] < 0.8
    for name, truth in (("bias", 1.3), ("recommended", 1.8)):
        assert team["widening"][name]["ci_low"] <= truth <= team["widening"][name]["ci_high"]
    assert sum(team["pit_histogram"]) == 40
    assert team["crps"]["ci_low"] < team["crps"]["value"] < team["crps"]["ci_high"]
    advised, typical = team["widening"]["advised_range"], team["widening"]["typical_range"]
    assert advised["p90"] / advised["p10"] > typical["p90"] / typical["p10"]


def test_the_words_have_the_numbers_of_the_document_and_a_picture(folder, capsys):
    written(folder)
    (team,) = document(capsys, "done.csv")["teams"]
    assert main(["calibrate", "done.csv"]) == 0
    out = capsys.readouterr().out
    assert f"{100 * team['coverage_p10_p90']['value']:.1f}%" in out
    assert f"Multiply forecasts by {team['widening']['bias']['value']:.2f} and widen them by" in " ".join(out.split())
    (last,) = [line for line in out.splitlines() if line.startswith("  P90 to P100")]
    assert last.endswith(f"{team['pit_histogram'][-1]} many")
    assert max(map(len, out.splitlines())) <= 80


def test_nineteen_ranges_get_no_widening_and_are_told_so(folder, capsys):
    written(folder, count=19)
    (team,) = document(capsys, "done.csv")["teams"]
    assert team["widening"] is None
    assert team["widening_refused"].startswith("19 items have a range: 20 are needed")
    assert team["coverage_p10_p90"] is not None
    main(["calibrate", "done.csv"])
    assert "19 items have a range: 20 are needed" in capsys.readouterr().out


def test_nine_items_are_refused_and_nothing_is_printed(folder, capsys):
    written(folder, count=9)
    assert main(["calibrate", "done.csv"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "done.csv: RE695" in err and "got all 9" in err


def test_teams_are_refused_where_nobody_says_whose_items_they_are(folder, capsys):
    (folder / "done.csv").write_text("estimate,actual\n5,7\n" * 1 + "5,8\n" * 11)
    assert main(["calibrate", "done.csv", "--by", "team"]) == 2
    assert "RE697" in capsys.readouterr().err
    assert main(["calibrate", "done.csv"]) == 0


@pytest.mark.parametrize(
    "words", [["--low-is", "10"], ["--low-is", "p90", "--high-is", "p10"], ["--hours-per-day", "0"]]
)
def test_options_that_say_nothing_are_refused(folder, capsys, words):
    written(folder)
    assert main(["calibrate", "done.csv", *words]) == 2
    assert "RE698" in capsys.readouterr().err


def test_python_says_what_the_command_says(folder, capsys):
    written(folder)
    calibration = riskengine.calibrate("done.csv", by="team")
    assert calibration.document == document(capsys, "done.csv", "--by", "team")
    assert calibration.teams == ["Hull"]
    assert "Hull: 40 of 40 items used" in calibration.text()
    with pytest.raises(riskengine.UsageError, match="RE698"):
        riskengine.calibrate("done.csv", by="owner")


def test_text_of_others_is_no_escape_sequence(folder, capsys):
    written(folder, team="Hull\x1b[31m")
    assert main(["calibrate", "done.csv", "--by", "team"]) == 0
    assert "\x1b" not in capsys.readouterr().out


SPRINTS = """id,team,sprint,status,estimate (h),actual (h)
""" + "".join(
    f"{at},Ship=1,S{at // 5},Done,8,{8 * (1.2 + 0.3 * (at // 5)) * (0.7, 0.9, 1.0, 1.2, 1.5)[at % 5]:.6f}\n"
    for at in range(20)
)
ROW = """schema = 1
name = "Twenty items"
extends = "ranges.toml"
start = 2027-03-01
"""


def test_written_ranges_give_a_plan_the_spread_that_items_share(folder, capsys):
    """The closed form of twenty items in a row, item by item lognormal, with one factor for all of them."""
    (folder / "sprints.csv").write_text(SPRINTS)
    (team,) = document(capsys, "sprints.csv", "--by", "team", "-o", "ranges.toml")["teams"]
    ranges = team["ranges"]
    assert ranges["sprints"] == 4 and ranges["ln_sd_sprint"]["value"] > 0.1
    tasks = "".join(
        f"[tasks.n{at}]\nduration = '8h'\nteam = 'Ship=1'\n" + (f"after = ['n{at - 1}']\n" if at else "")
        for at in range(20)
    )
    (folder / "row.toml").write_text(ROW + tasks)
    run = riskengine.simulate("row.toml", iterations=8_192, contributions=False)
    finish = run.table("iterations").to_pandas()["finish_days"].to_numpy()
    within, shared = ranges["ln_sd_item"]["value"] ** 2, ranges["ln_sd_sprint"]["value"] ** 2
    mean_item = np.exp(ranges["ln_mean"]["value"] + within / 2)
    mean = 20 * mean_item * np.exp(shared / 2)
    square = (20 * mean_item**2 * np.expm1(within) + (20 * mean_item) ** 2) * np.exp(2 * shared)
    sd = (square - mean**2) ** 0.5
    assert finish.mean() == pytest.approx(mean, abs=5 * sd / 8_192**0.5)
    assert finish.std() == pytest.approx(sd, rel=0.05)
    assert sd > 1.8 * (20 * mean_item**2 * np.expm1(within)) ** 0.5


def test_without_sprints_what_is_shared_is_not_made_up(folder, capsys):
    (folder / "done.csv").write_text(SPRINTS.replace("sprint", "notes"))
    (team,) = document(capsys, "done.csv", "-o", "all.toml")["teams"]
    assert team["ranges"]["ln_sd_sprint"] is None and "no sprint" in team["ranges"]["sprint_refused"]
    text = (folder / "all.toml").read_text()
    assert 'select = "*"' in text and "[risks" not in text and "look surer than it is" in text


@pytest.mark.parametrize(("where", "code"), [("ranges.json", "RE108"), ("plan.toml", "RE904")])
def test_ranges_replace_no_file(folder, capsys, where, code):
    (folder / "sprints.csv").write_text(SPRINTS)
    before = (folder / "plan.toml").read_text()
    assert main(["calibrate", "sprints.csv", "-o", where]) == 2
    out, err = capsys.readouterr()
    assert code in err and out == ""
    assert (folder / "plan.toml").read_text() == before and not (folder / "ranges.json").exists()


def test_ranges_of_nobody_are_not_written(folder, capsys):
    (folder / "done.csv").write_text(SPRINTS.replace("Ship=1", ""))
    assert main(["calibrate", "done.csv", "--by", "team", "-o", "ranges.toml"]) == 2
    assert "RE699" in capsys.readouterr().err and not (folder / "ranges.toml").exists()


def test_a_map_says_the_units_and_states_of_a_tool(folder, capsys):
    rows = "".join(f"A-{at},Team A,Erledigt,28800,{28800 + 3600 * (at % 4)}\n" for at in range(12))
    (folder / "jira.csv").write_text(f"Vorgangsschlüssel,Team,Status,Ursprüngliche Schätzung,Aufgewendete Zeit\n{rows}")
    found = document(capsys, "jira.csv", "--by", "team", "--map", "jira")
    assert found["unit"] == "h" and found["teams"][0]["items"] == 12
    assert found["teams"][0]["actual_to_estimate"]["p90"]["value"] == pytest.approx(1.375)
    assert riskengine.calibrate("jira.csv", by="team", map="jira").document == found
    assert main(["calibrate", "jira.csv", "--map", "nowhere.toml"]) == 3


@pytest.mark.skipif(not CASE.exists(), reason="the cases of others are not beside the checkout")
def test_the_case_of_two_teams_has_its_published_numbers(capsys):
    first, second = document(capsys, str(CASE / "done.csv"), "--map", "jira", "--by", "team")["teams"]
    assert [first["actual_to_estimate"][p]["value"] for p in ("p10", "p50", "p90")] == pytest.approx(
        [0.78125, 1.375, 2.308333], abs=1e-6
    )
    assert (first["items"], first["rows"]) == (24, 27)
    assert {item for ids in first["left_out"].values() for item in ids} == {"A-25", "A-26", "A-27"}
    assert second["refused"].startswith("10 pairs") and second["items"] == 4
    assert ["B-1", "B-2", "B-3", "B-4"] in second["suspicious"].values()
    parts = first["ranges"]
    assert [parts[name]["value"] for name in ("ln_mean", "ln_sd_item", "ln_sd_sprint")] == pytest.approx(
        [0.292506, 0.400994, 0.226584], abs=1e-6
    )
