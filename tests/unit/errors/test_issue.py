"""Issues and exceptions say what is wrong, where, and what to do."""

import pickle
from dataclasses import FrozenInstanceError

import pytest

from riskengine.errors import Issue, ResultsError, RiskengineError, ScenarioError, UsageError, shortened, visible

ISSUE = Issue(
    "RE202", "tasks.design.duration", "must satisfy low <= most_likely <= high", "30, 25, 40", "plan.toml", 41
)


def test_an_issue_is_one_line_with_file_line_code_path_rule_and_value():
    expected = "plan.toml:41: RE202 tasks.design.duration: must satisfy low <= most_likely <= high, got 30, 25, 40"
    assert ISSUE.format() == expected


def test_an_issue_without_line_value_or_path_leaves_them_out():
    assert Issue("RE101", "", "must exist", file="a.toml").format() == "a.toml: RE101 must exist"
    assert Issue("RE101", "", "must exist").format() == "RE101 must exist"


def test_a_cure_stands_at_the_end():
    issue = Issue("RE220", "tasks.b.after[0]", "must be a task", '"desing"', "p.toml", 3, 'did you mean "design"?')
    assert issue.format().endswith('got "desing"; did you mean "design"?')


def test_control_characters_of_a_file_never_reach_the_terminal():
    line = Issue("RE124", "tasks.a.name", "no control characters", '"\x1b[31m\u202e\n"', "p.toml", 1).format()
    assert line.isprintable()
    assert "\\x1b[31m" in line


def test_visible_leaves_printable_text_as_it_is():
    assert visible("Bodenstation Grünwald") == "Bodenstation Grünwald"


def test_long_values_are_shortened_in_the_middle():
    text = shortened("a" * 100 + "b" * 100)
    assert len(text) <= 120
    assert text.startswith("aaa") and text.endswith("bbb") and " ... " in text


def test_an_issue_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        ISSUE.code = "RE203"  # type: ignore[misc]


@pytest.mark.parametrize(("kind", "code"), [(ScenarioError, 3), (ResultsError, 4), (UsageError, 2)])
def test_every_exception_knows_its_exit_code(kind, code):
    assert kind.exit_code == code
    assert issubclass(kind, RiskengineError)


def test_a_scenario_error_holds_every_issue_and_prints_one_line_each():
    error = ScenarioError([ISSUE, Issue("RE111", "x", "is not a key", file="plan.toml", line=2)])
    assert len(error.issues) == 2
    assert str(error).splitlines() == [issue.format() for issue in error.issues]


def test_many_issues_are_cut_and_counted():
    error = ScenarioError([ISSUE] * 250)
    lines = error.lines()
    assert len(lines) == 201
    assert lines[-1] == "and 50 more faults"


def test_a_scenario_error_survives_the_way_between_processes():
    copy = pickle.loads(pickle.dumps(ScenarioError([ISSUE])))  # noqa: S301 - written one line above
    assert copy.issues == (ISSUE,)


def test_other_errors_show_code_and_cure():
    assert str(UsageError("there is no template", "RE903", "choose from a, b")) == (
        "RE903 there is no template; choose from a, b"
    )
    assert str(ResultsError("gone")) == "gone"
