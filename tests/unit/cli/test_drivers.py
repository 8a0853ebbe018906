"""``riskengine drivers``: what drives a run."""

import json

import pytest

from riskengine.cli import main
from riskengine.results.folder.store import open_run


def drivers(*words):
    return main(["drivers", *words])


def document(capsys, *words):
    assert drivers(*words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_a_plan_says_in_days_and_money_what_drives_it(folder, capsys):
    assert drivers("plan.toml", "-n", "512") == 0
    out, err = capsys.readouterr()
    words = " ".join(out.split())
    assert words.startswith("The mean finish moves by +")
    assert "working days [+" in words
    assert "The mean cost moves by +" in words
    assert "Gate delivery is passed in " in words
    assert "moves the finish low high swing 95% interval rank share" in words
    assert "512 iterations (sobol, seed 1)." in words
    assert "Traceback" not in err
    assert not (folder / "results").exists()


def test_json_has_every_measure_with_its_interval(folder, capsys):
    found = document(capsys, "plan.toml", "-n", "512", "--seed", "5", "--top", "2")
    assert (found["iterations"], found["drivers_iterations"], found["seed"], found["target"]) == (
        512,
        512,
        5,
        "project",
    )
    assert len(found["finish"]) == 2 < found["inputs"]
    first, second = (row["swing"]["value"] for row in found["finish"])
    assert abs(first) >= abs(second)
    for row in (*found["finish"], *found["cost"]):
        for name in ("low", "high", "swing", "rank_correlation", "variance_share"):
            assert row[name]["ci_low"] <= row[name]["value"] <= row[name]["ci_high"]
    (gate,) = found["gates"]
    assert gate["gate"] == "delivery"
    row = gate["inputs"][0]
    assert row["change"]["value"] == pytest.approx(row["chance_high"]["value"] - row["chance_low"]["value"])
    assert {"criticality", "ssi", "cruciality_vanhoucke", "cruciality_nasa", "significance"} <= found["tasks"][0].keys()


def test_a_results_folder_gives_what_its_plan_gives(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "512", "--seed", "5", "-o", "run"]) == 0
    before = sorted(path.read_bytes() for path in (folder / "run").iterdir())
    capsys.readouterr()
    assert document(capsys, "run") == document(capsys, "plan.toml", "-n", "512", "--seed", "5")
    assert sorted(path.read_bytes() for path in (folder / "run").iterdir()) == before


def test_a_folder_leaves_no_choice_of_iterations(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "300", "-o", "run"]) == 0
    assert drivers("run", "-n", "512") == 2
    assert "a results folder has its own" in capsys.readouterr().err


def test_a_folder_whose_scenario_gives_other_iterations_is_refused(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "300", "-o", "run"]) == 0
    run = open_run("run")
    other = type(run)(dict(run.manifest, seed=9), run.scenario_json, run.tables)
    from riskengine.api.driving import drivers_of_run
    from riskengine.errors import ResultsError

    with pytest.raises(ResultsError, match="gives other iterations than it holds"):
        drivers_of_run(other, "project", 5)


def test_a_damaged_folder_is_refused(folder, capsys):
    assert main(["simulate", "plan.toml", "-n", "300", "-o", "run"]) == 0
    with (folder / "run" / "iterations.arrow").open("r+b") as file:
        file.seek(200)
        file.write(b"damage")
    capsys.readouterr()
    assert drivers("run") == 4
    assert "Traceback" not in capsys.readouterr().err


def test_an_unknown_target_is_refused_with_what_is_spelt_alike(folder, capsys):
    assert drivers("plan.toml", "-n", "64", "--target", "projekt") == 2
    assert "did you mean" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("-n", "1"), ("--top", "0")])
def test_what_says_nothing_is_refused(folder, capsys, words):
    assert drivers("plan.toml", *words) == 2
    capsys.readouterr()


def test_names_from_a_scenario_cannot_act_on_the_terminal(folder, capsys):
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "odd.toml").write_text(
        text + '\n[tasks."a\\u001b[2Jb"]\nduration = [1, 5, 90]\nafter = ["build"]\n', encoding="utf-8"
    )
    drivers("odd.toml", "-n", "256")
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
