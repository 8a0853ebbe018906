"""Work and quantities in place of durations: what a file says, and what a model made in Python may not."""

import pytest

from riskengine import scenario
from riskengine.errors import ScenarioError
from riskengine.model import Constant, Pert
from riskengine.scenario.resolve import resolve
from tests.support.scenario_text import read_text

HEAD = 'schema = 1\nname = "work"\nstart = 2027-03-01\n'
CODE = '[tasks.code]\nwork = ["80h", "100h", "160h"]\npeople = 2\nproductivity = [0.8, 1.25, 1.5]\n'


def code_of(text):
    return read_text(text).tasks["code"]


def test_a_duration_is_the_work_at_the_pace_of_the_plan():
    assert code_of(CODE).duration == Pert(low=32, most_likely=40, high=64, unit="h")


def test_a_quantity_takes_working_days():
    dig = code_of("[tasks.code]\nquantity = 900\nrate_per_day = [80, 100, 110]\n")
    assert dig.duration == Constant(value=9, unit="d")
    assert list(dig.uncertain_paces) == ["rate_per_day"]


def test_known_work_at_a_known_pace_takes_the_range_of_a_template():
    template = '[templates.all]\nselect = "*"\nrange = [0.9, 1, 1.5]\n'
    known = code_of('[tasks.code]\nwork = "100h"\npeople = 2\n' + template)
    assert (known.effort.low, known.effort.high, known.duration.low, known.duration.high) == (90, 150, 45, 75)
    uncertain = code_of('[tasks.code]\nwork = "100h"\npeople = [1, 2, 3]\n' + template)
    assert uncertain.duration == Constant(value=50, unit="h")
    assert code_of(CODE + template).duration == code_of(CODE).duration


@pytest.mark.parametrize(
    ("over", "keys"),
    [
        ("duration = 9", {"duration"}),
        ("quantity = 9\nrate_per_day = 3", {"quantity", "rate_per_day"}),
        ("milestone = true", set()),
        ("people = 3", {"work", "people", "productivity"}),
    ],
)
def test_a_file_that_is_laid_over_says_it_in_another_way(over, keys, tmp_path):
    (tmp_path / "plan.toml").write_text(HEAD + CODE, encoding="utf-8")
    (tmp_path / "more.toml").write_text(f'extends = "plan.toml"\n[tasks.code]\n{over}\n', encoding="utf-8")
    table = resolve(scenario.read(tmp_path / "more.toml"))["tasks"]["code"]
    said = keys or {"duration"}
    assert {"duration", "work", "people", "productivity", "quantity", "rate_per_day"} & table.keys() == said


def test_a_table_of_tasks_has_columns_of_work(tmp_path):
    (tmp_path / "tasks.csv").write_text(
        "id,Work (h),people_low,people_most_likely,people_high,quantity,rate_per_day\n"
        "code,100,1,2,3,,\ndig,,,,,900,100\n",
        encoding="utf-8",
    )
    (tmp_path / "plan.toml").write_text('tasks = "tasks.csv"\n' + HEAD, encoding="utf-8")
    tasks = scenario.read(tmp_path / "plan.toml").tasks
    assert tasks["code"].duration == Constant(value=50, unit="h")
    assert tasks["code"].people == Pert(low=1, most_likely=2, high=3)
    assert tasks["dig"].duration == Constant(value=9, unit="d")


def test_the_resolved_form_of_work_is_read_as_the_same_scenario():
    read = read_text(CODE)
    assert scenario.parse(resolve(read)) == read


def test_a_copy_whose_duration_is_not_that_of_its_work_is_refused():
    read = read_text(CODE)
    longer = read.tasks["code"].model_copy(update={"duration": Constant(value=90, unit="d")})
    with pytest.raises(ScenarioError) as refusal:
        scenario.parse(read.model_copy(update={"tasks": {"code": longer}}))
    assert [issue.code for issue in refusal.value.issues] == ["RE216"]


def test_a_started_task_says_what_is_left_of_its_work():
    with pytest.raises(ScenarioError, match=r"RE255.*remaining_work or percent_complete"):
        read_text(CODE + "actual_start = 2027-02-22\n")
