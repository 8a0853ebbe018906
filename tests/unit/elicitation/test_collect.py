"""What comes of forms: faults that teach, pools, and known experts."""

import datetime
import io
import json

import numpy as np
import openpyxl
import pytest

import riskengine
from riskengine.cli import main
from riskengine.elicitation.read_forms import pert
from riskengine.plan.variables.distribution import build_distribution

PLAN = """schema = 1
name = "Stand"
start = 2027-03-01
[tasks.build]
duration = 20
[tasks.design]
duration = "80h"
"""
HEAD = "task,unit,p10,likely,p90,reason\n"


@pytest.fixture
def forms(tmp_path, monkeypatch):
    """A folder for forms, beside the plan."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "plan.toml").write_text(PLAN)
    (tmp_path / "forms").mkdir()
    return tmp_path / "forms"


def write(forms, **contents):
    for name, rows in contents.items():
        (forms / f"{name}.csv").write_text(HEAD + rows)


def filled(forms, name, rows):
    """Fill in the form of an expert as a person does."""
    book = openpyxl.load_workbook(io.BytesIO(riskengine.elicit("plan.toml", expert=name)))
    for row in book["Estimates"].iter_rows(min_row=6):
        for cell, value in zip(row[3:7], rows.get(row[0].value, ()), strict=False):
            cell.value = value
    book.save(forms / f"{name}.xlsx")


def test_filled_in_forms_become_a_mixture_that_a_plan_takes(forms, capsys):
    filled(forms, "Ana", {"build": (10, 15, 30, "last time"), "design": (60, 80, 100)})
    filled(forms, "Bo", {"build": (20, 25, 40)})
    assert main(["collect", "forms", "--plan", "plan.toml", "-o", "pooled.toml", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["experts"] == ["Ana", "Bo"] and found["left_open"] == {"Bo": ["design"]}
    first, second = found["tasks"]
    assert (first["task"], first["apart"], len(first["experts"])) == ("build", False, 2)
    assert (second["task"], second["unit"], second["disagreement"]) == ("design", "h", 0.0)
    scenario = riskengine.read("pooled.toml")
    build = scenario.tasks["build"].duration
    assert build.shape == "mixture" and [each.source for each in build.of] == ["Ana: last time", "Bo"]
    assert scenario.tasks["design"].duration.unit == "h"
    run = riskengine.simulate(scenario, iterations=2_048, contributions=False)
    days = np.quantile(run.table("iterations").to_pandas()["finish_days"], 0.9)
    assert days == pytest.approx(first["p90"], rel=0.05)


def test_a_quantile_pool_averages_percentiles(forms):
    write(forms, ana="build,d,10,15,30,\n", bo="build,d,100,110,140,\n")
    with pytest.raises(riskengine.ScenarioError, match="RE748"):
        riskengine.collect("forms")
    (task,) = riskengine.collect("forms", pool="quantile").document["tasks"]
    assert (task["p10"], task["p90"]) == (pytest.approx(55, rel=1e-6), pytest.approx(85, rel=1e-6))
    assert task["apart"] is True and task["disagreement"] > 0.9
    assert riskengine.collect("forms", pool="quantile").tasks["build"]["duration"]["shape"] == "average"


def test_the_words_show_where_experts_disagree(forms):
    write(forms, ana="build,d,10,15,30,\n", bo="build,d,35,38,60,\n", cyd="build,d,10,16,29,\n")
    text = riskengine.collect("forms", pool="linear").text(80)
    assert "on 1 of them one's P10 lies above another's P90" in " ".join(text.split())
    assert text.count("•") == 3
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ("build,d,10,15,,\n", "RE741", "or none of them"),
        ("build,d,30,15,10,\n", "RE742", "P10 <= likely <= P90"),
        ("build,d,10,10,10,\n", "RE742", "nobody is sure"),
        ("build,d,ten,15,30,\n", "RE743", '"ten"'),
        ("build,d,-1,15,30,\n", "RE743", "not below 0"),
        ("build,h,10,15,30,\n", "RE744", "which is d"),
        ("build,d,10h,15,30,\n", "RE744", "which is d"),
        ("biuld,d,10,15,30,\n", "RE747", '"biuld"'),
        ("build,d,10,15,30,\nbuild,d,10,15,30,\n", "RE747", "once in a form"),
        ("build,d,=A1,15,30,\n", "RE872", "ana.csv:2"),
    ],
)
def test_a_form_that_cannot_be_trusted_is_refused_and_says_why(forms, rows, code, words):
    write(forms, ana=rows)
    with pytest.raises(riskengine.ScenarioError) as error:
        riskengine.collect("forms", plan="plan.toml")
    assert [issue.code for issue in error.value.issues] == [code]
    assert words in str(error.value)


def test_faults_of_all_forms_are_told_at_once_and_nothing_is_written(forms, capsys):
    write(forms, ana="build,d,10,15,,\n", bo="build,d,x,15,30,\ndesign,d,1,2,3,\n")
    (forms / "cyd.csv").write_text("task,low,high\nbuild,1,2\n")
    assert main(["collect", "forms", "--plan", "plan.toml", "-o", "pooled.toml"]) == 3
    out, err = capsys.readouterr()
    assert out == "" and not (forms.parent / "pooled.toml").exists()
    for code in (
        "ana.csv:2: RE741",
        "bo.csv:2: RE743",
        "bo.csv:3: RE744",
        "cyd.csv:1: RE740",
        "missing p10, likely, p90",
    ):
        assert code in err


def test_dates_and_hidden_rows_of_a_workbook_are_told(forms):
    filled(forms, "Ana", {"build": (10, 15, 30), "design": (60, 80, 100)})
    book = openpyxl.load_workbook(forms / "Ana.xlsx")
    book["Estimates"].row_dimensions[7].hidden = True
    book.save(forms / "Ana.xlsx")
    assert any("hidden or filtered out" in note and "row 7" in note for note in riskengine.collect("forms").notes)
    book["Estimates"]["D6"] = datetime.date(2027, 10, 1)
    book.save(forms / "Ana.xlsx")
    with pytest.raises(
        riskengine.ScenarioError, match=r"RE743 Estimates!D6 p10: a number must stand here, and this is a date"
    ):
        riskengine.collect("forms")


@pytest.mark.parametrize(
    "make", [lambda forms: forms.rmdir(), lambda forms: None, lambda forms: write(forms, ana="build,d,,,,\n")]
)
def test_a_folder_without_answers_is_refused(forms, make):
    make(forms)
    with pytest.raises(riskengine.ScenarioError, match="RE746"):
        riskengine.collect("forms")


def test_two_forms_of_one_expert_are_refused(forms):
    filled(forms, "Ana", {"build": (10, 15, 30)})
    (forms / "copy.xlsx").write_bytes((forms / "Ana.xlsx").read_bytes())
    with pytest.raises(riskengine.ScenarioError, match="RE745"):
        riskengine.collect("forms")


def test_forms_replace_no_file_and_names_of_experts_are_no_paths(forms, capsys):
    words = ["elicit", "plan.toml", "-o", "out", "--expert", "../Ana", "--expert", "ana"]
    assert main(words) == 0
    assert sorted(path.name for path in (forms.parent / "out").iterdir()) == ["ana-2.xlsx", "ana.xlsx"]
    assert main(words) == 2
    assert "RE904" in capsys.readouterr().err
    assert main(["elicit", "plan.toml", "-o", "form.csv"]) == 2


def test_experts_with_a_known_range_are_pooled_to_what_was_drawn_from_them():
    """Shares of 20,000 draws of a linear pool below its P10, P50 and P90; four standard errors are 0.015 at most."""
    rng = np.random.default_rng(5)
    estimates = [pert(10, 15, 30, "d", "a"), pert(18, 25, 35, "d", "b"), pert(8, 20, 45, "d", "c")]
    draws = np.concatenate([build_distribution(each, 1.0).quantile(rng.random(7_000)) for each in estimates])
    from riskengine.elicitation.pooling import pooled_opinions
    from riskengine.elicitation.read_forms import Opinion

    opinions = [Opinion(each.source, "t", "d", (1, 2, 3), "", each, "f", 1) for each in estimates]
    (pooled,) = pooled_opinions(opinions, "linear")
    for share, point in ((0.1, pooled.p10), (0.5, pooled.p50), (0.9, pooled.p90)):
        assert np.mean(draws <= point) == pytest.approx(share, abs=0.015)
