"""Who is told what: no money to customers, its own tasks to each team, the method to reviewers."""

import json
from dataclasses import replace

import pytest

import riskengine
from riskengine.errors import UsageError
from riskengine.pages.explained.audiences import explain
from riskengine.pages.explained.source import Source
from tests.support.report_runs import gate, run, sample
from tests.unit.pages.explained.number_check import sentences
from tests.unit.pages.runs import full_run, run_of_teams


def chapter(explanation, key):
    """The texts of a chapter."""
    (one,) = [chapter for chapter in explanation.document["chapters"] if chapter["key"] == key]
    return [sentence["text"] for sentence in (*one["sentences"], *one["steps"])]


def test_a_customer_is_told_no_money_no_risk_and_no_task():
    explanation = explain(full_run(), "customer")
    document = json.dumps(explanation.document)
    assert all(word not in document for word in ("EUR", "antenna", "storm", "design", "budget"))
    tables = {number["table"] for sentence in sentences(explanation.document) for number in sentence["numbers"]}
    assert tables == {"gates", "percentiles", "summary"}


def test_a_customer_hears_of_a_date_that_holds_where_a_gate_fails():
    steps = chapter(explain(run(sample(gates=(gate(share=0.3),))), "customer"), "next")
    assert steps[0].startswith("For gate delivery, ") and steps[0].endswith(" holds in at least 8 of 10 futures.")


def test_each_team_has_its_own_tasks():
    explanation = explain(run_of_teams(), "team")
    civil, systems = (chapter(explanation, key) for key in ("team-1", "team-2"))
    if not civil[0].startswith("Civil"):
        civil, systems = systems, civil
    assert civil[0] == "Civil has 1 task with work." and systems[0] == "Systems has 1 task with work."
    assert any("Build" in text or "build" in text for text in civil) and not any("esign" in text for text in civil)


def test_without_teams_there_is_one_chapter_of_all_tasks():
    made = sample()
    explanation = explain(run(replace(made, tasks=replace(made.tasks, team=("", "", "")))), "team")
    assert any(text.startswith("Task design ") or "(design)" in text for text in chapter(explanation, "tasks"))


def test_every_number_with_an_interval_has_it_before_reviewers():
    document = explain(full_run(), "analyst").document
    numbers = [number for sentence in sentences(document) for number in sentence["numbers"]]
    bare = [n for n in numbers if any(end is not None for end in n["ends"].values()) and not n["interval"]]
    assert bare == []
    assert sum(bool(number["interval"]) for number in numbers) > 10


def test_what_was_not_modelled_is_said():
    plan = 'schema = 1\nname = "x"\nstart = 2027-03-01\n[tasks.a]\nduration = 5\n'
    explanation = riskengine.explain(plan, audience="analyst", iterations=256)
    said = chapter(explanation, "not_modelled")
    for beginning in ("The plan has no risks", "No correlation", "No weather", "No waiting", "No branches"):
        assert any(text.startswith(beginning) for text in said), beginning
    stage, *points = chapter(explanation, "maturity")
    assert stage.startswith("The analysis is at an early stage")
    assert [text for text in points if text.startswith("Holds")] == [
        "Holds: the run is long enough; the interval of its finish is narrow against the spread."
    ]


def test_what_a_run_has_is_said_with_how_much_of_it():
    said = chapter(explain(full_run(), "analyst"), "modelled")
    assert "3 tasks." in said and "2 risks; switched on: 2." in said and "2 correlations." in said
    absent = chapter(explain(full_run(), "analyst"), "not_modelled")
    assert not any(text.startswith("No correlation") for text in absent)


def test_seed_iterations_and_versions_are_those_of_the_manifest():
    made = full_run()
    said = chapter(explain(made, "analyst"), "computed")
    assert "2,560 iterations." in said and "Seed 1." in said and f"Run {made.manifest['run']}." in said
    assert f"With numpy {made.manifest['provenance']['numpy']}." in said


def test_there_is_no_other_audience():
    with pytest.raises(UsageError, match=r"RE670.*board, customer, team, analyst"):
        explain(full_run(), "press")


@pytest.mark.parametrize(
    ("source", "plan", "word"),
    [
        (Source("results/a b", is_folder=True), "'results/a b/scenario.json'", "'results/a b'"),
        (Source("x.toml"), "x.toml", "x.toml"),
        (Source(), "plan.toml", "plan.toml"),
        (Source("x; rm -rf /"), "'x; rm -rf /'", "'x; rm -rf /'"),
    ],
)
def test_commands_name_the_plan_as_a_word_of_a_shell(source, plan, word):
    assert (source.plan, source.word) == (plan, word)


@pytest.mark.parametrize(("share", "key"), [(0.3, "mitigate"), (0.801, "decide")])
def test_what_to_do_next_follows_from_the_answer(share, key):
    explanation = explain(run(sample(gates=(gate(share=share),))), source=Source("results/x", is_folder=True))
    (last,) = [one for one in explanation.document["chapters"] if one["key"] == "next"]
    commands = [step["command"] for step in last["steps"] if step["command"]]
    if key == "decide":
        assert commands == ["riskengine decide results/x/scenario.json --until 100000"]
    else:
        assert any(step["text"].startswith("Begin with risk") for step in last["steps"])
