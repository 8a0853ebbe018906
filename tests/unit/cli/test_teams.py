"""``riskengine teams``: who must not slip, pages to send, and what an absence costs."""

import json

import numpy as np
import pytest

import riskengine
from riskengine.cli import main
from riskengine.report.answers.teams import file_names

PLAN = """schema = 1
name = "Teams"
start = 2027-03-01
calendar = "office"
[calendars.office]
week = "mon-fri 08:00-16:00"
{lost}
[resources.ana]
name = "Ana"
[tasks.design]
duration = {design}
team = "Of|fice/.."
resources = {{ ana = 1 }}
[tasks.buy]
duration = 4
team = "Purchase"
[tasks.build]
duration = 10
team = "Works"
owner = "Bo"
after = ["design", "buy"]
"""


def written(folder, design="{ shape = 'discrete', values = [2, 6], weights = [1, 1] }", lost=""):
    (folder / "teams.toml").write_text(PLAN.format(design=design, lost=lost), encoding="utf-8")


def document(capsys, *words):
    assert main(["teams", "teams.toml", "-n", "512", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_each_team_has_its_chance_to_drive_the_finish(folder, capsys):
    written(folder)
    found = document(capsys)
    team = {each["key"]: each for each in found["teams"] if each["kind"] == "team"}
    for name, truth in (("Of|fice/..", 0.5), ("Purchase", 0.5), ("Works", 1.0)):
        driving = team[name]["driving"]
        assert driving["ci_low"] <= truth <= driving["ci_high"]
        (month,) = team[name]["months"]
        assert month["month"] == "2027-03-01" and month["work"]["value"] == 1
        assert month["driving"] == driving
    assert [team["Purchase"]["months"][0]["load"][p]["value"] for p in ("p10", "p50", "p80")] == [4, 4, 4]
    assert team["Of|fice/.."]["months"][0]["load"]["p80"]["value"] == 6
    (hand_over,) = team["Of|fice/.."]["hand_overs"]
    assert (hand_over["task"], hand_over["to"]) == ("design", ["Works"])
    assert hand_over["finish_p80"]["value"] == "2027-03-08T16:00:00"
    assert team["Works"]["hand_overs"] == []


def test_a_page_for_each_is_written_under_a_safe_name(folder, capsys):
    written(folder)
    assert main(["teams", "teams.toml", "-n", "256", "-o", "pages"]) == 0
    out, err = capsys.readouterr()
    assert "Teams" in out and "5 pages in pages" in err
    names = sorted(path.name for path in (folder / "pages").iterdir())
    assert names == ["owner-bo.md", "resource-ana.md", "team-of-fice.md", "team-purchase.md", "team-works.md"]
    page = (folder / "pages/team-of-fice.md").read_text()
    assert "# Of&#124;fice/&#46;&#46;" in page and "design" in page and "Works" in page
    assert main(["teams", "teams.toml", "-n", "256", "-o", "plan.toml"]) == 4


def test_names_of_files_differ_whatever_the_case_of_letters():
    class Report:
        def __init__(self, key):
            self.kind, self.key = "team", key

    names = file_names([Report(key) for key in ("A", "a", "..", "../x", "\u00e4", "con")])
    assert names == ["team-a.md", "team-a-2.md", "team-unnamed.md", "team-x.md", "team-unnamed-2.md", "team-con.md"]


def test_an_absence_costs_the_days_that_it_takes(folder, capsys):
    written(folder, design="5")
    found = document(capsys, "--absence", "ana 2027-03-03..2027-03-08")
    rows = {row["statistic"]: row for row in found["differences"] if row["measure"] == "finish"}
    # Wednesday, Thursday, Friday and Monday
    assert {row["difference"] for row in rows.values()} == {4}
    assert rows["p80"]["ci_low"] == rows["p80"]["ci_high"] == 4
    twice = document(capsys, "--absence", "ana 2027-03-03..2027-03-03", "--absence", "Bo 2027-03-15..2027-03-16")
    assert {row["difference"] for row in twice["differences"] if row["measure"] == "finish"} == {3}


def test_an_absence_moves_no_lost_day(folder, capsys):
    months = ", ".join(f"{month} = 0.4" for month in ["feb", "mar", "apr", "may"])
    written(folder, lost=f"lost = {{ {months}, spell = 3 }}")
    found = document(capsys, "--absence", "ana 2028-03-01..2028-03-08")
    assert {row["difference"] for row in found["differences"]} == {0}
    scenario = riskengine.read(folder / "teams.toml")
    later = riskengine.compare(scenario, scenario.absent("Bo 2027-03-08..2027-03-09"), iterations=512)
    assert later.finish("mean")["difference"] > 0


def test_absences_of_nobody_are_refused(folder, capsys):
    written(folder)
    for text, code in (
        ("anna 2027-05-03..2027-05-24", "RE655"),
        ("ana in May", "RE654"),
        ("ana 2027-05-24..2027-05-03", "RE654"),
        ("ana 2027-05-32..2027-06-03", "RE654"),
    ):
        assert main(["teams", "teams.toml", "-n", "256", "--absence", text]) == 2
        assert code in capsys.readouterr().err
    assert main(["teams", "teams.toml", "-n", "256", "--absence", "ana 2027-05-03..2027-05-24", "-o", "x"]) == 2


def test_a_folder_says_what_its_plan_says_and_python_too(folder, capsys):
    written(folder)
    of_plan = document(capsys)
    assert main(["simulate", "teams.toml", "-n", "512", "-o", "out"]) == 0
    capsys.readouterr()
    assert main(["teams", "out", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == of_plan
    assert main(["teams", "out", "--absence", "ana 2027-03-03..2027-03-08", "--json"]) == 0
    of_folder = json.loads(capsys.readouterr().out)
    assert of_folder["differences"] == document(capsys, "--absence", "ana 2027-03-03..2027-03-08")["differences"]
    teams = riskengine.open_run("out").teams()
    assert teams.document == of_plan
    assert (teams.iterations, len(teams.pages), repr(teams)) == (512, 5, "<Teams: 5 in 512 iterations>")


def test_a_plan_without_teams_says_so(folder, capsys):
    (folder / "bare.toml").write_text('schema = 1\nname = "n"\nstart = 2027-03-01\n[tasks.a]\nduration = 1\n')
    assert main(["teams", "bare.toml", "-n", "1"]) == 0
    assert "No task has a team, an owner or a resource." in capsys.readouterr().out


@pytest.mark.parametrize("width", ["40", "80", "160"])
def test_every_width_is_kept(folder, capsys, monkeypatch, width):
    written(folder)
    monkeypatch.setenv("COLUMNS", width)
    assert main(["teams", "teams.toml", "-n", "256"]) == 0
    assert np.all([len(line) <= int(width) for line in capsys.readouterr().out.splitlines()])


def test_a_month_that_few_iterations_reach_is_not_where_a_team_drives_most(folder, capsys):
    written(folder, design="{ shape = 'discrete', values = [2, 6, 60], weights = [50, 50, 1] }")
    assert main(["teams", "teams.toml", "-n", "512"]) == 0
    overview = capsys.readouterr().out.split("Of|fice/..")[1]
    assert "most in Mar" in " ".join(overview.split())[:120]
