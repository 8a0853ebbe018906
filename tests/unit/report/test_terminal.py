"""The summary for the terminal."""

import re
from dataclasses import replace

import pyarrow as pa
import pytest

from riskengine.report.summary.terminal import render
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import cells
from tests.support.report_runs import constant, gate, run, sample, without_cost


@pytest.fixture(scope="module")
def full():
    return run(sample([gate(), gate("joint", 0.5, 0.49, 0.9)], targets=("accept",)))


def test_plain_words_come_before_any_number_table(full):
    text = render(full)
    assert text.index("In 100 futures of this project") < text.index("P10")


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 200])
@pytest.mark.parametrize("has_blocks", [True, False])
def test_no_line_is_wider_than_the_terminal(full, width, has_blocks):
    assert max(cells(line) for line in render(full, width, has_blocks).split("\n")) <= width


def test_without_blocks_the_summary_is_ascii(full):
    assert render(full, 80, has_blocks=False).isascii()
    assert not render(full, 80, has_blocks=True).isascii()


def test_each_percentile_has_date_days_and_both_intervals(full):
    assert re.search(r"P80 +19 May 2027 +18 May to 21 May 2027 +80\.0 d +78\.\d to 81\.\d", render(full)), render(full)
    for percent in (10, 50, 80, 90):
        assert re.search(rf"^  P{percent} ", render(full), re.M)


def test_a_narrow_terminal_shows_the_same_numbers(full):
    narrow = render(full, 40)
    for piece in ("P80   19 May 2027, 80.0 d", "18 May to 21 May 2027", "79,980 EUR", "+10.0 d"):
        assert piece in narrow


def test_cost_percentiles_have_currency_and_interval(full):
    assert re.search(r"P80 +79,980 EUR +78,\d{3} to 81,\d{3}", render(full))


def test_the_plan_has_its_chance_and_the_contingency_its_interval(full):
    flat = " ".join(render(full).split())
    assert re.search(r"chance of doing no worse than the plan 30\.0% \(28\.\d% to 31\.\d%\)", flat)
    assert re.search(r"contingency from plan to P80 \+50\.0 d \(\+48\.\d d to \+51\.\d d\)", flat)


def test_named_targets_have_their_own_finish(full):
    assert re.search(r"accept +30 Mar 2027 +19 Apr 2027 +19 May 2027 +18 May to 21 May 2027", render(full))


def test_every_section_names_the_table_that_it_comes_from(full):
    text = render(full)
    for source in ("percentiles", "summary", "iterations", "gates", "tasks", "risks"):
        assert f"{source}.arrow" in text


def test_risks_show_days_and_money_that_they_add(full):
    row = r"antenna-late +3\d\.\d% +\+10\.0 d +9\.4 to 10\.6 +\+5,000 EUR +4,6\d\d to 5,3\d\d"
    assert re.search(row, render(full))


def test_a_milestone_is_no_task_that_matters(full):
    assert "done" not in render(full)


def test_a_project_that_costs_nothing_has_no_word_about_money():
    text = render(run(without_cost(sample([gate()]))))
    assert "Cost" not in text
    assert "EUR" not in text


def test_without_gates_it_says_that_nothing_is_to_be_decided():
    text = render(run(sample()))
    assert "no gates" in text
    assert "gates.arrow" not in text


def test_a_finish_that_never_varies_has_no_histogram():
    text = render(run(constant(sample([gate()]))))
    assert "│" not in text
    assert "30 Mar 2027" in text


def test_a_single_iteration_is_summarised():
    text = render(run(sample([gate()], iterations=1)))
    assert "P80" in text and "nan" not in text.lower()


def test_a_hostile_scenario_cannot_act_on_the_terminal():
    evil = "x\x1b[2J\x1b]0;owned\x07\r\n\x9b31m\u202e"
    text = render(run(sample([gate(evil)], targets=(evil,), task=evil, name=evil, currency=evil)))
    assert not re.search(r"[^\n -~\u00a0-\uffff]", text)
    assert "\u202e" not in text
    assert "\\x1b[2J" in text


def test_a_long_name_is_cut_and_leaves_the_table_whole():
    text = render(run(sample([gate()], task="a-very-long-name-of-a-task-that-nobody-can-read-at-a-glance")), 80)
    assert re.search(r"^  a-very-long-name[\w-]*\.\. +100%", text, re.M)


def named(made, tasks=(), risks=(), ids=()):
    """The run with other names of its tasks and risks, and other ids of its tasks."""
    for kind, column, values in (("tasks", "name", tasks), ("risks", "name", risks), ("tasks", "task", ids)):
        if values:
            old = made.tables[kind]
            place = old.schema.get_field_index(column)
            made.tables[kind] = old.set_column(place, old.schema.field(place), pa.array(values))
    return made


def test_an_id_that_is_a_number_has_its_name_beside_it_in_a_column_of_its_own():
    made = named(run(sample([gate()])), tasks=("Pour the slab", "設置ポンプ", "Done"), ids=("12", "7", "9"))
    lines = render(made, 80).split("\n")
    head, first, second = (next(line for line in lines if line.startswith(f"  {key} ")) for key in ("task", "12", "7"))
    assert re.match(r"  12 +Pour the slab +100%", first)
    assert re.match(r"  7 +設置ポンプ +25\.0%", second)
    ends = {cells(line[: line.index(part) + len(part)]) for line, part in ((first, "100%"), (second, "25.0%"))}
    assert ends == {head.index("critical") + len("critical")}


def test_a_name_without_room_in_the_table_stands_below_it():
    text = render(named(run(sample([gate()])), risks=("Supplier of the antenna fails", "Storm")), 80)
    assert re.search(r"^  antenna-late +3\d\.\d%", text, re.M)
    assert "\n  antenna-late: Supplier of the antenna fails\n" in text
    assert "storm: " not in text


def test_a_name_that_says_no_more_than_its_id_is_not_repeated():
    text = render(named(run(sample([gate()])), risks=("ANTENNA late", "Storm.")), 110)
    assert "ANTENNA" not in text and "Storm." not in text


@pytest.mark.parametrize("width", [30, 40, 60, 80, 110])
def test_long_and_hostile_names_keep_the_lines_in_their_width(width):
    evil = "\x1b[2J設置" * 30
    text = render(named(run(sample([gate()])), (evil, evil, evil), (evil, evil), ("1", "2", "3")), width)
    assert max(cells(line) for line in text.split("\n")) <= width
    assert "\x1b" not in text and "\\x1b[2J設置" in text


def test_the_tasks_say_whose_finish_they_matter_to():
    assert "\nThe two tasks that matter most to the project's finish\n" in render(run(sample([gate()])))


def test_where_no_task_costs_anything_tasks_have_no_column_of_cost():
    made = sample([gate()])
    free = replace(made, tasks=replace(made.tasks, cost=made.tasks.cost * 0))
    assert "mean cost" in render(run(made))
    assert "mean cost" not in render(run(free))
    assert "\nCost\n" in render(run(free))


def test_a_table_that_does_not_fit_is_stacked_with_its_headings():
    rows = [["name", "value"], ["first-one", "x " * 30]]
    lines = table(rows, 40, heading=True)
    assert lines[0].strip() == "first-one"
    assert lines[1].strip().startswith("value x")
    assert max(map(len, lines)) <= 40


def test_a_word_with_a_hyphen_is_not_broken():
    assert paragraph("the answer is NO-GO.", 19) == ["the answer is", "NO-GO."]


def test_the_order_of_the_risks_is_explained_below_them():
    text = " ".join(render(run(sample([gate()])), 100).split())
    assert "In order of the larger effect in days or money, each measured by the P10 to P90 of the project." in text


def test_an_interval_whose_ends_round_alike_has_one_more_digit():
    made = run(sample([gate()]))
    old = made.tables["summary"]
    for name, value in (("mean_ci_low", 237.41), ("mean_ci_high", 237.44)):
        place = old.schema.get_field_index(name)
        old = old.set_column(place, old.schema.field(place), pa.array([value] * old.num_rows, pa.float64()))
    made.tables["summary"] = old
    text = render(made, 100)
    mean = [line for line in text.split("\n") if line.strip().startswith("mean")]
    assert "237.41 to 237.44" in mean[0]
    assert "237.410 to 237.440" not in text


def test_plan_and_gates_are_marked_below_the_histogram_with_their_chances():
    lines = render(run(sample([gate(), gate("again")], targets=("accept",))), 130).split("\n")
    axis = next(line for line in lines if "└" in line)
    begin, bins = axis.index("└") + 1, axis.count("─")
    low, high = 1.0, 99.0  # P1 and P99 of days evenly in 0..100
    for text, days in (("plan 30.0%", 30.0), ("delivery with 1 other gate, 1 May 2027 62.0%", 62.0)):
        (line,) = [line for line in lines if f"▲ {text}" in line or f"{text} ▲" in line]
        begins = line.index(text)
        place = begins - 2 if f"▲ {text}" in line else begins + len(text) + 1
        assert abs(place - begin - (days - low) / (high - low) * (bins - 1)) <= 1.5


def test_a_gate_on_another_target_is_marked_only_where_that_finishes_with_the_project():
    made = run(sample([gate("other", target=1)], targets=("accept",)))
    assert "▲ other" in render(made, 110)
    iterations = made.tables["iterations"]
    place = iterations.schema.get_field_index("finish:accept")
    other = pa.chunked_array([iterations["finish"].to_pylist()[::-1]], iterations["finish"].type)
    made.tables["iterations"] = iterations.set_column(place, iterations.schema.field(place), other)
    assert "▲ other" not in render(made, 110) and "▲ plan" in render(made, 110)


def test_gates_are_told_once_and_their_table_has_what_the_words_leave_out():
    made = run(sample([gate("joint", 0.5, 0.49, 0.9)]))
    text = render(made, 100)
    gates = text.split("\nGates\n")[1].split("\n\n")[0]
    assert not re.search(r"\d%|fail|NO-GO", gates.replace("95% interval", ""))
    assert re.search(r"joint +\+0\.0 days +-30\.0 days +-31\.\d days to -28\.\d days", gates)
    assert re.search(r"joint +\+40,020 EUR +\+10,020 EUR +\+8,\d{3} EUR to \+11,\d{3} EUR", gates), gates


def test_tasks_have_their_teams_and_risks_their_owners():
    made = run(sample([gate()]))
    owners = pa.array(["Ann", "", ""]), pa.array(["Bo", ""])
    for kind, column in zip(("tasks", "risks"), owners, strict=True):
        old = made.tables[kind]
        place = old.schema.get_field_index("owner")
        made.tables[kind] = old.set_column(place, old.schema.field(place), column)
    wide, narrow = render(made, 110), render(made, 60)
    assert re.search(r"^  design .* Systems / Ann$", wide, re.M) and re.search(r"^  antenna-late .* Bo$", wide, re.M)
    assert re.search(r"^  design: Systems / Ann$", narrow, re.M) and re.search(r"^  antenna-late: Bo$", narrow, re.M)


def test_nobody_is_named_where_nobody_is_known():
    made = sample([gate()])
    text = render(run(replace(made, tasks=replace(made.tasks, team=("", "", "")))), 110)
    assert " team" not in text and " owner" not in text
