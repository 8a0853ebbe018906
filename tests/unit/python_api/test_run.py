"""What a run answers: dates, money, gates, words, and what it refuses to answer."""

import math
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from fractions import Fraction

import numpy as np
import pytest

import riskengine
from riskengine.report.summary.document import document
from tests.unit.python_api.plans import STAND


def read(folder, text=STAND):
    """The scenario of a text."""
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    return riskengine.read(folder / "plan.toml")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run of the stand that other tests only look at."""
    return riskengine.simulate(read(tmp_path_factory.mktemp("stand")), iterations=1000)


@pytest.mark.parametrize("percent", [1, 10, 50, 80, 95, 99])
def test_finish_and_cost_are_the_percentiles_of_the_tables(run, percent):
    rows = {(row["target"], row["measure"], row["percentile"]): row for row in run.table("percentiles")}
    assert run.finish(percent / 100) == rows["project", "finish", percent]["instant"]
    assert run.finish(percent / 100, "design") == rows["design", "finish", percent]["instant"]
    assert run.cost(percent / 100) == rows["project", "cost", percent]["value"]


@pytest.mark.parametrize("probability", [0.0001, 0.123, 1 / 3, 0.57, 0.999, 1, 1.0, np.float64(0.8), np.float32(0.5)])
def test_any_probability_is_the_order_statistic_that_the_documents_define(run, probability):
    ordered = sorted(run.tables["iterations"].column("cost").to_pylist())
    rank = max(1, math.ceil(1000 * Fraction(repr(float(probability)))))
    assert run.cost(probability) == ordered[rank - 1]


def test_a_share_that_is_no_binary_number_takes_the_rank_that_people_count(tmp_path):
    """0.07 x 100 is 7.000000000000001 in binary; the seventh value is meant and not the eighth."""
    run = riskengine.simulate(read(tmp_path), iterations=100)
    ordered = sorted(run.tables["iterations"].column("cost").to_pylist())
    assert [run.cost(share) for share in (0.07, 0.14, 0.29)] == [ordered[6], ordered[13], ordered[28]]


def test_types_are_pythons_own(run):
    assert type(run.finish(0.8)) is datetime
    assert type(run.cost(0.8)) is float
    assert type(run.gate("money").cost) is float
    assert all(type(sentence) is str for sentence in run.words)


@pytest.mark.parametrize("probability", [0, -0.1, 1.0001, 80, math.nan, math.inf, -math.inf, "0.8", None, True, [0.8]])
def test_what_is_no_probability_is_refused(run, probability):
    for measure in (run.finish, run.cost):
        with pytest.raises(riskengine.UsageError) as refused:
            measure(probability)
        assert refused.value.code == "RE922"


def test_a_percentage_is_told_to_be_a_share(run):
    with pytest.raises(riskengine.UsageError, match=r"0\.8 is P80"):
        run.finish(80)


def test_decision_and_words_are_those_that_json_prints(run):
    printed = document(run)
    assert run.decision == printed["decision"] == "no-go"
    assert run.words == printed["words"]
    assert len(run.words) == 3


def test_a_run_without_gates_decides_nothing(tmp_path):
    run = riskengine.simulate(read(tmp_path, STAND.partition("[gates")[0]), iterations=256)
    assert run.decision is None
    assert run.words == []
    assert "GO" not in repr(run)


def test_a_gate_has_what_its_row_has(run):
    (row,) = [row for row in run.table("gates") if row["gate"] == "hall-opens"]
    gate = run.gate("hall-opens")
    assert {name: getattr(gate, name) for name in row} == row
    assert (gate.answer, gate.finish, gate.cost) == ("fail", datetime(2027, 4, 1), None)
    assert run.gate("money").answer == "pass"


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda run: run.gate("hall-open"), 'did you mean "hall-opens"'),
        (lambda run: run.gate("xyz"), "there is hall-opens, money"),
        (lambda run: run.table("task"), 'did you mean "tasks"'),
        (lambda run: run.table("tasks").column("crticality"), 'did you mean "criticality"'),
        (lambda run: run.table("tasks")["crticality"], 'did you mean "criticality"'),
        (lambda run: run.finish(0.8, "desing"), 'did you mean "design"'),
        (lambda run: run.gate(3), "there is"),
        (lambda run: run.gate(["a"]), "there is"),
        (lambda run: run.table(None), "there is"),
        (lambda run: run.finish(0.8, {}), "there is"),
        (lambda run: run.table("tasks").column([]), "there is"),
    ],
)
def test_a_name_that_the_run_lacks_is_refused_with_one_that_it_has(run, ask, near):
    with pytest.raises(riskengine.UsageError) as refused:
        ask(run)
    assert refused.value.code == "RE923"
    assert near in str(refused.value)


def test_the_short_form_is_one_line(run):
    assert repr(run) == f'<Run "Exhibition stand": NO-GO, P80 5 Apr 2027, {run.cost(0.8):,.0f} EUR; 1,000 iterations>'


def test_a_run_comes_back_from_its_folder_with_all_its_answers(run, tmp_path):
    run.write(tmp_path / "run")
    again = riskengine.open_run(tmp_path / "run")
    assert isinstance(again, riskengine.Run)
    assert repr(again) == repr(run)
    assert again.finish(0.8) == run.finish(0.8)
    assert again.gate("money") == run.gate("money")
    assert again.table("tasks") == run.table("tasks")
    assert again._repr_html_() == run._repr_html_()


@pytest.mark.parametrize("folder", [3, None, b"folder", "", "a\0b", ["x"]])
def test_what_is_no_folder_is_refused(run, folder):
    for verb in (riskengine.open_run, run.write):
        with pytest.raises(riskengine.RiskengineError):
            verb(folder)


HOSTILE = "</text></svg><script>alert(1)</script>\"' onload=x <img src=q> &amp;"


def test_names_never_become_markup(tmp_path):
    text = STAND.replace('"Exhibition stand"', "'''" + HOSTILE + "'''").replace('"EUR"', "'<b>'")
    text = text.replace("[gates.hall-opens]", f"[gates.'''<i>'''.x]\n[gates.'<i>']\nname = '''{HOSTILE}'''", 1)
    text = text.replace("[gates.'''<i>'''.x]\n", "")
    run = riskengine.simulate(read(tmp_path, text), iterations=256)
    for page in (run._repr_html_(), *(run.table(name)._repr_html_() for name in run.tables)):
        elements = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(f"<x>{page}</x>").iter()}
        allowed = {"x", "div", "p", "strong", "br", "table", "thead", "tbody", "tr", "th", "td"}
        assert elements <= allowed | {"svg", "title", "rect", "polyline", "path", "text"}
    assert HOSTILE in "".join(ElementTree.fromstring(f"<x>{run._repr_html_()}</x>").itertext())


def test_the_page_has_words_a_picture_and_the_percentiles(run):
    page = run._repr_html_()
    assert page.count("<svg") == 1
    for sentence in run.words:
        assert sentence.replace("'", "&#x27;") in page
    assert "5 Apr 2027" in page
    assert "currentColor" in page
    assert "#000" not in page
    assert "black" not in page


def test_a_project_that_is_certain_has_a_page_without_a_picture(tmp_path):
    text = STAND.replace("[5, 8, 15]", "5").replace("[10, 12, 20]", "10").replace("0.25", "0")
    page = riskengine.simulate(read(tmp_path, text), iterations=256)._repr_html_()
    assert "<svg" not in page
    assert "19 Mar 2027" in page


@pytest.mark.parametrize(
    "options",
    [
        {"iterations": "x"},
        {"iterations": 0},
        {"iterations": 2.5},
        {"iterations": None},
        {"iterations": True},
        {"seed": -1},
        {"seed": 2**64},
        {"seed": "1"},
        {"method": "halton"},
        {"method": ["sobol"]},
        {"threads": 0},
        {"threads": "2"},
        {"progress": 3},
        {"memory_share": 0},
        {"memory_share": "all"},
        {"memory_share": math.nan},
        {"contributions": "no"},
    ],
)
def test_settings_out_of_their_range_are_refused(tmp_path, options):
    scenario = read(tmp_path)
    for verb in (riskengine.simulate, riskengine.decide):
        with pytest.raises(riskengine.UsageError) as refused:
            verb(scenario, **{"iterations": 256, **options})
        assert refused.value.code == "RE922"


def test_numbers_of_numpy_are_numbers(tmp_path):
    scenario = read(tmp_path)
    plain = riskengine.simulate(scenario, iterations=256, seed=3)
    assert riskengine.simulate(scenario, iterations=np.int64(256), seed=np.uint8(3)) == plain
