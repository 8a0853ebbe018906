"""Which tasks the risks of a register act on: ids, WBS codes, tags, teams, and what acts on the project."""

import pytest

from tests.unit.importers.register.registers import TASKS, faults, issues, read_text, risks

HEAD = "ID,Probability,Delay (days),Cost (EUR),Affected tasks\n"


def impacts(tasks, heading="Affected tasks", known=TASKS):
    """Impacts of a risk on tasks."""
    return risks(f'ID,Probability,Delay (days),{heading}\nR,30%,5,"{tasks}"\n', tasks=known)["R"]["impacts"]


DELAY = {"delay": {"value": 5, "unit": "d"}}


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("A1000", ["A1000"]),
        ("A1000; A1010", ["A1000", "A1010"]),
        ("A1000,A1010", ["A1000", "A1010"]),
        ("A1000\nA1010", ["A1000", "A1010"]),
        ("A1000; A1000", ["A1000"]),
        ("A,1", ["A,1"]),
        ("1.2", ["wbs:1.2"]),
        ("wbs:1.2", ["wbs:1.2"]),
        ("civil", ["tag:civil"]),
        ("Works", ["team:Works"]),
        ("*", ["*"]),
        ("", ["project"]),
    ],
)
def test_tasks_are_found_by_id_wbs_tag_or_team(cell, keys):
    assert impacts(cell) == dict.fromkeys(keys, DELAY)


@pytest.mark.parametrize(("heading", "cell", "key"), [("WBS", "1", "wbs:1"), ("Tags", "civil", "tag:civil")])
def test_columns_of_wbs_codes_and_tags_hold_nothing_else(heading, cell, key):
    assert impacts(cell, heading) == {key: DELAY}
    assert faults(f"ID,Probability,Delay (days),{heading}\nR,30%,5,A1000\n", tasks=TASKS) == [
        ("RE868", f"D2 {heading}")
    ]


def test_unknown_tasks_are_refused_with_what_may_have_been_meant():
    found = issues(HEAD + "R,30%,5,,A10000; A1010; nowhere\n", tasks=TASKS)
    assert [(issue.code, issue.path) for issue in found] == [("RE868", "E2 Affected tasks")] * 2
    assert found[0].cure == 'did you mean "A1000"?'


NAMES = {"1": "Shell", "1.2": "Roof, upper"}


@pytest.mark.parametrize(
    ("cell", "heading", "key"),
    [
        ("wbs:Shell", "Affected tasks", "wbs:Shell"),
        ("Shell", "Affected tasks", "wbs:Shell"),
        ("Roof, upper", "Affected tasks", "wbs:Roof, upper"),
        ("Shell", "WBS", "wbs:Shell"),
    ],
)
def test_wbs_elements_are_found_by_their_names(cell, heading, key):
    text = f'ID,Probability,Delay (days),{heading}\nR,30%,5,"{cell}"\n'
    assert risks(text, tasks=TASKS, wbs_names=NAMES)["R"]["impacts"] == {key: DELAY}
    assert {code for code, _ in faults(text, tasks=TASKS)} == {"RE868"}


def test_an_unknown_target_is_told_once_with_a_cure():
    (near, far) = (issue.format() for issue in issues(HEAD + "R,30%,5,,A10000; nowhere\n", tasks=TASKS))
    assert near.count("A10000") == 1
    assert near.endswith('; did you mean "A1000"?')
    assert far.count("nowhere") == 1
    assert far.endswith("; write the id as the schedule does, several with ; between them")


def test_without_a_schedule_names_are_taken_as_they_are():
    assert impacts("A9; B7", known=None) == {"A9": DELAY, "B7": DELAY}


def test_a_delay_acts_on_every_task_and_a_cost_once():
    found = risks(HEAD + "R1,30%,5,100,A1000; A1010\nR2,30%,5,100,A1000\nR3,30%,,100,wbs:1\n", tasks=TASKS)
    cost = {"cost": {"value": 100}}
    assert found["R1"]["impacts"] == {"A1000": DELAY, "A1010": DELAY, "project": cost}
    assert found["R2"]["impacts"] == {"A1000": {**DELAY, **cost}}
    assert found["R3"]["impacts"] == {"project": cost}


def test_delays_on_several_tasks_and_on_the_project_are_said():
    notes = read_text(HEAD + "R1,30%,5,,wbs:1\nR2,30%,5,,\nR3,30%,5,,A1000\n", tasks=TASKS).notes
    assert "delays act on each of several tasks in full: R1 (2 tasks)" in notes
    assert "delays of risks that name no task act on the finish of the project: R2" in notes


def test_further_rows_of_a_risk_add_impacts():
    found = risks(HEAD + "R1,30%,5,,A1000\nR1,,3,,A1010\nR1,30%,2,,\n", tasks=TASKS)
    assert {key: effects["delay"]["value"] for key, effects in found["R1"]["impacts"].items()} == {
        "A1000": 5,
        "A1010": 3,
        "project": 2,
    }


@pytest.mark.parametrize(
    ("row", "path"),
    [("R1,,,,A1010", "3"), ("R1,40%,5,,A1010", "B3 Probability"), ("R1,30%,5,,A1000", "3"), ("R1,30%,5,,civil", "3")],
)
def test_further_rows_that_contradict_the_first_are_refused(row, path):
    assert faults(f"{HEAD}R1,30%,5,,A1000\n{row}\n", tasks=TASKS) == [("RE866", path)]
