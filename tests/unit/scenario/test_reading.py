"""Files, encodings, grammars, types, ids: what every field has in common."""

import json
import os

import pytest

from riskengine.errors import ScenarioError
from riskengine.scenario import parse, read, resolve
from tests.support.scenario_text import HEAD, TASK, faults, issues, only, read_text, written


def refused(path):
    with pytest.raises(ScenarioError) as caught:
        read(path)
    return caught.value.issues


def test_a_minimal_scenario_is_read():
    scenario = read_text(TASK)
    assert scenario.tasks["a"].duration.value == 5
    assert scenario.calendar == "standard"
    assert list(scenario.calendars) == ["standard"]
    assert scenario.project == scenario.name == "Test"


def test_a_missing_file_is_reported_by_name(tmp_path):
    (issue,) = refused(tmp_path / "nowhere.toml")
    assert issue.code == "RE101"
    assert "no such file" in issue.rule


def test_a_folder_a_pipe_and_an_impossible_name_are_no_scenarios(tmp_path):
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    for path in (folder, pipe, tmp_path / "a\0b.toml", tmp_path / ("x" * 300 + ".toml")):
        assert refused(path)[0].code == "RE101"


def test_an_unknown_suffix_is_refused(tmp_path):
    assert refused(written(tmp_path, TASK, "plan.yaml"))[0].code == "RE108"


def test_a_byte_that_is_not_utf8_is_reported_with_its_line(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(b'schema = 1\nname = "Gr\xfcn"\n')
    (issue,) = refused(path)
    assert (issue.code, issue.line, issue.value) == ("RE102", 2, '"byte 0xfc"')


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + TASK).replace("\n", "\r\n").encode())
    assert list(read(path).tasks) == ["a"]


def test_an_oversize_file_is_refused_before_it_is_parsed(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(b"#" * (16 * 2**20 + 1))
    assert refused(path)[0].code == "RE103"


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 5000,
        "x = " + "{a=" * 5000,
        "x = " + "[" * 65 + "]" * 65,
        "x = " + '["]", ' * 65 + "1" + ', "["]' * 65,
        "x = " + '["]", ' * 5000 + "1" + ', "["]' * 5000,
        ".".join(["a"] * 70) + " = 1",
        " . ".join(['"a"'] * 70) + " = 1",
        "[" + ".".join(["a"] * 100_000) + "]",
    ],
)
def test_nesting_beyond_the_cap_is_refused_at_its_line(text):
    issue = only("\n" + text + "\n")
    assert (issue.code, issue.line) == ("RE104", 5)


def test_nesting_within_the_cap_is_only_a_wrong_type():
    assert faults(TASK, head=HEAD + "description = " + "[" * 60 + "]" * 60 + "\n") == [("RE113", "description")]


def test_brackets_in_text_do_not_count_as_nesting():
    assert not issues(TASK + 'name = "' + "[" * 100 + '"\n')


@pytest.mark.parametrize("text", ["[" * 5000, '{"a":' * 5000, '{"a": ' + "[" * 65 + "]" * 65 + "}"])
def test_deep_json_is_refused(tmp_path, text):
    path = tmp_path / "plan.json"
    path.write_text(text)
    assert refused(path)[0].code == "RE104"


def test_broken_toml_is_reported_at_line_and_column():
    issue = only("[tasks.a]\nduration = [1, 2,, 3]\n")
    assert (issue.code, issue.line) == ("RE105", 5)
    assert "column 18" in issue.rule


def test_an_id_given_twice_is_reported_with_both_lines():
    issue = only("[tasks.a]\nduration = 5\n\n[tasks.a]\nduration = 6\n")
    assert (issue.code, issue.path, issue.line) == ("RE106", "tasks.a", 7)
    assert "first at line 4" in issue.rule


def test_a_key_given_twice_is_reported_with_both_lines():
    issue = only("[tasks.a]\nduration = 5\nduration = 6\n")
    assert (issue.code, issue.path, issue.line) == ("RE106", "tasks.a.duration", 6)
    assert "first at line 5" in issue.rule


def test_broken_json_is_reported_at_its_line(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text('{"schema": 1,\n"name": }')
    (issue,) = refused(path)
    assert (issue.code, issue.line) == ("RE107", 2)


def test_a_key_twice_in_json_is_refused_at_the_second(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(
        '{"schema": 1, "name": "x", "start": "2027-03-01",\n'
        '"tasks": {"a": {"duration": 5,\n"duration": 6}, "b":\n{"duration": 1}, "b": {"duration": 2}}}'
    )
    assert [(issue.code, issue.path, issue.line) for issue in refused(path)] == [
        ("RE106", "tasks.a.duration", 3),
        ("RE106", "tasks.b", 4),
    ]


def test_json_that_is_no_table_is_refused(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text("[1, 2]")
    assert refused(path)[0].code == "RE113"


def test_faults_in_json_carry_their_lines(tmp_path):
    document = json.loads(json.dumps(resolve(read_text(TASK))))
    document["tasks"]["a"]["duration"] = [3, 2, 1]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document, indent=1))
    (issue,) = refused(path)
    assert issue.code == "RE202"
    assert '"duration"' in path.read_text().splitlines()[issue.line - 1]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 400])
def test_json_numbers_that_are_no_numbers_are_refused(tmp_path, number):
    path = tmp_path / "plan.json"
    start = '"start": "2027-03-01"'
    path.write_text(f'{{"schema": 1, "name": "x", {start}, "tasks": {{"a": {{"duration": {number}}}}}}}')
    assert [issue.code for issue in refused(path)] == ["RE122"]


def test_json_null_is_refused(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        parse({"schema": 1, "name": "x", "start": "2027-03-01", "tasks": {"a": {"duration": 5, "name": None}}})
    assert [(issue.code, issue.value) for issue in caught.value.issues] == [("RE113", "null")]


@pytest.mark.parametrize("literal", ["nan", "inf", "-inf", "1e16", "1" + "0" * 40])
def test_numbers_that_are_not_finite_or_absurd_are_refused(literal):
    assert faults(f"[tasks.a]\nduration = {literal}\n") == [("RE122", "tasks.a.duration")]


def test_the_version_of_the_format_must_be_given_and_known():
    body = 'name = "x"\nstart = 2027-03-01\n' + TASK
    assert faults(body, head="") == [("RE109", "schema")]
    assert faults(body, head="schema = 2\n") == [("RE110", "schema")]
    assert faults(body, head='schema = "1"\n') == [("RE113", "schema")]
    assert faults(body, head="schema = true\n") == [("RE113", "schema")]


def test_an_unknown_key_is_reported_with_the_one_meant():
    issue = only("[tasks.a]\nduration = 5\ncalender = 'standard'\n")
    assert (issue.code, issue.path, issue.line) == ("RE111", "tasks.a.calender", 6)
    assert issue.cure == 'did you mean "calendar"?'


def test_unknown_keys_are_found_in_every_kind_of_table():
    text = """
        [defaults.task]
        x = 1
        [calendars.c]
        week = "mon-fri 08:00-16:00"
        x = 1
        [resources.r]
        x = 1
        [tasks.a]
        duration = {shape = "pert", low = 1, most_likely = 2, high = 3, x = 1}
        cost = {fixed = 1, x = 1}
        [tasks.b]
        duration = 1
        after = [{task = "a", x = 1}]
        [costs.c]
        fixed = 1
        x = 1
        [risks.r]
        probability = 1
        x = 1
        impacts.a = {delay = 1, x = 1}
        [gates.g]
        cost = 1
        confidence = 0.5
        x = 1
        """
    assert [code for code, path in faults(text, head=HEAD + "x = 1\n") if path.endswith("x")] == ["RE111"] * 11


def test_missing_keys_are_reported_where_they_belong():
    assert faults("[tasks.a]\nname = 'x'\n") == [("RE112", "tasks.a.duration")]
    assert faults(TASK, head="schema = 1\nstart = 2027-03-01\n") == [("RE112", "name")]
    assert only("[tasks.a]\nname = 'x'\n").line == 4


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("tasks = 5\n", "tasks"),
        ("tasks = []\n", "tasks"),
        ("[tasks]\na = 5\n", "tasks.a"),
        ("[[tasks]]\na = 5\n", "tasks"),
        (TASK + "name = 5\n", "tasks.a.name"),
        (TASK + "tags = 'x'\n", "tasks.a.tags"),
        (TASK + "tags = [5]\n", "tasks.a.tags[0]"),
        (TASK + "milestone = 'yes'\n", "tasks.a.milestone"),
        (TASK + "cost = 5\n", "tasks.a.cost"),
        (TASK + "after = 'b'\n", "tasks.a.after"),
        (TASK + "resources = [1]\n", "tasks.a.resources"),
        (TASK + "[calendars]\nc = 'mon'\n", "calendars.c"),
        (TASK + "[risks.r]\nprobability = '30%'\n", "risks.r.probability"),
        (TASK + "[risks.r]\nprobability = true\n", "risks.r.probability"),
        (TASK + "[risks.r]\nprobability = 1\nimpacts = [1]\n", "risks.r.impacts"),
        (TASK + "[risks.r]\nprobability = 1\nimpacts.a = 5\n", "risks.r.impacts.a"),
        (TASK + "[gates.g]\ncost = '5'\nconfidence = 0.5\n", "gates.g.cost"),
        ("targets = 'a'\n" + TASK, "targets"),
        ("defaults = 5\n" + TASK, "defaults"),
        ("defaults.task = 5\n" + TASK, "defaults.task"),
        ("remove = 5\n" + TASK, "remove"),
        ("extends = 5\n" + TASK, "extends"),
        ("tasks_file = 5\n" + TASK, "tasks_file"),
    ],
)
def test_a_wrong_type_is_reported_and_nothing_else(text, path):
    assert faults(text) == [("RE113", path)]


def test_texts_have_limits():
    assert faults(TASK + f'name = "{"x" * 501}"\n') == [("RE114", "tasks.a.name")]
    assert not faults(TASK + f'name = "{"x" * 500}"\n')
    assert faults(TASK + f'description = "{"x" * 10_001}"\n') == [("RE114", "tasks.a.description")]
    long = "x" * 201
    assert faults(f"[tasks.{long}]\nduration = 5\n") == [("RE114", f"tasks.{long}")]


@pytest.mark.parametrize("key", ['""', '" a"', '"a "', '"a/b"', '"a\\u0000b"', '"a\\u202eb"', '"a\\u200bb"', '"a\\nb"'])
def test_ids_that_cannot_be_told_apart_or_name_a_stream_are_refused(key):
    for text in (f"[tasks.{key}]\nduration = 5\n", TASK + f"[risks.{key}]\nprobability = 0.1\n"):
        assert [code for code, _ in faults(text)] == ["RE115"]


def test_ids_with_spaces_points_and_umlauts_are_fine():
    scenario = read_text('[tasks."Gründung 1.2 (neu)"]\nduration = 5\n')
    assert list(scenario.tasks) == ["Gründung 1.2 (neu)"]


def test_control_characters_are_refused_in_names_but_line_breaks_allowed_in_descriptions():
    assert faults(TASK + 'name = "a\\u0007"\n') == [("RE124", "tasks.a.name")]
    assert faults(TASK + 'name = "a\\nb"\n') == [("RE124", "tasks.a.name")]
    assert not faults(TASK + 'description = "a\\nb\\tc"\n')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name = "bell\\u0007"', "character 5 is U+0007"),
        ('name = "a\\u009b"', "character 2 is U+009B"),
        ('description = "a\\nb\\u0000c\\u0007"', "character 4 is U+0000"),
    ],
)
def test_a_control_character_is_named_with_its_place(text, words):
    with pytest.raises(ScenarioError) as raised:
        read_text(TASK + text + "\n")
    (issue,) = raised.value.issues
    assert issue.rule == f"text must not hold control characters, and {words}"


def test_what_nobody_sees_in_an_id_is_named_with_its_place():
    with pytest.raises(ScenarioError) as raised:
        read_text('[tasks."a\\u202eb"]\nduration = 5\n')
    (issue,) = raised.value.issues
    assert (issue.code, issue.rule.partition("; ")[2]) == ("RE115", "character 2 is U+202E (right-to-left override)")


def test_a_lone_surrogate_in_json_is_refused(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text('{"schema": 1, "name": "\\ud800", "start": "2027-03-01", "tasks": {"a\\udc00": {"duration": 5}}}')
    assert sorted(issue.code for issue in refused(path)) == ["RE115", "RE124"]
    assert all(issue.format().encode("utf-8") for issue in refused(path))


@pytest.mark.parametrize(
    "value",
    ["'1.3.2027'", "'2027-02-30'", "1899-12-31", "3000-01-01", "08:00:00", "5", "2027-03-01T08:00:00Z",
     "2027-03-01T08:00:00+01:00", "2027-03-01T08:00:00.5", "'2027W101'", "'2027-W10-1'"],
)  # fmt: skip
def test_what_is_no_local_date_is_refused(value):
    assert faults(TASK, head=f'schema = 1\nname = "x"\nstart = {value}\n') == [("RE120", "start")]


@pytest.mark.parametrize(
    "value", ["2027-03-01", "'2027-03-01'", "2027-03-01T00:00:00", "2027-03-01 00:00:00", "'2027-03-01T00:00'"]
)
def test_dates_and_times_are_taken_natively_and_as_text(value):
    scenario = read_text(TASK, head=f'schema = 1\nname = "x"\nstart = {value}\n')
    assert scenario.start.isoformat() == "2027-03-01T00:00:00"
    assert not scenario.is_data_date


def test_start_or_data_date_but_not_both():
    head = 'schema = 1\nname = "x"\n'
    assert faults(TASK, head=head) == [("RE121", "start")]
    assert faults(TASK, head=head + "start = 2027-03-01\ndata_date = 2027-03-02\n") == [("RE121", "data_date")]
    scenario = read_text(TASK, head=head + "data_date = 2027-03-02\n")
    assert scenario.is_data_date and scenario.start.day == 2


def test_a_choice_lists_what_there_is_to_choose_from():
    issue = only("lag_calendar = 'successors'\n" + TASK)
    assert issue.code == "RE123"
    assert issue.rule == "must be one of predecessor, successor, project, 24h"
    assert issue.cure == 'did you mean "successor"?'


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_lines():
    text = """
        calender = "x"
        [tasks.a]
        duration = [3, 2, 1]
        after = ["b", "c"]
        [tasks.b]
        duration = nan
        calendar = "nowhere"
        [risks.r]
        probability = 2
        impacts.z = {delay = -1}
        [gates.g]
        """
    found = issues(text)
    assert [issue.code for issue in found] == [
        "RE111", "RE202", "RE220", "RE122", "RE234", "RE301", "RE303", "RE304", "RE401", "RE402",
    ]  # fmt: skip
    assert [issue.line for issue in found] == sorted(issue.line for issue in found)


def test_a_faulty_task_is_still_known_to_the_rest_of_the_file():
    text = "[tasks.a]\nduration = 'x'\nteam = 'T'\n[tasks.b]\nduration = 5\nafter = ['a']\n"
    text += "[risks.r]\nprobability = 1\nimpacts.'team:T' = {delay = 5}\n"
    text += "[gates.g]\ntarget = 'a'\ncost = 1\nconfidence = 0.5\n"
    assert faults(text) == [("RE213", "tasks.a.duration")]


def test_an_empty_file_lacks_everything():
    assert faults("", head="") == [("RE109", "schema"), ("RE112", "name"), ("RE121", "start"), ("RE241", "tasks")]


def test_a_scenario_needs_a_task():
    assert faults("") == [("RE241", "tasks")]
    assert faults("[tasks]\n") == [("RE241", "tasks")]
