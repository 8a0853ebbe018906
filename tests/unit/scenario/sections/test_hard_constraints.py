"""A scenario without its hard constraints, and the list of what was left out."""

from riskengine.scenario import digest, parse, resolve, without_hard_constraints
from tests.support.scenario_text import TASK, read_text


def constraints(text):
    """Return what is left of the constraints of task a, and what was left out."""
    scenario, dropped = without_hard_constraints(read_text(TASK + text))
    left = [(item.type, item.date.isoformat() if item.date else "") for item in scenario.tasks["a"].constraints]
    return left, dropped


def test_mandatory_dates_and_bounds_from_above_go():
    for kind, date in (("MSO", "2027-05-03"), ("MFO", "2027-05-04"), ("SNLT", "2027-05-03"), ("FNLT", "2027-05-04")):
        assert constraints(f"constraints = ['{kind} {date}T00:00:00']\n") == ([], [("a", f"{kind} {date}T00:00:00")])


def test_earliest_dates_and_as_late_as_possible_stay():
    text = "constraints = ['SNET 2027-05-03', 'FNET 2027-05-09', 'ALAP']\n"
    left = [("ALAP", ""), ("FNET", "2027-05-10T00:00:00"), ("SNET", "2027-05-03T00:00:00")]
    assert constraints(text) == (left, [])
    both = "constraints = ['SNET 2027-05-03', 'SNLT 2027-05-09']\n"
    assert constraints(both) == ([("SNET", "2027-05-03T00:00:00")], [("a", "SNLT 2027-05-09T00:00:00")])


def test_of_a_date_to_start_or_finish_on_the_earliest_stays():
    left, dropped = constraints("constraints = ['SO 2027-05-03', 'FO 2027-05-09']\n")
    assert left == [("FNET", "2027-05-10T00:00:00"), ("SNET", "2027-05-03T00:00:00")]
    assert dropped == [("a", "FO 2027-05-10T00:00:00"), ("a", "SO 2027-05-03T00:00:00")]


def test_deadlines_and_the_end_of_the_project_go():
    text = "schedule = {must_finish = 2027-12-31, float = 'start'}\n" + TASK + "deadline = 2027-06-30\n"
    scenario, dropped = without_hard_constraints(read_text(text))
    assert scenario.tasks["a"].deadline is None
    assert (scenario.schedule.must_finish, scenario.schedule.float_kind) == (None, "start")
    assert dropped == [("a", "deadline 2027-07-01T00:00:00"), ("project", "must_finish 2028-01-01T00:00:00")]


def test_a_finished_task_is_left_alone():
    text = "actual_start = 2027-02-01\nactual_finish = 2027-02-05\nconstraints = ['FNLT 2027-02-01']\n"
    left, dropped = constraints(text)
    assert (left, dropped) == ([("FNLT", "2027-02-02T00:00:00")], [])


def test_a_scenario_without_any_says_that_they_are_ignored_and_is_the_same_object_the_second_time():
    scenario = read_text(TASK)
    left, dropped = without_hard_constraints(scenario)
    assert dropped == [] and left.tasks == scenario.tasks
    assert left == scenario.model_copy(update={"schedule": left.schedule})
    assert (scenario.schedule.hard_constraints, left.schedule.hard_constraints) == ("kept", "ignored")
    assert without_hard_constraints(left)[0] is left


def test_a_file_can_say_that_they_are_ignored():
    held = "schedule = {must_finish = 2027-12-31WORD}\n" + TASK + "constraints = ['MSO 2027-05-03T00:00:00']\n"
    kept, hints = read_text(held.replace("WORD", "")), []
    document = resolve(kept)
    document["schedule"]["hard_constraints"] = "ignored"
    scenario = parse(document, hints=hints)
    assert scenario == without_hard_constraints(kept)[0]
    assert (scenario.tasks["a"].constraints, scenario.schedule.must_finish) == ((), None)
    assert hints == ["2 hard constraints ignored: a MSO 2027-05-03T00:00:00, project must_finish 2028-01-01T00:00:00"]
    assert read_text(held.replace("WORD", ", hard_constraints = 'ignored'")) == scenario
    assert read_text(held.replace("WORD", ", hard_constraints = 'kept'")) == kept


def test_the_resolved_form_names_them_only_where_they_are_ignored():
    kept = read_text("schedule = {must_finish = 2027-12-31}\n" + TASK)
    left, _ = without_hard_constraints(kept)
    assert "hard_constraints" not in resolve(kept)["schedule"]
    assert resolve(left)["schedule"]["hard_constraints"] == "ignored"
    hints = []
    assert parse(resolve(left), hints=hints) == left
    assert hints == []
    plain = read_text(TASK)
    assert "schedule" not in resolve(plain)
    assert digest(without_hard_constraints(plain)[0]) != digest(plain)


def test_what_is_left_is_a_scenario_that_resolves_to_itself():
    left, _ = without_hard_constraints(read_text(TASK + "constraints = ['SO 2027-05-03', 'ALAP']\n"))
    assert parse(resolve(left)) == left
    assert without_hard_constraints(left) == (left, [])
